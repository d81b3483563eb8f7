/** How values of a measure are spread, all in its own unit. */
export interface Spread {
  readonly low: number;
  readonly high: number;
  /** At 1, 50 and 99 of 100. */
  readonly q01: number;
  readonly q50: number;
  readonly q99: number;
}

export type Unit = 'days' | 'years' | 'count' | 'money';

/** Bins a measure gets at most, the open ones at both ends among them. */
export const MAX_VALUE_BINS = 30;

/** Values this many times the median at 99 of 100 are put on steps of equal ratio. */
const SKEWED = 6;

/** Lengths that people think in. */
const STEPS: Readonly<Record<Unit, readonly number[]>> = {
  days: [1, 2, 5, 7, 10, 15, 30, 60, 90, 180, 365, 730],
  years: [1, 2, 5, 10],
  count: [],
  money: [],
};

const DAY_LADDER = [1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365, 545, 730, 1095, 1460, 1825, 2555];

/** Leading digits of a decade, from many steps to few. */
const COUNT_DECADES = [[1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8], [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1]];

/**
 * Steps as even as round numbers can be: uneven ones would draw bumps that are not in the values.
 *
 * @source ISO 3, preferred numbers: the Renard series R10 and R5 with two digits
 */
const MONEY_DECADES = [[1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8], [1, 1.6, 2.5, 4, 6.3], [1, 2, 5], [1]];

/**
 * The values at which one bin ends and the next begins (a value on a cut is of the upper bin): round numbers between
 * the first and the last hundredth, so that the first and the last bin are open and hold what lies far out. Equal
 * steps, or steps of about equal ratio where the values are skewed. Ascending; none where all values are equal.
 */
export function chooseCuts(spread: Spread, unit: Unit): readonly number[] {
  const { low, high, q01, q99 } = spread;
  if (!(high > low)) return [];
  const candidates = [
    ...(isSkewed(spread) && !isFewWholeNumbers(spread, unit) ? ratioSteps(spread, unit) : []),
    ...equalSteps(spread, unit),
  ];
  for (const cuts of candidates) {
    const inside = cuts.filter((cut) => cut > low && cut <= high && cut > q01 && cut <= q99);
    if (inside.length > 0 && inside.length < MAX_VALUE_BINS) return inside;
  }
  // Nearly everyone has one value: the cut stands beside it.
  return [q99 > low ? q99 : unit === 'money' ? high : low + 1];
}

function isSkewed({ q50, q99 }: Spread): boolean {
  return q50 > 0 ? q99 / q50 > SKEWED : q99 > 0;
}

function isFewWholeNumbers({ q01, q99 }: Spread, unit: Unit): boolean {
  return unit !== 'money' && q99 - q01 < MAX_VALUE_BINS;
}

/** Ladders of about equal ratio, the finest first. */
function ratioSteps({ q01, q50, q99 }: Spread, unit: Unit): readonly (readonly number[])[] {
  if (unit === 'days') return [DAY_LADDER];
  const least = unit === 'money' ? 1e-6 : 1;
  const from = Math.floor(Math.log10(Math.max(least, q01 > 0 ? q01 : Math.min(q50 > 0 ? q50 / 100 : least, q99))));
  const to = Math.ceil(Math.log10(Math.max(least, q99)));
  return (unit === 'money' ? MONEY_DECADES : COUNT_DECADES).map((digits) =>
    Array.from({ length: to - from + 1 }, (_, place) => digits.map((digit) => Number(`${digit}e${from + place}`)))
      .flat()
      .filter((cut) => unit === 'money' || Number.isInteger(cut)),
  );
}

/** Multiples of round steps, the finest first. */
function equalSteps({ q01, q99 }: Spread, unit: Unit): readonly (readonly number[])[] {
  const width = Math.max(q99 - q01, unit === 'money' ? 1e-6 : 1);
  const decade = Math.floor(Math.log10(width / MAX_VALUE_BINS));
  const decimal = [0, 1, 2].flatMap((place) => [1, 2, 5].map((digit) => Number(`${digit}e${decade + place}`)));
  const steps = [...STEPS[unit], ...decimal.filter((step) => unit === 'money' || Number.isInteger(step))];
  return steps
    .filter((step) => width / step <= MAX_VALUE_BINS)
    .toSorted((a, b) => a - b)
    .map((step) => {
      const first = Math.floor(q01 / step);
      // Whole multiples printed again: 3 x 0.1 is not the number that 0.3 reads as.
      return Array.from({ length: Math.ceil(width / step) + 2 }, (_, place) =>
        Number(((first + place) * step).toPrecision(12)),
      );
    });
}
