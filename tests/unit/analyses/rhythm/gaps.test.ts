import { describe, expect, it } from 'vitest';
import {
  daysForShare,
  gapBinning,
  gapBins,
  nextChances,
  purchaseCounts,
  returnShares,
  shareWithin,
  withOpenAt,
} from '../../../../src/analyses/rhythm/gaps';

const gap = (gap_days: number, gaps: number) => ({ gap_days, gaps });
const TEN = [gap(1, 2), gap(7, 3), gap(30, 3), gap(90, 1), gap(400, 1)];

describe('the window of a share', () => {
  it('is the smallest number of days that at least the share does not exceed', () => {
    expect(daysForShare(TEN, 0.8)).toBe(30);
    expect(daysForShare(TEN, 0.81)).toBe(90);
    expect(daysForShare(TEN, 0.2)).toBe(1);
    expect(daysForShare(TEN, 1)).toBe(400);
    expect(daysForShare([], 0.8)).toBeNull();
    // 0.07 of 100 is 7.000000000000001 in binary: seven gaps are 7 % all the same.
    expect(daysForShare([gap(3, 7), gap(9, 93)], 0.07)).toBe(3);
  });

  it('takes in the gaps that are just as long', () => {
    expect(shareWithin(TEN, 30)).toBe(0.8);
    expect(shareWithin(TEN, 29)).toBe(0.5);
    expect(shareWithin([], 10)).toBeNaN();
  });
});

describe('the share that came back', () => {
  it('is lower where gaps still open count as long as they were seen', () => {
    // Two gaps of 5 days and one of 20; one customer seen for 10 days since the last purchase, one for 20.
    const shares = returnShares(
      [gap(5, 2), gap(20, 1)],
      [
        { purchases: 1, open_days: 10, customers: 1 },
        { purchases: 3, open_days: 20, customers: 1 },
      ],
    );
    expect(shares.map(({ days, ofEnded }) => [days, ofEnded])).toEqual([
      [5, 2 / 3],
      [10, 2 / 3],
      [20, 1],
    ]);
    // 5 at risk at day 5: 1 - 3/5; 2 at risk at day 20, where one ended: 1 - 3/5 * 1/2.
    expect(shares.map(({ withOpen }) => Math.round(withOpen * 1e9) / 1e9)).toEqual([0.4, 0.4, 0.7]);
    expect([withOpenAt(shares, 4), withOpenAt(shares, 19), withOpenAt(shares, 500)]).toEqual([
      0,
      shares[1]?.withOpen,
      shares[2]?.withOpen,
    ]);
  });
});

describe('bars of gaps', () => {
  it('are as wide as nearly all gaps in at most 48 of them ask for, and count from one day on', () => {
    const many = [gap(1, 40), gap(7, 30), gap(8, 28), gap(96, 1), gap(900, 1)];
    // 98 of 100 gaps are at most 8 days.
    expect(gapBinning(many)).toEqual({ widthDays: 1, bins: 8 });
    expect(gapBinning([gap(96, 9), gap(300, 90)])).toEqual({ widthDays: 7, bins: 43 });
    expect(gapBins([gap(7, 5), gap(8, 2), gap(96, 100)], [{ bin: 0, customers: 4 }]).slice(0, 4)).toEqual([
      { from: 0, to: 2, gaps: 0, customers: 4 },
      { from: 2, to: 4, gaps: 0, customers: 0 },
      { from: 4, to: 6, gaps: 0, customers: 0 },
      { from: 6, to: 8, gaps: 7, customers: 0 },
    ]);
    expect(gapBins([], [])).toEqual([]);
  });
});

describe('the chance of a next purchase', () => {
  it('counts only customers whose n-th purchase day is a window old, on the day too', () => {
    const rows = [
      { purchases: 1, age_days: 29, customers: 50, came_back: 40 },
      { purchases: 1, age_days: 30, customers: 10, came_back: 4 },
      { purchases: 1, age_days: 90, customers: 10, came_back: 8 },
      { purchases: 2, age_days: 10, customers: 9, came_back: 1 },
    ];
    const chances = nextChances(rows, 30);
    expect(chances.map(({ interval: _, ...rest }) => rest)).toEqual([
      { purchases: 1, customers: 20, cameBack: 12, chance: 0.6 },
    ]);
    // Wilson's interval of 12 in 20 by hand: (0.6 + 0.096036) / 1.192073 -+ 0.230...
    expect(chances[0]?.interval.low).toBeCloseTo(0.3866, 4);
    expect(chances[0]?.interval.high).toBeCloseTo(0.7812, 4);
    expect(nextChances(rows, 10).map(({ purchases, customers }) => [purchases, customers])).toEqual([
      [1, 70],
      [2, 9],
    ]);
    expect(nextChances(rows, 91)).toEqual([]);
  });
});

describe('purchases per customer', () => {
  it('puts those with many in the last row, and leaves no number out in between', () => {
    const open = [
      { purchases: 1, open_days: 3, customers: 5 },
      { purchases: 1, open_days: 9, customers: 2 },
      { purchases: 4, open_days: 1, customers: 3 },
    ];
    expect(purchaseCounts(open, 12).map(({ purchases, customers }) => [purchases, customers])).toEqual([
      [1, 7],
      [2, 0],
      [3, 0],
      [4, 3],
    ]);
    expect(purchaseCounts(open, 3).at(-1)).toEqual({ purchases: 3, isOrMore: true, customers: 3 });
    expect(purchaseCounts([], 12)).toEqual([]);
  });
});
