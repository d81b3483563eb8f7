/** A column of a staged table: `key` is its name inside (c0, c1 ...), `name` what the person sees. */
export interface CleaningColumn {
  readonly key: string;
  readonly name: string;
}

/**
 * The columns of a staged table from the file's headers. Names become unique, because steps refer to
 * them: an empty header is `#3` by its position, the second `price` or `Price` is `Price (2)`.
 */
export function cleaningColumns(headers: readonly string[]): readonly CleaningColumn[] {
  const columns: CleaningColumn[] = [];
  headers.forEach((header, index) => {
    const name = header.trim() === '' ? `#${index + 1}` : header.trim();
    columns.push({ key: `c${index}`, name: freeName(name, columns) });
  });
  return columns;
}

/** True when the names are one to the engine, which does not tell capitals from small letters. */
export function isSameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function freeName(wanted: string, taken: readonly CleaningColumn[]): string {
  const isTaken = (name: string): boolean => taken.some((column) => isSameName(column.name, name));
  if (!isTaken(wanted)) return wanted;
  let number = 2;
  while (isTaken(`${wanted} (${number})`)) number++;
  return `${wanted} (${number})`;
}
