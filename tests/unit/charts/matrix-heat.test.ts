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
    expect(layoutMatrix(keys, keys, values, 150, plain, false, true).steps).toEqual([
      [0, 2],
      [0, 4],
    ]);
    const many = Array.from({ length: 20 }, (_, index) => ({ key: `k${index}`, label: `k${index}` }));
    const wide = layoutMatrix(keys, many, [many.map((_, index) => index * 1000)], 300, plain, true, false);
    expect(wide.cellWidth).toBeGreaterThanOrEqual(34);
    expect(wide.width).toBeGreaterThan(300);
  });

  it('turns column names that do not fit side by side', () => {
    const named = [{ key: 'a', label: 'Potential loyalist' }, ...keys.slice(1)];
    expect(layoutMatrix(keys, named, [[1, 2]], 150, plain, false, false).turned).toBe(true);
    expect(layoutMatrix(keys, keys, [[1, 2]], 150, plain, false, false).turned).toBe(false);
  });
});
