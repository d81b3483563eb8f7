import { deleteDB } from 'idb';
import { createDeferred } from '../core/deferred';
import { estimateBytesKept, listKeptThings, type KeptThing } from './kept-things';

/** A database that another tab holds open; it goes by itself once that tab lets go. */
export interface HeldDatabase {
  readonly name: string;
  /** Settles when it is gone, as long as this page stays. */
  readonly gone: Promise<void>;
}

export interface EraseReceipt {
  readonly gone: readonly KeptThing[];
  readonly held: readonly HeldDatabase[];
  /** Of the whole origin and by the browser's estimate, which may lag; null where it gives none. */
  readonly bytesBefore: number | null;
  readonly bytesAfter: number | null;
  readonly elapsedMs: number;
}

/**
 * Removes everything of ours that the browser keeps for this address, and says what went. What is
 * open in the page should let go first. Throws what the browser throws: there is no receipt then.
 *
 * @param except keys of settings that stay
 */
export async function eraseEverything(except: readonly string[] = []): Promise<EraseReceipt> {
  const startedMs = performance.now();
  const bytesBefore = await estimateBytesKept();
  const workers = await unregisterWorkers();
  const things = (await listKeptThings()).filter(({ name }) => !except.includes(name));
  const held: HeldDatabase[] = [];
  for (const { kind, name } of things) {
    if (kind === 'database') held.push(...(await eraseDatabase(name)));
    else if (kind === 'cache') await eraseCache(name);
    else (kind === 'setting' ? localStorage : sessionStorage).removeItem(name);
  }
  return {
    gone: [...workers, ...things.filter((thing) => held.every(({ name }) => name !== thing.name))],
    held,
    bytesBefore,
    bytesAfter: await estimateBytesKept(),
    elapsedMs: performance.now() - startedMs,
  };
}

/** Before anything is listed: one that is just being installed still fills its cache, and this waits for it. */
async function unregisterWorkers(): Promise<readonly KeptThing[]> {
  const workers = (await listKeptThings()).filter(({ kind }) => kind === 'service-worker');
  for (const { name } of workers) await (await navigator.serviceWorker.getRegistration(name))?.unregister();
  return workers;
}

/** File by file: a cache that somebody still has open keeps its files on the disk after it is deleted. */
async function eraseCache(name: string): Promise<void> {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) await cache.delete(request);
  await caches.delete(name);
}

/** Returns the database when another connection keeps it from going now. */
async function eraseDatabase(name: string): Promise<readonly HeldDatabase[]> {
  const { promise: blocked, resolve } = createDeferred<'blocked'>();
  const gone = deleteDB(name, { blocked: () => resolve('blocked') });
  return (await Promise.race([gone, blocked])) === 'blocked' ? [{ name, gone }] : [];
}
