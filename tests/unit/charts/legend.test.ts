import { describe, expect, it } from 'vitest';
import { layoutLegend } from '../../../src/charts/legend';

describe('a legend', () => {
  // Each entry: 19 px for its sample, and ten letters of 0.63 em at 12 px = 75.6 px; 16 px between them.
  const labels: [string, string] = ['aaaaaaaaaa', 'bbbbbbbbbb'];
  const entry = 19 + 75.6;

  it('stands above the bars on one line where there is room', () => {
    const { height, places } = layoutLegend(labels, 100, 100 + 2 * entry + 16);
    expect(places[0]).toEqual({ x: 100, y: 0 });
    expect(places[1].x).toBeCloseTo(100 + entry + 16, 9);
    expect(places[1].y).toBe(0);
    expect(height).toBe(22);
  });

  it('moves to the left edge before it would be cut at the right', () => {
    const { places } = layoutLegend(labels, 100, 99 + 2 * entry + 16);
    expect(places[0].x).toBe(0);
    expect(places[1].x).toBeCloseTo(entry + 16, 9);
  });

  it('is stacked where one line is too narrow for both', () => {
    const above = layoutLegend(labels, 100, 200);
    expect(above.places).toEqual([
      { x: 100, y: 0 },
      { x: 100, y: 18 },
    ]);
    expect(above.height).toBe(40);
    expect(layoutLegend(labels, 110, 200).places.map(({ x }) => x)).toEqual([0, 0]);
  });

  it('takes as many lines as its entries need, the lines beginning at one edge', () => {
    const { height, places } = layoutLegend(['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'], 20, 2 * entry + 16 + 20);
    expect(places.map(({ x }) => Math.round(x * 10) / 10)).toEqual([20, 20 + 110.6, 20]);
    expect(places.map(({ y }) => y)).toEqual([0, 0, 18]);
    expect(height).toBe(40);
  });
});
