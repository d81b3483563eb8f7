import { describe, expect, it } from 'vitest';
import { layoutBubbleGrid } from '../../../src/charts/bubble-grid';

describe('the grid of squares', () => {
  const rows = ['2', '1'].map((key) => ({ key, label: key }));
  const columns = ['1', '2'].map((key) => ({ key, label: key }));
  const layout = layoutBubbleGrid(
    [
      { key: 'a', row: '2', column: '1', size: 100, value: 10 },
      { key: 'b', row: '1', column: '2', size: 25, value: 0 },
      { key: 'c', row: '1', column: '1', size: 0, value: null },
      { key: 'd', row: '9', column: '1', size: 50, value: 5 },
    ],
    rows,
    columns,
    100,
  );

  it('gives squares an area in proportion to their size', () => {
    const side = (key: string): number => layout.cells.find((placed) => placed.cell.key === key)?.side ?? -1;
    // Cells of 50 px: the largest is 92 % of that; a quarter of the size has half the side.
    expect(side('a')).toBeCloseTo(46, 9);
    expect(side('b')).toBeCloseTo(23, 9);
    expect(side('c')).toBe(0);
  });

  it('puts a cell in the middle of its row and column, and leaves out cells of no known row', () => {
    expect(layout.cells.map(({ cell, x, y }) => [cell.key, x, y])).toEqual([
      ['a', 25, 25],
      ['b', 75, 75],
      ['c', 25, 75],
    ]);
  });

  it('shades by value from the lowest to the highest', () => {
    expect(layout.cells.map((placed) => placed.step)).toEqual([4, 0, 0]);
  });

  it('keeps a cell at least 24 px wide, so that a finger can hit it', () => {
    expect(layoutBubbleGrid([], rows, columns, 20).cellWidth).toBe(24);
  });
});
