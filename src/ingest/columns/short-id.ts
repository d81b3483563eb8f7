/** Longest id that is packed into words. */
export const SHORT_BYTES = 12;
/** Words of a packed id: its bytes in three, padded with zeros, and its length. */
export const PACKED_WORDS = 4;

/** True for an id that packs without loss: a NUL at its end could not be told from the padding. */
export function isShortId(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= SHORT_BYTES && (end === start || bytes[end - 1] !== 0);
}

/** Writes the packed form of the short id bytes[start..end) to words[at..at + 4). */
export function packShortId(bytes: Uint8Array, start: number, end: number, words: Int32Array, at: number): void {
  const length = end - start;
  words[at] = wordAt(bytes, start, length);
  words[at + 1] = wordAt(bytes, start + 4, length - 4);
  words[at + 2] = wordAt(bytes, start + 8, length - 8);
  words[at + 3] = length;
}

/** Up to four bytes as a word, those past `length` zero. */
function wordAt(bytes: Uint8Array, start: number, length: number): number {
  if (length <= 0) return 0;
  let word = bytes[start] as number;
  if (length > 1) word |= (bytes[start + 1] as number) << 8;
  if (length > 2) word |= (bytes[start + 2] as number) << 16;
  return length > 3 ? word | ((bytes[start + 3] as number) << 24) : word;
}

/** Writes the bytes of a packed id to bytes[at..); returns how many. */
export function unpackShortId(words: Int32Array, at: number, bytes: Uint8Array): number {
  const length = words[at + 3] as number;
  for (let i = 0; i < length; i++) bytes[i] = ((words[at + (i >> 2)] as number) >>> (8 * (i & 3))) & 0xff;
  return length;
}
