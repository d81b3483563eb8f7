import type { CallOptions, Db } from '../../db/db';
import type { Bin, MeasureFacts, Outliers } from './column-quality';
import { linearEdges, logEdges, timeEdges } from './histogram-edges';
import * as profileSql from './profile.sql';

/** Makes the MAD of a normal distribution its standard deviation; beyond 3.5 of it a value is taken for an outlier (Iglewicz, Hoaglin 1993). */
const ROBUST_FACTOR = 0.6745;
const ROBUST_LIMIT = 3.5;
/** A logarithmic scale is offered when the largest value lies this many interquartile ranges above the median ... */
const SKEWED_RANGES = 10;
/** ... and is this many times the smallest. */
const SKEWED_RATIO = 100;

/** What there is to say of the measures of the column at hand; null when no cell has one. */
export async function measureFacts(
  db: Db,
  type: 'number' | 'time',
  options: CallOptions,
): Promise<MeasureFacts | null> {
  const [found] = await db.query(profileSql.measureSummary(), profileSql.MEASURE_SHAPE, options);
  if (found === undefined || found.least === null || found.most === null || found.mean === null) return null;
  const { least, most, mean, cells } = found;
  const lowerQuartile = between(found.lower_1, found.lower_2, ((cells - 1) % 4) / 4);
  const median = between(found.median_1, found.median_2, ((2 * (cells - 1)) % 4) / 4);
  const upperQuartile = between(found.upper_1, found.upper_2, ((3 * (cells - 1)) % 4) / 4);
  const fences = { mean, median, lowerQuartile, upperQuartile };
  const [spread] = await db.query(profileSql.spread(fences), profileSql.SPREAD_SHAPE, options);
  const isWhole = found.is_whole === true;
  const edges = type === 'time' ? timeEdges(least, most) : linearEdges(least, most, isWhole);
  return {
    cells,
    distinct: found.distinct_values,
    least,
    most,
    mean,
    deviation: cells < 2 ? Number.NaN : Math.sqrt((spread?.square_sum ?? 0) / (cells - 1)),
    lowerQuartile,
    median,
    upperQuartile,
    isWhole,
    bins: await binsOf(db, edges, options),
    logBins: type === 'time' ? null : await logBinsOf(db, found.least_positive, { ...fences, least, most }, options),
    outliers: spread === undefined ? null : await outliersOf(db, fences, spread, options),
  };
}

/** The value that lies `part` of the way from one neighbour to the next. */
function between(low: number | null, high: number | null, part: number): number {
  if (low === null || high === null) return Number.NaN;
  return low + part * (high - low);
}

async function outliersOf(
  db: Db,
  { median, lowerQuartile, upperQuartile }: profileSql.Fences,
  spread: {
    readonly low: number;
    readonly high: number;
    readonly extreme: number;
    readonly deviation_1: number | null;
    readonly deviation_2: number | null;
  },
  options: CallOptions,
): Promise<Outliers | null> {
  const range = upperQuartile - lowerQuartile;
  if (range === 0) return null;
  const deviation = between(spread.deviation_1, spread.deviation_2, 0.5);
  let byRobustZ: number | null = null;
  if (deviation > 0) {
    const statement = profileSql.cellsBeyond(median, (ROBUST_LIMIT * deviation) / ROBUST_FACTOR);
    byRobustZ = (await db.query(statement, { n: 'integer' }, options))[0]?.n ?? 0;
  }
  return {
    lowFence: lowerQuartile - 1.5 * range,
    highFence: upperQuartile + 1.5 * range,
    low: spread.low,
    high: spread.high,
    extreme: spread.extreme,
    byRobustZ,
  };
}

async function logBinsOf(
  db: Db,
  leastPositive: number | null,
  { least, most, median, lowerQuartile, upperQuartile }: profileSql.Fences & { least: number; most: number },
  options: CallOptions,
): Promise<readonly Bin[] | null> {
  if (least < 0 || leastPositive === null || most < SKEWED_RATIO * leastPositive) return null;
  if (most - median < SKEWED_RANGES * (upperQuartile - lowerQuartile)) return null;
  return binsOf(db, logEdges(leastPositive, most, least === 0), options);
}

async function binsOf(db: Db, edges: readonly number[], options: CallOptions): Promise<readonly Bin[]> {
  const rows = await db.query(profileSql.binCounts(edges), profileSql.BIN_SHAPE, options);
  const counts = new Map(rows.map(({ bin, n }) => [bin, n]));
  return edges.slice(1).map((to, bin) => ({ from: edges[bin] ?? to, to, count: counts.get(bin) ?? 0 }));
}
