import type { ExportColumn, ExportPage } from './cells';
import { csvHead, csvRows } from './csv';

const PAGE_ROWS = 5_000;

/** CSV of rows that are read page by page, [offset, offset + limit) at a time; the parts together are the file. */
export async function pagedCsv(
  columns: readonly ExportColumn[],
  read: (offset: number, limit: number) => Promise<ExportPage>,
): Promise<Blob> {
  const parts = [csvHead(columns)];
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const page = await read(offset, PAGE_ROWS);
    parts.push(csvRows(columns, page, 'plain'));
    if (page.rowCount < PAGE_ROWS) return new Blob(parts, { type: 'text/csv;charset=utf-8' });
  }
}
