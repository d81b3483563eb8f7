/** Whole numbers 0..2^32-1 in 4 bytes each, growing at the end. */
export class NumberList {
  #values = new Uint32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  get(index: number): number {
    if (!(index >= 0 && index < this.#length)) throw new RangeError(`invalid index: ${index}`);
    return this.#values[index] ?? 0;
  }
}
