import { describe, expect, it } from 'vitest';
import {
  axisTicks,
  countsBetween,
  handleHeights,
  histogramAxis,
  keyStep,
  layoutHistogram,
  moveCut,
} from '../../../src/charts/histogram';

const bins = [
  { from: 0, to: 10, count: 40 },
  { from: 10, to: 20, count: 80 },
  { from: 20, to: 40, count: 20 },
];

describe('countsBetween', () => {
  it('sums whole bins between cuts on their edges', () => {
    expect(countsBetween(bins, [10, 20])).toEqual([40, 80, 20]);
  });

  it('shares a bin that a cut runs through in proportion', () => {
    // 15 halves the second bin; 25 takes a quarter of the third.
    expect(countsBetween(bins, [15, 25])).toEqual([80, 45, 15]);
  });

  it('counts everything as one group without cuts, and nothing beyond the last value', () => {
    expect(countsBetween(bins, [])).toEqual([140]);
    expect(countsBetween(bins, [40])).toEqual([140, 0]);
  });
});

describe('a linear axis', () => {
  const axis = histogramAxis(bins, 'linear', 400);

  it('maps values to pixels and back', () => {
    expect(axis.toX(10)).toBe(100);
    expect(axis.toValue(300)).toBe(30);
    expect([axis.low, axis.high]).toEqual([0, 40]);
  });

  it('draws bars as wide as their bins and as high as their counts', () => {
    expect(layoutHistogram(bins, [], axis, 160)).toEqual([
      { x: 0, width: 100, y: 80, height: 80, group: 0, bin: bins[0] },
      { x: 100, width: 100, y: 0, height: 160, group: 0, bin: bins[1] },
      { x: 200, width: 200, y: 120, height: 40, group: 0, bin: bins[2] },
    ]);
  });

  it('splits a bar where a cut runs through it', () => {
    const bars = layoutHistogram(bins, [15], axis, 160);
    expect(bars.map(({ x, width, group }) => [x, width, group])).toEqual([
      [0, 100, 0],
      [100, 50, 0],
      [150, 50, 1],
      [200, 200, 1],
    ]);
  });
});

describe('a log axis', () => {
  const decades = [
    { from: 1, to: 10, count: 5 },
    { from: 10, to: 100, count: 9 },
    { from: 100, to: 1000, count: 2 },
  ];

  it('gives each factor of ten the same room', () => {
    const axis = histogramAxis(decades, 'log', 300);
    expect(axis.toX(10)).toBeCloseTo(100, 9);
    expect(axis.toX(100)).toBeCloseTo(200, 9);
    expect(axis.toValue(150)).toBeCloseTo(Math.sqrt(1000), 9);
  });

  it('has ticks at 1, 2 and 5 times a power of ten', () => {
    expect(histogramAxis(decades, 'log', 900).ticks).toEqual([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);
  });

  it('draws a first bin that starts at zero as wide as the second', () => {
    const fromZero = [{ from: 0, to: 10, count: 5 }, ...decades.slice(1)];
    const axis = histogramAxis(fromZero, 'log', 300);
    expect(axis.low).toBe(1);
    expect(layoutHistogram(fromZero, [], axis, 90)[0]?.width).toBeCloseTo(100, 9);
  });
});

describe('moveCut', () => {
  const axis = { low: 0, high: 40 };

  it('rounds to the step', () => {
    expect(moveCut([10, 20], 0, 12.4, axis, 1)).toEqual([12, 20]);
    expect(moveCut([0.1, 20], 0, 0.314, axis, 0.1)).toEqual([0.3, 20]);
  });

  it('stays a step away from its neighbours and inside the axis', () => {
    expect(moveCut([10, 20], 0, 35, axis, 1)).toEqual([19, 20]);
    expect(moveCut([10, 20], 1, 3, axis, 1)).toEqual([10, 11]);
    expect(moveCut([10, 20], 0, -8, axis, 1)).toEqual([0, 20]);
    expect(moveCut([10, 20], 1, 99, axis, 1)).toEqual([10, 40]);
  });
});

it('a limit between two that coincide stays where it is', () => {
  expect(moveCut([1, 1, 1, 3], 1, 5, { low: 0, high: 40 }, 1)).toEqual([1, 1, 1, 3]);
  expect(moveCut([1, 1, 1, 3], 2, 5, { low: 0, high: 40 }, 1)).toEqual([1, 1, 2, 3]);
});

describe('the ticks', () => {
  it('are values that occur: no halves of days, no zero purchases', () => {
    const axis = { low: 0, ticks: [0, 0.5, 1, 1.5, 2] };
    expect(axisTicks(axis, 1, false)).toEqual([0, 1, 2]);
    expect(axisTicks(axis, 1, true)).toEqual([1, 2]);
    expect(axisTicks({ low: 0, ticks: [0.1, 0.15, 0.3] }, 0.1, false)).toEqual([0.1, 0.3]);
  });
});

describe('the handles of the limits', () => {
  it('stand in the middle where they are a finger apart', () => {
    expect(handleHeights([10, 34, 100], 140)).toEqual([70, 70, 70]);
  });

  it('alternate below and above where they would lie on one another, coinciding ones too', () => {
    expect(handleHeights([10, 10, 20, 40], 140)).toEqual([70, 96, 44, 70]);
  });

  it('stay in a low plot even where there are too many', () => {
    expect(handleHeights([1, 2, 3], 40)).toEqual([20, 20, 20]);
    expect(handleHeights([1, 2, 3, 4], 80)).toEqual([40, 66, 14, 40]);
  });
});

it('a key moves a large value on a log axis by 2 %, a small one by the step', () => {
  expect(keyStep(5000, 1, 'log')).toBe(100);
  expect(keyStep(10, 1, 'log')).toBe(1);
  expect(keyStep(5000, 1, 'linear')).toBe(1);
});

it('no bins make an empty plot', () => {
  const axis = histogramAxis([], 'linear', 300);
  expect(axis.ticks).toEqual([]);
  expect(layoutHistogram([], [5], axis, 100)).toEqual([]);
  expect(countsBetween([], [5])).toEqual([0, 0]);
});
