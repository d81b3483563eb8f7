import { describe, expect, it } from 'vitest';
import { layoutWaterfall, type WaterfallItem } from '../../../src/charts/waterfall';

const item = (key: string, kind: WaterfallItem['kind'], value: number): WaterfallItem => ({
  key,
  label: '',
  kind,
  value,
});
/** The value labels are empty, so that the bars have 300 - 12 - 8 = 280 pixels from x = 12. */
const layout = (items: readonly WaterfallItem[]) => layoutWaterfall(items, 300, () => '');

describe('a waterfall', () => {
  it('steps from level to level on an axis from zero', () => {
    const { bars, isCut, zeroX } = layout([
      item('then', 'total', 100),
      item('lost', 'step', -60),
      item('won', 'step', 160),
      item('now', 'total', 200),
    ]);
    expect([isCut, zeroX]).toEqual([false, 12]);
    // 280 pixels for 200.
    expect(bars.map(({ x, width, endX }) => [x, width, endX])).toEqual([
      [12, 140, 152],
      [68, 84, 68],
      [68, 224, 292],
      [12, 280, 292],
    ]);
    expect(bars.map(({ y }) => y)).toEqual([0, 30, 60, 90]);
    expect(bars[1]?.valueX).toBe(158);
  });

  it('goes below zero where a level does', () => {
    const { bars, low, isCut, zeroX } = layout([
      item('then', 'total', 40),
      item('refunds', 'step', -140),
      item('now', 'total', -100),
    ]);
    expect([low, isCut, zeroX]).toEqual([-100, false, 212]);
    expect(bars.map(({ x, width }) => [x, width])).toEqual([
      [212, 80],
      [12, 280],
      [12, 200],
    ]);
  });

  it('cuts the axis where small steps stand far above zero', () => {
    const { bars, low, isCut } = layout([
      item('then', 'total', 1000),
      item('lost', 'step', -12),
      item('won', 'step', 60),
      item('now', 'total', 1048),
    ]);
    // The levels lie between 988 and 1048: a sixth of 60 below them is 978, and 280 pixels are 70.
    expect([isCut, low]).toEqual([true, 978]);
    expect(bars.map(({ x, width }) => [x, width])).toEqual([
      [12, 88],
      [52, 48],
      [52, 240],
      [12, 280],
    ]);
  });

  it('of zeros, of missing values and of nothing has no length', () => {
    expect(layout([item('then', 'total', 0), item('step', 'step', Number.NaN)]).bars.map(({ width }) => width)).toEqual(
      [0, 0],
    );
    expect(layout([])).toMatchObject({ height: 0, bars: [] });
  });
});
