import { describe, expect, it } from 'vitest';
import { layoutTreemap } from '../../../src/charts/treemap';

describe('the treemap', () => {
  const item = (key: string, value: number): { key: string; label: string; value: number } => ({
    key,
    label: key,
    value,
  });

  it('gives tiles areas in proportion to their values, largest first', () => {
    const tiles = layoutTreemap([item('small', 10), item('none', 0), item('large', 30)], 402, 100);
    expect(tiles.map((tile) => tile.item.key)).toEqual(['large', 'small']);
    // 402 px less the gap of 2 px, in the ratio 3 to 1.
    const [large, small] = tiles.map((tile) => tile.width * tile.height);
    expect((large ?? 0) / (small ?? 1)).toBeCloseTo(3, 1);
  });

  it('is empty without values or room', () => {
    expect(layoutTreemap([item('a', 0)], 100, 100)).toEqual([]);
    expect(layoutTreemap([item('a', 1)], 0, 100)).toEqual([]);
  });
});
