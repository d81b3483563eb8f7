import { csvHead, csvRows } from '../exports/csv';
import type { ExportColumn } from '../exports/cells';
import type { ColumnQuality } from '../ingest/quality/column-quality';
import type { FailingRow } from '../ingest/quality/run-rules';
import { shownValue } from '../ingest/quality/shown-value';

const PAGE_ROWS = 5_000;

export interface FailingCsv {
  readonly columns: readonly ColumnQuality[];
  /** Heading of the first column, which holds the line in the file. */
  readonly lineHeading: string;
  /** True when values of persons were shown in full; otherwise they are masked in the file too. */
  readonly revealed: boolean;
  /** Rows [offset, offset + limit). */
  readonly read: (offset: number, limit: number) => Promise<readonly FailingRow[]>;
}

/** The rows that break a rule as CSV, page by page; the parts together are the file. */
export async function failingCsv({ columns, lineHeading, revealed, read }: FailingCsv): Promise<Blob> {
  const headings: readonly ExportColumn[] = [
    { heading: lineHeading, kind: 'integer' },
    ...columns.map(({ name }): ExportColumn => ({ heading: name, kind: 'text' })),
  ];
  const parts = [csvHead(headings)];
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const rows = await read(offset, PAGE_ROWS);
    const cells = columns.map((column, i) =>
      rows.map(({ cells: row }) => {
        const value = row[i] ?? null;
        return value === null || revealed ? value : shownValue(value, column);
      }),
    );
    const page = { rowCount: rows.length, columns: [Float64Array.from(rows, ({ line }) => line), ...cells] };
    parts.push(csvRows(headings, page, 'plain'));
    if (rows.length < PAGE_ROWS) return new Blob(parts, { type: 'text/csv;charset=utf-8' });
  }
}
