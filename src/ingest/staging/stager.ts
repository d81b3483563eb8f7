import { proxy, WorkerPool } from '../../workers/worker-pool';
import { loadCells } from './load-cells';
import type { Stager, StagingApi, StagingProgress } from './staging-contract';

/** The Stager of the page: files are read in workers made by `spawn` from staging.worker.ts. */
export function createStager(spawn: () => Worker): Stager {
  return {
    async stage(db, source, fileNumber, options = {}) {
      const ended = new AbortController();
      const signal = options.signal === undefined ? ended.signal : AbortSignal.any([options.signal, ended.signal]);
      const onProgress = proxy((progress: StagingProgress) => options.onProgress?.(progress));
      // A worker of its own, because only its end gives the memory back.
      const pool = new WorkerPool<StagingApi>(spawn, 1);
      try {
        await pool.run((remote) => remote.open(source, options.capBytes, onProgress), signal);
        return await loadCells(db, () => pool.run((remote) => remote.next(), signal), fileNumber, options);
      } finally {
        ended.abort();
        pool.close();
      }
    },
  };
}
