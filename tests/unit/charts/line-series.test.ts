import { describe, expect, it } from 'vitest';
import { layoutLineSeries, nearestStop } from '../../../src/charts/line-series';

describe('lines', () => {
  const series = [
    {
      key: 'a',
      label: 'A',
      points: [
        { x: 0, y: 10 },
        { x: 1, y: null },
        { x: 2, y: 20 },
        { x: 4, y: 40 },
      ],
    },
    { key: 'b', label: 'B', points: [{ x: 4, y: 39 }] },
  ];
  const layout = layoutLineSeries(series, 'number', 400, 100, true);

  it('start at zero, break at gaps, and show a point that stands alone as a dot', () => {
    expect(layout.toY(0)).toBe(100);
    expect(layout.toY(40)).toBe(0);
    expect(layout.series[0]?.path).toBe('M0,75ZM200,50L400,0');
    expect(layout.series[0]?.alone).toEqual([{ x: 0, y: 75 }]);
  });

  it('have labels that do not touch', () => {
    const [a = 0, b = 0] = layout.series.map((placed) => placed.labelY);
    expect(Math.abs(a - b)).toBeGreaterThanOrEqual(14);
  });

  it('know every place with a value, and the nearest to a pointer', () => {
    expect(layout.stops).toEqual([0, 1, 2, 4]);
    expect(nearestStop([0, 100, 200], 149)).toBe(1);
    expect(nearestStop([], 5)).toBe(-1);
  });

  it('over steps of time have ticks at points only, every second, third … where more would not fit', () => {
    const weeks = Array.from({ length: 13 }, (_, week) => ({ x: Date.UTC(2025, 8, 29 + 7 * week), y: week }));
    const ticksIn = (width: number): readonly number[] =>
      layoutLineSeries([{ key: 'a', label: 'A', points: weeks }], 'steps', width, 100, true).xTicks;
    expect(ticksIn(1040)).toEqual(weeks.map(({ x }) => x));
    expect(ticksIn(400)).toEqual([0, 3, 6, 9, 12].map((week) => weeks[week]?.x));
    expect(ticksIn(10)).toEqual([0, 7].map((week) => weeks[week]?.x));
  });

  it('may go below zero, and may start above it when told', () => {
    const points = [
      { x: 0, y: -10 },
      { x: 1, y: 10 },
    ];
    expect(layoutLineSeries([{ key: 'a', label: 'A', points }], 'number', 100, 100, true).toY(0)).toBe(50);
    const high = [
      { x: 0, y: 100 },
      { x: 1, y: 120 },
    ];
    expect(layoutLineSeries([{ key: 'a', label: 'A', points: high }], 'number', 100, 100, false).toY(100)).toBe(100);
  });
});
