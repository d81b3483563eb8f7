import { deleteDB, openDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import { forgetLastVisit, KeptStorage } from '../../../src/state/kept-storage.svelte';

const NAME = 'silhouette-mappings';

async function keepSomething(): Promise<void> {
  (await openDB(NAME, 1, { upgrade: (database) => void database.createObjectStore('things') })).close();
}

const databaseNames = async (): Promise<readonly unknown[]> => (await indexedDB.databases()).map(({ name }) => name);

afterEach(async () => {
  await deleteDB(NAME);
  localStorage.clear();
});

test('what is kept is listed, and after erasing there is a receipt', async () => {
  await keepSomething();
  const order: string[] = [];
  const kept = new KeptStorage(async () => {
    order.push(`let go with ${(await databaseNames()).length} there`);
  });
  await kept.read();
  expect(kept.things).toEqual([{ kind: 'database', name: NAME, files: null }]);
  expect(kept.bytes).toBeGreaterThan(0);
  expect(kept.isPersisted).toBe(false);
  await kept.erase();
  expect(order).toEqual(['let go with 1 there']);
  expect(kept.receipt?.gone.map(({ name }) => name)).toEqual([NAME]);
  expect(kept.held).toEqual([]);
  expect(await databaseNames()).toEqual([]);
});

test('a database held by another tab is told as held until it is gone', async () => {
  await keepSomething();
  const holder = await openDB(NAME);
  const kept = new KeptStorage(() => Promise.resolve());
  await kept.erase();
  expect(kept.held).toEqual([NAME]);
  holder.close();
  await expect.poll(() => kept.held).toEqual([]);
  expect(await databaseNames()).toEqual([]);
});

test('where the browser refuses storage nothing is kept, and erasing says that it failed', async () => {
  await keepSomething();
  const kept = new KeptStorage(() => Promise.resolve());
  await kept.read();
  const allowed = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
  Object.defineProperty(globalThis, 'indexedDB', {
    configurable: true,
    get: () => {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  try {
    await kept.read();
    await kept.erase();
  } finally {
    if (allowed !== undefined) Object.defineProperty(globalThis, 'indexedDB', allowed);
  }
  expect(kept.things).toEqual([]);
  expect(kept.receipt).toBeNull();
  expect(kept.error?.code).toBe('erase-failed');
});

test('an erasing that breaks off is an error with a way out, and no receipt', async () => {
  const kept = new KeptStorage(() => Promise.reject(new Error('still writing')));
  await kept.erase();
  expect(kept.error?.code).toBe('erase-failed');
  expect(kept.receipt).toBeNull();
});

test('on a shared computer the last visit is forgotten but for the switch, elsewhere it is kept', async () => {
  await keepSomething();
  localStorage.setItem('silhouette.theme', 'dark');
  await forgetLastVisit(localStorage);
  expect(await databaseNames()).toEqual([NAME]);
  localStorage.setItem('silhouette.forget', 'on-close');
  await forgetLastVisit(localStorage);
  expect(await databaseNames()).toEqual([]);
  expect(Object.keys(localStorage)).toEqual(['silhouette.forget']);
});
