const FIRST_CAPACITY = 1 << 12;

/** A column of 32-bit integers that grows. Pushing costs amortised constant time. */
export class GrowingInt32 {
  #values = new Int32Array(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Int32Array(this.#length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  /** The value at a place below the length. */
  at(place: number): number {
    return this.#values[place] as number;
  }

  /** Writes over the value at a place below the length. */
  set(place: number, value: number): void {
    this.#values[place] = value;
  }

  /** The values so far: a view that the next push may leave behind. */
  view(): Int32Array {
    return this.#values.subarray(0, this.#length);
  }
}
