import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Library } from '../../../src/library/library';
import { createLibrary } from '../../../src/library/store/browser-library';
import { openManifest, sealManifest } from '../../../src/library/store/manifest';
import { plainSealer } from '../../../src/library/vault/sealer';
import { datasetToKeep, MB, readWhole, wholeDataset } from '../../support/kept-dataset';
import {
  flipByte,
  flipCharacter,
  namedGenerations,
  readStores,
  storedGenerations,
  withStores,
} from '../../support/library-stores';

const NAME = 'library-damage';
const PASSPHRASE = 'correct horse';
let library: Library;

/** A visit of its own: nothing is remembered of the one before. */
async function reopen(isSealed: boolean): Promise<void> {
  await library.close();
  library = createLibrary({ now: () => 1, name: NAME });
  await library.open();
  if (isSealed) await library.unlock(PASSPHRASE);
}

const put = (store: 'manifests' | 'chunks', value: unknown, key?: unknown): Promise<unknown> =>
  withStores(NAME, (database) => database.put(store, value, key as IDBValidKey | undefined));

beforeEach(async () => {
  library = createLibrary({ now: () => 1, name: NAME });
  await library.open();
});

afterEach(async () => {
  await library.close();
  await deleteDB(NAME);
});

describe.each([
  ['open', false],
  ['sealed', true],
])('one changed bit of an %s library is found', (_words, isSealed) => {
  beforeEach(async () => {
    if (isSealed) await library.setPassphrase(PASSPHRASE);
  });

  test('at every byte of a small chunk', async () => {
    const length = isSealed ? 52 : 24;
    for (let place = 0; place < length; place++) {
      // Saved anew each time: what has once been found damaged is not looked at again.
      await library.save(datasetToKeep('a', 1, [24]));
      const { key, bytes } = (await readStores(NAME)).chunks[0]!;
      expect(bytes.byteLength).toBe(length);
      await put('chunks', flipByte(bytes, place), key);
      await expect(readWhole(library, 'a'), `byte ${place}`).rejects.toMatchObject({ code: 'library-damaged' });
    }
  });

  test('in every chunk of a large dataset, and the others are left alone', async () => {
    await library.save(datasetToKeep('a', 1, [9 * MB, 70, 5 * MB]));
    await library.save(datasetToKeep('b', 2, [70]));
    const { chunks, manifests } = await readStores(NAME);
    const ofA = chunks.filter(({ key: [id] }) => id === 'a');
    expect(ofA.length).toBe(6);
    for (const [index, { key, bytes }] of ofA.entries()) {
      await put('chunks', flipByte(bytes, (index * 977_777) % bytes.byteLength), key);
      await reopen(isSealed);
      await expect(readWhole(library, 'a'), `chunk ${index}`).rejects.toMatchObject({ code: 'library-damaged' });
      await put('chunks', bytes, key);
      for (const manifest of manifests) await put('manifests', manifest);
    }
    await reopen(isSealed);
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 1, [9 * MB, 70, 5 * MB]));
    expect(await readWhole(library, 'b')).toEqual(await wholeDataset('b', 2, [70]));
  });

  test('at every place of a manifest, which is listed as damaged and never read', async () => {
    await library.save(datasetToKeep('a', 1, [24]));
    await library.save(datasetToKeep('b', 2, [24]));
    const { manifests } = await readStores(NAME);
    const intact = manifests[0]!;
    const places = (length: number): number[] => Array.from({ length }, (_, place) => place);
    const broken = [
      ...places(intact.header.length).map((place) => ({ ...intact, header: flipCharacter(intact.header, place) })),
      ...places(intact.body.byteLength).map((place) => ({ ...intact, body: flipByte(intact.body, place) })),
      ...places(64).map((place) => ({ ...intact, sha256: flipCharacter(intact.sha256, place) })),
    ];
    expect(broken.length).toBeGreaterThan(400);
    for (const [index, manifest] of broken.entries()) {
      await put('manifests', manifest);
      const listed = (await library.list()).map(({ id, name, isDamaged }) => [id, name, isDamaged]);
      expect(listed, `change ${index}`).toEqual([
        ['b', 'Shop 2', false],
        ['a', '', true],
      ]);
      await expect(library.read('a')).rejects.toMatchObject({ code: 'library-damaged' });
    }
  });
});

