import { ident, join, sql, sqlDate, type Sql } from '../../core/sql';
import type { Scope } from '../analysis';
import { inScope } from '../scope.sql';
import { binsOf, DIMENSIONS, type BinCount, type Dimension, type Scoring } from './rfm-params';
import { toFive, type Interval, type Rule } from './rules';
import { UNASSIGNED } from './segments';

/** The tables of one scoring. The app fills them once; a printed statement builds them in its WITH. */
export interface RfmTableNames {
  readonly base: Sql;
  readonly quantiles: Sql;
  readonly cuts: Sql;
  readonly cells: Sql;
  readonly scores: Sql;
}

/** Names ending in `suffix`: '' for now, `_before` for the date compared with, `_other` for the other way of ties. */
export function tableNames(suffix: string): RfmTableNames {
  return {
    base: ident(`rfm_base${suffix}`),
    quantiles: ident(`rfm_quantiles${suffix}`),
    cuts: ident(`rfm_cuts${suffix}`),
    cells: ident(`rfm_cells${suffix}`),
    scores: ident(`rfm_scores${suffix}`),
  };
}

/**
 * One row a customer with anything in scope. Refunds lower `money` and nothing else, so a customer with
 * refunds alone has frequency 0 and no recency: they are not scored, their money still is in the total.
 */
export function baseQuery(scope: Scope): Sql {
  return sql`SELECT customer_key,
    min(ordered_at) FILTER (WHERE is_purchase) AS first_ordered_at,
    max(ordered_at) FILTER (WHERE is_purchase) AS last_ordered_at,
    CAST(date_diff('day', CAST(max(ordered_at) FILTER (WHERE is_purchase) AS DATE), ${sqlDate(scope.asOf)}) AS INTEGER) AS recency_days,
    CAST(count(*) FILTER (WHERE is_purchase) AS INTEGER) AS frequency,
    sum(amount) AS money
  FROM purchases
  WHERE ${inScope(scope)}
  GROUP BY customer_key`;
}

/** The shares below each cut of so many equal parts. A third has no exact decimal: rounded down, the rank it names still is the ceiling of n/3. */
const SHARES: Readonly<Record<BinCount, readonly Sql[]>> = {
  3: [sql`0.333333333333`, sql`0.666666666666`],
  4: [sql`0.25`, sql`0.5`, sql`0.75`],
  5: [sql`0.2`, sql`0.4`, sql`0.6`, sql`0.8`],
  10: [sql`0.1`, sql`0.2`, sql`0.3`, sql`0.4`, sql`0.5`, sql`0.6`, sql`0.7`, sql`0.8`, sql`0.9`],
};

/** One row of lists, a cut an element: the smallest value that at least this share of the customers does not exceed. */
export function quantilesQuery(names: RfmTableNames, bins: BinCount): Sql {
  const shares = join(SHARES[bins]);
  return sql`SELECT quantile_disc(recency_days, [${shares}]) AS recency,
    quantile_disc(frequency, [${shares}]) AS frequency,
    quantile_disc(money, [${shares}]) AS money
  FROM ${names.base} WHERE frequency > 0`;
}

export const VALUE_COLUMNS: Readonly<Record<Dimension, Sql>> = {
  recency: sql`recency_days`,
  frequency: sql`frequency`,
  money: sql`money`,
};

const SCORE_COLUMNS: Readonly<Record<Dimension, Sql>> = { recency: sql`r`, frequency: sql`f`, money: sql`m` };

export function cutColumn(dimension: Dimension, k: number): Sql {
  return ident(`${dimension}_${k}`);
}

function cutNumbers(bins: number): readonly number[] {
  return Array.from({ length: bins - 1 }, (_, i) => i + 1);
}

/** One row of cut points, `recency_1` .. `money_<bins - 1>`, ascending in the dimension's own unit. */
export function cutsQuery(names: RfmTableNames, scoring: Scoring): Sql {
  const column = (dimension: Dimension, k: number): Sql =>
    sql`${cutValue(scoring, dimension, k)} AS ${cutColumn(dimension, k)}`;
  const columns = join(DIMENSIONS.flatMap((dimension) => cutNumbers(binsOf(scoring)).map((k) => column(dimension, k))));
  switch (scoring.method) {
    case 'quantile':
      return sql`SELECT ${columns} FROM ${names.quantiles}`;
    case 'thresholds':
      return sql`SELECT ${columns}`;
    case 'mean':
      return sql`SELECT ${columns} FROM ${names.base} WHERE frequency > 0`;
  }
}

function cutValue(scoring: Scoring, dimension: Dimension, k: number): Sql {
  if (scoring.method === 'quantile') return sql`${ident(dimension)}[${numeral(k)}]`;
  const value =
    scoring.method === 'thresholds' ? (scoring.cuts[dimension][k - 1] ?? null) : scoring.benchmarks[dimension];
  if (value === null) return sql`avg(${VALUE_COLUMNS[dimension]})`;
  const bound = sql`CAST(${value} AS DECIMAL(18, 6))`;
  return scoring.method === 'mean' ? sql`any_value(${bound})` : bound;
}

/**
 * The score by cut points: a value that equals a cut belongs to the lower side of it, which is the better
 * one for recency and the worse one for frequency and money. Where several cuts coincide, the scores
 * between them are given to nobody.
 */
