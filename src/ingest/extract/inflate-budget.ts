import { AppError } from '../../core/errors';
import type { ExtractLimits } from './extract-contract';

/** Small containers may be as dense as they like. */
const FREE_BYTES = 64 << 20;

/**
 * Counts what comes out of a container while it comes out; the sizes that a container declares of
 * itself are never trusted. Throws `over-limit` at the piece that goes past.
 */
export class InflateBudget {
  readonly #name: string;
  readonly #packedBytes: number;
  readonly #limits: ExtractLimits;
  #inflated = 0;

  constructor(name: string, packedBytes: number, limits: ExtractLimits) {
    this.#name = name;
    this.#packedBytes = packedBytes;
    this.#limits = limits;
  }

  take(bytes: number): void {
    this.#inflated += bytes;
    const { inflatedBytes, inflateRatio } = this.#limits;
    if (this.#inflated > inflatedBytes) this.#refuse('inflatedBytes', inflatedBytes);
    if (this.#inflated > FREE_BYTES && this.#inflated > inflateRatio * this.#packedBytes) {
      this.#refuse('inflateRatio', inflateRatio);
    }
  }

  #refuse(what: keyof ExtractLimits, limit: number): never {
    throw new AppError('over-limit', { name: this.#name, what, limit });
  }
}
