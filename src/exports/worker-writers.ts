import { unseal } from '../workers/envelope';
import { WorkerPool } from '../workers/worker-pool';
import type { ExportWorkerApi } from './export.worker';
import type { FileWriter } from './file-writer';
import type { WithFileWriter } from './file-exporter';

/**
 * Writers that live in a worker, one file a worker at a time. Aborting ends the worker, and with it
 * whatever it held.
 */
export function createWorkerWriters(spawn: () => Worker): WithFileWriter {
  const pool = new WorkerPool<ExportWorkerApi>(spawn, 2);
  return (format, columns, work, signal) =>
    pool.run(async (remote) => {
      unseal(await remote.begin(format, columns));
      const writer: FileWriter = {
        add: async (page) => unseal(await remote.add(page)),
        finish: async () => unseal(await remote.finish()),
      };
      return { ok: true, value: await work(writer) };
    }, signal);
}
