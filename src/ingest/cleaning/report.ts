import type { CleaningColumn } from './columns';
import type { PlannedStep } from './plan';
import type { Cell, StepMistake } from './plan-scope';
import type { TableState } from './table-state';

/** A row that a step touched, as it was and as it is. */
export interface TouchedRow {
  /** The row's number in the file, from the staged table. */
  readonly sourceRow: number;
  /** True when the step dropped the row; `after` is then empty. */
  readonly dropped: boolean;
  /** In the order of the columns before the step. */
  readonly before: readonly Cell[];
  /** In the order of the columns after the step. */
  readonly after: readonly Cell[];
}

export interface ColumnChange {
  readonly name: string;
  /** Cells that are others than before; in a new column, those that are filled. */
  readonly changed: number;
  /** Cells that held a text and hold none now. */
  readonly emptied: number;
}

/** What one step did. rowsBefore = rowsAfter + the rows it dropped. */
export interface StepReport {
  readonly id: string;
  readonly state: 'done' | 'off' | 'mistaken';
  readonly mistake: StepMistake | null;
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  /** Rows that stayed and in which a cell is another than before. */
  readonly rowsChanged: number;
  readonly cellsChanged: number;
  /** The columns with a changed cell. */
  readonly changes: readonly ColumnChange[];
  /** The first rows that it changed or dropped, in the file's order; at most SAMPLED_ROWS. */
  readonly sample: readonly TouchedRow[];
  readonly columnsBefore: readonly CleaningColumn[];
  readonly columnsAfter: readonly CleaningColumn[];
}

/** Rows before and after of a step that a report keeps. */
export const SAMPLED_ROWS = 20;

export interface CleaningReport {
  readonly steps: readonly StepReport[];
  readonly columns: readonly CleaningColumn[];
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  /** Over all steps; a cell that two steps changed counts twice. */
  readonly cellsChanged: number;
}

/** The report of a step that left the table as it was. */
export function idleReport(planned: Exclude<PlannedStep, { state: 'ready' }>, before: TableState): StepReport {
  return {
    id: planned.step.id,
    state: planned.state,
    mistake: planned.state === 'mistaken' ? planned.mistake : null,
    rowsBefore: before.rows.count,
    rowsAfter: before.rows.count,
    rowsChanged: 0,
    cellsChanged: 0,
    changes: [],
    sample: [],
    columnsBefore: before.columns,
    columnsAfter: before.columns,
  };
}
