import type { CellValue } from '../core/delimited';
import type { ExportColumn } from './cells';
import { createFileWriter, type FileFormat } from './file-writer';

/**
 * A small table that lies in the page, such as the figures of groups, as a file. The first row is the header. A
 * column of `numeric` holds numbers, and words where a number is withheld.
 */
export async function smallTableFile(
  rows: readonly (readonly CellValue[])[],
  numeric: readonly boolean[],
  format: FileFormat,
): Promise<Blob> {
  const [header = [], ...body] = rows;
  const columns = header.map((heading, i): ExportColumn => {
    return { heading: String(heading), kind: numeric[i] === true ? 'decimal' : 'text' };
  });
  const writer = createFileWriter(format, columns);
  await writer.add({ rowCount: body.length, columns: columns.map((_, i) => body.map((row) => textOf(row[i]))) });
  return writer.finish();
}

function textOf(value: CellValue): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'number') return String(value);
  return Number.isFinite(value) ? String(Object.is(value, -0) ? 0 : value) : null;
}
