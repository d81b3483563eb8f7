import { AppError } from '../../core/errors';
import type { StringPool } from '../../db/arrow-ipc';
import { ABSENT, LongIdTable, ShortIdTable } from './id-tables';
import { PACKED_WORDS, SHORT_BYTES, isShortId, packShortId, unpackShortId } from './short-id';

const MAX_BYTES = 2 ** 31 - 1;

/**
 * Gives every different byte string a code, 0, 1, 2 ... in the order of first sight, and keeps the
 * bytes once. As long as every new string is greater than all before it (longer, or of equal length
 * and later in byte order), as order numbers in a file sorted by time are, no table is needed at all.
 *
 * Cost: amortised O(length) a look-up, one or a few accesses to far-off memory.
 */
export class IdDictionary {
  #bytes = new Uint8Array(1 << 14);
  #view: DataView = new DataView(this.#bytes.buffer);
  /** The bytes that strings came from last, and their view: words are read four bytes at a time. */
  #source: Uint8Array = this.#bytes;
  #sourceView: DataView = this.#view;
  /** Code c lies in bytes [starts[c], starts[c + 1]). */
  #starts = new Int32Array(1 << 11);
  #count = 0;
  #isAscending = true;
  readonly #short = new ShortIdTable();
  readonly #long = new LongIdTable();
  readonly #words = new Int32Array(PACKED_WORDS);
  readonly #unpacked = new Uint8Array(SHORT_BYTES);

  get count(): number {
    return this.#count;
  }

  /** True as long as the strings came in ascending order: look-ups then need no far-off memory. */
  get isAscending(): boolean {
    return this.#isAscending;
  }

  /** The strings of codes from..to-1, all unless told. A view, valid until the next new string. */
  pool(from = 0, to = this.#count): StringPool {
    return { bytes: this.#bytes, starts: this.#starts.subarray(from, to + 1) };
  }

  /** The code of bytes[start..end), new or known. */
  codeOf(bytes: Uint8Array, start: number, end: number): number {
    if (!this.#isAscending) return this.#lookUp(bytes, start, end);
    const order = this.#count === 0 ? 1 : this.#compareToLast(bytes, start, end);
    if (order === 0) return this.#count - 1;
    if (order > 0) return this.#append(bytes, start, end);
    this.#isAscending = false;
    for (let code = 0; code < this.#count; code++) {
      this.#enter(this.#bytes, this.#starts[code] as number, this.#starts[code + 1] as number, code);
    }
    return this.#lookUp(bytes, start, end);
  }

  /** The codes of packed short ids, written to codes[places[i]]; many at once cost much less than one by one. */
  codesOf(words: Int32Array, places: Int32Array, count: number, codes: Int32Array): void {
    this.#short.warm(words, count);
    for (let i = 0; i < count; i++) {
      const at = i * PACKED_WORDS;
      const known = this.#enterShort(words, at, this.#count);
      codes[places[i] as number] =
        known === ABSENT ? this.#append(this.#unpacked, 0, unpackShortId(words, at, this.#unpacked)) : known;
    }
  }

  #lookUp(bytes: Uint8Array, start: number, end: number): number {
    const known = this.#enter(bytes, start, end, this.#count);
    return known === ABSENT ? this.#append(bytes, start, end) : known;
  }

  /** The code that the string has; where it has none, it gets `code` and the answer is ABSENT. */
  #enter(bytes: Uint8Array, start: number, end: number, code: number): number {
    if (isShortId(bytes, start, end)) {
      packShortId(bytes, start, end, this.#words, 0);
      return this.#enterShort(this.#words, 0, code);
    }
    const known = this.#long.find(bytes, start, end, this.#bytes, this.#starts);
    if (known === ABSENT) this.#long.put(code);
    return known;
  }

  #enterShort(words: Int32Array, at: number, code: number): number {
    const known = this.#short.find(words[at] as number, words[at + 1] as number, words[at + 2] as number);
    if (known === ABSENT) this.#short.put(code);
    return known;
  }

  /** Positive when the string is greater than the one seen last: first by length, then by bytes. */
  #compareToLast(bytes: Uint8Array, start: number, end: number): number {
    const own = this.#bytes;
    const ownStart = this.#starts[this.#count - 1] as number;
    const length = end - start;
    const difference = length - ((this.#starts[this.#count] as number) - ownStart);
    if (difference !== 0) return difference;
    const view = this.#viewOf(bytes);
    const ownView = this.#view;
    let i = 0;
    while (i + 4 <= length && view.getInt32(start + i) === ownView.getInt32(ownStart + i)) i += 4;
    for (; i < length; i++) {
      const byteDifference = (bytes[start + i] as number) - (own[ownStart + i] as number);
      if (byteDifference !== 0) return byteDifference;
    }
    return 0;
  }

  #append(bytes: Uint8Array, start: number, end: number): number {
    const code = this.#count;
    const from = this.#starts[code] as number;
    const to = from + end - start;
    if (to > this.#bytes.length) this.#growBytes(to);
    if (code + 2 > this.#starts.length) this.#growStarts();
    const own = this.#bytes;
    const view = this.#viewOf(bytes);
    const ownView = this.#view;
    let i = start;
    let j = from;
    for (; i + 4 <= end; i += 4, j += 4) ownView.setInt32(j, view.getInt32(i));
    for (; i < end; i++, j++) own[j] = bytes[i] as number;
    this.#starts[code + 1] = to;
    this.#count++;
    return code;
  }

  #growBytes(needed: number): void {
    if (needed > MAX_BYTES) throw new AppError('file-too-large', { limit: MAX_BYTES });
    const grown = new Uint8Array(Math.min(MAX_BYTES, 2 * needed));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  #viewOf(bytes: Uint8Array): DataView {
    if (bytes !== this.#source) {
      this.#source = bytes;
      this.#sourceView = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return this.#sourceView;
  }

  #growStarts(): void {
    const grown = new Int32Array(2 * this.#starts.length);
    grown.set(this.#starts);
    this.#starts = grown;
  }
}
