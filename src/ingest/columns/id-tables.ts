/** No code: the string is not in the table. */
export const ABSENT = -1;

const FIRST_SLOTS = 1 << 10;
const SLOT_WORDS = 4;

/** Longest string that a table of short ids holds. */
export const SHORT_BYTES = 12;

/**
 * Codes of strings of up to 12 bytes that do not end in a NUL. A slot holds the whole string, as three
 * words padded with zeros, beside code + 1: a look-up touches one line of memory, where comparing
 * with the strings themselves would touch three, and far-off memory is what look-ups cost.
 */
export class ShortIdTable {
  #slots = new Int32Array(FIRST_SLOTS * SLOT_WORDS);
  #mask = FIRST_SLOTS - 1;
  #count = 0;
  /** The words of the string looked up last, and where it is or belongs. */
  readonly #words = new Int32Array(3);
  #slot = 0;

  /** The code of bytes[start..end), or ABSENT; then `put` may follow. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const words = this.#words;
    let first = 0;
    let second = 0;
    let third = 0;
    const length = end - start;
    for (let i = 0; i < length; i++) {
      const byte = bytes[start + i] as number;
      if (i < 4) first = (first << 8) | byte;
      else if (i < 8) second = (second << 8) | byte;
      else third = (third << 8) | byte;
    }
    // Shifted up, so that what is missing is zeros behind and not in front.
    if (length < 4) first <<= 8 * (4 - length);
    else if (length < 8) second <<= 8 * (8 - length);
    else if (length < 12) third <<= 8 * (12 - length);
    words[0] = first;
    words[1] = second;
    words[2] = third;
    const slots = this.#slots;
    let slot = mixed(first, second, third) & this.#mask;
    for (;;) {
      const at = slot * SLOT_WORDS;
      const code = (slots[at] as number) - 1;
      if (code === ABSENT || (slots[at + 1] === first && slots[at + 2] === second && slots[at + 3] === third)) {
        this.#slot = at;
        return code;
      }
      slot = (slot + 1) & this.#mask;
    }
  }

  /** Gives the string that was just not found its code. */
  put(code: number): void {
    this.#slots[this.#slot] = code + 1;
    this.#slots.set(this.#words, this.#slot + 1);
    if (2 * ++this.#count > this.#mask) this.#grow();
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 4);
    this.#mask = this.#slots.length / SLOT_WORDS - 1;
    for (let from = 0; from < before.length; from += SLOT_WORDS) {
      if (before[from] === 0) continue;
      let slot = mixed(before[from + 1] as number, before[from + 2] as number, before[from + 3] as number) & this.#mask;
      while (this.#slots[slot * SLOT_WORDS] !== 0) slot = (slot + 1) & this.#mask;
      for (let i = 0; i < SLOT_WORDS; i++) this.#slots[slot * SLOT_WORDS + i] = before[from + i] as number;
    }
  }
}

/**
 * Codes of strings of any length. A slot holds the string's hash beside code + 1; the string itself
 * is compared in the pool only where the hashes agree.
 */
export class LongIdTable {
  #slots = new Int32Array(FIRST_SLOTS * 2);
  #mask = FIRST_SLOTS - 1;
  #count = 0;
  #hash = 0;
  #slot = 0;

  /** The code of bytes[start..end), or ABSENT; then `put` may follow. Code c lies in own[starts[c]..starts[c + 1]). */
  find(bytes: Uint8Array, start: number, end: number, own: Uint8Array, starts: Int32Array): number {
    const hash = hashOf(bytes, start, end);
    const slots = this.#slots;
    let slot = hash & this.#mask;
    for (;;) {
      const code = (slots[2 * slot + 1] as number) - 1;
      if (code === ABSENT || (slots[2 * slot] === hash && isEqual(bytes, start, end, own, starts, code))) {
        this.#hash = hash;
        this.#slot = slot;
        return code;
      }
      slot = (slot + 1) & this.#mask;
    }
  }

  /** Gives the string that was just not found its code. */
  put(code: number): void {
    this.#slots[2 * this.#slot] = this.#hash;
    this.#slots[2 * this.#slot + 1] = code + 1;
    if (2 * ++this.#count > this.#mask) this.#grow();
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 4);
    this.#mask = this.#slots.length / 2 - 1;
    for (let from = 0; from < before.length; from += 2) {
      if (before[from + 1] === 0) continue;
      let slot = (before[from] as number) & this.#mask;
      while (this.#slots[2 * slot + 1] !== 0) slot = (slot + 1) & this.#mask;
      this.#slots[2 * slot] = before[from] as number;
      this.#slots[2 * slot + 1] = before[from + 1] as number;
    }
  }
}

function isEqual(
  bytes: Uint8Array,
  start: number,
  end: number,
  own: Uint8Array,
  starts: Int32Array,
  code: number,
): boolean {
  const from = starts[code] as number;
  if ((starts[code + 1] as number) - from !== end - start) return false;
  for (let i = start, j = from; i < end; i++, j++) if (bytes[i] !== own[j]) return false;
  return true;
}

/** FNV-1a over the bytes. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return finished(hash);
}

function mixed(first: number, second: number, third: number): number {
  return finished(Math.imul(Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca77) ^ third, 0xc2b2ae3d));
}

/** The finish of MurmurHash3: every bit of the answer depends on every bit of the hash. */
function finished(hash: number): number {
  let mix = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}
