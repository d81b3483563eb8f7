import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeptPart, Library } from '../../../src/library/library';
import { createLibrary } from '../../../src/library/store/browser-library';
import { sha256 } from '../../../src/library/store/chunks';
import { datasetToKeep, eachOf, MB, randomBytes, readWhole, wholeDataset } from '../../support/kept-dataset';
import { flipByte, namedGenerations, readStores, storedGenerations, withStores } from '../../support/library-stores';

const NAME = 'library-passphrase';
const PASSPHRASE = 'correct horse';
const LOCKED = { code: 'library-locked' };
const WRONG = { code: 'library-wrong-passphrase' };
const SIZES = [5 * MB, 0, 40];
let library: Library;

beforeEach(async () => {
  library = createLibrary({ now: () => 1, name: NAME });
  await library.open();
});

afterEach(async () => {
  await library.close();
  await deleteDB(NAME);
});

const visit = async (): Promise<Library> => {
  await library.close();
  library = createLibrary({ now: () => 1, name: NAME });
  await library.open();
  return library;
};

/** Whether a text stands anywhere in the stores, as UTF-8 or in the characters of a string. */
async function isInStores(text: string): Promise<boolean> {
  const { meta, manifests, chunks } = await readStores(NAME);
  const strings = JSON.stringify([meta, manifests.map(({ id, header, sha256: hash }) => [id, header, hash])]);
  const blocks = [...manifests.map(({ body }) => body), ...chunks.map(({ bytes }) => bytes)];
  return strings.includes(text) || blocks.some((block) => new TextDecoder().decode(block).includes(text));
}

describe('setting a passphrase', () => {
  test('seals every dataset there is, and those that come', async () => {
    await library.save(datasetToKeep('a', 1, SIZES));
    const spoken = { name: 'n', bytes: new TextEncoder().encode('Wang Xiaoming, 王小明') };
    await library.save({ ...datasetToKeep('b', 2, []), name: 'Corner shop', parts: eachOf([spoken]) });
    for (const text of ['Shop 1', 'Corner shop', '去空格', '王小明']) expect(await isInStores(text)).toBe(true);
    await library.setPassphrase(PASSPHRASE);
    expect([library.state, library.hasPassphrase]).toEqual(['open', true]);
    await library.save({ ...datasetToKeep('c', 3, []), parts: eachOf([spoken]) });
    for (const text of ['Shop 1', 'Corner shop', '去空格', '王小明', 'Shop 3', 'part 0', 'customers']) {
      expect(await isInStores(text), text).toBe(false);
    }
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 1, SIZES));
    expect(await storedGenerations(NAME)).toEqual(await namedGenerations(NAME));
  });

  test('leaves dates as they were', async () => {
    await library.save(datasetToKeep('a', 1, [10]));
    const before = (await library.list()).map(({ keptAt, usedAt }) => [keptAt, usedAt]);
    library = await visit();
    await library.setPassphrase(PASSPHRASE);
    expect((await library.list()).map(({ keptAt, usedAt }) => [keptAt, usedAt])).toEqual(before);
  });

  test('does nothing at all when one dataset cannot be read', async () => {
    await library.save(datasetToKeep('a', 1, SIZES));
    await library.save(datasetToKeep('b', 2, SIZES));
    const { key, bytes } = (await readStores(NAME)).chunks.at(-1)!;
    await withStores(NAME, (database) => database.put('chunks', flipByte(bytes, 3), key));
    await expect(library.setPassphrase(PASSPHRASE)).rejects.toMatchObject({ code: 'library-damaged' });
    expect(library.hasPassphrase).toBe(false);
    expect((await library.list()).map(({ id, isDamaged }) => [id, isDamaged]).sort()).toEqual([
      ['a', false],
      ['b', true],
    ]);
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 1, SIZES));
    expect(await storedGenerations(NAME)).toEqual(await namedGenerations(NAME));
  });

  test('is refused where there is one', async () => {
    await library.setPassphrase(PASSPHRASE);
    await expect(library.setPassphrase('another')).rejects.toMatchObject({ code: 'invalid-parameter' });
  });
});

