import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endedShares } from '../../../../src/kernels/survival/kaplan-meier';

/** Weeks, ended, still going on. */
function shares(rows: readonly (readonly [age: number, ended: number, open: number])[]): number[] {
  const column = (place: 0 | 1 | 2): Float64Array => Float64Array.from(rows, (row) => row[place]);
  return [...endedShares({ ages: column(0), ended: column(1), open: column(2) })];
}

it('gives the published curve of remission under 6-mercaptopurine', () => {
  // Freireich et al. 1963 as in Cox and Oakes, Analysis of Survival Data, 1984, table 1.1: 21 patients.
  const rows = [
    [6, 3, 1],
    [7, 1, 0],
    [9, 0, 1],
    [10, 1, 1],
    [11, 0, 1],
    [13, 1, 0],
    [16, 1, 0],
    [17, 0, 1],
    [19, 0, 1],
    [20, 0, 1],
    [22, 1, 0],
    [23, 1, 0],
    [25, 0, 1],
    [32, 0, 2],
    [34, 0, 1],
    [35, 0, 1],
  ] as const;
  const remaining = shares(rows).map((share) => Math.round((1 - share) * 1000) / 1000);
  const published = { 6: 0.857, 7: 0.807, 10: 0.753, 13: 0.69, 16: 0.627, 22: 0.538, 23: 0.448 };
  rows.forEach(([week, ended], i) => {
    if (ended > 0) expect(remaining[i]).toBe(published[week as keyof typeof published]);
  });
  expect(remaining.at(-1)).toBe(0.448);
});

it('is the plain cumulative share where nothing is still going on', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 }), (counts) => {
      const total = counts.reduce((sum, count) => sum + count, 0);
      fc.pre(total > 0);
      const found = shares(counts.map((count, age) => [age, count, 0] as const));
      let sum = 0;
      counts.forEach((count, age) => {
        sum += count;
        expect(found[age]).toBeCloseTo(sum / total, 9);
      });
    }),
    { seed: 1958 },
  );
});

it('is nothing for nobody, and zero where all are still going on', () => {
  expect(shares([])).toEqual([]);
  expect(shares([[3, 0, 5]])).toEqual([0]);
});

it('refuses ages that do not ascend and columns of different lengths', () => {
  expect(() =>
    shares([
      [2, 1, 0],
      [2, 1, 0],
    ]),
  ).toThrow(RangeError);
  expect(() => endedShares({ ages: Float64Array.of(1), ended: Float64Array.of(1), open: new Float64Array(0) })).toThrow(
    RangeError,
  );
});
