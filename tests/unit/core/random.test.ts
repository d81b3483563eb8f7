import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random';

describe('createRandom', () => {
  it('gives the same bits for the same seed and others for another', () => {
    const a = createRandom(7);
    const b = createRandom(7);
    const c = createRandom(8);
    const first = Array.from({ length: 50 }, a);
    expect(Array.from({ length: 50 }, b)).toEqual(first);
    expect(Array.from({ length: 50 }, c)).not.toEqual(first);
  });

  it('is uniform: a chi-square of 100 bins over 100,000 draws stays within its 0.1% band', () => {
    const random = createRandom(20260101);
    const bins = new Array<number>(100).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const value = random();
      expect(value >= 0 && value < 1).toBe(true);
      bins[Math.floor(value * 100)] = (bins[Math.floor(value * 100)] ?? 0) + 1;
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // Quantiles 0.0005 and 0.9995 of chi-square with 99 degrees of freedom.
    expect(chiSquare).toBeGreaterThan(59);
    expect(chiSquare).toBeLessThan(152);
  });
});