describe('a damaged dataset', () => {
  const damageChunk = async (): Promise<void> => {
    const { chunks } = await readStores(NAME);
    const { key, bytes } = chunks[1]!;
    await put('chunks', flipByte(bytes, 5), key);
  };

  test('is kept and listed as damaged from then on, and is not read again even where it is intact', async () => {
    await library.save(datasetToKeep('a', 1, [24, 24, 24]));
    await damageChunk();
    const { parts } = await library.read('a');
    const reading = parts[Symbol.asyncIterator]();
    await reading.next();
    await expect(reading.next()).rejects.toMatchObject({ code: 'library-damaged' });
    await reopen(false);
    expect((await library.list()).map(({ name, isDamaged }) => [name, isDamaged])).toEqual([['Shop 1', true]]);
    await expect(library.read('a')).rejects.toMatchObject({ code: 'library-damaged' });
    await expect(library.duplicate('a', 'b', 'Copy')).rejects.toMatchObject({ code: 'library-damaged' });
    expect(await storedGenerations(NAME)).toEqual(await namedGenerations(NAME));
    expect((await readStores(NAME)).chunks.length).toBe(3);
  });

  test('is sound again when it is saved anew', async () => {
    await library.save(datasetToKeep('a', 1, [24, 24]));
    await damageChunk();
    await expect(readWhole(library, 'a')).rejects.toMatchObject({ code: 'library-damaged' });
    await library.save(datasetToKeep('a', 2, [24]));
    expect((await library.list()).map(({ isDamaged }) => isDamaged)).toEqual([false]);
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 2, [24]));
    expect(await storedGenerations(NAME)).toEqual(await namedGenerations(NAME));
  });

  test('can be removed, also when its manifest is what is damaged', async () => {
    await library.save(datasetToKeep('a', 1, [24]));
    const { manifests } = await readStores(NAME);
    await put('manifests', { ...manifests[0], header: 7 });
    expect((await library.list()).map(({ id, isDamaged }) => [id, isDamaged])).toEqual([['a', true]]);
    await library.remove('a');
    expect(await readStores(NAME)).toMatchObject({ manifests: [], chunks: [] });
  });

  test('found by a copy is marked as well, and nothing of the copy stays', async () => {
    await library.save(datasetToKeep('a', 1, [24, 24]));
    await damageChunk();
    await expect(library.duplicate('a', 'b', 'Copy')).rejects.toMatchObject({ code: 'library-damaged' });
    expect((await library.list()).map(({ id, isDamaged }) => [id, isDamaged])).toEqual([['a', true]]);
    expect(await storedGenerations(NAME)).toEqual(await namedGenerations(NAME));
  });

  test('found by a tab that only reads is damaged for that tab', async () => {
    await library.save(datasetToKeep('a', 1, [24, 24]));
    const reader = createLibrary({ now: () => 1, name: NAME });
    await reader.open();
    await damageChunk();
    await expect(readWhole(reader, 'a')).rejects.toMatchObject({ code: 'library-damaged' });
    expect((await reader.list()).map(({ isDamaged }) => isDamaged)).toEqual([true]);
    await expect(reader.read('a')).rejects.toMatchObject({ code: 'library-damaged' });
    await reader.close();
  });

  test('is one with a chunk missing', async () => {
    await library.save(datasetToKeep('a', 1, [24, 24]));
    const { chunks } = await readStores(NAME);
    await withStores(NAME, (database) => database.delete('chunks', chunks[1]!.key));
    await expect(readWhole(library, 'a')).rejects.toMatchObject({ code: 'library-damaged' });
    expect((await library.list()).map(({ isDamaged }) => isDamaged)).toEqual([true]);
  });

  test('is one whose manifest, with a hash that fits, has another form or another id', async () => {
    await library.save(datasetToKeep('a', 1, [24]));
    const stored = (await readStores(NAME)).manifests[0]!;
    const { header, body } = await openManifest(stored, plainSealer);
    const strangers = [
      { header: { ...header, id: 'b' }, body },
      { header: { ...header, formatVersion: 2 as unknown as 1 }, body },
      { header, body: { ...body, name: 7 as unknown as string } },
    ];
    for (const stranger of strangers) {
      await put('manifests', { ...(await sealManifest(stranger, plainSealer)), id: 'a' });
      expect((await library.list()).map(({ id, isDamaged }) => [id, isDamaged])).toEqual([['a', true]]);
    }
  });
});
