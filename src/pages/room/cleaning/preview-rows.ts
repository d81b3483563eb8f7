import type { CleaningColumn } from '../../../ingest/cleaning/columns';
import type { Cell } from '../../../ingest/cleaning/plan-scope';
import type { StepReport, TouchedRow } from '../../../ingest/cleaning/report';

export type PreviewSide = 'before' | 'after';

export interface PreviewCell {
  readonly text: Cell;
  /** What it is on the other side; undefined where it is the same there. */
  readonly other: Cell | undefined;
}

export interface PreviewRow {
  readonly sourceRow: number;
  readonly dropped: boolean;
  readonly cells: readonly PreviewCell[];
}

/** The columns of one side of a step. */
export function sideColumns(report: StepReport, side: PreviewSide): readonly CleaningColumn[] {
  return side === 'before' ? report.columnsBefore : report.columnsAfter;
}

/** The rows of one side, each cell with what it is on the other. Dropped rows show what they held on both. */
export function previewRows(report: StepReport, rows: readonly TouchedRow[], side: PreviewSide): readonly PreviewRow[] {
  const { columnsBefore, columnsAfter } = report;
  const shown = sideColumns(report, side);
  const places = shown.map(({ key }) => ({
    before: columnsBefore.findIndex((column) => column.key === key),
    after: columnsAfter.findIndex((column) => column.key === key),
  }));
  return rows.map(({ sourceRow, dropped, before, after }) => ({
    sourceRow,
    dropped,
    cells: places.map((place) => {
      const was = before[place.before] ?? null;
      if (dropped) return { text: was, other: undefined };
      const is = after[place.after] ?? null;
      // A column that goes is not a change of each of its cells.
      const isSame = was === is || place.after < 0;
      const [text, other] = side === 'before' ? [was, is] : [is, was];
      return { text, other: isSame ? undefined : other };
    }),
  }));
}
