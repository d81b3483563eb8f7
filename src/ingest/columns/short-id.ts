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
  let first = 0;
  let second = 0;
  let third = 0;
  for (let i = 0; i < length; i++) {
    const byte = bytes[start + i] as number;
    if (i < 4) first |= byte << (8 * i);
    else if (i < 8) second |= byte << (8 * (i - 4));
    else third |= byte << (8 * (i - 8));
  }
  words[at] = first;
  words[at + 1] = second;
  words[at + 2] = third;
  words[at + 3] = length;
}

/** Writes the bytes of a packed id to bytes[at..); returns how many. */
export function unpackShortId(words: Int32Array, at: number, bytes: Uint8Array): number {
  const length = words[at + 3] as number;
  for (let i = 0; i < length; i++) bytes[i] = ((words[at + (i >> 2)] as number) >>> (8 * (i & 3))) & 0xff;
  return length;
}
