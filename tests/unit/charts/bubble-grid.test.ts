import { describe, expect, it } from 'vitest';
import { layoutBubbleGrid, placeGroupLabel } from '../../../src/charts/bubble-grid';

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

describe('shades that lie far apart', () => {
  it('go by equal ratios, so that one great value does not make all others alike', () => {
    const keys = [1, 10, 100, 1_000, 100_000].map((value) => ({ key: String(value), label: '' }));
    const cells = keys.map(({ key }) => ({ key, row: key, column: '1', size: 1, value: Number(key) }));
    const { cells: placed, range } = layoutBubbleGrid(cells, keys, keys, 400);
    // Five steps over five powers of ten.
    expect(placed.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(range).toEqual([1, 100_000]);
  });
});

describe('the name of a highlighted group', () => {
  const keys = ['1', '2', '3'].map((key) => ({ key, label: key }));
  const grid = (sizes: readonly (readonly number[])[], groups: readonly (readonly string[])[]) =>
    layoutBubbleGrid(
      sizes.flatMap((row, r) =>
        row.map((size, c) => ({
          key: `${r}/${c}`,
          row: String(r + 1),
          column: String(c + 1),
          size,
          value: 1,
          group: groups[r]?.[c],
        })),
      ),
      keys,
      keys,
      180,
    );
  // Cells of 60 px; the largest square has a side of 55.2 px.
  const groups = [
    ['x', 'a', 'x'],
    ['a', 'a', 'x'],
    ['x', 'x', 'x'],
  ];
  const isA = ({ group }: { readonly group?: string | undefined }): boolean => group === 'a';

  it('stands on the lowest of its squares that is wide enough', () => {
    const layout = grid(
      [
        [1, 100, 1],
        [100, 1, 1],
        [1, 1, 1],
      ],
      groups,
    );
    expect(placeGroupLabel(layout, isA, 40)).toEqual({ x: 30, y: 90, inside: true });
  });

  it('stands beside a small one where it covers no other square', () => {
    const layout = grid(
      [
        [1, 16, 1],
        [16, 16, 1],
        [1, 100, 1],
      ],
      groups,
    );
    // The lowest right one, side 22.08, at (90, 90): below it the large square begins at 122.4; 90 + 11.04 + 9.
    const label = placeGroupLabel(layout, isA, 30);
    expect(label?.inside).toBe(false);
    expect([label?.x, label?.y]).toEqual([90, expect.closeTo(110.04, 6)]);
  });

  it('is not cut at the edge of the plot, and is nowhere without members', () => {
    const layout = grid(
      [
        [1, 1, 100],
        [1, 1, 1],
        [1, 1, 1],
      ],
      [
        ['x', 'x', 'x'],
        ['a', 'x', 'x'],
        ['x', 'x', 'x'],
      ],
    );
    expect(placeGroupLabel(layout, isA, 100)?.x).toBe(50);
    expect(placeGroupLabel(layout, () => false, 100)).toBeNull();
  });
});
