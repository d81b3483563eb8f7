import { GROUP, groupedIndex, groupedLength, type LloydPass } from './lloyd-pass';

/**
 * The inner loops in plain TypeScript: the reference of the SIMD pass, which gives the same bits.
 *
 * @source Lloyd (1982), Least squares quantization in PCM
 * Cost: n k d squared differences for `assign`, n d for `approach`.
 */
export function createPlainPass(n: number, d: number, isWeighted: boolean): LloydPass {
  const x = new Float64Array(groupedLength(n, d));
  const weights = isWeighted ? new Float64Array(n) : null;
  const labels = new Uint8Array(n);
  const nearest = new Float64Array(n);
  return {
    n,
    d,
    x,
    weights,
    labels,
    nearest,
    assign(from, to, centroids, sums) {
      const k = centroids.length / d;
      sums.fill(0);
      let inertia = 0;
      let moved = 0;
      for (let i = from; i < to; i++) {
        const row = groupedIndex(i, 0, d);
        let best = Infinity;
        let label = 0;
        for (let j = 0, c = 0; j < k; j++) {
          let distance = 0;
          for (let f = 0, value = row; f < d; f++, value += GROUP, c++) {
            const difference = x[value]! - centroids[c]!;
            distance += difference * difference;
          }
          if (distance < best) {
            best = distance;
            label = j;
          }
        }
        if (labels[i] !== label) {
          labels[i] = label;
          moved++;
        }
        const weight = weights === null ? 1 : weights[i]!;
        inertia += weight * best;
        sums[k * d + label]! += weight;
        for (let f = 0, value = row, sum = label * d; f < d; f++, value += GROUP, sum++) {
          sums[sum]! += weight * x[value]!;
        }
      }
      sums[k * d + k] = inertia;
      sums[k * d + k + 1] = moved;
    },
    approach(from, to, point, keeps) {
      let potential = 0;
      for (let i = from; i < to; i++) {
        let distance = 0;
        for (let f = 0, value = groupedIndex(i, 0, d); f < d; f++, value += GROUP) {
          const difference = x[value]! - point[f]!;
          distance += difference * difference;
        }
        const lesser = distance < nearest[i]! ? distance : nearest[i]!;
        if (keeps) nearest[i] = lesser;
        potential += (weights === null ? 1 : weights[i]!) * lesser;
      }
      return potential;
    },
  };
}
