import { proxy, WorkerPool } from '../../workers/worker-pool';
import type { ExtractApi } from './extract-api';
import type { Extractor, ExtractOptions, ExtractProgress } from './extract-contract';

/** The Extractor of the page: files are read in workers made by `spawn` from extract.worker.ts. */
export function createExtractor(spawn: () => Worker): Extractor {
  /** A worker a call: what a reader took of memory is only given back by its worker's end. */
  const withWorker = async <T>(call: (pool: WorkerPool<ExtractApi>) => Promise<T>): Promise<T> => {
    const pool = new WorkerPool<ExtractApi>(spawn, 1);
    try {
      return await call(pool);
    } finally {
      pool.close();
    }
  };
  return {
    unpack: (files, options = {}) =>
      withWorker((pool) =>
        pool.run((remote) => remote.unpack(files, reportTo(options), options.limits), options.signal),
      ),
    inspect: (file, name, signal) => withWorker((pool) => pool.run((remote) => remote.inspect(file, name), signal)),
    extract: (file, name, choice, options = {}) =>
      withWorker((pool) =>
        pool.run((remote) => remote.extract(file, name, choice, reportTo(options), options.limits), options.signal),
      ),
  };
}

function reportTo(options: ExtractOptions): (progress: ExtractProgress) => void {
  return proxy((progress: ExtractProgress) => options.onProgress?.(progress));
}
