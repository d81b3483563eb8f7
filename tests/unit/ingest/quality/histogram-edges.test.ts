import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { startOfDay } from '../../../../src/core/dates';
import { linearEdges, logEdges, MOST_BINS, timeEdges } from '../../../../src/ingest/quality/histogram-edges';

const isAscending = (edges: readonly number[]): boolean =>
  edges.every((edge, i) => i === 0 || edge > (edges[i - 1] ?? 0));

describe('the edges of a histogram', () => {
  test('Scores of 0 to 10 get a bin each.', () => {
    expect(linearEdges(0, 10, true)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test('Amounts lie between round numbers that hold the least and the most.', () => {
    expect(linearEdges(-3.2, 9.9, false)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(linearEdges(0.1, 0.3, false)).toEqual(expect.arrayContaining([0.1, 0.12, 0.2, 0.3]));
  });

  test('A single value has one bin.', () => {
    expect(linearEdges(7.25, 7.25, false)).toEqual([7, 8]);
    expect(linearEdges(0, 0, true)).toEqual([0, 1]);
  });

  test('Any two bounds lie within the edges, in at most so many bins of one width.', () => {
    const bound = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(bound, bound, (a, b) => {
        const [least, most] = [Math.min(a, b), Math.max(a, b)];
        const edges = linearEdges(least, most, false);
        expect(edges.length - 1).toBeLessThanOrEqual(MOST_BINS);
        expect(isAscending(edges)).toBe(true);
        const [first = 0, last = 0] = [edges[0], edges.at(-1)];
        const slack = 1e-9 * Math.max(1, Math.abs(least), Math.abs(most));
        expect(first).toBeLessThanOrEqual(least + slack);
        expect(last).toBeGreaterThanOrEqual(most - slack);
      }),
    );
  });

  test('A logarithmic scale stands at 1, 2 and 5 times the powers of ten, with the zeros apart.', () => {
    expect(logEdges(3, 150, false)).toEqual([2, 5, 10, 20, 50, 100, 200]);
    expect(logEdges(0.01, 1, true)).toEqual([0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]);
    expect(logEdges(1, 1e12, false)).toEqual(Array.from({ length: 13 }, (_, power) => 10 ** power));
  });

  test('Times are parted at hours, days, Mondays, months or years, whichever gives few enough.', () => {
    const day = (text: string): number => startOfDay(text);
    const hours = timeEdges(day('2024-01-03') + 3_600_000 * 8.5, day('2024-01-03') + 3_600_000 * 10);
    expect(hours.map((edge) => (edge - day('2024-01-03')) / 3_600_000)).toEqual([8, 9, 10, 11]);
    expect(timeEdges(day('2024-02-28'), day('2024-03-02')).map((edge) => new Date(edge).toISOString())).toEqual(
      expect.arrayContaining(['2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z']),
    );
    const weeks = timeEdges(day('2024-01-03'), day('2024-05-20'));
    expect(weeks.map((edge) => new Date(edge).getUTCDay())).toEqual(weeks.map(() => 1));
    const months = timeEdges(day('2023-01-15'), day('2024-12-31'));
    expect(months).toHaveLength(25);
    expect([months[0], months.at(-1)]).toEqual([day('2023-01-01'), day('2025-01-01')]);
    const centuries = timeEdges(day('1900-01-01'), day('2199-12-31'));
    expect(isAscending(centuries) && centuries.length - 1 <= MOST_BINS).toBe(true);
  });
});
