import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeptPart, Library } from '../../../src/library/library';
import { createLibrary } from '../../../src/library/store/browser-library';
import { datasetToKeep, eachOf, MB, randomBytes, readWhole, wholeDataset } from '../../support/kept-dataset';
import { flipByte, namedGenerations, readStores, storedGenerations, withStores } from '../../support/library-stores';

const NAME = 'library-atomic';
const OLD = [5 * MB, 40];
const NEW = [9 * MB, 0, 70];
let library: Library;

beforeEach(async () => {
  library = createLibrary({ now: () => 1, name: NAME });
  await library.open();
  await library.save(datasetToKeep('a', 1, OLD));
});

afterEach(async () => {
  await library.close();
  await deleteDB(NAME);
});

async function expectOnlyTheOldDataset(): Promise<void> {
  expect((await library.list()).map(({ id, name, isDamaged }) => [id, name, isDamaged])).toEqual([
    ['a', 'Shop 1', false],
  ]);
  expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 1, OLD));
  expect(await storedGenerations(NAME)).toEqual(await namedGenerations(NAME));
}

/** A signal that says it is aborted from the nth look on. */
function abortedAtLook(look: number): { readonly signal: AbortSignal; readonly looks: () => number } {
  const { signal } = new AbortController();
  let looks = 0;
  Object.defineProperty(signal, 'aborted', { get: () => ++looks >= look });
  return { signal, looks: () => looks };
}

/** Runs `use` while the result of every reading of values from a store goes through `change`. */
async function withReadings<T>(change: (store: string, value: unknown) => unknown, use: () => Promise<T>): Promise<T> {
  const { get, getAll } = IDBObjectStore.prototype;
  const result = Object.getOwnPropertyDescriptor(IDBRequest.prototype, 'result')?.get;
  const changed = <R>(store: IDBObjectStore, request: IDBRequest<R>): IDBRequest<R> =>
    Object.defineProperty(request, 'result', { get: () => change(store.name, result?.call(request)) });
  IDBObjectStore.prototype.get = function (this: IDBObjectStore, key) {
    return changed(this, get.call(this, key));
  };
  IDBObjectStore.prototype.getAll = function (this: IDBObjectStore, key) {
    return changed(this, getAll.call(this, key));
  };
  try {
    return await use();
  } finally {
    Object.assign(IDBObjectStore.prototype, { get, getAll });
  }
}

describe('a save that does not come to its end', () => {
  test('leaves the old dataset and no chunk when it is cancelled, at whichever step', async () => {
    let steps = 0;
    for (let step = 1; ; step++) {
      const { signal, looks } = abortedAtLook(step);
      const error = await library.save(datasetToKeep('a', 2, NEW), { signal }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) break;
      expect(error).toMatchObject({ code: 'cancelled' });
      expect(looks()).toBe(step);
      expect(await storedGenerations(NAME)).toEqual(await namedGenerations(NAME));
      steps = step;
    }
    // Before the first part, at each of three parts, after each of four chunks, before the flip.
    expect(steps).toBe(1 + 3 + 4 + 1);
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 2, NEW));
  });

  test('leaves the old dataset when a cancelled one was the last thing done', async () => {
    await expect(library.save(datasetToKeep('a', 2, NEW), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    await expectOnlyTheOldDataset();
  });

  test('leaves the old dataset when its parts cannot be made, and says why', async () => {
    async function* failing(): AsyncGenerator<KeptPart, void> {
      yield { name: 'one', bytes: randomBytes(5 * MB, 9) };
      throw new RangeError('no second part');
    }
    await expect(library.save({ ...datasetToKeep('a', 2, NEW), parts: failing() })).rejects.toThrow('no second part');
    await expectOnlyTheOldDataset();
  });

  test('leaves the old dataset when the document is no JSON', async () => {
    const document: Record<string, unknown> = {};
    document['itself'] = document;
    await expect(library.save({ ...datasetToKeep('a', 2, NEW), document })).rejects.toThrow(TypeError);
    await expectOnlyTheOldDataset();
  });

  test('closed under way, it fails and leaves the old dataset to the next visit', async () => {
    async function* closing(): AsyncGenerator<KeptPart, void> {
      yield { name: 'one', bytes: randomBytes(5 * MB, 9) };
      await library.close();
      yield { name: 'two', bytes: randomBytes(100, 9) };
    }
    await expect(library.save({ ...datasetToKeep('a', 2, NEW), parts: closing() })).rejects.toMatchObject({
      code: 'library-lost',
    });
    expect((await storedGenerations(NAME)).length).toBe(2);
    await library.open();
    await expectOnlyTheOldDataset();
  });
});

