import type { Db } from '../db/db';
import { clearCancelMarks, createOrderLines, widenOrderLines, type TableLayout } from '../db/schema';
import type { ImportOptions, ImportResult } from './import-contract';
import type { ReadStep } from './read-step';
import { stepsAhead } from './steps-ahead';

/** The next step of reading, or null after the last. */
export type PullStep = () => Promise<ReadStep | null>;

/** Fills the tables of one file of orders, whose names end in `suffix`; those of createFixedTables must be there. */
export async function loadSteps(
  db: Db,
  pull: PullStep,
  suffix: string,
  { signal, onProgress }: ImportOptions,
): Promise<ImportResult> {
  let layout: TableLayout | undefined;
  let end: Extract<ReadStep, { kind: 'result' }> | undefined;
  let restRows = 0;
  for await (const step of stepsAhead(pull)) {
    switch (step.kind) {
      case 'layout':
        await db.exec(
          layout === undefined ? createOrderLines(step.layout, suffix) : widenOrderLines(step.layout, suffix),
          { signal },
        );
        layout = step.layout;
        break;
      case 'batch': {
        const { table, ipc, rows } = step.batch;
        await db.append(table + suffix, ipc, { signal });
        if (end === undefined) break;
        restRows += rows;
        onProgress?.({ phase: 'loading', share: restRows / end.restRows, rows: end.result.report.rowsUsed });
        break;
      }
      case 'unmark':
        await db.exec(clearCancelMarks(suffix), { signal });
        break;
      case 'result':
        end = step;
        onProgress?.({ phase: 'loading', share: 0, rows: end.result.report.rowsUsed });
    }
  }
  if (end === undefined) throw new RangeError('invalid reading: it ended without a result');
  return end.result;
}
