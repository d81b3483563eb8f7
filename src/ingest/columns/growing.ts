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
      this.reserve(this.#length * 2);
    }
    this.#values[this.#length++] = value;
  }

  /** Makes room for that many values in all, so that growing need not copy them step by step. */
  reserve(capacity: number): void {
    if (capacity <= this.#values.length) return;
    const grown = new Int32Array(capacity);
    grown.set(this.#values.subarray(0, this.#length));
    this.#values = grown;
  }

  /** The values so far: a view that the next push may leave behind. */
  view(): Int32Array {
    return this.#values.subarray(0, this.#length);
  }
}

/** A column of doubles that grows. Pushing costs amortised constant time. */
export class GrowingFloat64 {
  #values = new Float64Array(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      this.reserve(this.#length * 2);
    }
    this.#values[this.#length++] = value;
  }

  /** Makes room for that many values in all, so that growing need not copy them step by step. */
  reserve(capacity: number): void {
    if (capacity <= this.#values.length) return;
    const grown = new Float64Array(capacity);
    grown.set(this.#values.subarray(0, this.#length));
    this.#values = grown;
  }

  /** The values so far: a view that the next push may leave behind. */
  view(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
