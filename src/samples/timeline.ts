const ENTRIES = 2 ** 26;
const SECONDS = 2 ** 27;

/**
 * Entries to be walked in the order of their seconds, ties by entry. Both share one exact double
 * (27 + 26 bits), so millions of them sort natively and take 8 bytes each.
 */
export class Timeline {
  #keys = new Float64Array(1024);
  #length = 0;
  #sorted = true;

  get length(): number {
    return this.#length;
  }

  /** `seconds` 0..2^27, `entry` 0..2^26, both whole. */
  add(seconds: number, entry: number): void {
    if (!(seconds >= 0 && seconds < SECONDS)) throw new RangeError(`invalid seconds: ${seconds}`);
    if (!(entry >= 0 && entry < ENTRIES)) throw new RangeError(`invalid entry: ${entry}`);
    if (this.#length === this.#keys.length) {
      const larger = new Float64Array(this.#length * 2);
      larger.set(this.#keys);
      this.#keys = larger;
    }
    this.#keys[this.#length++] = seconds * ENTRIES + entry;
    this.#sorted = false;
  }

  *entries(): Generator<{ readonly seconds: number; readonly entry: number }> {
    const keys = this.#keys.subarray(0, this.#length);
    if (!this.#sorted) keys.sort();
    this.#sorted = true;
    for (const key of keys) {
      const seconds = Math.floor(key / ENTRIES);
      yield { seconds, entry: key - seconds * ENTRIES };
    }
  }
}
