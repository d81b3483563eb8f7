import { addMoney } from '../../core/money';
import type { Sql } from '../../core/sql';
import { sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { Analysis, Population, RunContext, Scope } from '../analysis';
import { factsStatement, type ScopeFacts } from './facts';
import { checkFitness, type FitnessWarning } from './fitness';
import { recommend, type Recommendation } from './recommendation';
import {
  GRID_SHAPE,
  gridQuery,
  QUIET_SHAPE,
  quietQuery,
  SCORE_RANGES_SHAPE,
  scoreRangesQuery,
  SEGMENTS_SHAPE,
  segmentsQuery,
  type GridAxis,
  type SegmentRow,
} from './results.sql';
import { binsOf, RFM_DEFAULTS, validateRfm, type Dimension, type RfmParams, type Scoring } from './rfm-params';
import { RfmTables } from './rfm-tables';
import { tableNames, withTables } from './rfm.sql';
import type { Rule } from './rules';
import { GROUP_ORDER, PROSPECTS, type GroupId, type Naming, type SegmentId } from './segments';

/** One group of customers. Groups sum to every customer of the file in the audience, and to the population's revenue. */
export interface GroupSummary {
  readonly group: GroupId;
  readonly customers: number;
  /** Of all customers with a purchase, 0..1; NaN for those without. */
  readonly customerShare: number;
  readonly revenue: number;
  /** Of the population's revenue, 0..1; NaN without revenue. */
  readonly revenueShare: number;
  /** revenue / customers; NaN without customers. */
  readonly revenuePerHead: number;
  readonly orders: number;
  /** NaN for customers without a purchase. */
  readonly meanRecencyDays: number;
  readonly medianRecencyDays: number;
}

export interface GridCell {
  readonly r: number;
  /** The score along the other axis. */
  readonly score: number;
  readonly customers: number;
  readonly revenue: number;
  /** The group most of the cell's customers are of. */
  readonly mainGroup: GroupId;
}

/** What one score of a dimension stands for. */
export interface ScoreRange {
  readonly dimension: Dimension;
  readonly score: number;
  readonly customers: number;
  readonly lowest: number;
  readonly highest: number;
}

/** The facts of the verdict; the sentence is made in messages.ts. */
export interface Verdict {
  readonly topFifthShare: number;
  /** The valuable group gone quiet with the most revenue; null where nobody is. */
  readonly quiet: {
    readonly group: SegmentId;
    readonly customers: number;
    readonly revenue: number;
    /** Revenue of 365 days at the period's pace; null where the period is shorter than a year. */
    readonly revenuePerYear: number | null;
    /** Median over customers of their mean days between purchases; null where nobody bought twice. */
    readonly usualGapDays: number | null;
    readonly daysAway: number;
  } | null;
}

export interface RfmResult {
  readonly scope: Scope;
  readonly scoring: Scoring;
  readonly bins: number;
  readonly naming: Naming;
  readonly rules: readonly Rule[];
  readonly recommendation: Recommendation;
  readonly population: Population;
  readonly facts: ScopeFacts;
  /** In the naming's order; groups without customers are absent. */
  readonly groups: readonly GroupSummary[];
  /** Recency against frequency and money; cells without customers are absent. */
  readonly grid: readonly GridCell[];
  readonly scoreRanges: readonly ScoreRange[];
  readonly verdict: Verdict;
  readonly warnings: readonly FitnessWarning[];
  readonly statements: RfmStatements;
}

/** The statement behind each figure, runnable as printed on exported tables. */
export interface RfmStatements {
  readonly scores: Sql;
  readonly groups: Sql;
  readonly grid: Sql;
  readonly scoreRanges: Sql;
  readonly quiet: Sql;
  readonly facts: Sql;
}

/** Runs RFM over tables that may hold the scope's base already. Throws `cancelled`. */
export async function runRfm(
  db: Db,
  tables: RfmTables,
  scope: Scope,
  params: RfmParams,
  options: CallOptions = {},
): Promise<RfmResult> {
  const facts = await tables.prepare(scope, options);
  const recommendation = recommend(facts);
  const scoring = params.scoring ?? recommendation.scoring;
  const rules = params.rules[params.naming];
  await tables.score(scoring, rules, options);
  const { names } = tables;
  const rows = await db.query(segmentsQuery(names), SEGMENTS_SHAPE, options);
  const grid = await readGrid(db, tables, 'fm', options);
  const ranges = await db.query(scoreRangesQuery(names), SCORE_RANGES_SHAPE, options);
  const quiet = await db.query(quietQuery(names), QUIET_SHAPE, options);
  return {
    scope,
    scoring,
    bins: binsOf(scoring),
    naming: params.naming,
    rules,
    recommendation,
    facts,
    grid,
    population: facts.population,
    groups: summarise(rows, facts, params.naming),
    scoreRanges: ranges.map((range) => ({ ...range, dimension: range.dimension as Dimension })),
    verdict: { topFifthShare: facts.topFifthShare, quiet: quiet[0] === undefined ? null : quietGroup(quiet[0], facts) },
    warnings: checkFitness(facts),
    statements: printable(scope, scoring, rules),
  };
}

/** The grid along another axis, from the scores as they are. */
export async function readGrid(
  db: Db,
  tables: RfmTables,
  axis: GridAxis,
  options: CallOptions = {},
): Promise<readonly GridCell[]> {
  const rows = await db.query(gridQuery(tables.names, axis), GRID_SHAPE, options);
  const cells = new Map<string, GridCell>();
  for (const { r, score, segment, customers, revenue } of rows) {
    const known = cells.get(`${r}/${score}`);
    // Rows of a cell come with the most customers first, so the first names it.
    cells.set(
      `${r}/${score}`,
      known === undefined
        ? { r, score, customers, revenue, mainGroup: segment as GroupId }
        : { ...known, customers: known.customers + customers, revenue: addMoney(known.revenue, revenue) },
    );
  }
  return [...cells.values()];
}

function summarise(rows: readonly SegmentRow[], facts: ScopeFacts, naming: Naming): readonly GroupSummary[] {
  const { customers: buyers, revenue: revenueOfAll } = facts.population;
  const share = (part: number, whole: number): number => (whole === 0 ? Number.NaN : part / whole);
  const groups = rows.map((row): GroupSummary => ({
    group: row.segment as GroupId,
    customers: row.customers,
    customerShare: share(row.customers, buyers),
    revenue: row.revenue,
    revenueShare: share(row.revenue, revenueOfAll),
    revenuePerHead: row.revenue / row.customers,
    orders: row.orders,
    meanRecencyDays: row.mean_recency_days,
    medianRecencyDays: row.median_recency_days,
  }));
  if (facts.prospects > 0 || facts.prospectsRevenue !== 0) {
    groups.push({
      group: PROSPECTS,
      customers: facts.prospects,
      customerShare: Number.NaN,
      revenue: facts.prospectsRevenue,
      revenueShare: share(facts.prospectsRevenue, revenueOfAll),
      revenuePerHead: share(facts.prospectsRevenue, facts.prospects),
      orders: 0,
      meanRecencyDays: Number.NaN,
      medianRecencyDays: Number.NaN,
    });
  }
  const order = GROUP_ORDER[naming];
  return groups.sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

interface QuietRow {
  readonly segment: string;
  readonly customers: number;
  readonly revenue: number;
  readonly days_away: number;
  readonly usual_gap_days: number | null;
}

function quietGroup(row: QuietRow, facts: ScopeFacts): NonNullable<Verdict['quiet']> {
  return {
    group: row.segment as SegmentId,
    customers: row.customers,
    revenue: row.revenue,
    revenuePerYear: facts.periodDays >= 365 ? (row.revenue * 365) / facts.periodDays : null,
    usualGapDays: row.usual_gap_days,
    daysAway: row.days_away,
  };
}

/** Each statement with the WITH that makes its tables. */
export function printable(scope: Scope, scoring: Scoring, rules: readonly Rule[]): RfmStatements {
  const names = tableNames('');
  const tables = withTables(scope, scoring, rules, names);
  return {
    scores: sql`${tables}SELECT customer_id, recency_days, frequency, money, r, f, m, fm, segment
FROM ${names.scores} JOIN customers USING (customer_key) ORDER BY customer_key`,
    groups: sql`${tables}${segmentsQuery(names)}`,
    grid: sql`${tables}${gridQuery(names, 'fm')}`,
    scoreRanges: sql`${tables}${scoreRangesQuery(names)}`,
    quiet: sql`${tables}${quietQuery(names)}`,
    facts: factsStatement(scope),
  };
}

export const rfm = {
  id: 'rfm' as const,
  defaults: RFM_DEFAULTS,
  validate: validateRfm,
  run: ({ db, scope, signal }: Pick<RunContext, 'db' | 'scope' | 'signal'>, params) =>
    runRfm(db, new RfmTables(db), scope, params, { signal }),
} satisfies Analysis<RfmParams, RfmResult>;
