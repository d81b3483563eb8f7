import { expect, it } from 'vitest';
import { layoutFigureTiles } from '../../../src/charts/figure-tiles';

it('puts all tiles in one row where each has 126 pixels and 16 between them', () => {
  const { tiles, tileWidth, height } = layoutFigureTiles(7, 7 * 126 + 6 * 16);
  expect(tileWidth).toBe(126);
  expect(tiles.map(({ x }) => x)).toEqual([0, 142, 284, 426, 568, 710, 852]);
  expect(new Set(tiles.map(({ y }) => y))).toEqual(new Set([0]));
  expect(height).toBe(112);
});

it('parts them into rows of about equal length where one row has no room', () => {
  const { tiles, tileWidth, height } = layoutFigureTiles(7, 7 * 126 + 6 * 16 - 1);
  expect(tiles.map(({ row, column }) => `${row}${column}`)).toEqual(['00', '01', '02', '03', '10', '11', '12']);
  expect(tileWidth).toBe((977 - 3 * 16) / 4);
  expect(tiles[4]).toEqual({ x: 0, y: 128, row: 1, column: 0 });
  expect(height).toBe(240);
});

it('stacks them where not even one has the room, and is empty without tiles', () => {
  expect(layoutFigureTiles(2, 80).tiles.map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [0, 128],
  ]);
  expect(layoutFigureTiles(0, 500)).toEqual({ tileWidth: 500, height: 0, tiles: [] });
});
