import { mask } from '../../core/masking';
import type { CellMask } from './cell-mask';

/**
 * A row as written, each cell masked in its place by the mask of its column. A row of another width than there are
 * columns does not tell which cell is which: all of its cells are masked.
 */
export function maskRecord(raw: string, delimiter: string, columns: readonly CellMask[]): string {
  const cells = cellsOf(raw, delimiter);
  const fits = cells.length === columns.length;
  return cells.map((cell, i) => maskWritten(cell, (fits ? columns[i] : undefined) ?? mask)).join(delimiter);
}

/** The cells with their quotation marks. A mark that nothing closes takes the rest of the row with it. */
function cellsOf(raw: string, delimiter: string): readonly string[] {
  const cells: string[] = [];
  let open: string | null = null;
  for (const part of raw.split(delimiter)) {
    const cell: string = open === null ? part : open + delimiter + part;
    const isOpen = cell.startsWith('"') && (cell.match(/"/g)?.length ?? 0) % 2 === 1;
    open = isOpen ? cell : null;
    if (!isOpen) cells.push(cell);
  }
  return open === null ? cells : [...cells, open];
}

function maskWritten(cell: string, masked: CellMask): string {
  const isQuoted = /^"[^]*"$/.test(cell);
  if (!isQuoted) return masked(cell);
  return `"${masked(cell.slice(1, -1).replaceAll('""', '"')).replaceAll('"', '""')}"`;
}
