import { describe, expect, it } from 'vitest';
import { layoutBarLegend, layoutBarRows } from '../../../src/charts/bar-rows';

const plain = (value: number): string => String(value);

describe('bars', () => {
  it('are in proportion to the largest value of both kinds and start at zero', () => {
    const { rows } = layoutBarRows(
      [
        { key: 'a', label: 'A', first: 10, second: 40 },
        { key: 'b', label: 'B', first: 20, second: 0 },
        { key: 'c', label: 'C', first: -3, second: Number.NaN },
      ],
      400,
      plain,
    );
    const longest = rows[0]?.secondWidth ?? 0;
    expect(rows.map((row) => [row.firstWidth / longest, row.secondWidth / longest])).toEqual([
      [0.25, 1],
      [0.5, 0],
      [0, 0],
    ]);
    expect(rows.map((row) => row.y)).toEqual([0, 34, 68]);
  });

  it('leave the labels at most 40 % of the width and never leave the drawing', () => {
    const label = 'a very long name that cannot be shown in full anywhere';
    const layout = layoutBarRows([{ key: 'a', label, first: 1 }], 200, plain);
    expect(layout.labelWidth).toBe(80);
    expect(layout.labelWidth + 10 + (layout.rows[0]?.firstWidth ?? 0)).toBeLessThan(200);
  });

  it('all of zero have no length', () => {
    expect(layoutBarRows([{ key: 'a', label: 'A', first: 0 }], 300, plain).rows[0]?.firstWidth).toBe(0);
  });
});

describe('the legend of paired bars', () => {
  // Each entry: 19 px for its sample, and ten letters of 0.63 em at 12 px = 75.6 px; 16 px between them.
  const labels: [string, string] = ['aaaaaaaaaa', 'bbbbbbbbbb'];
  const entry = 19 + 75.6;

  it('stands above the bars on one line where there is room', () => {
    const { height, places } = layoutBarLegend(labels, 100, 100 + 2 * entry + 16);
    expect(places[0]).toEqual({ x: 100, y: 0 });
    expect(places[1].x).toBeCloseTo(100 + entry + 16, 9);
    expect(places[1].y).toBe(0);
    expect(height).toBe(22);
  });

  it('moves to the left edge before it would be cut at the right', () => {
    const { places } = layoutBarLegend(labels, 100, 99 + 2 * entry + 16);
    expect(places[0].x).toBe(0);
    expect(places[1].x).toBeCloseTo(entry + 16, 9);
  });

  it('is stacked where one line is too narrow for both', () => {
    const above = layoutBarLegend(labels, 100, 200);
    expect(above.places).toEqual([
      { x: 100, y: 0 },
      { x: 100, y: 18 },
    ]);
    expect(above.height).toBe(40);
    expect(layoutBarLegend(labels, 110, 200).places.map(({ x }) => x)).toEqual([0, 0]);
  });
});
