import { sql, type Sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { Population, Scope } from '../analysis';
import { populationOf } from '../population';
import { inAudience, inPeriod } from '../scope.sql';
import { baseQuery, quantilesQuery, tableNames, type RfmTableNames } from './rfm.sql';

/** What one scope comes to before any scoring: for the population line, the warnings and the verdict. */
export interface ScopeFacts {
  readonly population: Population;
  /** False when an audience narrows the scope: the identified share then is the audience's part of all revenue. */
  readonly audienceIsEveryone: boolean;
  /** Customers of the file (in the audience) without a purchase in scope. */
  readonly prospects: number;
  /** What those customers' rows come to, e.g. refunds of earlier purchases. */
  readonly prospectsRevenue: number;
  readonly buyersWithOne: number;
  readonly buyersWithThree: number;
  readonly buyersWithNegativeMoney: number;
  /** Wall-clock epoch milliseconds; null without a purchase. */
  readonly firstOrderedAt: number | null;
  readonly lastOrderedAt: number | null;
  /** Whole days from the last purchase of anyone to as-of; null without a purchase. */
  readonly daysSinceLastOrder: number | null;
  /** Whole days from the first purchase (or the period's first day) to as-of; 0 without a purchase. */
  readonly periodDays: number;
  /** Share of the revenue that the fifth of the customers with the most money brings; NaN without revenue. */
  readonly topFifthShare: number;
  /** Where the quantile cuts fall in 5 bins, for a recommendation in thresholds; empty without a purchase. */
  readonly fifths: Readonly<Record<'recency' | 'frequency' | 'money', readonly number[]>>;
  /** Quartiles of the orders of those who came back (frequency above 1). */
  readonly repeatQuartiles: readonly number[];
}

const BUYERS = sql`count(*) FILTER (WHERE frequency > 0)`;

/** One row of the facts, from the base and quantile tables and `purchases`. */
export function factsQuery(scope: Scope, names: RfmTableNames): Sql {
  const topMoney = sql`money[4]`;
  const fifth = (column: Sql, k: number): Sql => sql`${column}[CAST(${k} AS INTEGER)]`;
  const fifths = (name: Sql, column: Sql): Sql =>
    sql`(SELECT ${fifth(column, 1)} FROM ${names.quantiles}) AS ${name}_1, (SELECT ${fifth(column, 2)} FROM ${names.quantiles}) AS ${name}_2,
    (SELECT ${fifth(column, 3)} FROM ${names.quantiles}) AS ${name}_3, (SELECT ${fifth(column, 4)} FROM ${names.quantiles}) AS ${name}_4`;
  return sql`SELECT * EXCLUDE (repeat_quartiles), repeat_quartiles[1] AS repeat_1, repeat_quartiles[2] AS repeat_2, repeat_quartiles[3] AS repeat_3
  FROM (SELECT ${BUYERS} AS customers,
    coalesce(sum(frequency), 0) AS orders,
    coalesce(sum(money), 0) AS revenue,
    coalesce(sum(money) FILTER (WHERE frequency = 0), 0) AS prospects_revenue,
    count(*) FILTER (WHERE frequency = 1) AS buyers_with_one,
    count(*) FILTER (WHERE frequency >= 3) AS buyers_with_three,
    count(*) FILTER (WHERE frequency > 0 AND money < 0) AS buyers_with_negative_money,
    min(first_ordered_at) AS first_ordered_at,
    max(last_ordered_at) AS last_ordered_at,
    count(*) FILTER (WHERE frequency > 0 AND money > (SELECT ${topMoney} FROM ${names.quantiles})) AS above_top,
    coalesce(sum(money) FILTER (WHERE frequency > 0 AND money > (SELECT ${topMoney} FROM ${names.quantiles})), 0) AS above_top_revenue,
    ${fifths(sql`recency`, sql`recency`)}, ${fifths(sql`frequency`, sql`frequency`)}, ${fifths(sql`money`, sql`money`)},
    quantile_disc(frequency, [0.25, 0.5, 0.75]) FILTER (WHERE frequency > 1) AS repeat_quartiles,
    (SELECT coalesce(sum(amount), 0) FROM purchases WHERE ${inPeriod(scope.asOf, scope.from)}) AS revenue_of_all,
    (SELECT count(*) FROM customers ANTI JOIN (SELECT customer_key FROM ${names.base} WHERE frequency > 0) USING (customer_key) WHERE TRUE${inAudience(scope.audience)}) AS prospects,
    CAST(coalesce(date_diff('day', CAST(max(last_ordered_at) AS DATE), CAST(${scope.asOf} AS DATE)), -1) AS INTEGER) AS days_since_last_order,
    CAST(coalesce(date_diff('day', CAST(coalesce(CAST(${scope.from} AS TIMESTAMP), min(first_ordered_at)) AS DATE), CAST(${scope.asOf} AS DATE)), 0) AS INTEGER) AS period_days
  FROM ${names.base})`;
}

const FACTS_SHAPE = {
  customers: 'integer',
  orders: 'integer',
  revenue: 'decimal',
  prospects_revenue: 'decimal',
  buyers_with_one: 'integer',
  buyers_with_three: 'integer',
  buyers_with_negative_money: 'integer',
  first_ordered_at: 'time?',
  last_ordered_at: 'time?',
  above_top: 'integer',
  above_top_revenue: 'decimal',
  recency_1: 'integer?',
  recency_2: 'integer?',
  recency_3: 'integer?',
  recency_4: 'integer?',
  frequency_1: 'integer?',
  frequency_2: 'integer?',
  frequency_3: 'integer?',
  frequency_4: 'integer?',
  money_1: 'decimal?',
  money_2: 'decimal?',
  money_3: 'decimal?',
  money_4: 'decimal?',
  repeat_1: 'integer?',
  repeat_2: 'integer?',
  repeat_3: 'integer?',
  revenue_of_all: 'decimal',
  prospects: 'integer',
  days_since_last_order: 'integer',
  period_days: 'integer',
} as const;

export async function readFacts(db: Db, scope: Scope, names: RfmTableNames, options: CallOptions): Promise<ScopeFacts> {
  const row = (await db.query(factsQuery(scope, names), FACTS_SHAPE, options))[0];
  if (row === undefined) throw new Error('an aggregate without GROUP BY gave no row');
  const known = (values: readonly (number | null)[]): readonly number[] => values.filter((value) => value !== null);
  const buyersRevenue = row.revenue - row.prospects_revenue;
  const cut = row.money_4;
  return {
    population: populationOf(row.customers, row.orders, row.revenue, row.revenue_of_all),
    audienceIsEveryone: scope.audience === null,
    prospects: row.prospects,
    prospectsRevenue: row.prospects_revenue,
    buyersWithOne: row.buyers_with_one,
    buyersWithThree: row.buyers_with_three,
    buyersWithNegativeMoney: row.buyers_with_negative_money,
    firstOrderedAt: row.first_ordered_at,
    lastOrderedAt: row.last_ordered_at,
    daysSinceLastOrder: row.last_ordered_at === null ? null : row.days_since_last_order,
    periodDays: row.customers === 0 ? 0 : row.period_days,
    topFifthShare:
      cut === null || buyersRevenue <= 0
        ? Number.NaN
        : topFifthRevenue(row.customers, row.above_top, row.above_top_revenue, cut) / buyersRevenue,
    fifths: {
      recency: known([row.recency_1, row.recency_2, row.recency_3, row.recency_4]),
      frequency: known([row.frequency_1, row.frequency_2, row.frequency_3, row.frequency_4]),
      money: known([row.money_1, row.money_2, row.money_3, row.money_4]),
    },
    repeatQuartiles: known([row.repeat_1, row.repeat_2, row.repeat_3]),
  };
}

/** Customers whose money equals the cut fill the fifth up: which of them does not change the sum. */
function topFifthRevenue(customers: number, above: number, aboveRevenue: number, cut: number): number {
  return aboveRevenue + (Math.ceil(customers / 5) - above) * cut;
}

/** The facts as printed: with the tables they read. */
export function factsStatement(scope: Scope): Sql {
  const names = tableNames('');
  return sql`WITH ${names.base} AS (${baseQuery(scope)}),
${names.quantiles} AS (${quantilesQuery(names, 5)})
${factsQuery(scope, names)}`;
}
