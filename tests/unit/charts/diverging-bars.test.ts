import { expect, it } from 'vitest';
import { layoutDivergingBars, type DivergingRow } from '../../../src/charts/diverging-bars';

const row = (key: string, value: number, text = ''): DivergingRow => ({ key, label: '', value, text });

it('draws rises to the right of zero and falls to the left of it, on one scale', () => {
  // 10 px stand between label and bars, 10 between bars and text: 400 are left.
  const { zero, rows, height } = layoutDivergingBars([row('a', 60), row('b', 30), row('c', -40)], 420);
  expect(zero).toBe(170);
  expect(rows).toEqual([
    { y: 0, x: 170, width: 240 },
    { y: 28, x: 170, width: 120 },
    { y: 56, x: 10, width: 160 },
  ]);
  expect(height).toBe(84);
});

it('has zero at the left edge without falls, at the right one without rises', () => {
  expect(layoutDivergingBars([row('a', 5)], 420).zero).toBe(10);
  expect(layoutDivergingBars([row('a', -5)], 420)).toMatchObject({ zero: 410, rows: [{ y: 0, x: 10, width: 400 }] });
});

it('gives a value that is not zero at least one pixel, and zero none', () => {
  const { rows } = layoutDivergingBars([row('a', 100_000), row('b', -1), row('c', 0)], 420);
  expect(rows[1]?.width).toBe(1);
  expect(rows[2]?.width).toBe(0);
  expect(layoutDivergingBars([row('a', 0)], 420).rows).toEqual([{ y: 0, x: 10, width: 0 }]);
});

it('leaves labels at most 40 % of the width, texts 34 %, and bars the rest', () => {
  const long = 'a very long name that nobody could ever show in full on a telephone';
  const layout = layoutDivergingBars([{ key: 'a', label: long, value: 1, text: long }], 300);
  expect(layout.labelWidth).toBe(120);
  expect(layout.textWidth).toBeCloseTo(102, 9);
  expect(layout.rows[0]?.x).toBe(130);
  expect(layout.rows[0]?.width).toBeCloseTo(300 - 120 - 102 - 20, 9);
});
