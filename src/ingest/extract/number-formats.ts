/** What a cell's number stands for, as its number format says. `elapsed` is a length of time ([h]:mm). */
export type NumberKind = 'number' | 'date' | 'time' | 'date-time' | 'elapsed';

/**
 * The formats that a workbook names by number alone. Those from 27 to 58 are the East Asian ones,
 * whose text depends on the language of the program but whose kind does not.
 *
 * @source ECMA-376 part 1, 18.8.30 numFmt
 */
const BUILT_IN: ReadonlyMap<number, NumberKind> = new Map<number, NumberKind>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'date'] as const),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map((id) => [id, 'time'] as const),
  [22, 'date-time'],
  [46, 'elapsed'],
]);

export function kindOfBuiltIn(formatId: number): NumberKind {
  return BUILT_IN.get(formatId) ?? 'number';
}

/** Text that is shown as it stands, the sign of a fill, the width of a blank, and what stands in brackets. */
const LITERALS = /"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi;
const WORDS = /general|e[+-]|am\/pm|a\/p|上午\/下午/gi;

/** The kind of a format by its code, such as `yyyy/m/d h:mm` or `#,##0.00`. */
export function kindOfFormat(code: string): NumberKind {
  // Behind the first semicolon stand the formats of negative numbers, zero and text.
  const plain = code.replaceAll(LITERALS, '').split(';')[0] ?? '';
  const letters = plain.replaceAll(WORDS, '').toLowerCase();
  if (/\[(h+|m+|s+)\]/.test(letters)) return 'elapsed';
  const hasTime = /[hs]/.test(letters);
  // Years are also written with e (the year of the era); m beside hours or seconds is minutes.
  const hasDate = /[ydeg]/.test(letters) || (letters.includes('m') && !hasTime);
  if (hasDate) return hasTime ? 'date-time' : 'date';
  return hasTime ? 'time' : 'number';
}
