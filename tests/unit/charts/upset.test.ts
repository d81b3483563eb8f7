import { describe, expect, it } from 'vitest';
import { barText, isInMask, layoutUpSet } from '../../../src/charts/upset';

const plain = (value: number): string => String(value);

describe('the rows of combinations', () => {
  it('have a dot for each set, joined from the first to the last that is in', () => {
    expect([0, 1, 2].map((set) => isInMask(0b101, set))).toEqual([true, false, true]);
    const { columns, rows } = layoutUpSet(
      ['A', 'B', 'C'],
      [
        { key: 'ac', label: 'A and C', mask: 0b101, value: 4 },
        { key: 'b', label: 'B', mask: 0b010, value: 8 },
        { key: 'none', label: 'none', mask: 0, value: 0 },
      ],
      300,
      plain,
    );
    expect(columns).toEqual([12, 36, 60]);
    expect(rows.map(({ link }) => link)).toEqual([[12, 60], null, null]);
  });

  it('have bars in proportion, and the longest with its text ends inside the width', () => {
    const row = { key: 'b', label: 'B', mask: 2, value: 8, note: '40%' };
    const layout = layoutUpSet(['A', 'B'], [{ key: 'a', label: 'A', mask: 1, value: 2 }, row], 300, plain);
    const [quarter, whole] = layout.rows.map(({ barWidth }) => barWidth);
    expect((quarter ?? 0) / (whole ?? 1)).toBeCloseTo(0.25, 12);
    expect(barText(row, plain)).toBe('8 · 40%');
    // Eight characters of at most 0.96 em at 12 px.
    expect(layout.barStart + (whole ?? 0)).toBeLessThan(300 - 20);
    expect(layout.height).toBe(layout.headHeight + 2 * layout.rowHeight);
  });

  it('of nobody have no length', () => {
    expect(layoutUpSet(['A', 'B'], [{ key: 'a', label: 'A', mask: 1, value: 0 }], 300, plain).rows[0]?.barWidth).toBe(
      0,
    );
  });
});
