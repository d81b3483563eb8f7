import type { ExportColumn } from '../exports/cells';
import { pagedCsv } from '../exports/paged-csv';
import type { ColumnQuality } from '../ingest/quality/column-quality';
import type { FailingRow } from '../ingest/quality/run-rules';
import type { SeenValue } from '../ingest/quality/shown-value';

export interface FailingCsv {
  readonly columns: readonly ColumnQuality[];
  /** Heading of the first column, which holds the line in the file. */
  readonly lineHeading: string;
  readonly seen: SeenValue;
  /** Rows [offset, offset + limit). */
  readonly read: (offset: number, limit: number) => Promise<readonly FailingRow[]>;
}

/** The rows that break a rule as CSV. */
export async function failingCsv({ columns, lineHeading, seen, read }: FailingCsv): Promise<Blob> {
  const headings: readonly ExportColumn[] = [
    { heading: lineHeading, kind: 'integer' },
    ...columns.map(({ name }): ExportColumn => ({ heading: name, kind: 'text' })),
  ];
  return pagedCsv(headings, async (offset, limit) => {
    const rows = await read(offset, limit);
    const cells = columns.map((column, i) =>
      rows.map(({ cells: row }) => {
        const value = row[i] ?? null;
        return value === null ? null : seen(value, column);
      }),
    );
    return { rowCount: rows.length, columns: [Float64Array.from(rows, ({ line }) => line), ...cells] };
  });
}
