import { proxy, WorkerPool } from '../workers/worker-pool';
import type { Importer, ImportProgress } from './import-contract';
import type { IngestApi } from './ingest-api';
import { loadTables } from './load-tables';

/** The Importer of the page: files are read in workers made by `spawn` from ingest.worker.ts. */
export function createImporter(spawn: () => Worker): Importer {
  const previews = new WorkerPool<IngestApi>(spawn, 1);
  return {
    preview: (file, name, chosen, signal) => previews.run((remote) => remote.preview(file, name, chosen), signal),

    async run(db, file, name, mapping, options = {}) {
      const ended = new AbortController();
      const signal = options.signal === undefined ? ended.signal : AbortSignal.any([options.signal, ended.signal]);
      const onProgress = proxy((progress: ImportProgress) => options.onProgress?.(progress));
      // A worker of its own: it keeps what it has read between the calls, and ends with the import,
      // because only its end gives the memory back.
      const pool = new WorkerPool<IngestApi>(spawn, 1);
      try {
        await pool.run((remote) => remote.open(file, name, mapping, onProgress), signal);
        return await loadTables(db, () => pool.run((remote) => remote.next(), signal), options);
      } finally {
        ended.abort();
        pool.close();
      }
    },
  };
}
