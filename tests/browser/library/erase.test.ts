import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eraseEverything } from '../../../src/library/erase';

const CACHE = `silhouette ${new URL('.', document.baseURI).href} version-1`;
const NEIGHBOURS = 'silhouette https: the folder of another copy';

async function fill(): Promise<void> {
  for (const name of ['silhouette-library', 'silhouette-mappings', 'neighbour'])
    (await openDB(name, 1, { upgrade: (database) => void database.createObjectStore('things') })).close();
  const cache = await caches.open(CACHE);
  await cache.put('/a.js', new Response('a'));
  await cache.put('/b.js', new Response('b'));
  await caches.open(NEIGHBOURS);
  localStorage.setItem('silhouette.theme', 'dark');
  localStorage.setItem('silhouette.forget', 'on-close');
  localStorage.setItem('neighbour', 'theirs');
  sessionStorage.setItem('silhouette.tab', '1');
}

async function empty(): Promise<void> {
  for (const { name } of await indexedDB.databases()) if (name !== undefined) await deleteDB(name);
  for (const name of await caches.keys()) await caches.delete(name);
  localStorage.clear();
  sessionStorage.clear();
}

const databaseNames = async (): Promise<readonly unknown[]> => (await indexedDB.databases()).map(({ name }) => name);

beforeEach(fill);
afterEach(empty);

describe('erasing everything', () => {
  test('takes databases, caches and settings of ours, and names each', async () => {
    const receipt = await eraseEverything();
    expect(receipt.gone).toEqual([
      { kind: 'database', name: 'silhouette-library', files: null },
      { kind: 'database', name: 'silhouette-mappings', files: null },
      { kind: 'cache', name: CACHE, files: 2 },
      { kind: 'setting', name: 'silhouette.forget', files: null },
      { kind: 'setting', name: 'silhouette.theme', files: null },
      { kind: 'session', name: 'silhouette.tab', files: null },
    ]);
    expect(receipt.held).toEqual([]);
    expect(receipt.bytesBefore).toBeGreaterThan(receipt.bytesAfter ?? Infinity);
    expect(Object.keys(sessionStorage).filter((key) => key.startsWith('silhouette'))).toEqual([]);
  });

  test('leaves what other sites of the same origin keep', async () => {
    await eraseEverything();
    expect(await databaseNames()).toEqual(['neighbour']);
    expect(await caches.keys()).toEqual([NEIGHBOURS]);
    expect(Object.keys(localStorage)).toEqual(['neighbour']);
  });

  test('leaves a setting it is told to leave, and does not list it', async () => {
    const { gone } = await eraseEverything(['silhouette.forget']);
    expect(localStorage.getItem('silhouette.forget')).toBe('on-close');
    expect(gone.map(({ name }) => name)).not.toContain('silhouette.forget');
  });

  test('names a database that another tab holds open, which goes once that tab lets go', async () => {
    const holder = await openDB('silhouette-library');
    const receipt = await eraseEverything();
    expect(receipt.held.map(({ name }) => name)).toEqual(['silhouette-library']);
    expect(receipt.gone.map(({ name }) => name)).not.toContain('silhouette-library');
    expect(receipt.gone.map(({ name }) => name)).toContain('silhouette-mappings');
    holder.close();
    await receipt.held[0]?.gone;
    expect(await databaseNames()).toEqual(['neighbour']);
  });

  test('is done when there is nothing', async () => {
    await empty();
    expect(await eraseEverything()).toMatchObject({ gone: [], held: [] });
  });
});
