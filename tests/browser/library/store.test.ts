import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Library } from '../../../src/library/library';
import { createLibrary } from '../../../src/library/store/browser-library';
import { datasetToKeep, eachOf, MB, randomBytes, readWhole, wholeDataset } from '../../support/kept-dataset';
import { namedGenerations, readStores, storedGenerations } from '../../support/library-stores';

const NAME = 'library-store';
let clock = 0;
let library: Library;

beforeEach(async () => {
  clock = 1000;
  library = createLibrary({ now: () => clock, name: NAME });
  await library.open();
});

afterEach(async () => {
  await library.close();
  await deleteDB(NAME);
});

describe('keeping', () => {
  test('gives back every part, bit by bit and in order, also to the next visit', async () => {
    const sizes = [9 * MB, 0, 17, 4 * MB - 28, 4 * MB];
    await library.save(datasetToKeep('a', 1, sizes));
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 1, sizes));
    await library.close();
    const later = createLibrary({ now: () => clock, name: NAME });
    await later.open();
    expect(await readWhole(later, 'a')).toEqual(await wholeDataset('a', 1, sizes));
    await later.close();
  });

  test('stores no chunk of more than 4 MB, and exactly what the parts need', async () => {
    await library.save(datasetToKeep('a', 1, [9 * MB, 17]));
    const { chunks } = await readStores(NAME);
    expect(chunks.map(({ bytes }) => bytes.byteLength)).toEqual([4 * MB - 28, 4 * MB - 28, MB + 56, 17]);
  });

  test('stores a part that is a view into more memory without what surrounds it', async () => {
    const surrounded = randomBytes(1000, 5).subarray(100, 200);
    await library.save({ ...datasetToKeep('a', 1, []), parts: eachOf([{ name: 'view', bytes: surrounded }]) });
    const { chunks } = await readStores(NAME);
    expect(chunks.map(({ bytes }) => new Uint8Array(bytes))).toEqual([surrounded.slice()]);
  });

  test('replaces a dataset of the same id and leaves nothing of it', async () => {
    await library.save(datasetToKeep('a', 1, [5 * MB]));
    await library.save(datasetToKeep('a', 2, [100, 200]));
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 2, [100, 200]));
    expect(await storedGenerations(NAME)).toEqual(await namedGenerations(NAME));
  });

  test('says how far it is, and 1 only when the new dataset is in place', async () => {
    const shares: number[] = [];
    let namesAtOne: Promise<readonly string[]> | undefined;
    await library.save(datasetToKeep('a', 1, [8 * MB - 56, 8 * MB - 56]), {
      onProgress(share) {
        shares.push(share);
        if (share === 1) namesAtOne = library.list().then((list) => list.map(({ name }) => name));
      },
    });
    expect(shares).toEqual([0.25, 0.5, 0.75, 0.99, 1]);
    expect(await namesAtOne).toEqual(['Shop 1']);
  });

  test('keeps two datasets saved at the same time', async () => {
    await Promise.all([library.save(datasetToKeep('a', 1, [5 * MB])), library.save(datasetToKeep('b', 2, [5 * MB]))]);
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 1, [5 * MB]));
    expect(await readWhole(library, 'b')).toEqual(await wholeDataset('b', 2, [5 * MB]));
  });
});

describe('the list', () => {
  test('says name, facts, size and dates, newest use first', async () => {
    await library.save(datasetToKeep('a', 1, [1000]));
    clock = 2000;
    await library.save(datasetToKeep('b', 2, [300]));
    const list = await library.list();
    expect(
      list.map(({ id, name, facts, keptAt, usedAt, isDamaged }) => [id, name, facts.rows, keptAt, usedAt, isDamaged]),
    ).toEqual([
      ['b', 'Shop 2', 2, 2000, 2000, false],
      ['a', 'Shop 1', 1, 1000, 1000, false],
    ]);
    const { manifests } = await readStores(NAME);
    expect(list.map(({ bytes }) => bytes)).toEqual([
      300 + (manifests[1]?.body.byteLength ?? 0),
      1000 + (manifests[0]?.body.byteLength ?? 0),
    ]);
  });

  test('notes when a dataset was last read', async () => {
    await library.save(datasetToKeep('a', 1, [1]));
    await library.save(datasetToKeep('b', 2, [1]));
    clock = 5000;
    await library.read('a');
    await expect
      .poll(async () => (await library.list()).map(({ id, usedAt }) => [id, usedAt]))
      .toEqual([
        ['a', 5000],
        ['b', 1000],
      ]);
    expect((await library.list())[0]?.keptAt).toBe(1000);
  });
});

