import { WorkerPool } from '../workers/worker-pool';
import type { Previewer } from './import-contract';
import type { IngestApi } from './ingest-api';

/** The Previewer of the page: files are looked into in a worker made by `spawn` from ingest.worker.ts. */
export function createPreviewer(spawn: () => Worker): Previewer {
  const pool = new WorkerPool<IngestApi>(spawn, 1);
  return {
    preview: (file, name, chosen, signal) => pool.run((remote) => remote.preview(file, name, chosen), signal),
  };
}
