const ANY_HIGH_BIT = 0x80808080;
const SHORT_RUN_BYTES = 16;

/**
 * Checks that a stream of bytes is UTF-8, across any cuts, without building strings: the bytes go on
 * to the scanner as they are, and only need to be known as sound. ASCII passes four bytes a step.
 *
 * @source WHATWG Encoding Standard, section 8.1.1 (UTF-8 decoder): the same bounds, so the same verdict
 */
export class Utf8Check {
  /** Bytes that the character begun still needs, and the bounds of the next one. */
  #needed = 0;
  #lower = 0x80;
  #upper = 0xbf;

  /** True while every byte so far can be UTF-8. */
  push(bytes: Uint8Array): boolean {
    let i = 0;
    while (i < bytes.length) {
      if (this.#needed === 0) {
        i = skipAscii(bytes, i);
        if (i === bytes.length) return true;
        if (!this.#begin(bytes[i] ?? 0)) return false;
      } else {
        const byte = bytes[i] ?? 0;
        if (byte < this.#lower || byte > this.#upper) return false;
        this.#lower = 0x80;
        this.#upper = 0xbf;
        this.#needed--;
      }
      i++;
    }
    return true;
  }

  /** True when the stream does not end inside a character. */
  end(): boolean {
    return this.#needed === 0;
  }

  /** Takes the first byte of a character beyond ASCII; the bounds refuse overlong forms and surrogates. */
  #begin(byte: number): boolean {
    if (byte >= 0xc2 && byte <= 0xdf) {
      this.#needed = 1;
    } else if (byte >= 0xe0 && byte <= 0xef) {
      this.#needed = 2;
      if (byte === 0xe0) this.#lower = 0xa0;
      if (byte === 0xed) this.#upper = 0x9f;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      this.#needed = 3;
      if (byte === 0xf0) this.#lower = 0x90;
      if (byte === 0xf4) this.#upper = 0x8f;
    } else {
      return false;
    }
    return true;
  }
}

/** The position of the first byte beyond ASCII at or after `from`, or the length. */
function skipAscii(bytes: Uint8Array, from: number): number {
  let i = from;
  const { length } = bytes;
  // Between words of another script runs are short, and a view of them would cost more than it saves.
  const near = Math.min(length, from + SHORT_RUN_BYTES);
  while (i < near || (i < length && ((bytes.byteOffset + i) & 3) !== 0)) {
    if ((bytes[i] ?? 0) >= 0x80) return i;
    i++;
  }
  const wordCount = (length - i) >> 2;
  if (wordCount > 0) {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset + i, wordCount);
    let word = 0;
    while (word < wordCount && ((words[word] ?? 0) & ANY_HIGH_BIT) === 0) word++;
    i += word * 4;
  }
  while (i < length && (bytes[i] ?? 0) < 0x80) i++;
  return i;
}
