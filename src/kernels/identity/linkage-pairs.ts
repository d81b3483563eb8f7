/** Pairs in the order in which they may be taken: the heaviest first, then by left and right. */
export function byWeight(left: Int32Array, right: Int32Array, weights: Float64Array): Int32Array {
  return Int32Array.from(weights, (_, pair) => pair).sort(
    (a, b) => weights[b]! - weights[a]! || left[a]! - left[b]! || right[a]! - right[b]!,
  );
}

/**
 * 1 for each pair of which neither side has a heavier pair with somebody else. Taken without a person
 * looking, a pair that is only second best for one of its sides is more often wrong.
 *
 * @param n records
 */
export function mutualBest(n: number, left: Int32Array, right: Int32Array, weights: Float64Array): Uint8Array {
  const best = new Float64Array(n).fill(-Infinity);
  for (let pair = 0; pair < weights.length; pair++) {
    for (const record of [left[pair]!, right[pair]!]) best[record] = Math.max(best[record]!, weights[pair]!);
  }
  return Uint8Array.from(weights, (weight, pair) =>
    weight >= best[left[pair]!]! && weight >= best[right[pair]!]! ? 1 : 0,
  );
}
