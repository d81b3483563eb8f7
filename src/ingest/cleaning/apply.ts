import type { Db } from '../../db/db';
import type { CleaningColumn } from './columns';
import type { CleaningReport } from './report';
import { CleaningRun, type RunOptions } from './run';
import type { CleaningStep } from './step';

/**
 * Applies the steps to source_<file> and makes cleaned_<file>, keeping nothing else. Throws AppErrors; the
 * source is never changed.
 */
export async function applyCleaning(
  db: Db,
  file: number,
  columns: readonly CleaningColumn[],
  steps: readonly CleaningStep[],
  options: RunOptions = {},
): Promise<CleaningReport> {
  const run = new CleaningRun(db, file, columns, 0);
  try {
    const report = await run.run(steps, options);
    await run.materialise(options);
    return report;
  } finally {
    await run.dispose();
  }
}
