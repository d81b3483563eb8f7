import type { Random } from '../../core/random';
import type { Target } from './lloyd-shard';
import { ask, locateRows, type ShardTalk } from './shard-talk';

/**
 * k rows to start from, by greedy k-means++: each next one is drawn with a chance in proportion to weight and squared
 * distance from those chosen so far, 2 + floor(ln k) times, and the candidate that leaves the least sum is taken. Where
 * there are fewer distinct rows than k, the last one is repeated.
 *
 * @returns k x d numbers, row by row
 * @source Arthur and Vassilvitskii (2007), k-means++: The advantages of careful seeding, with the greedy choice of
 * their section 5
 * Cost: about k (2 + ln k) passes of n d squared differences.
 */
export function* seedCentroids(k: number, d: number, random: Random): ShardTalk<Float64Array> {
  const centroids = new Float64Array(k * d);
  const candidateCount = 2 + Math.floor(Math.log(k));
  let potentials = concatenate(yield* ask({ kind: 'begin' }));
  let [chosen] = yield* locateRows([drawTarget(potentials, random)]);
  for (let j = 0; j < k; j++) {
    centroids.set(chosen!, j * d);
    if (j === k - 1) break;
    potentials = concatenate(yield* ask({ kind: 'adopt', point: chosen!, isFirst: j === 0 }));
    if (sumOf(potentials) === 0) continue;
    const targets = Array.from({ length: candidateCount }, () => drawTarget(potentials, random));
    chosen = yield* bestCandidate(yield* locateRows(targets), d);
  }
  return centroids;
}

function* bestCandidate(candidates: readonly Float64Array[], d: number): ShardTalk<Float64Array> {
  const points = new Float64Array(candidates.length * d);
  candidates.forEach((candidate, i) => points.set(candidate, i * d));
  const answers = yield* ask({ kind: 'approach', points });
  const sums = candidates.map((_, i) => {
    const blocks = answers.map((potentials) => {
      const count = potentials.length / candidates.length;
      return potentials.subarray(i * count, (i + 1) * count);
    });
    return sumOf(concatenate(blocks));
  });
  return candidates[sums.indexOf(Math.min(...sums))]!;
}

/** A place drawn in proportion to the potentials. */
function drawTarget(potentials: Float64Array, random: Random): Target {
  let rest = random() * sumOf(potentials);
  let last = 0;
  for (let block = 0; block < potentials.length; block++) {
    const potential = potentials[block]!;
    if (potential === 0) continue;
    if (rest < potential) return { block, rest };
    rest -= potential;
    last = block;
  }
  // Rounding alone can lead past the end.
  return { block: last, rest: potentials[last]! };
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
