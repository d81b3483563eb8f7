import { describe, expect, it } from 'vitest';
import { layoutBarRows } from '../../../src/charts/bar-rows';

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
