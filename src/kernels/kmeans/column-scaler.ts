/** How a column is prepared: cut, then bent, then moved and stretched. */
export interface ScalingMethod {
  /** Quantiles (0..1) beyond which values are pulled in; null = none. */
  readonly winsor: readonly [low: number, high: number] | null;
  /** sign(v) ln(1 + |v|), which takes negative numbers as it takes positive ones. */
  readonly isLogged: boolean;
  /** z-score: mean and standard deviation; robust: median and interquartile range / 1.349; none: neither. */
  readonly scale: 'none' | 'z-score' | 'robust';
}

/** A fitted column: what turns its values, and next month's, into the same numbers. Plain data, to be kept. */
export interface ColumnScaler {
  readonly isLogged: boolean;
  /** In the column's own units; infinite where nothing is cut. */
  readonly low: number;
  readonly high: number;
  /** After cutting and bending. */
  readonly centre: number;
  /** Above 0. */
  readonly spread: number;
}

/** The interquartile range of a normal distribution in standard deviations. */
const NORMAL_RANGE = 1.3489795003921634;

/**
 * Fits the method to a column. The standard deviation divides by n. Where half of a robust column's values are equal,
 * so that its interquartile range is 0, the standard deviation stands in; a constant column becomes zeros.
 *
 * @param column finite numbers, at least one; others throw RangeError
 * Cost: a sort, where quantiles are asked for.
 */
export function fitScaler(column: Float64Array, { winsor, isLogged, scale }: ScalingMethod): ColumnScaler {
  if (column.length === 0 || !column.every(Number.isFinite))
    throw new RangeError('invalid column: needs finite numbers, at least one');
  let low = -Infinity;
  let high = Infinity;
  if (winsor !== null) {
    if (!(winsor[0] >= 0 && winsor[0] < winsor[1] && winsor[1] <= 1))
      throw new RangeError(`invalid winsor: ${winsor.join(', ')} (needs two ascending shares)`);
    const sorted = column.toSorted();
    low = quantile(sorted, winsor[0]);
    high = quantile(sorted, winsor[1]);
  }
  const unscaled = { isLogged, low, high, centre: 0, spread: 1 };
  if (scale === 'none') return unscaled;
  const values = applyScaler(unscaled, column);
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length);
  if (scale === 'z-score') return { ...unscaled, centre: mean, spread: aboveZero(deviation, mean) };
  values.sort();
  const range = (quantile(values, 0.75) - quantile(values, 0.25)) / NORMAL_RANGE;
  return { ...unscaled, centre: quantile(values, 0.5), spread: range > 0 ? range : aboveZero(deviation, mean) };
}

/** The column by the scaler, as a new one. NaN stays NaN. */
export function applyScaler({ isLogged, low, high, centre, spread }: ColumnScaler, column: Float64Array): Float64Array {
  return column.map((value) => {
    const cut = Math.min(high, Math.max(low, value));
    return ((isLogged ? Math.sign(cut) * Math.log1p(Math.abs(cut)) : cut) - centre) / spread;
  });
}

/** A scaled number, such as a centroid's, in the column's own units; what was cut comes back as the limit. */
export function unscale({ isLogged, centre, spread }: ColumnScaler, scaled: number): number {
  const value = scaled * spread + centre;
  return isLogged ? Math.sign(value) * Math.expm1(Math.abs(value)) : value;
}

/** Between neighbours in proportion: the quantile of R's type 7, of spreadsheets and of DuckDB's quantile_cont. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const left = sorted[below]!;
  const right = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return left + (right - left) * (place - below);
}

/** The deviation, or 1 where it is nothing but the rounding of a constant. */
function aboveZero(deviation: number, mean: number): number {
  return deviation > Math.abs(mean) * 1e-12 ? deviation : 1;
}
