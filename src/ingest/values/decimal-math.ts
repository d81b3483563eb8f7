import { MAX_SCALE } from './numbers';

/** An exact decimal number, mantissa / 10^scale, |mantissa| < 2^53. */
export interface Decimal {
  readonly mantissa: number;
  readonly scale: number;
  /** True when digits past MAX_SCALE were rounded away, half away from zero. */
  readonly rounded: boolean;
}

/** a * b; null when it does not fit. */
export function multiply(a: Decimal, b: Decimal): Decimal | null {
  const product = a.mantissa * b.mantissa;
  const scale = a.scale + b.scale;
  if (Number.isSafeInteger(product)) return held(product, scale, a.rounded || b.rounded);
  const cut = Math.max(0, scale - MAX_SCALE);
  const exact = BigInt(a.mantissa) * BigInt(b.mantissa);
  const mantissa = Number(roundedDivision(exact, 10n ** BigInt(cut)));
  if (!Number.isSafeInteger(mantissa)) return null;
  return held(mantissa, scale - cut, a.rounded || b.rounded || cut > 0);
}

/** a - b; null when it does not fit. */
export function subtract(a: Decimal, b: Decimal): Decimal | null {
  const scale = Math.max(a.scale, b.scale);
  const left = a.mantissa * 10 ** (scale - a.scale);
  const right = b.mantissa * 10 ** (scale - b.scale);
  const mantissa = left - right;
  if (!Number.isSafeInteger(left) || !Number.isSafeInteger(right) || !Number.isSafeInteger(mantissa)) return null;
  return held(mantissa, scale, a.rounded || b.rounded);
}

/** The mantissa with `digits` fewer decimals, half away from zero. Exact. */
export function dropDigits(mantissa: number, digits: number): number {
  const divisor = 10 ** digits;
  const size = Math.abs(mantissa);
  const rest = size % divisor;
  const quotient = (size - rest) / divisor + (rest * 2 >= divisor ? 1 : 0);
  return mantissa < 0 && quotient !== 0 ? -quotient : quotient;
}

/** The same number with the least scale that holds it, at most MAX_SCALE. */
function held(mantissa: number, scale: number, rounded: boolean): Decimal {
  let kept = mantissa;
  let keptScale = scale;
  let lost = rounded;
  while (keptScale > 0 && kept % 10 === 0) {
    kept /= 10;
    keptScale--;
  }
  if (keptScale > MAX_SCALE) {
    kept = dropDigits(kept, keptScale - MAX_SCALE);
    keptScale = MAX_SCALE;
    lost = true;
  }
  return { mantissa: kept, scale: keptScale, rounded: lost };
}

function roundedDivision(value: bigint, divisor: bigint): bigint {
  const size = value < 0n ? -value : value;
  const quotient = (size + divisor / 2n) / divisor;
  return value < 0n ? -quotient : quotient;
}
