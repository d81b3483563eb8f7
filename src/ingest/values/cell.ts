/** What reading one cell came to. Numbers, because millions of them are compared. */
export const READ = 0;
export const GAP = 1;
export const BAD = 2;
export type ReadState = typeof READ | typeof GAP | typeof BAD;

const BLANK_LEADS = new Set([0xc2, 0xe2, 0xe3, 0xef]);

/**
 * The length in bytes of the blank at `at`, 0 when there is none: ASCII blanks, no-break space,
 * the spaces U+2000..U+200B, narrow no-break space, ideographic space, byte order mark.
 */
export function blankLength(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at] as number;
  if (byte <= 0x20) return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) ? 1 : 0;
  if (byte < 0x80 || !BLANK_LEADS.has(byte)) return 0;
  const second = at + 1 < end ? (bytes[at + 1] as number) : 0;
  if (byte === 0xc2) return second === 0xa0 ? 2 : 0;
  const third = at + 2 < end ? (bytes[at + 2] as number) : 0;
  if (byte === 0xe3) return second === 0x80 && third === 0x80 ? 3 : 0;
  if (byte === 0xef) return second === 0xbb && third === 0xbf ? 3 : 0;
  return second === 0x80 && ((third >= 0x80 && third <= 0x8b) || third === 0xaf) ? 3 : 0;
}

/** Where the cell begins without its leading blanks; `end` when it is all blank. */
export function trimStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const first = bytes[at] as number;
    if (first > 0x20 && first < 0x80) return at;
    const length = blankLength(bytes, at, end);
    if (length === 0) return at;
    at += length;
  }
  return end;
}

/** Where the cell ends without its trailing blanks; `start` when it is all blank. */
export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start) {
    const last = bytes[at - 1] as number;
    if (last > 0x20 && last < 0x80) return at;
    if (blankLength(bytes, at - 1, at) === 1) at--;
    else if (at - 2 >= start && blankLength(bytes, at - 2, at) === 2) at -= 2;
    else if (at - 3 >= start && blankLength(bytes, at - 3, at) === 3) at -= 3;
    else return at;
  }
  return start;
}

const EQUALS = 0x3d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

/**
 * Where the value of a cell begins: without leading blanks and without the guards that make
 * spreadsheets take digits for text, which are ="0123" and an apostrophe before a digit. `end` when
 * there is nothing in the cell.
 */
export function valueStart(bytes: Uint8Array, start: number, end: number): number {
  const at = trimStart(bytes, start, end);
  const lead = bytes[at];
  if (lead === APOSTROPHE) return at + 1 < end && isDigit(bytes[at + 1] as number) ? at + 1 : at;
  if (lead !== EQUALS) return at;
  const close = guardEnd(bytes, at, end);
  return close < 0 ? at : trimStart(bytes, at + 2, close);
}

/** Where the value that begins at `from`, by valueStart of the same cell, ends; `from` when it is empty. */
export function valueEnd(bytes: Uint8Array, start: number, from: number, end: number): number {
  const to = trimEnd(bytes, from, end);
  if (from === start || bytes[to - 1] !== QUOTE) return to;
  const close = guardEnd(bytes, trimStart(bytes, start, end), end);
  return close < 0 || close < from ? to : trimEnd(bytes, from, close);
}

/** The closing quote of the guard ="..." that opens at `at`; -1 when there is none. */
function guardEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at + 2 >= end || bytes[at] !== EQUALS || bytes[at + 1] !== QUOTE) return -1;
  const close = trimEnd(bytes, at, end) - 1;
  return close > at + 1 && bytes[close] === QUOTE ? close : -1;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** How programs write "nothing", compared without regard to case. */
const GAP_WORDS: ReadonlySet<string> = new Set([
  '-',
  '--',
  '—',
  '/',
  '\\n',
  'na',
  'n/a',
  '#n/a',
  'nan',
  'null',
  '(null)',
  '<null>',
  '[null]',
  'none',
  'nil',
  'undefined',
  '无',
  '空',
]);
const LONGEST_GAP_WORD = 9;
/** A cell whose first byte is none of these holds something, which spares the decoding. */
const GAP_LEADS = new Uint8Array(256);
const decoder = new TextDecoder();
for (const word of GAP_WORDS) {
  for (const form of [word, word.toUpperCase()]) GAP_LEADS[new TextEncoder().encode(form)[0] ?? 0] = 1;
}

/** True for a trimmed cell that is empty or holds a word for nothing, such as NULL, N/A or `-`. */
export function isGap(bytes: Uint8Array, start: number, end: number): boolean {
  if (start >= end) return true;
  if (end - start > LONGEST_GAP_WORD || GAP_LEADS[bytes[start] as number] === 0) return false;
  return GAP_WORDS.has(decoder.decode(bytes.subarray(start, end)).toLowerCase());
}

/** Bytes that are no part of a blank, a guard or a word for nothing at either end of a cell. */
const PLAIN_ENDS = new Uint8Array(256).fill(1, 0x21, 0x7f);
for (const byte of [EQUALS, QUOTE, APOSTROPHE]) PLAIN_ENDS[byte] = 0;
for (let byte = 0; byte < 256; byte++) if (GAP_LEADS[byte] === 1) PLAIN_ENDS[byte] = 0;

/** True, by its first and last byte, for a cell that is its own value. False does not say that it is not. */
export function isPlainValue(bytes: Uint8Array, start: number, end: number): boolean {
  return start < end && PLAIN_ENDS[bytes[start] as number] === 1 && PLAIN_ENDS[bytes[end - 1] as number] === 1;
}
