const decoder = new TextDecoder();

/** Marks that stand for an ASCII one once the full-width forms are folded. */
const FOLDED: Readonly<Record<string, string>> = {
  '\u2212': '-',
  '\u2013': '-',
  '\u2019': "'",
  '\u02bc': "'",
  '\u00a5': '$',
  '\u20ac': '$',
  '\u00a3': '$',
  '\u20a9': '$',
  '\u20b9': '$',
  '\u5143': '$',
  '\u5186': '$',
  '\uffe5': '$',
  '\uffe1': '$',
  '\u3002': '.',
};
const FOLDABLE = /[\u2212\u2013\u2019\u02bc\u00a5\u20ac\u00a3\u20a9\u20b9\u5143\u5186\uffe5\uffe1\u3002\uff01-\uff5e]/g;
const BLANKS = /[\s\u200b\ufeff]+/g;

/**
 * The text of a cell with full-width forms, kinds of minus, apostrophe and blank as their ASCII
 * equals and every currency sign as `$`. For the rare forms only: it makes a string.
 */
export function simplify(bytes: Uint8Array, start: number, end: number): string {
  return decoder
    .decode(bytes.subarray(start, end))
    .replace(FOLDABLE, (mark) => FOLDED[mark] ?? String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replace(BLANKS, ' ')
    .trim();
}
