/** A column of a staged table: `key` is its name inside (c0, c1 ...), `name` what the person sees. */
export interface CleaningColumn {
  readonly key: string;
  readonly name: string;
}

/**
 * The columns of a staged table from the file's headers. Names become unique, because steps refer to
 * them: an empty header is `#3` by its position, the second `price` is `price (2)`.
 */
export function cleaningColumns(headers: readonly string[]): readonly CleaningColumn[] {
  const taken = new Set<string>();
  return headers.map((header, index) => {
    const name = freeName(header.trim() === '' ? `#${index + 1}` : header.trim(), taken);
    taken.add(name);
    return { key: `c${index}`, name };
  });
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted} (${number})`)) number++;
  return `${wanted} (${number})`;
}
