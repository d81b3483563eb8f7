import { describe, expect, it } from 'vitest';
import { layoutConcentration, shareAt } from '../../../src/charts/concentration';

/** 50, 30, 10, 5 and 5 of 100. */
const POINTS = [0, 0.5, 0.8, 0.9, 0.95, 1].map((y, place) => ({ x: place / 5, y }));

describe('the height of a curve', () => {
  it('is that of a point at the point, and lies on the straight line between two', () => {
    expect(shareAt(POINTS, 0)).toBe(0);
    expect(shareAt(POINTS, 0.4)).toBe(0.8);
    expect(shareAt(POINTS, 0.1)).toBeCloseTo(0.25, 12);
    expect(shareAt(POINTS, 0.7)).toBeCloseTo(0.925, 12);
    expect(shareAt(POINTS, 1.2)).toBe(1);
    expect(shareAt([], 0.5)).toBeNaN();
  });
});

describe('the drawing', () => {
  it('has a part for every stretch between the cuts, which meet the curve where it is', () => {
    const { areas, crossings } = layoutConcentration(POINTS, [0.2, 0.5], 500, 100);
    expect(areas.map(({ left, width }) => [left, width])).toEqual([
      [0, 100],
      [100, 150],
      [250, 250],
    ]);
    expect(crossings).toEqual([
      { x: 100, y: 50 },
      { x: 250, y: expect.closeTo(15, 9) },
    ]);
  });

  it('runs from the lower left to the upper right corner, over every point, and so does the diagonal', () => {
    const { curve, equality, areas } = layoutConcentration(POINTS, [], 500, 100);
    expect(curve).toBe('M0,100L100,50L200,20L300,10L400,5L500,0');
    expect(equality).toBe('M0,100L500,0');
    expect(areas[0]?.path).toBe(
      'M0,100L100,50L200,20L300,10L400,5L500,0L500,100L400,100L300,100L200,100L100,100L0,100Z',
    );
  });

  it('makes room above 1 where some bring less than nothing', () => {
    const { y } = layoutConcentration(
      [
        { x: 0, y: 0 },
        { x: 0.5, y: 1.25 },
        { x: 1, y: 1 },
      ],
      [],
      500,
      100,
    );
    expect(y(1.25)).toBe(0);
    expect(y(1)).toBeCloseTo(20, 9);
    expect(y(0)).toBe(100);
  });
});
