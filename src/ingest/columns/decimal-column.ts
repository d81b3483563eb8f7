import { dropDigits, type Decimal } from '../values/decimal-math';
import { GrowingFloat64 } from './growing';

/**
 * A column of exact decimals that share one scale. It starts at 0 and grows to what the values need:
 * the values before are rescaled once each time, exactly. NaN stands for no value.
 */
export class DecimalColumn {
  readonly #mantissas = new GrowingFloat64();
  #scale = 0;
  #largest = 0;
  #roundings = 0;

  /** Digits after the point of every value. */
  get scale(): number {
    return this.#scale;
  }

  /** Values that lost digits: past the sixth decimal, or because the column holds very large ones. */
  get roundings(): number {
    return this.#roundings;
  }

  reserve(rows: number): void {
    this.#mantissas.reserve(rows);
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
    this.#mantissas.push(mantissa);
    return true;
  }

  pushNone(): void {
    this.#mantissas.push(Number.NaN);
  }

  /** value * 10^scale of every row. */
  view(): Float64Array {
    return this.#mantissas.view();
  }

  #rescale(scale: number): boolean {
    const factor = 10 ** (scale - this.#scale);
    if (!Number.isSafeInteger(this.#largest * factor)) return false;
    const values = this.#mantissas.view();
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * factor;
    this.#largest *= factor;
    this.#scale = scale;
    return true;
  }
}
