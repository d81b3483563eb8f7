import { proxy, WorkerPool } from '../../workers/worker-pool';
import type { ImportProgress, ReadingOptions } from '../import-contract';
import type { IngestApi } from '../ingest-api';
import type { OpenSource, SourceReader } from './source-reader';

/** Reads the files of a dataset in workers made by `spawn` from ingest.worker.ts, each in one of its own. */
export function createWorkerReader(spawn: () => Worker): SourceReader {
  return {
    openOrders: (file, name, mapping, options) =>
      openIn(
        spawn,
        options,
        (pool, onProgress, signal) =>
          pool.run((remote) => remote.open(file, name, mapping, options.cut ?? null, onProgress), signal),
        (pool, signal) => pool.run((remote) => remote.next(), signal),
      ),
    openKind: (file, name, mapping, place, options) =>
      openIn(
        spawn,
        options,
        (pool, onProgress, signal) =>
          pool.run((remote) => remote.openKind(file, name, mapping, place, options.cut ?? null, onProgress), signal),
        (pool, signal) => pool.run((remote) => remote.nextOfKind(), signal),
      ),
  };
}

type Pool = WorkerPool<IngestApi>;

/** The worker keeps what it has read between the calls, and ends with the file: only its end gives the memory back. */
async function openIn<Step>(
  spawn: () => Worker,
  options: ReadingOptions,
  open: (pool: Pool, onProgress: (progress: ImportProgress) => void, signal: AbortSignal) => Promise<void>,
  next: (pool: Pool, signal: AbortSignal) => Promise<Step | null>,
): Promise<OpenSource<Step>> {
  const ended = new AbortController();
  const signal = options.signal === undefined ? ended.signal : AbortSignal.any([options.signal, ended.signal]);
  const pool: Pool = new WorkerPool<IngestApi>(spawn, 1);
  const close = (): void => {
    ended.abort();
    pool.close();
  };
  try {
    await open(
      pool,
      proxy((progress: ImportProgress) => options.onProgress?.(progress)),
      signal,
    );
  } catch (error) {
    close();
    throw error;
  }
  return { next: () => next(pool, signal), close };
}
