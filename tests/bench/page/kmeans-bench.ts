/** What K-Means costs in the page's own browser. Times are in milliseconds; rows are seeded and alike for all. */
import { kmeans as mlKmeans } from 'ml-kmeans';
import { createRandom } from '../../../src/core/random';
import type { KMeansOptions } from '../../../src/kernels/kmeans/fit';
import { kmeansOverShards, type LloydShards } from '../../../src/kernels/kmeans/kmeans';
import { fillColumn, type CreatePass } from '../../../src/kernels/kmeans/lloyd-pass';
import { columnOf, createMatrix, type Matrix } from '../../../src/kernels/kmeans/matrix';
import { createPlainPass } from '../../../src/kernels/kmeans/plain-pass';
import { drawSilhouetteSample, sampledLabels } from '../../../src/kernels/kmeans/silhouette';
import { createSimdPass } from '../../../src/kernels/kmeans/simd-pass';
import { KMeansWorkers } from '../../../src/workers/kmeans/kmeans-workers';
import { watchStalls } from './page-stalls';

const COMPONENTS = 8;
/** ml-kmeans takes rows as arrays and its time grows with them: it is timed on few and scaled. */
const PEER_ROWS = 50_000;

export interface IterationFigures {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** One Lloyd iteration over all rows: the inner loop in this thread. */
  readonly simdMs: number;
  readonly plainMs: number;
  /** Through workers, with everything that crosses to them and back. */
  readonly oneWorkerMs: number;
  readonly allWorkersMs: number;
  readonly workers: number;
  /** Of ml-kmeans: measured on `peerRows` rows and multiplied to n. */
  readonly peerScaledMs: number;
  readonly peerRows: number;
}

export interface FitFigures {
  readonly openMs: number;
  readonly fitMs: number;
  readonly iterations: number;
  readonly inertia: number;
  /** Of the page's own thread, over both. */
  readonly longestTaskMs: number;
  readonly longestGapMs: number;
}

export interface SweepFigures {
  readonly fitsMs: number;
  readonly silhouettesMs: number;
  readonly totalMs: number;
  /** Of k = 2..12. */
  readonly silhouettes: readonly (number | null)[];
  readonly longestTaskMs: number;
  readonly longestGapMs: number;
}

/** Rows of eight normal-like components that overlap. */
function makeMatrix(n: number, d: number): Matrix {
  const random = createRandom(2026);
  const centres = Float64Array.from({ length: COMPONENTS * d }, () => random() * 6);
  const x = new Float64Array(n * d);
  for (let f = 0; f < d; f++) {
    for (let i = 0; i < n; i++) {
      const noise = random() + random() + random() + random() - 2;
      x[f * n + i] = centres[(i % COMPONENTS) * d + f]! + noise * 1.7;
    }
  }
  return createMatrix(x, n, d);
}

/** The same in a task of its own, so that its making is no stall of what follows. */
async function madeBefore(n: number, d: number): Promise<Matrix> {
  const matrix = makeMatrix(n, d);
  await new Promise((next) => setTimeout(next, 100));
  return matrix;
}

/** The least of several runs: what the work costs when nothing else is going on. */
async function leastMs(runs: number, work: () => unknown): Promise<number> {
  let least = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** k rows of the matrix, row by row. */
function firstRows({ n, d, x }: Matrix, k: number): Float64Array {
  return Float64Array.from({ length: k * d }, (_, c) => x[(c % d) * n + Math.floor(c / d)]!);
}

function passMs(matrix: Matrix, k: number, create: CreatePass): Promise<number> {
  const { n, d } = matrix;
  const pass = create(n, d, false);
  for (let f = 0; f < d; f++) fillColumn(pass, f, columnOf(matrix, f));
  const centroids = firstRows(matrix, k);
  const sums = new Float64Array(k * d + k + 2);
  return leastMs(7, () => pass.assign(0, n, centroids, sums));
}

async function workersMs(matrix: Matrix, k: number, count: number): Promise<number> {
  const workers = new KMeansWorkers(count);
  try {
    const shards = await workers.openShards(matrix, null);
    const centroids = firstRows(matrix, k);
    return await leastMs(7, () => shards.ask({ kind: 'assign', centroids }));
  } finally {
    workers.close();
  }
}

function peerMs({ n, d, x }: Matrix, k: number): Promise<number> {
  const rows = Array.from({ length: PEER_ROWS }, (_, i) => Array.from({ length: d }, (__, f) => x[f * n + i]!));
  const initialization = rows.slice(0, k).map((row) => [...row]);
  // Three iterations less one: what it does once besides falls away.
  const iterations = (maxIterations: number): Promise<number> =>
    leastMs(2, () => mlKmeans(rows, k, { initialization, maxIterations, tolerance: 1e-300 }));
  return iterations(3).then(async (three) => ((three - (await iterations(1))) / 2) * (n / PEER_ROWS));
}

export async function benchIteration(n: number, d: number, k: number, count: number): Promise<IterationFigures> {
  const matrix = makeMatrix(n, d);
  return {
    n,
    d,
    k,
    simdMs: await passMs(matrix, k, createSimdPass),
    plainMs: await passMs(matrix, k, createPlainPass),
    oneWorkerMs: await workersMs(matrix, k, 1),
    allWorkersMs: await workersMs(matrix, k, count),
    workers: count,
    peerScaledMs: await peerMs(matrix, k),
    peerRows: PEER_ROWS,
  };
}

const FIT: KMeansOptions = { k: 8, seed: 1, starts: 4, maxIterations: 100, tolerance: 0.01 };

/** From columns in the page to clusters: 1 M x 4, k = 8, 4 starts when asked as the issue does. */
export async function benchFit(n: number, d: number, count: number): Promise<FitFigures> {
  const matrix = await madeBefore(n, d);
  const workers = new KMeansWorkers(count);
  const stalls = watchStalls();
  try {
    const start = performance.now();
    const shards = await workers.openShards(matrix, null);
    const opened = performance.now();
    const { iterations, inertia } = await kmeansOverShards(shards, FIT);
    const fitMs = performance.now() - opened;
    return { openMs: opened - start, fitMs, iterations, inertia, ...(await stalls.stop()) };
  } finally {
    workers.close();
  }
}

/** k = 2..12 with a silhouette each, over at most `mostRows` rows: 100,000 x 6 when asked as the issue does. */
export async function benchSweep(n: number, d: number, count: number, mostRows: number): Promise<SweepFigures> {
  const matrix = await madeBefore(n, d);
  const workers = new KMeansWorkers(count);
  const stalls = watchStalls();
  try {
    const start = performance.now();
    const shards: LloydShards = await workers.openShards(matrix, null);
    const fits = [];
    for (let k = 2; k <= 12; k++) fits.push(await kmeansOverShards(shards, { ...FIT, k }));
    const fitted = performance.now();
    const sample = drawSilhouetteSample(matrix, { mostRows, seed: 1 });
    const found = await Promise.all(
      fits.map(({ labels, k }) => workers.silhouette(sample, sampledLabels(sample, labels), k)),
    );
    const end = performance.now();
    return {
      fitsMs: fitted - start,
      silhouettesMs: end - fitted,
      totalMs: end - start,
      silhouettes: found.map(({ mean }) => mean),
      ...(await stalls.stop()),
    };
  } finally {
    workers.close();
  }
}
