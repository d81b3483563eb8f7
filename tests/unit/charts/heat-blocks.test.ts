import { describe, expect, it } from 'vitest';
import { calendarBlocks, weekdayOf, type CalendarDay } from '../../../src/charts/calendar-heat';
import { layoutHeatBlocks, shadeLimits, shadeOf, type HeatBlock } from '../../../src/charts/heat-blocks';

const block = (key: string, title: string, columns: number): HeatBlock => ({
  key,
  title,
  columns,
  columnLabels: [],
  cells: [],
});

describe('blocks of fields', () => {
  it('stand under one another, each under its title and the names of its columns', () => {
    // Names of 2 letters: 2 x 0.63 x 11 + 8 = 21.86 px; 53 columns share what is left of 800 px.
    const layout = layoutHeatBlocks([block('a', '2024', 53), block('b', '', 20)], ['aa', 'bb'], 800);
    expect(layout.labelWidth).toBeCloseTo(21.86, 9);
    expect(layout.cellWidth).toBeCloseTo((800 - 21.86) / 53, 9);
    expect(layout.cellHeight).toBe(15);
    expect(layout.tops).toEqual([40, 40 + 30 + 10 + 18]);
    expect(layout.height).toBe(98 + 30 + 10);
    expect(layout.width).toBeCloseTo(800, 9);
  });

  it('are wider than a narrow room rather than too small to hit, and no field is wider than 42 px', () => {
    expect(layoutHeatBlocks([block('a', '', 53)], [''], 390)).toMatchObject({ cellWidth: 12, width: 8 + 53 * 12 });
    expect(layoutHeatBlocks([block('a', '', 7)], [''], 900)).toMatchObject({ cellWidth: 42, cellHeight: 26 });
  });
});

describe('shades', () => {
  it('are fifths of what is above zero', () => {
    const limits = shadeLimits([0, null, -5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1_000]);
    const steps = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1_000].map((value) => shadeOf(value, limits));
    expect(steps).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it('are one where all values are equal, and none are needed without values', () => {
    expect(shadeOf(7, shadeLimits([7, 7, 7]))).toBe(0);
    expect(shadeLimits([null, 0])).toEqual([]);
  });
});

describe('a calendar', () => {
  const empty = (day: string): CalendarDay => ({ day, value: 0, title: day });
  const blocks = calendarBlocks(
    [{ day: '2024-12-31', value: 9, title: 'last', mark: 'strong' }],
    '2024-12-29',
    '2025-01-07',
    empty,
    (first) => first.slice(5, 7),
  );

  it('has the newest year first, every day of the stretch once, and Monday at the top', () => {
    expect(blocks.map(({ key, cells }) => [key, cells.length])).toEqual([
      ['2025', 6],
      ['2024', 3],
    ]);
    expect(weekdayOf('2024-01-01')).toBe(0);
    expect(weekdayOf('2024-12-29')).toBe(6);
    // 2025-01-01 is a Wednesday: the first week has five days.
    expect(blocks[0]?.cells.map(({ key, row, column }) => [key, row, column])).toEqual([
      ['2025-01-01', 2, 0],
      ['2025-01-02', 3, 0],
      ['2025-01-03', 4, 0],
      ['2025-01-04', 5, 0],
      ['2025-01-05', 6, 0],
      ['2025-01-06', 0, 1],
    ]);
    expect(blocks[1]?.cells.at(-1)).toMatchObject({ key: '2024-12-31', value: 9, mark: 'strong', row: 1, column: 52 });
  });

  it('names each month over the week in which it begins, in leap years too', () => {
    // 2024 begins on a Monday: its 53rd week has two days. February 1 is day 31 = week 4.
    expect(blocks[1]?.columns).toBe(53);
    expect(blocks[1]?.columnLabels.slice(0, 3)).toEqual([
      { column: 0, label: '01' },
      { column: 4, label: '02' },
      { column: 8, label: '03' },
    ]);
  });
});