function scoreByCuts(dimension: Dimension, bins: number): Sql {
  const cases = cutNumbers(bins).map((k) => {
    const score = dimension === 'recency' ? bins - k + 1 : k;
    return sql`WHEN ${VALUE_COLUMNS[dimension]} <= ${cutColumn(dimension, k)} THEN ${numeral(score)}`;
  });
  return sql`CAST(CASE ${join(cases, sql` `)} ELSE ${numeral(dimension === 'recency' ? 1 : bins)} END AS UTINYINT)`;
}

/** Equal bins by rank; customers of one value follow each other by customer_key, which is the order of their ids. */
function scoreByRank(dimension: Dimension, bins: number): Sql {
  const order = dimension === 'recency' ? sql`recency_days DESC` : VALUE_COLUMNS[dimension];
  return sql`CAST(ntile(${numeral(bins)}) OVER (ORDER BY ${order}, customer_key) AS UTINYINT)`;
}

/** Another way to find scores than the printed one, with the columns it needs next to the base's. */
export interface ScoreSource {
  readonly from: Sql;
  readonly score: (dimension: Dimension, bins: number) => Sql;
}

/** One row a customer with a purchase: the values, the scores 1 (worst) .. bins (best), and the segment. */
export function scoresQuery(
  names: RfmTableNames,
  scoring: Scoring,
  source: ScoreSource = printedSource(names, scoring),
): Sql {
  const scores = join(
    DIMENSIONS.map((dimension) => sql`${source.score(dimension, binsOf(scoring))} AS ${SCORE_COLUMNS[dimension]}`),
  );
  return sql`SELECT customer_key, recency_days, frequency, money, r, f, m, fm, segment
  FROM (SELECT customer_key, recency_days, frequency, money, ${scores} FROM ${source.from} WHERE frequency > 0)
  JOIN ${names.cells} USING (r, f, m)`;
}

function printedSource(names: RfmTableNames, scoring: Scoring): ScoreSource {
  return scoring.method === 'quantile' && scoring.ties === 'split'
    ? { from: names.base, score: scoreByRank }
    : { from: sql`${names.base}, ${names.cuts}`, score: scoreByCuts };
}

/** Every combination of scores with the segment that the rules give it. */
export function cellsQuery(rules: readonly Rule[], bins: number): Sql {
  const cases = rules.flatMap((rule) => ruleCase(rule, bins));
  const segment = cases.length === 0 ? sql`${UNASSIGNED}` : sql`CASE ${join(cases, sql` `)} ELSE ${UNASSIGNED} END`;
  const scores = sql`range(1, ${numeral(bins + 1)})`;
  return sql`SELECT r, f, m, fm, ${segment} AS segment
  FROM (SELECT CAST(r AS UTINYINT) AS r, CAST(f AS UTINYINT) AS f, CAST(m AS UTINYINT) AS m, CAST((f + m + 1) // 2 AS UTINYINT) AS fm
    FROM ${scores} recency(r), ${scores} frequency(f), ${scores} money(m))`;
}

function ruleCase(rule: Rule, bins: number): readonly Sql[] {
  const limits: readonly (readonly [Sql, Interval])[] = [
    [sql`r`, rule.recency],
    [sql`f`, rule.frequency],
    [sql`m`, rule.money],
    [sql`fm`, rule.combined],
  ];
  const conditions: Sql[] = [];
  for (const [column, [low, high]] of limits) {
    if (low === 1 && high === 5) continue;
    const scores = Array.from({ length: bins }, (_, i) => i + 1).filter(
      (score) => toFive(score, bins) >= low && toFive(score, bins) <= high,
    );
    const [first, last] = [scores[0], scores.at(-1)];
    if (first === undefined || last === undefined) return [];
    conditions.push(sql`${column} BETWEEN ${numeral(first)} AND ${numeral(last)}`);
  }
  const condition = conditions.length === 0 ? sql`TRUE` : join(conditions, sql` AND `);
  return [sql`WHEN ${condition} THEN ${rule.segment}`];
}

/** A whole number as an INTEGER constant. Bound numbers arrive as BIGINT, which would widen every score. */
function numeral(value: number): Sql {
  return sql`CAST(${value} AS INTEGER)`;
}

/**
 * The WITH that makes every table of a scoring from `purchases`, so that a statement after it runs as
 * printed on exported tables. `split` scores by ntile here and by rank cut points in the app
 * (rank-cuts.ts); a test holds the two equal.
 */
export function withTables(
  scope: Scope,
  scoring: Scoring,
  rules: readonly Rule[],
  names: RfmTableNames = tableNames(''),
): Sql {
  return sql`WITH ${tableDefinitions(scope, scoring, rules, names)}
`;
}

/** The same without the word WITH, to be joined with others. */
export function tableDefinitions(scope: Scope, scoring: Scoring, rules: readonly Rule[], names: RfmTableNames): Sql {
  const quantiles =
    scoring.method === 'quantile' && scoring.ties === 'together'
      ? [sql`${names.quantiles} AS (${quantilesQuery(names, scoring.bins)})`]
      : [];
  const needsCuts = scoring.method !== 'quantile' || scoring.ties === 'together';
  return join(
    [
      sql`${names.base} AS (${baseQuery(scope)})`,
      ...quantiles,
      ...(needsCuts ? [sql`${names.cuts} AS (${cutsQuery(names, scoring)})`] : []),
      sql`${names.cells} AS (${cellsQuery(rules, binsOf(scoring))})`,
      sql`${names.scores} AS (${scoresQuery(names, scoring)})`,
    ],
    sql`,
`,
  );
}
