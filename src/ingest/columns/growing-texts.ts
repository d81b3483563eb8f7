import type { StringPool } from '../../db/arrow-ipc';
import { GrowingInt32 } from './growing';

/** Texts one after the other. Pushing costs amortised O(length). */
export class GrowingTexts {
  #bytes = new Uint8Array(1 << 12);
  readonly #starts = new GrowingInt32();
  #size = 0;

  constructor() {
    this.#starts.push(0);
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /** Bytes of all texts. */
  get size(): number {
    return this.#size;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    const needed = this.#size + end - start;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(2 * needed);
      grown.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes.subarray(start, end), this.#size);
    this.#size = needed;
    this.#starts.push(needed);
  }

  /** The texts so far: a view that the next push may leave behind. */
  view(): StringPool {
    return { bytes: this.#bytes, starts: this.#starts.view() };
  }
}
