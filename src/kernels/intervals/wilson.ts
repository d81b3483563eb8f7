export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % quantile of the standard normal distribution. */
const Z95 = 1.959963984540054;

/**
 * The Wilson score interval of a share: the shares that `successes` out of `trials` do not contradict. 95 % unless
 * another `z` is given. It stays inside 0..1 and is of use with few trials. NaN, NaN without any.
 *
 * Source: E. B. Wilson, Probable inference, JASA 22 (1927); R. G. Newcombe, Statistics in Medicine 17 (1998), method 3.
 * Throws RangeError unless 0 <= successes <= trials.
 */
export function wilsonInterval(successes: number, trials: number, z = Z95): Interval {
  if (!(successes >= 0 && successes <= trials))
    throw new RangeError(`invalid successes: ${successes} (needs 0..${trials})`);
  if (trials === 0) return { low: Number.NaN, high: Number.NaN };
  const share = successes / trials;
  const centre = share + (z * z) / (2 * trials);
  const reach = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const whole = 1 + (z * z) / trials;
  // Rounding must not leave a hair beyond the ends.
  return { low: Math.max(0, (centre - reach) / whole), high: Math.min(1, (centre + reach) / whole) };
}
