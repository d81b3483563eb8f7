import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, test } from 'vitest';
import { createLibrary } from '../../../src/library/store/browser-library';
import { MIGRATIONS, openDatabase, type Migration } from '../../../src/library/store/database';
import type { KeptPart } from '../../../src/library/library';
import { datasetToKeep, randomBytes, readWhole, wholeDataset } from '../../support/kept-dataset';
import { readStores, withStores } from '../../support/library-stores';

const NAME = 'library-versions';
const NEWER = { code: 'library-newer' };
const open = () => createLibrary({ now: () => 1, name: NAME });
afterEach(() => deleteDB(NAME));

async function keepOne(): Promise<void> {
  const library = open();
  await library.open();
  await library.save(datasetToKeep('a', 1, [100]));
  await library.close();
}

describe('a library of a newer version', () => {
  test('is refused and not touched when its database is newer', async () => {
    await keepOne();
    (await openDB(NAME, MIGRATIONS.length + 1)).close();
    const before = await readStores(NAME);
    const library = open();
    await expect(library.open()).rejects.toMatchObject(NEWER);
    expect([library.state, library.standing]).toEqual(['unavailable', 'reader']);
    await expect(library.list()).rejects.toMatchObject({ code: 'library-unavailable' });
    expect(await readStores(NAME)).toEqual(before);
  });

  test('is refused and not touched when only what lies in it is newer', async () => {
    await keepOne();
    const { meta } = await readStores(NAME);
    await withStores(NAME, (database) => database.put('meta', { ...meta, formatVersion: 2, more: 1 }, 'library'));
    const before = await readStores(NAME);
    await expect(open().open()).rejects.toMatchObject(NEWER);
    expect(await readStores(NAME)).toEqual(before);
  });

  test('ends what an older tab is doing, which then keeps out of its way', async () => {
    await keepOne();
    const library = open();
    await library.open();
    async function* updating(): AsyncGenerator<KeptPart, void> {
      yield { name: 'one', bytes: randomBytes(10, 1) };
      (await openDB(NAME, MIGRATIONS.length + 1)).close();
      yield { name: 'two', bytes: randomBytes(10, 1) };
    }
    const save = library.save({ ...datasetToKeep('a', 2, []), parts: updating() });
    await expect(save).rejects.toMatchObject({ code: 'library-lost' });
    await expect(library.list()).rejects.toMatchObject(NEWER);
    await library.close();
  });
});

describe('a migration', () => {
  test('leads from each version to the next, in their order, and leaves what is there', async () => {
    await keepOne();
    const before = await readStores(NAME);
    const order: string[] = [];
    const migrations: readonly Migration[] = [
      () => void order.push('first'),
      async (_database, transaction) => {
        const manifests = transaction.objectStore('manifests');
        order.push(`second of ${await manifests.count()}`);
      },
      () => void order.push('third'),
    ];
    (await openDatabase(NAME, () => undefined, migrations)).close();
    expect(order).toEqual(['second of 1', 'third']);
    expect(await readStores(NAME)).toEqual(before);
  });

  test('that fails half way leaves the library in its old version, as it was', async () => {
    await keepOne();
    const before = await readStores(NAME);
    const failing: Migration = async (_database, transaction) => {
      await transaction.objectStore('chunks').clear();
      throw new Error('no further');
    };
    const opening = openDatabase(NAME, () => undefined, [...MIGRATIONS, failing]);
    await expect(opening).rejects.toMatchObject({ code: 'library-unavailable' });
    expect(await readStores(NAME)).toEqual(before);
    const library = open();
    await library.open();
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 1, [100]));
    await library.close();
  });
});
