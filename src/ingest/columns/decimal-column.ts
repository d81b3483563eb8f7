import { DECIMAL_WORDS, decimalAt, setDecimal, setNoDecimal } from '../../db/words';
import { dropDigits, type Decimal } from '../values/decimal-math';

/**
 * One batch of a column of exact decimals. All values of the column, whatever their batch, share one
 * scale. It starts at 0 and grows to what the values need: those of the batch are rescaled, exactly,
 * and there is room for those of the batches before to be.
 */
export class DecimalColumn {
  /** The values of the batch as words of 128-bit decimals, value * 10^scale. */
  readonly words: Int32Array;
  #length = 0;
  #scale = 0;
  #largest = 0;
  #roundings = 0;

  /** `capacity` is the most values in a batch. */
  constructor(capacity: number) {
    this.words = new Int32Array(capacity * DECIMAL_WORDS);
  }

  /** Digits after the point of every value. */
  get scale(): number {
    return this.#scale;
  }

  /** Values that lost digits: past the sixth decimal, or because the column holds very large ones. */
  get roundings(): number {
    return this.#roundings;
  }

  /** Appends the value; false when it is too large to stand beside the others with their decimals. */
  push(value: Decimal): boolean {
    let { mantissa } = value;
    let { rounded } = value;
    if (value.scale > this.#scale && !this.#rescale(value.scale)) {
      mantissa = dropDigits(mantissa, value.scale - this.#scale);
      rounded = true;
    } else if (value.scale < this.#scale) {
      mantissa *= 10 ** (this.#scale - value.scale);
      if (!Number.isSafeInteger(mantissa)) return false;
    }
    if (rounded) this.#roundings++;
    if (mantissa > this.#largest) this.#largest = mantissa;
    else if (-mantissa > this.#largest) this.#largest = -mantissa;
    setDecimal(this.words, this.#length++, mantissa);
    return true;
  }

  pushNone(): void {
    setNoDecimal(this.words, this.#length++);
  }

  /** Begins the next batch. */
  restart(): void {
    this.#length = 0;
  }

  #rescale(scale: number): boolean {
    const factor = 10 ** (scale - this.#scale);
    if (!Number.isSafeInteger(this.#largest * factor)) return false;
    for (let place = 0; place < this.#length; place++) {
      const mantissa = decimalAt(this.words, place);
      if (!Number.isNaN(mantissa)) setDecimal(this.words, place, mantissa * factor);
    }
    this.#largest *= factor;
    this.#scale = scale;
    return true;
  }
}
