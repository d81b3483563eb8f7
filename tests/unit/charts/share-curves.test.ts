import { describe, expect, it } from 'vitest';
import { layoutShareCurves, type ShareCurve } from '../../../src/charts/share-curves';

const curve = (key: string, points: readonly (readonly [number, number])[]): ShareCurve => ({
  key,
  label: key,
  color: 'black',
  points: points.map(([x, share]) => ({ x, share })),
});
const double = (x: number): number => 2 * x;

describe('growing shares', () => {
  it('are steps from zero that hold until the next value, and the last one to the edge', () => {
    const [placed] = layoutShareCurves(
      [
        curve('a', [
          [10, 0.5],
          [30, 0.75],
          [99, 1],
        ]),
      ],
      double,
      0,
      50,
      100,
    );
    // At 10 the share becomes one half: 50 px from the top. What lies beyond 50 is not drawn.
    expect(placed?.path).toBe('M0,100L20,100L20,50L60,50L60,25L100,25L100,25');
    expect(placed?.labelY).toBe(25 + 14);
  });

  it('begin where they are at the left edge, and their names keep apart', () => {
    const placed = layoutShareCurves(
      [
        curve('a', [
          [1, 0.4],
          [5, 0.6],
        ]),
        curve('b', [[5, 0.59]]),
      ],
      double,
      2,
      10,
      100,
    );
    expect(placed[0]?.path.startsWith('M4,60L10,60L10,40')).toBe(true);
    expect((placed[1]?.labelY ?? 0) - (placed[0]?.labelY ?? 0)).toBeGreaterThanOrEqual(14);
  });

  it('stay at zero without points', () => {
    expect(layoutShareCurves([curve('a', [])], double, 0, 10, 100)[0]?.path).toBe('M0,100L20,100L20,100');
  });
});