describe('a disk that does not give back what was written', () => {
  test('is noticed at a chunk, before the old dataset goes', async () => {
    const lying = (store: string, value: unknown): unknown =>
      store === 'chunks' ? flipByte(value as ArrayBuffer, 7) : value;
    await expect(withReadings(lying, () => library.save(datasetToKeep('a', 2, NEW)))).rejects.toMatchObject({
      code: 'library-lost',
    });
    await expectOnlyTheOldDataset();
  });

  test('is noticed at the manifest, and the old one is put back', async () => {
    let readings = 0;
    const lying = (store: string, value: unknown): unknown => {
      // The first reading is of the manifest that is about to be replaced, the second of the new one.
      if (store !== 'manifests' || ++readings !== 2) return value;
      const manifests = value as readonly { readonly body: ArrayBuffer }[];
      return manifests.map((manifest) => ({ ...manifest, body: flipByte(manifest.body, 0) }));
    };
    await expect(withReadings(lying, () => library.save(datasetToKeep('a', 2, NEW)))).rejects.toMatchObject({
      code: 'library-lost',
    });
    await expectOnlyTheOldDataset();
  });
});

describe('chunks that no manifest names', () => {
  const orphan = (id: string, place: number): Promise<unknown> =>
    withStores(NAME, (database) => database.put('chunks', new ArrayBuffer(10), [id, 'left behind', place]));

  test('are removed when the library is opened, those of unknown datasets too', async () => {
    await library.close();
    await orphan('a', 0);
    await orphan('a', 1);
    await orphan('unknown', 0);
    await library.open();
    await expectOnlyTheOldDataset();
  });

  test('stay while a reader has the library open, and as long as their manifest cannot be read', async () => {
    await orphan('a', 0);
    const reader = createLibrary({ now: () => 1, name: NAME });
    await reader.open();
    expect(reader.standing).toBe('reader');
    expect((await storedGenerations(NAME)).length).toBe(2);
    await reader.close();
    await library.close();
    const { manifests } = await readStores(NAME);
    await withStores(NAME, (database) => database.put('manifests', { ...manifests[0], sha256: 'x' }));
    await library.open();
    expect((await storedGenerations(NAME)).length).toBe(2);
    await library.remove('a');
    expect(await storedGenerations(NAME)).toEqual([]);
  });
});

describe('a connection that the browser closed', () => {
  /** As a browser does that gives up on a database: the connection is closed, and it says so. */
  async function loseConnections(use: () => Promise<unknown>): Promise<() => void> {
    const databases: IDBDatabase[] = [];
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...how) {
      databases.push(this);
      return transaction.apply(this, how);
    };
    try {
      await use();
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    return () => {
      for (const database of new Set(databases)) {
        database.close();
        database.dispatchEvent(new Event('close'));
      }
    };
  }

  test('is opened again by the next use', async () => {
    const lose = await loseConnections(() => library.list());
    lose();
    await expectOnlyTheOldDataset();
    await library.rename('a', 'Still the writer');
    expect((await library.list()).map(({ name }) => name)).toEqual(['Still the writer']);
  });

  test('ends a save under way, which leaves the old dataset', async () => {
    const lose = await loseConnections(() => library.list());
    async function* losing(): AsyncGenerator<KeptPart, void> {
      yield { name: 'one', bytes: randomBytes(5 * MB, 9) };
      lose();
      yield { name: 'two', bytes: randomBytes(100, 9) };
    }
    await expect(library.save({ ...datasetToKeep('a', 2, NEW), parts: losing() })).rejects.toMatchObject({
      code: 'library-lost',
    });
    await expectOnlyTheOldDataset();
  });

  test('ends a reading under way', async () => {
    const lose = await loseConnections(() => library.list());
    const { parts } = await library.read('a');
    const reading = parts[Symbol.asyncIterator]();
    await reading.next();
    lose();
    await expect(reading.next()).rejects.toMatchObject({ code: 'library-lost' });
    await expectOnlyTheOldDataset();
  });

  test('a database erased by another page is made anew, and can be written', async () => {
    await deleteDB(NAME);
    expect(await library.list()).toEqual([]);
    await library.save({ ...datasetToKeep('b', 3, []), parts: eachOf([]) }).catch(() => undefined);
    await expect.poll(() => library.standing).toBe('writer');
    await library.save(datasetToKeep('b', 3, [100]));
    expect(await readWhole(library, 'b')).toEqual(await wholeDataset('b', 3, [100]));
  });
});
