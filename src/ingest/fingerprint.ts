import type { ColumnType, Delimiter } from './file-preview';

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const WIDTH = 64;
/** Stands between the parts; no name can hold it once control characters are gone. */
const SEPARATOR = '\u001f';

/**
 * A mark of 16 hex digits for a kind of file: the same for next month's export, another when a
 * column came, went or moved. Case, blanks at the ends and full-width forms of the names do not
 * count. Without a header the types of the columns stand in for their names.
 *
 * @source FNV-1a, 64 bits (Fowler, Noll, Vo)
 */
export function fingerprintOf(
  delimiter: Delimiter,
  hasHeader: boolean,
  columns: readonly { readonly name: string; readonly type: ColumnType }[],
): string {
  const names = columns.map((column) =>
    hasHeader ? column.name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim() : column.type,
  );
  const text = [delimiter, hasHeader ? 'named' : 'unnamed', ...names].join(SEPARATOR);
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(WIDTH, (hash ^ BigInt(byte)) * PRIME);
  return hash.toString(16).padStart(WIDTH / 4, '0');
}
