/** No code: the string is not in the table. */
export const ABSENT = -1;

const FIRST_SLOTS = 1 << 10;
const SLOT_WORDS = 4;
/** A table of so many words stays in near memory by itself. */
const NEAR_WORDS = 1 << 16;

/**
 * Codes of short ids. A slot holds the whole id, as the words of short-id.ts, beside code + 1: a
 * look-up touches one line of memory, where comparing with the strings themselves would touch three,
 * and far-off memory is what look-ups cost.
 */
export class ShortIdTable {
  #slots = new Int32Array(FIRST_SLOTS * SLOT_WORDS);
  #mask = FIRST_SLOTS - 1;
  #count = 0;
  /** The id looked up last, and where it is or belongs. */
  #first = 0;
  #second = 0;
  #third = 0;
  #slot = 0;
  readonly #warmth = new Int32Array(1);

  /**
   * Fetches the memory where the ids will be looked for. The accesses do not wait for each other, as
   * they do when each look-up decides about the next step.
   */
  warm(words: Int32Array, count: number): void {
    const slots = this.#slots;
    if (slots.length <= NEAR_WORDS) return;
    const mask = this.#mask;
    let warmth = 0;
    for (let at = 0; at < count * SLOT_WORDS; at += SLOT_WORDS) {
      const hash = mixed(words[at] as number, words[at + 1] as number, words[at + 2] as number);
      warmth ^= slots[(hash & mask) * SLOT_WORDS] as number;
    }
    // Kept, so that the loop has a use and is not taken out as idle.
    this.#warmth[0] = warmth;
  }

  /** The code of the id, or ABSENT; then `put` may follow. */
  find(first: number, second: number, third: number): number {
    const slots = this.#slots;
    let slot = mixed(first, second, third) & this.#mask;
    for (;;) {
      const at = slot * SLOT_WORDS;
      const code = (slots[at] as number) - 1;
      if (code === ABSENT) {
        this.#first = first;
        this.#second = second;
        this.#third = third;
        this.#slot = at;
        return ABSENT;
      }
      if (slots[at + 1] === first && slots[at + 2] === second && slots[at + 3] === third) return code;
      slot = (slot + 1) & this.#mask;
    }
  }

  /** Gives the id that was just not found its code. */
  put(code: number): void {
    const slots = this.#slots;
    const at = this.#slot;
    slots[at] = code + 1;
    slots[at + 1] = this.#first;
    slots[at + 2] = this.#second;
    slots[at + 3] = this.#third;
    if (2 * ++this.#count > this.#mask) this.#grow();
  }

  #grow(): void {
    const before = this.#slots;
    const slots = new Int32Array(before.length * 4);
    const mask = slots.length / SLOT_WORDS - 1;
    for (let from = 0; from < before.length; from += SLOT_WORDS) {
      if (before[from] === 0) continue;
      let slot = mixed(before[from + 1] as number, before[from + 2] as number, before[from + 3] as number) & mask;
      while (slots[slot * SLOT_WORDS] !== 0) slot = (slot + 1) & mask;
      for (let i = 0; i < SLOT_WORDS; i++) slots[slot * SLOT_WORDS + i] = before[from + i] as number;
    }
    this.#slots = slots;
    this.#mask = mask;
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
