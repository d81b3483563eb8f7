import { describe, expect, it } from 'vitest';
import { columnTicks, layoutStackedColumns, type StackedColumn } from '../../../src/charts/stacked-columns';

function column(key: string, values: readonly number[]): StackedColumn {
  return { key, label: key, tick: key, values };
}

describe('stacked columns', () => {
  // The axis runs from -40 to 60: a pixel a unit in 100 px, zero at 60 px from the top.
  const { pieces, zeroY, toX, step, yTicks } = layoutStackedColumns(
    [column('a', [20, 40, -10]), column('b', [0, 30, -40]), column('c', [Number.NaN, 5, 0])],
    60,
    100,
  );
  const boxes = pieces.map(({ column, series, y, height }) => ({
    column,
    series,
    y: Math.round(y * 1e9) / 1e9,
    height: Math.round(height * 1e9) / 1e9,
  }));

  it('stack what is above zero upwards and what is below it downwards, from zero in the order given', () => {
    expect(zeroY).toBe(60);
    expect(boxes).toEqual([
      { column: 0, series: 0, y: 40, height: 20 },
      { column: 0, series: 1, y: 0, height: 40 },
      { column: 0, series: 2, y: 60, height: 10 },
      { column: 1, series: 1, y: 30, height: 30 },
      { column: 1, series: 2, y: 60, height: 40 },
      { column: 2, series: 1, y: 55, height: 5 },
    ]);
  });

  it('stand side by side with a gap of a quarter, their middles a step apart', () => {
    expect(step).toBe(20);
    expect([toX(0), toX(1), toX(2)]).toEqual([10, 30, 50]);
    expect(pieces[0]?.width).toBeCloseTo(15.2, 9);
    expect(pieces[0]?.x).toBeCloseTo(2.4, 9);
  });

  it('are numbered from zero up and down, for the arrow keys to walk through a stack', () => {
    expect(pieces.map(({ row }) => row)).toEqual([-1, -2, 1, -1, 1, -1]);
  });

  it('have ticks at round numbers around zero', () => {
    expect(yTicks).toEqual([-40, -20, 0, 20, 40, 60]);
    expect(columnTicks([column('a', [-3])])).toEqual([-3, -2, -1, 0]);
  });

  it('are no wider than 64 px, and nothing where there is nothing', () => {
    expect(layoutStackedColumns([column('a', [1])], 900, 100).pieces[0]).toMatchObject({ x: 418, width: 64 });
    expect(layoutStackedColumns([], 900, 100)).toMatchObject({ pieces: [], zeroY: 100, step: 900 });
    expect(layoutStackedColumns([column('a', [0, 0])], 900, 100).pieces).toEqual([]);
  });
});
