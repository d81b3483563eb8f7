import type { Locale } from '../i18n/format';
import { proxy, WorkerPool } from '../workers/worker-pool';
import type { SampleFile, SampleId } from './sample';
import type { SamplesApi } from './samples.worker';

export type { SampleFile } from './sample';

/** Builds sample companies off the page's thread. */
export interface SampleLibrary {
  /**
   * Every file of the company, the orders first; the same arguments give the same bytes.
   *
   * @param customers people, 1,000 to 1,000,000
   * @param onProgress hears the share done, rising from 0 to 1
   * @throws AppError `invalid-parameter`, `cancelled` (the worker is ended) or `worker-lost`
   */
  build(
    id: SampleId,
    locale: Locale,
    customers: number,
    signal?: AbortSignal,
    onProgress?: (share: number) => void,
  ): Promise<readonly SampleFile[]>;
}

/** `spawn` starts samples.worker.ts. */
export function createSampleLibrary(spawn: () => Worker): SampleLibrary {
  const pool = new WorkerPool<SamplesApi>(spawn, 1);
  return {
    build: (id, locale, customers, signal, onProgress) =>
      pool.run(
        async (worker) =>
          worker.build(
            id,
            locale,
            customers,
            proxy((share: number) => onProgress?.(share)),
          ),
        signal,
      ),
  };
}
