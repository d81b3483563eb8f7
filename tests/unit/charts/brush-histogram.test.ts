import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  barsPath,
  binAt,
  dragRange,
  gripAt,
  hiddenTopsPath,
  keyRange,
  layoutBrush,
  moveRange,
  shareOf,
} from '../../../src/charts/brush-histogram';

const BINS = [
  { all: 10, left: 10 },
  { all: 40, left: 20 },
  { all: 0, left: 0 },
  { all: -5, left: 1 },
];

describe('the bars', () => {
  it('are as wide as each other, the highest of either layer as high as the plot', () => {
    const { step, bars, apart } = layoutBrush(BINS, null, 200, 100);
    expect([step, apart]).toEqual([50, null]);
    expect(bars.map(({ x, allHeight, leftHeight }) => [x, allHeight, leftHeight])).toEqual([
      [0, 25, 25],
      [50, 100, 50],
      [100, 0, 0],
      [150, 0, 2.5],
    ]);
  });

  it('leave room for the one apart, which counts for the scale', () => {
    const { step, bars, apart } = layoutBrush(BINS, { all: 80, left: 0 }, 238, 100);
    expect(step).toBe(50);
    expect(bars[1]?.allHeight).toBe(50);
    expect(apart).toEqual({ x: 214, width: 24, allHeight: 100, leftHeight: 0 });
  });

  it('are seen however small, and not seen at zero or below', () => {
    expect([shareOf(1, 1e6), shareOf(0, 5), shareOf(-3, 5), shareOf(1, 0)]).toEqual([0.006, 0, 0, 0]);
  });

  it('are drawn as one path a layer', () => {
    const { bars } = layoutBrush(BINS, null, 200, 100);
    expect(barsPath(bars, 'left', 100)).toBe('M0.5 75h49V100h-49zM50.5 50h49V100h-49zM150.5 97.5h49V100h-49z');
  });

  it('show where the faint layer ends under a solid one that is higher', () => {
    const { bars } = layoutBrush(
      [
        { all: 20, left: 40 },
        { all: 40, left: 40 },
      ],
      null,
      100,
      100,
    );
    expect(hiddenTopsPath(bars, 100)).toBe('M0 50h50');
  });

  it('have no width of nothing', () => {
    expect(layoutBrush([], null, 200, 100)).toEqual({ step: 0, bars: [], apart: null });
  });
});

describe('the brush', () => {
  it('covers every bin that the pointer passed, in whichever direction', () => {
    expect(dragRange('new', null, 55, 171, 50, 4)).toEqual([1, 4]);
    expect(dragRange('new', [0, 1], 171, 55, 50, 4)).toEqual([1, 4]);
    expect(dragRange('new', null, -20, 900, 50, 4)).toEqual([0, 4]);
  });

  it('is taken by an edge within reach, by its middle, or begun anew beside it', () => {
    expect([40, 41, 59, 60, 100, 145, 159, 160].map((x) => gripAt(x, [1, 3], 50))).toEqual([
      'new',
      'from',
      'from',
      'whole',
      'whole',
      'to',
      'to',
      'new',
    ]);
    expect(gripAt(50, null, 50)).toBe('new');
  });

  it('keeps a middle to hold where it is narrow', () => {
    expect([50, 51, 53, 54, 56].map((x) => gripAt(x, [10, 11], 5))).toEqual(['from', 'from', 'whole', 'to', 'to']);
  });

  it('keeps at least one bin, and its width when it is moved as a whole', () => {
    expect(dragRange('from', [1, 3], 50, 500, 50, 4)).toEqual([2, 3]);
    expect(dragRange('to', [1, 3], 150, 0, 50, 4)).toEqual([1, 2]);
    expect(dragRange('whole', [1, 3], 60, 500, 50, 4)).toEqual([2, 4]);
    expect(dragRange('whole', [1, 3], 60, -500, 50, 4)).toEqual([0, 2]);
  });

  it('answers the keys of a slider', () => {
    expect(keyRange('ArrowRight', false, 'from', [0, 4], 4)).toEqual([1, 4]);
    expect(keyRange('ArrowDown', false, 'to', [0, 4], 4)).toEqual([0, 3]);
    expect(keyRange('ArrowRight', true, 'to', [1, 2], 4)).toEqual([2, 3]);
    expect(keyRange('PageUp', false, 'to', [0, 1], 9)).toEqual([0, 6]);
    expect(keyRange('End', false, 'from', [0, 4], 4)).toEqual([3, 4]);
    expect(keyRange('Home', false, 'from', [3, 4], 4)).toEqual([0, 4]);
    expect(keyRange('Escape', false, 'from', [1, 2], 4)).toBeNull();
    expect(keyRange('a', false, 'from', [1, 2], 4)).toBeUndefined();
  });

  it('stays within the bins and holds at least one, whatever moves it', () => {
    const range = fc.tuple(fc.nat({ max: 19 }), fc.integer({ min: 1, max: 20 })).map(([from, length]) => {
      const start = Math.min(from, 19);
      return [start, Math.min(20, start + length)] as const;
    });
    fc.assert(
      fc.property(
        range,
        fc.constantFrom('from', 'to', 'whole'),
        fc.integer({ min: -40, max: 40 }),
        (before, grip, by) => {
          const [from, to] = moveRange(grip, before, by, 20);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(20);
          expect(to - from).toBeGreaterThanOrEqual(1);
          if (grip === 'whole') expect(to - from).toBe(before[1] - before[0]);
        },
      ),
    );
  });

  it('finds the bin under a pixel, also outside', () => {
    expect([-1, 0, 49.9, 50, 1000].map((x) => binAt(x, 50, 4))).toEqual([0, 0, 0, 1, 3]);
  });
});