describe('what is said about a dataset', () => {
  test('is replaced without touching a chunk', async () => {
    await library.save(datasetToKeep('a', 1, [5 * MB]));
    const before = await readStores(NAME);
    const facts = { rows: 9, orders: 9, customers: 9, isSample: true };
    await library.saveDocument('a', { name: 'New', facts, document: [1, null, 'é'] });
    const after = await readStores(NAME);
    expect(after.chunks.map(({ key }) => key)).toEqual(before.chunks.map(({ key }) => key));
    expect(await readWhole(library, 'a')).toEqual({
      ...(await wholeDataset('a', 1, [5 * MB])),
      name: 'New',
      facts,
      document: [1, null, 'é'],
    });
  });

  test('can be another name', async () => {
    await library.save(datasetToKeep('a', 1, [1]));
    await library.rename('a', '“Shop”, 一店');
    expect((await library.list()).map(({ name }) => name)).toEqual(['“Shop”, 一店']);
  });

  test('cannot be changed where there is no such dataset', async () => {
    const refusal = { code: 'invalid-parameter', data: { field: 'dataset', value: 'x' } };
    await expect(library.rename('x', 'y')).rejects.toMatchObject(refusal);
    await expect(library.read('x')).rejects.toMatchObject(refusal);
    await expect(library.duplicate('x', 'y', 'z')).rejects.toMatchObject(refusal);
  });
});

describe('copies and removals', () => {
  test('a copy stands by itself', async () => {
    await library.save(datasetToKeep('a', 1, [5 * MB, 3]));
    await library.duplicate('a', 'b', 'Copy');
    await library.remove('a');
    expect(await readWhole(library, 'b')).toEqual({ ...(await wholeDataset('b', 1, [5 * MB, 3])), name: 'Copy' });
    expect((await library.list()).map(({ id }) => id)).toEqual(['b']);
  });

  test('nothing of a removed dataset is left, and its neighbours are', async () => {
    for (const [index, id] of ['a', 'aa', 'b'].entries()) await library.save(datasetToKeep(id, index, [5 * MB]));
    await library.remove('a');
    const { chunks } = await readStores(NAME);
    expect([...new Set(chunks.map(({ key: [id] }) => id))]).toEqual(['aa', 'b']);
    expect((await library.list()).map(({ id }) => id).sort()).toEqual(['aa', 'b']);
  });

  test('what is removed while it is read ends the reading without being called damaged', async () => {
    await library.save(datasetToKeep('a', 1, [100, 100]));
    const { parts } = await library.read('a');
    const reading = parts[Symbol.asyncIterator]();
    await reading.next();
    await library.remove('a');
    await expect(reading.next()).rejects.toMatchObject({ code: 'library-lost' });
    expect(await library.list()).toEqual([]);
  });
});

describe('opening and closing', () => {
  test('touches nothing before it is opened', async () => {
    const unopened = createLibrary({ now: () => clock, name: 'library-unopened' });
    expect(unopened.state).toBe('closed');
    await expect(unopened.list()).rejects.toMatchObject({ code: 'library-lost' });
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('library-unopened');
  });

  test('calls that overlap open it once', async () => {
    const other = createLibrary({ now: () => clock, name: 'library-overlapping' });
    await Promise.all([other.open(), other.open(), other.open()]);
    expect([other.state, other.standing]).toEqual(['open', 'writer']);
    await other.close();
    expect([other.state, other.standing]).toEqual(['closed', 'reader']);
    await deleteDB('library-overlapping');
  });

  test('a browser that keeps nothing makes it unavailable, and it can be tried again', async () => {
    await library.close();
    const allowed = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    try {
      await expect(library.open()).rejects.toMatchObject({ code: 'library-unavailable' });
      expect(library.state).toBe('unavailable');
      await expect(library.list()).rejects.toMatchObject({ code: 'library-unavailable' });
    } finally {
      if (allowed === undefined) Reflect.deleteProperty(globalThis, 'indexedDB');
      else Object.defineProperty(globalThis, 'indexedDB', allowed);
    }
    await library.open();
    expect([library.state, library.standing]).toEqual(['open', 'writer']);
  });
});
