import { describe, expect, it } from 'vitest';
import { distanceForLens, layoutVenn, lensArea, type VennRegion } from '../../../src/charts/venn';

describe('the lens of two circles', () => {
  it('is nothing apart, the smaller circle inside, and 2 pi / 3 - sqrt(3) / 2 for unit circles through each other', () => {
    expect(lensArea(1, 2, 3)).toBe(0);
    expect(lensArea(1, 3, 1)).toBeCloseTo(Math.PI, 12);
    expect(lensArea(1, 1, 1)).toBeCloseTo((2 * Math.PI) / 3 - Math.sqrt(3) / 2, 12);
  });

  it('is found again from its area', () => {
    for (const distance of [0.6, 1, 1.7, 2.4]) {
      expect(distanceForLens(1, 1.5, lensArea(1, 1.5, distance))).toBeCloseTo(distance, 9);
    }
  });
});

/** Areas as shares of that of region 1. */
const areas = (regions: readonly VennRegion[]): readonly number[] =>
  regions.map(({ area }) => area / (regions[0]?.area ?? 1));

describe('two circles', () => {
  it('are true to area: each alone, and what they share', () => {
    // 600 in the first alone, 300 in the second alone, 200 in both.
    const { circles, regions } = layoutVenn([999, 600, 300, 200], 400, 300);
    expect(regions.map(({ mask }) => mask)).toEqual([1, 2, 3]);
    expect(areas(regions)[1]).toBeCloseTo(300 / 600, 2);
    expect(areas(regions)[2]).toBeCloseTo(200 / 600, 2);
    const [first, second] = circles;
    expect((second?.radius ?? 0) / (first?.radius ?? 1)).toBeCloseTo(Math.sqrt(500 / 800), 9);
    for (const { x, y, radius } of circles) {
      expect(x - radius).toBeGreaterThanOrEqual(-1e-6);
      expect(x + radius).toBeLessThanOrEqual(400 + 1e-6);
      expect(y - radius).toBeGreaterThanOrEqual(-1e-6);
      expect(y + radius).toBeLessThanOrEqual(300 + 1e-6);
    }
  });

  it('that share nobody stand apart, and one whose customers all are in the other lies inside it', () => {
    const apart = layoutVenn([0, 10, 20, 0], 400, 300);
    expect(apart.regions[2]).toMatchObject({ area: 0, label: null });
    const [left, right] = apart.circles;
    expect((right?.x ?? 0) - (left?.x ?? 0)).toBeGreaterThan((left?.radius ?? 0) + (right?.radius ?? 0));
    const inside = layoutVenn([0, 90, 0, 10], 400, 300);
    expect(inside.regions[1]?.label).toBeNull();
    expect(areas(inside.regions)[2]).toBeCloseTo(10 / 90, 2);
    const [outer, inner] = inside.circles;
    const distance = Math.hypot((outer?.x ?? 0) - (inner?.x ?? 0), (outer?.y ?? 0) - (inner?.y ?? 0));
    expect(distance + (inner?.radius ?? 0)).toBeLessThanOrEqual((outer?.radius ?? 0) + 1e-6);
  });

  it('of nobody are none', () => {
    expect(layoutVenn([5, 0, 0, 0], 400, 300)).toEqual({ circles: [], regions: [] });
  });
});

describe('three circles', () => {
  it('of three alike sets are alike, and cut each other into seven regions with room for a number', () => {
    const { circles, regions } = layoutVenn([0, 40, 40, 20, 40, 20, 20, 15], 400, 360);
    expect(new Set(circles.map(({ radius }) => radius.toFixed(6))).size).toBe(1);
    expect(regions).toHaveLength(7);
    for (const { label, path } of regions) {
      expect(label?.room).toBeGreaterThan(4);
      expect(path).toMatch(/^M.*Z$/);
    }
  });

  it('share pair by pair what the sets share', () => {
    const sizes = [0, 400, 300, 120, 250, 80, 60, 90];
    const { regions } = layoutVenn(sizes, 500, 400);
    const area = (mask: number): number => regions[mask - 1]?.area ?? 0;
    const unit = [1, 3, 5, 7].reduce((sum, mask) => sum + area(mask), 0) / (400 + 120 + 80 + 90);
    expect((area(3) + area(7)) / unit).toBeCloseTo(210, -1);
    expect((area(5) + area(7)) / unit).toBeCloseTo(170, -1);
    expect((area(6) + area(7)) / unit).toBeCloseTo(150, -1);
  });

  it('are drawn where three distances make no triangle', () => {
    // The first and the second share all but one, neither shares any with the third.
    const { circles, regions } = layoutVenn([0, 1, 0, 50, 4, 0, 0, 0], 400, 300);
    expect(circles.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(regions[6]?.area).toBe(0);
  });
});

describe('the edge of a region', () => {
  /** Every point of the path: the ends of its arcs. */
  const ends = (path: string): readonly (readonly [number, number])[] =>
    [...path.matchAll(/(?:M|[01] [01] [01] )(-?[\d.e-]+) (-?[\d.e-]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

  it('is closed, and lies on the circles', () => {
    const { circles, regions } = layoutVenn([0, 400, 300, 120, 250, 80, 60, 90], 500, 400);
    for (const { path } of regions) {
      for (const loop of path.split('Z').filter((part) => part !== '')) {
        const points = ends(loop);
        const [first, last] = [points[0], points.at(-1)];
        expect(Math.hypot((first?.[0] ?? 0) - (last?.[0] ?? 9), (first?.[1] ?? 0) - (last?.[1] ?? 9))).toBeLessThan(
          0.02,
        );
        for (const [x, y] of points) {
          const nearest = Math.min(
            ...circles.map((circle) => Math.abs(Math.hypot(x - circle.x, y - circle.y) - circle.radius)),
          );
          expect(nearest).toBeLessThan(1e-6);
        }
      }
    }
  });

  it('has a hole where another circle lies wholly inside', () => {
    const { regions } = layoutVenn([0, 90, 0, 10], 400, 300);
    expect(regions[0]?.path.split('M')).toHaveLength(3);
  });
});
