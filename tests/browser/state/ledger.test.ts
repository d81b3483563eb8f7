import { expect, test } from 'vitest';
import { createBrowserDb } from '../../../src/db/duckdb-browser';
import { Ledger } from '../../../src/state/ledger.svelte';
import { spawnClassicWorker, spawnModuleWorker, watchWorker } from '../../../src/workers/spawn';
import fetchingUrl from '../../fixtures/fetching.worker?worker&url';

const ledger = new Ledger(window);

function found(pattern: RegExp): readonly { readonly isWorkers: boolean; readonly purpose: string }[] {
  return ledger.entries
    .filter(({ address }) => pattern.test(address))
    .map(({ isWorkers, purpose }) => ({ isWorkers, purpose }));
}

test('a request of the page is told with its address and its size over the network', async () => {
  const answer = await fetch(`/package.json?${performance.now()}`, { cache: 'no-store' });
  const size = (await answer.arrayBuffer()).byteLength;
  const told = (): (typeof ledger.entries)[number] | undefined =>
    ledger.entries.find(({ address }) => address === answer.url);
  await expect.poll(() => told()?.bytes).toBeGreaterThan(size);
  expect(told()).toMatchObject({ purpose: 'other', isWorkers: false });
  expect(ledger.groups.find(({ purpose }) => purpose === 'other')?.entries).toContain(told());
});

test('the page itself is told once', async () => {
  await fetch('/package.json?afterwards');
  await expect.poll(() => found(/afterwards/)).toEqual([{ isWorkers: false, purpose: 'other' }]);
  expect(ledger.entries.filter(({ purpose }) => purpose === 'page').map(({ address }) => address)).toEqual([
    performance.getEntriesByType('navigation')[0]?.name,
  ]);
});

test('what a module worker asks for is told, and its own script, which the browser fetches for the page', async () => {
  const worker = spawnModuleWorker(fetchingUrl);
  await expect.poll(() => found(/asked-by-a-worker/)).toEqual([{ isWorkers: true, purpose: 'other' }]);
  expect(found(/fetching\.worker/)).toContainEqual({ isWorkers: false, purpose: 'worker' });
  worker.terminate();
});

test('the engine’s worker tells of its script and of the engine it fetches', async () => {
  const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
  await db.open();
  await expect
    .poll(() => found(/duckdb-browser-eh\.worker.*\.js/))
    .toContainEqual({ isWorkers: true, purpose: 'engine' });
  await expect.poll(() => found(/duckdb-eh.*\.wasm/)).toContainEqual({ isWorkers: true, purpose: 'engine' });
  const wasm = ledger.entries.find(({ address }) => /duckdb-eh.*\.wasm/.test(address));
  expect(wasm?.startedMs).toBeGreaterThan(0);
  expect(wasm?.startedMs).toBeLessThan(performance.now());
  await db.close();
});

test('nothing of all this went to another origin', () => {
  expect(ledger.foreignCount).toBe(0);
});
