import { loadCells } from './load-cells';
import { readCells } from './read-cells';
import type { Stager } from './staging-contract';

/** Stages without a worker: for tests, the command line and small files made in memory. Blocks its thread. */
export const stageInProcess: Stager['stage'] = (db, source, fileNumber, options = {}) => {
  const steps = readCells(source, options);
  return loadCells(db, async () => (await steps.next()).value ?? null, fileNumber, options);
};
