/** One step of a waterfall, in hundredths of the width. */
export interface WaterfallPart {
  readonly start: number;
  readonly width: number;
  readonly isFor: boolean;
}

export interface Waterfall {
  readonly parts: readonly WaterfallPart[];
  /** Where even odds lie. */
  readonly zero: number;
  readonly total: number;
}

/** Each weight from where the one before ended, all on one scale that holds every sum on the way and zero. */
export function layoutWaterfall(weights: readonly number[]): Waterfall {
  const sums: number[] = [0];
  for (const weight of weights) sums.push((sums.at(-1) ?? 0) + weight);
  const least = Math.min(...sums);
  const span = Math.max(...sums) - least;
  const place = (sum: number): number => (span === 0 ? 50 : ((sum - least) / span) * 100);
  return {
    zero: place(0),
    total: sums.at(-1) ?? 0,
    parts: weights.map((weight, i) => {
      const [before, after] = [place(sums[i] ?? 0), place(sums[i + 1] ?? 0)];
      return { start: Math.min(before, after), width: Math.abs(after - before), isFor: weight > 0 };
    }),
  };
}
