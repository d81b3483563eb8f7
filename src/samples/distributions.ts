import type { Random } from '../core/random';

/** An exponential waiting time with the given mean. */
export function exponential(random: Random, mean: number): number {
  return -mean * Math.log1p(-random());
}

/** A standard normal number. Source: Box and Muller (1958). Two uniforms a call, none kept. */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log1p(-random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** A lognormal number with the given median; `sigma` is the standard deviation of its logarithm. */
export function lognormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * normal(random));
}

/**
 * A gamma number with the given shape (1 or more) and mean; its variance is mean^2 / shape.
 * Source: Marsaglia and Tsang (2000), A simple method for generating gamma variables.
 */
export function gamma(random: Random, shape: number, mean: number): number {
  if (shape < 1) throw new RangeError(`invalid shape: ${shape} (needs 1 or more)`);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log1p(-random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v * mean) / shape;
  }
}

/** A Poisson count with the given mean. Source: Knuth, TAOCP 2, 3.4.1; cost grows with the mean. */
export function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

/** A whole number from 0 to `below` - 1, all alike. */
export function integer(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** One of the items, all alike. */
export function oneOf<T>(random: Random, items: readonly T[]): T {
  const item = items[integer(random, items.length)];
  if (item === undefined) throw new RangeError('invalid items: none to choose from');
  return item;
}

/** Draws positions of `weights` in proportion to them. Weights need not sum to one. */
export function weighted(weights: readonly number[]): (random: Random) => number {
  const bounds: number[] = [];
  let total = 0;
  for (const weight of weights) bounds.push((total += weight));
  const last = weights.length - 1;
  return (random) => {
    const x = random() * total;
    let position = 0;
    while (position < last && x >= (bounds[position] ?? total)) position++;
    return position;
  };
}
