import { sql, type Sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { Format } from '../../i18n/format';
import type { CustomerSelection } from '../analysis';
import type { RfmResult } from './rfm';
import { ascending } from './recommendation';
import { DIMENSIONS, type Cuts, type Dimension, type Scoring } from './rfm-params';
import type { RfmTables } from './rfm-tables';
import { baseQuery, tableNames, type RfmTableNames } from './rfm.sql';

/** One bar: customers whose value lies in from < value <= to, as a cut point has it. */
export interface HistogramBin {
  readonly index: number;
  readonly from: number;
  /** The last bar of frequency holds every higher one as well. */
  readonly to: number;
  readonly customers: number;
}

/** How the customers spread over one dimension, with the cut points of the scoring in force. */
export interface Distribution {
  readonly dimension: Dimension;
  /** Adjacent bars from the lowest to the highest value, empty ones included. Money is on a logarithmic scale. */
  readonly bins: readonly HistogramBin[];
  /** Ascending, in the dimension's unit. For equal bins by rank: the highest (for recency, lowest) value of each bin but the last. */
  readonly cuts: readonly number[];
  /** The scores between the cuts, lowest values first, with their exact numbers of customers. */
  readonly groups: readonly { readonly score: number; readonly customers: number }[];
  readonly statement: Sql;
}

/** Frequencies from here on share a bar. */
const FREQUENCY_TOP = 25;
const RECENCY_BARS = 36;
/** Bars a power of ten of money. */
const MONEY_BARS = 6;
/** The bar of customers whose money is zero or below, left of every other. */
const MONEY_BELOW = -1_000;

/** The three histograms from the scored tables. Cost: three grouped passes over the customers. */
export async function readDistributions(
  db: Db,
  tables: RfmTables,
  result: RfmResult,
  options: CallOptions = {},
): Promise<readonly Distribution[]> {
  const printed = tableNames('');
  const distributions: Distribution[] = [];
  for (const dimension of DIMENSIONS) {
    const width = recencyWidth(result);
    const rows = await db.query(
      histogramQuery(tables.names, dimension, width),
      { bin: 'integer', customers: 'integer' },
      options,
    );
    const counts = new Map(rows.map(({ bin, customers }) => [bin, customers]));
    distributions.push({
      dimension,
      bins: fillBins(counts, dimension, width),
      ...cutsOf(result, dimension),
      statement: sql`WITH ${printed.base} AS (${baseQuery(result.scope)})
${histogramQuery(printed, dimension, width)}`,
    });
  }
  return distributions;
}

/** The customers of one bar. */
export function selectBin(result: RfmResult, dimension: Dimension, index: number, title: string): CustomerSelection {
  const { base } = tableNames('');
  const members = sql`WITH ${base} AS (${baseQuery(result.scope)})
SELECT customer_key FROM ${base} WHERE frequency > 0 AND ${binOf(dimension, recencyWidth(result))} = CAST(${index} AS INTEGER)`;
  return { title, members };
}

function histogramQuery(names: RfmTableNames, dimension: Dimension, width: number): Sql {
  return sql`SELECT ${binOf(dimension, width)} AS bin, count(*) AS customers FROM ${names.base} WHERE frequency > 0 GROUP BY bin ORDER BY bin`;
}

function binOf(dimension: Dimension, width: number): Sql {
  switch (dimension) {
    case 'recency':
      // As-of lies after every order, so nobody is nearer than one day.
      return sql`CAST((recency_days - 1) // CAST(${width} AS INTEGER) AS INTEGER)`;
    case 'frequency':
      return sql`least(frequency, CAST(${FREQUENCY_TOP} AS INTEGER))`;
    case 'money':
      return sql`CAST(CASE WHEN money <= 0 THEN CAST(${MONEY_BELOW} AS INTEGER) ELSE ceil(log10(CAST(money AS DOUBLE)) * CAST(${MONEY_BARS} AS INTEGER)) - 1 END AS INTEGER)`;
  }
}

/** Whole days a bar, of a length people count in. */
function recencyWidth(result: RfmResult): number {
  const furthest = Math.max(
    1,
    ...result.scoreRanges.filter(({ dimension }) => dimension === 'recency').map(({ highest }) => highest),
  );
  return (
    [1, 2, 5, 7, 10, 14, 15, 30, 60, 90, 180, 365].find((days) => furthest / days <= RECENCY_BARS) ??
    Math.ceil(furthest / RECENCY_BARS)
  );
}

function fillBins(counts: ReadonlyMap<number, number>, dimension: Dimension, width: number): readonly HistogramBin[] {
  const regular = [...counts.keys()].filter((index) => index !== MONEY_BELOW);
  const below = counts.get(MONEY_BELOW);
  const first = dimension === 'money' ? Math.min(...regular) : dimension === 'recency' ? 0 : 1;
  const last = Math.max(...regular);
  const bins: HistogramBin[] =
    below === undefined ? [] : [{ index: MONEY_BELOW, from: Number.NEGATIVE_INFINITY, to: 0, customers: below }];
  for (let index = first; index <= last; index++) {
    bins.push({ index, ...limits(dimension, index, width), customers: counts.get(index) ?? 0 });
  }
  return bins;
}

function limits(dimension: Dimension, index: number, width: number): { readonly from: number; readonly to: number } {
  switch (dimension) {
    case 'recency':
      return { from: index * width, to: (index + 1) * width };
    case 'frequency':
      return { from: index - 1, to: index };
    case 'money':
      return { from: 10 ** (index / MONEY_BARS), to: 10 ** ((index + 1) / MONEY_BARS) };
  }
}

/** The cuts as values, ascending: as set, or read off the scores' ranges. A cut is the highest value of its lower side. */
function cutsOf(result: RfmResult, dimension: Dimension): Pick<Distribution, 'cuts' | 'groups'> {
  const ranges = result.scoreRanges
    .filter((range) => range.dimension === dimension)
    .sort((a, b) => a.highest - b.highest);
  const given = givenCuts(result.scoring, dimension);
  if (given === null) {
    return {
      cuts: ranges.slice(0, -1).map(({ highest }) => highest),
      groups: ranges.map(({ score, customers }) => ({ score, customers })),
    };
  }
  const scores = Array.from({ length: given.length + 1 }, (_, i) =>
    dimension === 'recency' ? given.length + 1 - i : i + 1,
  );
  return {
    cuts: given,
    groups: scores.map((score) => ({
      score,
      customers: ranges.find((range) => range.score === score)?.customers ?? 0,
    })),
  };
}

function givenCuts(scoring: Scoring, dimension: Dimension): readonly number[] | null {
  if (scoring.method === 'thresholds') return scoring.cuts[dimension];
  const own = scoring.method === 'mean' ? scoring.benchmarks[dimension] : null;
  return own === null ? null : [own];
}

/** The smallest difference that means something: a day, an order, a hundredth of money. */
export const CUT_STEPS: Readonly<Record<Dimension, number>> = { recency: 1, frequency: 1, money: 0.01 };

/** The cuts as thresholds for `bins` scores: coinciding ones are moved up a step, missing ones added above. */
export function thresholdCuts(distributions: readonly Distribution[], bins: number): Cuts {
  const cutsFor = (dimension: Dimension): readonly number[] => {
    const known = distributions.find((distribution) => distribution.dimension === dimension)?.cuts ?? [];
    const padded = Array.from({ length: bins - 1 }, (_, i) => known[i] ?? known.at(-1) ?? 0);
    return ascending(padded, CUT_STEPS[dimension]);
  };
  return { recency: cutsFor('recency'), frequency: cutsFor('frequency'), money: cutsFor('money') };
}

/** A value of a dimension in its own unit, as it stands beside a cut. */
export function printValue(format: Format, dimension: Dimension, value: number): string {
  if (dimension !== 'money') return format.integer(value);
  return value >= 1000 ? format.compact(value) : format.decimal(value, value < 10 && !Number.isInteger(value) ? 2 : 0);
}
