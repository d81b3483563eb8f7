import { AppError } from '../../core/errors';
import type { StringPool } from '../../db/arrow-ipc';

const FIRST_SLOTS = 1 << 11;
const MAX_BYTES = 2 ** 31 - 1;
const NEW = -1;

/**
 * Gives every different byte string a code, 0, 1, 2 ... in the order of first sight, and keeps the
 * bytes once. Open addressing; each slot holds the hash beside the code, so a miss touches one line
 * of memory. As long as every new string is greater than all before it (longer, or of equal length
 * and later in byte order), as order numbers in a file sorted by time are, no table is needed at all.
 *
 * Cost: amortised O(length) a look-up.
 */
export class IdDictionary {
  #bytes = new Uint8Array(1 << 14);
  /** Code c lies in bytes [starts[c], starts[c + 1]). */
  #starts = new Int32Array(FIRST_SLOTS);
  #count = 0;
  /** Pairs of hash and code + 1; empty while the strings come in ascending order. */
  #slots = new Int32Array(0);
  #mask = -1;
  #last = NEW;

  get count(): number {
    return this.#count;
  }

  /** The strings of codes from..to-1, all unless told. A view, valid until the next new string. */
  pool(from = 0, to = this.#count): StringPool {
    return { bytes: this.#bytes, starts: this.#starts.subarray(from, to + 1) };
  }

  /** The code of bytes[start..end), new or known. */
  codeOf(bytes: Uint8Array, start: number, end: number): number {
    const order = this.#last < 0 ? 1 : this.#compare(bytes, start, end, this.#last);
    if (order === 0) return this.#last;
    if (this.#mask < 0) {
      if (order > 0) return (this.#last = this.#append(bytes, start, end));
      this.#index(Math.max(FIRST_SLOTS, 4 * this.#count));
    }
    return (this.#last = this.#lookUp(bytes, start, end));
  }

  #lookUp(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const slots = this.#slots;
    const mask = this.#mask;
    let slot = hash & mask;
    for (;;) {
      const code = (slots[2 * slot + 1] as number) - 1;
      if (code < 0) break;
      if (slots[2 * slot] === hash && this.#compare(bytes, start, end, code) === 0) return code;
      slot = (slot + 1) & mask;
    }
    const code = this.#append(bytes, start, end);
    slots[2 * slot] = hash;
    slots[2 * slot + 1] = code + 1;
    if (2 * this.#count > mask) this.#index(4 * this.#count);
    return code;
  }

  /** Positive when the string is greater than the one of the code: first by length, then by bytes. */
  #compare(bytes: Uint8Array, start: number, end: number, code: number): number {
    const own = this.#bytes;
    const ownStart = this.#starts[code] as number;
    const length = end - start;
    const difference = length - ((this.#starts[code + 1] as number) - ownStart);
    if (difference !== 0) return difference;
    for (let i = 0; i < length; i++) {
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
    for (let i = start, j = from; i < end; i++, j++) own[j] = bytes[i] as number;
    this.#starts[code + 1] = to;
    this.#count++;
    return code;
  }

  #growBytes(needed: number): void {
    if (needed > MAX_BYTES) throw new AppError('file-too-large', { limit: MAX_BYTES });
    const grown = new Uint8Array(Math.min(MAX_BYTES, 2 * needed));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }

  #growStarts(): void {
    const grown = new Int32Array(2 * this.#starts.length);
    grown.set(this.#starts);
    this.#starts = grown;
  }

  /** Makes the table anew with at least `slots` slots, a power of two. */
  #index(slots: number): void {
    const size = 2 ** Math.ceil(Math.log2(slots));
    const table = new Int32Array(2 * size);
    const before = this.#slots;
    const mask = size - 1;
    const put = (hash: number, code: number): void => {
      let slot = hash & mask;
      while (table[2 * slot + 1] !== 0) slot = (slot + 1) & mask;
      table[2 * slot] = hash;
      table[2 * slot + 1] = code + 1;
    };
    if (before.length === 0) {
      for (let code = 0; code < this.#count; code++) {
        put(hashOf(this.#bytes, this.#starts[code] as number, this.#starts[code + 1] as number), code);
      }
    } else {
      for (let i = 0; i < before.length; i += 2) {
        if (before[i + 1] !== 0) put(before[i] as number, (before[i + 1] as number) - 1);
      }
    }
    this.#slots = table;
    this.#mask = mask;
  }
}

/** FNV-1a with the finish of MurmurHash3, so that the low bits depend on every byte. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
