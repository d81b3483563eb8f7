import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random';
import { exponential, gamma, lognormal, normal, oneOf, poisson, weighted } from '../../../src/samples/distributions';

const N = 40_000;

/** Mean and variance with their standard errors, from the sample alone. */
function moments(draw: () => number): { mean: number; meanError: number; variance: number; varianceError: number } {
  const values = Array.from({ length: N }, draw);
  const mean = values.reduce((sum, x) => sum + x, 0) / N;
  const central = (power: number): number => values.reduce((sum, x) => sum + (x - mean) ** power, 0) / N;
  const variance = central(2);
  return {
    mean,
    meanError: Math.sqrt(variance / N),
    variance,
    varianceError: Math.sqrt((central(4) - variance ** 2) / N),
  };
}

describe('distributions', () => {
  it.each([
    ['exponential with mean 3', (r: () => number) => exponential(r, 3), 3, 9],
    ['standard normal', normal, 0, 1],
    ['gamma of shape 1.5 and mean 0.5', (r: () => number) => gamma(r, 1.5, 0.5), 0.5, 0.25 / 1.5],
    ['gamma of shape 5 and mean 12', (r: () => number) => gamma(r, 5, 12), 12, 144 / 5],
    ['Poisson with mean 0.3', (r: () => number) => poisson(r, 0.3), 0.3, 0.3],
    ['Poisson with mean 4', (r: () => number) => poisson(r, 4), 4, 4],
    [
      'lognormal with median 2 and sigma 0.5',
      (r: () => number) => lognormal(r, 2, 0.5),
      2 * Math.exp(0.125),
      4 * Math.exp(0.25) * (Math.exp(0.25) - 1),
    ],
  ])('%s has the mean and the variance of the formula', (_, draw, mean, variance) => {
    const random = createRandom(7);
    const sample = moments(() => draw(random));
    expect(Math.abs(sample.mean - mean)).toBeLessThan(4.5 * sample.meanError);
    expect(Math.abs(sample.variance - variance)).toBeLessThan(4.5 * sample.varianceError);
  });

  it('weighted draws come in proportion to their weights, and never where the weight is zero', () => {
    const random = createRandom(11);
    const pick = weighted([3, 0, 1]);
    const counts = [0, 0, 0];
    for (let i = 0; i < N; i++) counts[pick(random)]!++;
    expect(counts[1]).toBe(0);
    expect(Math.abs(counts[0]! / N - 0.75)).toBeLessThan(4.5 * Math.sqrt((0.75 * 0.25) / N));
  });

  it('a gamma shape below one and an empty choice are refused', () => {
    const random = createRandom(1);
    expect(() => gamma(random, 0.5, 1)).toThrow('invalid shape: 0.5 (needs 1 or more)');
    expect(() => oneOf(random, [])).toThrow(RangeError);
  });
});
