import { proxy, WorkerPool } from '../workers/worker-pool';
import type { Importer } from './import-contract';
import type { IngestApi } from './ingest-api';
import { loadTables } from './load-tables';

/** The Importer of the page: files are read in workers made by `spawn` from ingest.worker.ts. */
export function createImporter(spawn: () => Worker): Importer {
  const previews = new WorkerPool<IngestApi>(spawn, 1);
  return {
    preview: (file, name, chosen, signal) => previews.run((remote) => remote.preview(file, name, chosen), signal),

    async run(db, file, name, mapping, options = {}) {
      const { signal, onProgress } = options;
      // A worker of its own: it keeps what it has read between the calls, and ends with the import,
      // because only its end gives the memory back.
      const pool = new WorkerPool<IngestApi>(spawn, 1);
      try {
        const answer = await pool.run(
          (remote) =>
            remote.read(
              file,
              name,
              mapping,
              proxy((progress) => onProgress?.(progress)),
            ),
          signal,
        );
        const pull = () => pool.run((remote) => remote.nextBatch(), signal);
        await loadTables(db, answer.layout, answer.report.rowsUsed, pull, options);
        return answer;
      } finally {
        pool.close();
      }
    },
  };
}
