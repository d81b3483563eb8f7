import { describe, expect, it } from 'vitest';
import { layoutMatrix } from '../../../src/charts/matrix-heat';

const plain = (value: number): string => String(value);

describe('the matrix', () => {
  const keys = ['a', 'b'].map((key) => ({ key, label: key }));

  it('spreads its columns over the room and scrolls when they need more', () => {
    const values = [
      [0, 5],
      [null, 10],
    ];
    expect(layoutMatrix(keys, keys, values, 150, plain, { label: 'Total', columns: [0, 15] }).steps).toEqual([
      [0, 2],
      [0, 4],
    ]);
    const many = Array.from({ length: 20 }, (_, index) => ({ key: `k${index}`, label: `k${index}` }));
    const wide = layoutMatrix(keys, many, [many.map((_, index) => index * 1000)], 300, plain, {
      label: 'Total',
      rows: [9],
    });
    expect(wide.cellWidth).toBeGreaterThanOrEqual(34);
    expect(wide.width).toBeGreaterThan(300);
  });

  it('shades over a range of its own where one is given, and holds values outside to its ends', () => {
    const values = [[1, 0.1, 0.25, 0.5]];
    const layout = layoutMatrix(keys.slice(0, 1), keys, values, 150, plain, { label: 'Total' }, [0, 0.5]);
    expect(layout.steps).toEqual([[4, 1, 2, 4]]);
  });

  it('gives the row under the others the room of the name it has', () => {
    const width = (columnsLabel: string): number =>
      layoutMatrix(keys, keys, [[1, 2]], 600, plain, { label: 'Total', columnsLabel, columns: [1, 2] }).labelWidth;
    // Thirteen and eighteen letters of about 0.63 em at 12 px, bold.
    expect(width('aaaaaaaaaaaaaaaaaa') - width('aaaaaaaaaaaaa')).toBeCloseTo(5 * 0.63 * 12 * 1.08, 1);
  });

  it('turns column names that do not fit side by side', () => {
    const named = [{ key: 'a', label: 'Potential loyalist' }, ...keys.slice(1)];
    expect(layoutMatrix(keys, named, [[1, 2]], 150, plain, { label: 'Total' }).turned).toBe(true);
    expect(layoutMatrix(keys, keys, [[1, 2]], 150, plain, { label: 'Total' }).turned).toBe(false);
  });

  it('gives sums and their name the room they need', () => {
    const totals = { label: 'Together', columns: [1_000_000, 2] };
    const layout = layoutMatrix(keys, keys, [[1, 2]], 100, plain, totals);
    // Seven digits of 0.63 em and eight letters of at least 0.42 em, at 12 px.
    expect(layout.cellWidth).toBeGreaterThan(7 * 0.63 * 12);
    expect(layout.labelWidth).toBeGreaterThan(8 * 0.42 * 12);
  });

  it('makes room for turned names only as high as they are', () => {
    const head = (label: string): number =>
      layoutMatrix(keys, [{ key: 'a', label }, ...keys.slice(1)], [[1, 2]], 100, plain, { label: 'Total' }).headHeight;
    // A name of 8 and one of 12 letters, leaning by 42 degrees: sin 42 = 0.669.
    expect(head('aaaaaaaaaaaa') - head('aaaaaaaa')).toBeCloseTo(4 * 0.63 * 12 * 0.669, -1);
    expect(head('a'.repeat(60))).toBe(head('a'.repeat(40)));
  });
});