describe('a library with a passphrase', () => {
  beforeEach(async () => {
    await library.save(datasetToKeep('a', 1, SIZES));
    await library.setPassphrase(PASSPHRASE);
  });

  test('is locked at the next visit: nothing is listed, read or written until the passphrase is given', async () => {
    library = await visit();
    expect([library.state, library.hasPassphrase, await library.list()]).toEqual(['locked', true, []]);
    await expect(library.read('a')).rejects.toMatchObject(LOCKED);
    await expect(library.save(datasetToKeep('b', 2, [10]))).rejects.toMatchObject(LOCKED);
    await expect(library.rename('a', 'x')).rejects.toMatchObject(LOCKED);
    await expect(library.unlock('wrong')).rejects.toMatchObject(WRONG);
    expect(library.state).toBe('locked');
    await library.unlock(PASSPHRASE);
    expect(library.state).toBe('open');
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 1, SIZES));
  });

  test('locks when it is told to, and ends what is under way', async () => {
    const { parts } = await library.read('a');
    async function* locking(): AsyncGenerator<KeptPart, void> {
      yield { name: 'one', bytes: randomBytes(10, 1) };
      library.lock();
      yield { name: 'two', bytes: randomBytes(10, 1) };
    }
    await expect(library.save({ ...datasetToKeep('a', 2, []), parts: locking() })).rejects.toMatchObject(LOCKED);
    expect(library.state).toBe('locked');
    await expect(parts[Symbol.asyncIterator]().next()).rejects.toMatchObject(LOCKED);
    await library.unlock(PASSPHRASE);
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 1, SIZES));
    expect(await storedGenerations(NAME)).toEqual(await namedGenerations(NAME));
  });

  test('takes another passphrase without sealing anything anew', async () => {
    const before = await readStores(NAME);
    await expect(library.changePassphrase('wrong', 'next')).rejects.toMatchObject(WRONG);
    await library.changePassphrase(PASSPHRASE, 'next');
    const after = await readStores(NAME);
    expect(after.manifests.map(({ sha256: hash }) => hash)).toEqual(before.manifests.map(({ sha256: hash }) => hash));
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 1, SIZES));
    library = await visit();
    await expect(library.unlock(PASSPHRASE)).rejects.toMatchObject(WRONG);
    await library.unlock('next');
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 1, SIZES));
  });

  test('is open again without one when it is removed, with the passphrase only', async () => {
    await expect(library.removePassphrase('wrong')).rejects.toMatchObject(WRONG);
    expect(library.hasPassphrase).toBe(true);
    await library.removePassphrase(PASSPHRASE);
    expect([library.state, library.hasPassphrase]).toEqual(['open', false]);
    library = await visit();
    expect([library.state, library.hasPassphrase]).toEqual(['open', false]);
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 1, SIZES));
  });

  test('a tab that reads is locked too when the other sets it, and told', async () => {
    await library.removePassphrase(PASSPHRASE);
    const reader = createLibrary({ now: () => 1, name: NAME });
    await reader.open();
    expect(reader.state).toBe('open');
    await library.setPassphrase('other');
    await expect.poll(() => reader.state).toBe('locked');
    await expect(reader.read('a')).rejects.toMatchObject(LOCKED);
    await reader.unlock('other');
    expect(await readWhole(reader, 'a')).toEqual(await wholeDataset('a', 1, SIZES));
    await library.removePassphrase('other');
    await expect.poll(() => reader.hasPassphrase).toBe(false);
    expect(await readWhole(reader, 'a')).toEqual(await wholeDataset('a', 1, SIZES));
    await reader.close();
  });
});

describe('who can write to the disk but has no key', () => {
  const swap = async (from: number, to: number): Promise<void> => {
    const { chunks } = await readStores(NAME);
    const [one, other] = [chunks[from]!, chunks[to]!];
    await withStores(NAME, async (database) => {
      await database.put('chunks', one.bytes, other.key);
      await database.put('chunks', other.bytes, one.key);
    });
  };

  /** With hashes that fit again, as whoever swaps chunks can make them. */
  const mendHashes = async (): Promise<void> => {
    const { manifests, chunks } = await readStores(NAME);
    for (const manifest of manifests) {
      const own = chunks.filter(({ key: [id] }) => id === manifest.id);
      const facts = await Promise.all(
        own.map(async ({ bytes }) => ({ bytes: bytes.byteLength, sha256: await sha256(bytes) })),
      );
      const header = JSON.stringify({ ...(JSON.parse(manifest.header) as object), chunks: facts });
      const hashed = new Blob([`${header}\n`, manifest.body]);
      const mended = { ...manifest, header, sha256: await sha256(await hashed.arrayBuffer()) };
      await withStores(NAME, (database) => database.put('manifests', mended));
    }
  };

  test('cannot swap two chunks, not even with hashes that fit', async () => {
    await library.setPassphrase(PASSPHRASE);
    await library.save(datasetToKeep('a', 1, [30, 30]));
    await swap(0, 1);
    await mendHashes();
    await expect(readWhole(library, 'a')).rejects.toMatchObject({ code: 'library-damaged' });
    expect((await library.list()).map(({ isDamaged }) => isDamaged)).toEqual([true]);
  });

  test('could swap them where nothing is sealed: hashes find accidents, only a key finds intent', async () => {
    await library.save(datasetToKeep('a', 1, [30, 30]));
    await swap(0, 1);
    await mendHashes();
    const { parts } = await readWhole(library, 'a');
    const original = await wholeDataset('a', 1, [30, 30]);
    expect(parts.map(({ sha256: hash }) => hash)).toEqual(original.parts.map(({ sha256: hash }) => hash).reverse());
  });

  test('cannot put one dataset in the place of another', async () => {
    await library.setPassphrase(PASSPHRASE);
    await library.save(datasetToKeep('a', 1, [30]));
    await library.save(datasetToKeep('b', 2, [30]));
    const { manifests } = await readStores(NAME);
    const [a, b] = [manifests[0]!, manifests[1]!];
    const header = b.header.replace('"id":"b"', '"id":"a"');
    const hashed = new Blob([`${header}\n`, b.body]);
    const forged = { id: a.id, header, body: b.body, sha256: await sha256(await hashed.arrayBuffer()) };
    await withStores(NAME, (database) => database.put('manifests', forged));
    expect((await library.list()).map(({ id, isDamaged }) => [id, isDamaged]).sort()).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });
});
