import { describe, expect, test } from 'vitest';
import { protectTable } from '../../../../src/kernels/small-cells/protect-table';

describe('a table without its small cells', () => {
  test('a list withholds every measure of a row with its count, and leaves its name', () => {
    const rows = [
      ['gold', 3, 900, 0.03],
      ['silver', 40, 4_000, 0.4],
      ['none', 57, 100, 0.57],
    ];
    expect(protectTable(rows, { layout: 'list', count: 1, measures: [2, 3] }, 5, 'x')).toEqual({
      rows: [
        ['gold', 'x', 'x', 'x'],
        ['silver', 'x', 'x', 'x'],
        ['none', 57, 100, 0.57],
      ],
      small: 1,
      complementary: 1,
    });
  });

  test('a list of shares alone is judged by the customers behind it', () => {
    const rows = [
      ['a', 0.01],
      ['b', 0.49],
      ['c', 0.5],
    ];
    const { rows: kept } = protectTable(rows, { layout: 'list', customers: [1, 49, 50], measures: [1] }, 5, null);
    expect(kept).toEqual([
      ['a', null],
      ['b', null],
      ['c', 0.5],
    ]);
  });

  test('pairs are judged as the table they make, those of nobody left out', () => {
    const rows = [
      ['new', 'gold', 2, 10],
      ['new', 'lost', 50, 20],
      ['gold', 'gold', 60, 30],
      ['gold', 'lost', 70, 40],
      ['lost', 'lost', 90, 50],
    ];
    const kept = protectTable(rows, { layout: 'pairs', dimensions: [0, 1], count: 2, measures: [3] }, 5, 'x');
    expect(kept.rows.map((row) => row[2])).toEqual(['x', 'x', 'x', 'x', 90]);
    expect(kept).toMatchObject({ small: 1, complementary: 3 });
  });

  test('a matrix has its counts in its cells; nothing stands for nobody', () => {
    const rows = [
      ['r1', 2, 50, null],
      ['r2', 60, 70, 80],
    ];
    const { rows: kept } = protectTable(rows, { layout: 'matrix', columns: [1, 2, 3] }, 5, 'x');
    expect(kept).toEqual([
      ['r1', 'x', 'x', null],
      ['r2', 'x', 'x', 80],
    ]);
  });

  test('k = 1 changes nothing, and no rows are no rows', () => {
    const rows = [['a', 1]];
    expect(protectTable(rows, { layout: 'list', count: 1, measures: [] }, 1, 'x').rows).toBe(rows);
    expect(protectTable([], { layout: 'list', count: 1, measures: [] }, 5, 'x').rows).toEqual([]);
  });

  test('a pair that stands twice is refused', () => {
    const rows = [
      ['a', 'b', 5],
      ['a', 'b', 6],
    ];
    const spec = { layout: 'pairs', dimensions: [0, 1], count: 2, measures: [] } as const;
    expect(() => protectTable(rows, spec, 5, 'x')).toThrow('stands twice');
  });
});
