import { EMPTY, ident, integerConstant, join, sql, type Sql } from '../../core/sql';
import type { Scope } from '../analysis';
import { inPeriod, inScope } from '../scope.sql';
import { cohortLabels, cohortValues, NO_VALUE, OTHER_VALUES } from './cohort-keys.sql';
import { criterionOf, horizonWanted, isOfTime, stepRule, type CohortKey, type CohortParams } from './cohort-params';
import { numberOfGrain, stepSql } from './steps.sql';

/** Steps whose activity is one number's bits. */
const BITS = 60;

const midnight = ({ asOf }: Scope): Sql => sql`CAST(${asOf} AS TIMESTAMP)`;
const WITH_PURCHASES = sql`purchases JOIN cohort_customers USING (customer_key)`;

/** One row a customer with anything before as-of. First and last purchase are of all the data; figures of the period. */
function firsts(scope: Scope): Sql {
  const inside = scope.from === null ? EMPTY : sql` AND ordered_at >= CAST(${scope.from} AS TIMESTAMP)`;
  const money = scope.from === null ? sql`sum(amount)` : sql`coalesce(sum(amount) FILTER (WHERE TRUE${inside}), 0)`;
  return sql`firsts AS MATERIALIZED (
  SELECT customer_key, min(ordered_at) FILTER (WHERE is_purchase) AS first_at, max(ordered_at) FILTER (WHERE is_purchase) AS last_at,
    count(*) FILTER (WHERE is_purchase${inside}) AS orders, ${money} AS money
  FROM purchases WHERE ${inScope({ ...scope, from: null })} GROUP BY customer_key
)`;
}

/**
 * One row a customer whose first purchase lies in the period, with their own clock: the step of their last purchase, how
 * many steps are over at as-of (age), and the last step that has begun (reach).
 */
function entrants(scope: Scope, params: CohortParams): Sql {
  const rule = stepRule(params);
  const step = (to: Sql): Sql => stepSql(rule, sql`first_at`, to);
  const inside =
    scope.from === null || params.by === 'active' ? EMPTY : sql` AND first_at >= CAST(${scope.from} AS TIMESTAMP)`;
  return sql`entrants AS MATERIALIZED (
  SELECT customer_key, first_at, ${step(sql`last_at`)} AS last_step, ${step(midnight(scope))} AS age,
    ${step(sql`${midnight(scope)} - INTERVAL 1 MICROSECOND`)} AS reach
  FROM firsts WHERE first_at IS NOT NULL${inside}
)`;
}

/** The customers of each cohort and the step at which they entered it; last_step, age and reach count from there. */
function cohortCustomers(scope: Scope, params: CohortParams): readonly Sql[] {
  const { by, cohortGrain } = params;
  const horizon = horizonWanted(params);
  if (by === 'first-purchase') {
    return [
      sql`cohort_customers AS MATERIALIZED (
  SELECT customer_key, ${numberOfGrain(cohortGrain, sql`first_at`)} AS cohort, 0 AS entry_step, first_at, last_step, age, reach
  FROM entrants
)`,
    ];
  }
  if (by === 'active') {
    return [
      sql`entries AS (
  SELECT DISTINCT customer_key, ${stepSql(stepRule(params), sql`first_at`, sql`ordered_at`)} AS entry_step
  FROM purchases JOIN entrants USING (customer_key) WHERE is_purchase AND ${inPeriod(scope.asOf, scope.from)}
)`,
      sql`cohort_customers AS MATERIALIZED (
  SELECT customer_key, ${numberOfGrain(cohortGrain, sql`first_at`)} + entry_step AS cohort, entry_step, first_at,
    last_step - entry_step AS last_step, age - entry_step AS age, reach - entry_step AS reach
  FROM entries JOIN entrants USING (customer_key)
)`,
    ];
  }
  return [
    ...cohortValues(by),
    cohortLabels(by),
    horizon === null
      ? sql`horizon AS (SELECT greatest(coalesce(quantile_disc(age, 0.5), 0) - 1, 0) AS step FROM entrants)`
      : sql`horizon AS (SELECT ${integerConstant(horizon)} AS step)`,
    sql`cohort_customers AS MATERIALIZED (
  SELECT customer_key, coalesce(cohort, ${integerConstant(NO_VALUE)}) AS cohort, 0 AS entry_step, first_at, last_step, age, reach
  FROM entrants LEFT JOIN cohort_values USING (customer_key) LEFT JOIN cohort_labels USING (label)
  WHERE age > (SELECT step FROM horizon)
)`,
  ];
}

/** The WITH that ends in `cohort_customers`, so that a statement after it runs as printed on exported tables. */
export function withCohorts(scope: Scope, params: CohortParams, more: readonly Sql[] = []): Sql {
  const tables = [firsts(scope), entrants(scope, params), ...cohortCustomers(scope, params), ...more];
  return sql`WITH ${join(tables, sql`,\n`)}
`;
}

/** The steps in which each customer bought, as bits: a customer's rows are as many as numbers of 60 bits are needed. */
function activity(scope: Scope, params: CohortParams): readonly Sql[] {
  const bits = integerConstant(BITS);
  return [
    sql`activity AS (
  SELECT customer_key, CAST(step // ${bits} AS INTEGER) AS word, bit_or(CAST(1 AS UBIGINT) << CAST(step % ${bits} AS UBIGINT)) AS bits
  FROM (
    SELECT customer_key, ${stepSql(stepRule(params), sql`first_at`, sql`ordered_at`)} AS step
    FROM purchases JOIN entrants USING (customer_key) WHERE is_purchase AND ${inPeriod(scope.asOf, scope.from)}
  ) GROUP BY ALL
)`,
    sql`patterns AS MATERIALIZED (
  SELECT cohort, word, bits, count(*) AS customers FROM activity JOIN cohort_customers USING (customer_key) GROUP BY ALL
)`,
    sql`places AS (SELECT unnest(range((SELECT least(max(reach) + 1, ${bits}) FROM cohort_customers))) AS place)`,
  ];
}

/** How many steps after the first make "came back": about a quarter of a year, or up to the last bracket. */
export function returnSteps(params: CohortParams): number {
  const rule = stepRule(params);
  if (rule.kind === 'brackets') return rule.segments.length - 2;
  return { day: 30, week: 12, month: 3, quarter: 1 }[params.grain];
}

/** What the rows of the statement are; columns that a part does not fill are NULL. */
const COLUMNS = {
  cohort: sql`CAST(NULL AS INTEGER)`,
  step: sql`CAST(NULL AS INTEGER)`,
  customers: sql`CAST(NULL AS BIGINT)`,
  orders: sql`CAST(NULL AS BIGINT)`,
  revenue: sql`NULL`,
  age: sql`CAST(NULL AS INTEGER)`,
  reach: sql`CAST(NULL AS INTEGER)`,
  returned: sql`CAST(NULL AS BIGINT)`,
  label: sql`CAST(NULL AS VARCHAR)`,
} as const;

function part(name: string, columns: Partial<Record<keyof typeof COLUMNS, Sql>>, from: Sql): Sql {
  const list = (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map(
    (column) => sql`${columns[column] ?? COLUMNS[column]} AS ${ident(column)}`,
  );
  return sql`SELECT ${name} AS part, ${join(list)} FROM ${from}`;
}

export const COHORT_SHAPE = {
  part: 'text',
  cohort: 'integer?',
  step: 'integer?',
  customers: 'integer?',
  orders: 'integer?',
  revenue: 'decimal?',
  age: 'integer?',
  reach: 'integer?',
  returned: 'integer?',
  label: 'text?',
} as const;

/**
 * Everything the page shows, in one statement, its rows told apart by `part`:
 *
 * - population, everyone, earlier: what the scope rests on; all money in it; those who first bought before it
 * - cohort: customers, age (steps over for all of them), reach (the last step begun for any), returned (came back early)
 * - active (or last, where later purchases count): customers by cohort and step; sum: orders and revenue
 * - label: the names of cohorts; horizon: the last step compared, and how many customers are too young for it
 *
 * Cost: two passes over `purchases`, a third one for money.
 */
export function cohortStatement(scope: Scope, params: CohortParams): Sql {
  const { by, measure } = params;
  const isFirst = by !== 'active';
  const parts = [
    part(
      'population',
      {
        customers: sql`count(*) FILTER (WHERE orders > 0)`,
        orders: sql`CAST(coalesce(sum(orders), 0) AS BIGINT)`,
        revenue: sql`coalesce(sum(money), 0)`,
      },
      sql`firsts`,
    ),
    part(
      'everyone',
      { revenue: sql`coalesce(sum(amount), 0)` },
      sql`purchases WHERE ${inPeriod(scope.asOf, scope.from)}`,
    ),
    ...(scope.from === null || !isFirst
      ? []
      : [
          part(
            'earlier',
            { customers: sql`count(*)` },
            sql`firsts WHERE orders > 0 AND first_at < CAST(${scope.from} AS TIMESTAMP)`,
          ),
        ]),
    sizes(params),
    criterionOf(params) === 'on-or-after' ? lastSteps() : isFirst ? activeSteps() : activeAgain(),
    ...(measure === 'customers' ? [] : [sums(scope, params)]),
    ...(isOfTime(by) ? [] : labelParts(by)),
  ];
  return sql`${withCohorts(scope, params, isFirst ? activity(scope, params) : [])}${join(parts, sql`\nUNION ALL\n`)}
ORDER BY part, cohort, step, label`;
}

function sizes(params: CohortParams): Sql {
  const counted = { cohort: sql`cohort`, customers: sql`count(*)`, age: sql`min(age)`, reach: sql`max(reach)` };
  if (params.by === 'active') return part('cohort', counted, sql`cohort_customers GROUP BY cohort`);
  const steps = integerConstant(returnSteps(params));
  const last = isOfTime(params.by) ? steps : sql`least(${steps}, (SELECT step FROM horizon))`;
  const returned = sql`CAST(coalesce(sum(customers) FILTER (WHERE word = 0 AND bits & ((CAST(1 AS UBIGINT) << CAST(${last} + 1 AS UBIGINT)) - 2) <> 0), 0) AS BIGINT)`;
  return part(
    'cohort',
    {
      cohort: sql`cohort`,
      customers: sql`any_value(size)`,
      age: sql`any_value(age)`,
      reach: sql`any_value(reach)`,
      returned,
    },
    sql`patterns JOIN (
  SELECT cohort, count(*) AS size, min(age) AS age, max(reach) AS reach FROM cohort_customers GROUP BY cohort
) USING (cohort) GROUP BY cohort`,
  );
}

function activeSteps(): Sql {
  return part(
    'active',
    {
      cohort: sql`cohort`,
      step: sql`CAST(word * ${integerConstant(BITS)} + place AS INTEGER)`,
      customers: sql`CAST(sum(customers) AS BIGINT)`,
    },
    sql`patterns, places WHERE (bits >> CAST(place AS UBIGINT)) & 1 = 1 GROUP BY ALL`,
  );
}

/** Who bought in a period and again so many after: every pair of a customer's periods. */
function activeAgain(): Sql {
  return part(
    'active',
    { cohort: sql`entered.cohort`, step: sql`later.entry_step - entered.entry_step`, customers: sql`count(*)` },
    sql`cohort_customers entered JOIN cohort_customers later USING (customer_key) WHERE later.entry_step >= entered.entry_step GROUP BY ALL`,
  );
}

function lastSteps(): Sql {
  return part(
    'last',
    { cohort: sql`cohort`, step: sql`last_step`, customers: sql`count(*)` },
    sql`cohort_customers GROUP BY ALL`,
  );
}

/** A refund from before the first purchase counts into its period. */
function sums(scope: Scope, params: CohortParams): Sql {
  return part(
    'sum',
    {
      cohort: sql`cohort`,
      step: sql`since - entry_step`,
      orders: sql`count(*) FILTER (WHERE is_purchase)`,
      revenue: sql`sum(amount)`,
    },
    sql`(
  SELECT cohort, entry_step, greatest(${stepSql(stepRule(params), sql`first_at`, sql`ordered_at`)}, 0) AS since, is_purchase, amount
  FROM ${WITH_PURCHASES} WHERE ${inPeriod(scope.asOf, scope.from)}
) WHERE since >= entry_step GROUP BY ALL`,
  );
}

function labelParts(by: CohortKey): readonly Sql[] {
  const named = by === 'audience' ? EMPTY : sql` WHERE cohort < ${integerConstant(OTHER_VALUES)}`;
  return [
    part('label', { cohort: sql`cohort`, label: sql`CAST(label AS VARCHAR)` }, sql`cohort_labels${named}`),
    part(
      'horizon',
      { step: sql`CAST(any_value(step) AS INTEGER)`, customers: sql`count(*) FILTER (WHERE age <= step)` },
      sql`entrants, horizon`,
    ),
  ];
}

/** The customers of a cohort, of a step of it, or of everything in scope, as a SELECT of customer_key. */
export function cohortMembers(scope: Scope, params: CohortParams, cohort: number): Sql {
  return sql`${withCohorts(scope, params)}SELECT customer_key FROM cohort_customers WHERE cohort = ${integerConstant(cohort)}`;
}

/** The customers a cell counts: who bought in that step, or then or later. */
export function cellMembers(scope: Scope, params: CohortParams, cohort: number, step: number): Sql {
  if (criterionOf(params) === 'on-or-after')
    return sql`${cohortMembers(scope, params, cohort)} AND last_step >= ${integerConstant(step)}`;
  return sql`${withCohorts(scope, params)}SELECT DISTINCT customer_key FROM ${WITH_PURCHASES}
WHERE is_purchase AND ${inPeriod(scope.asOf, scope.from)} AND cohort = ${integerConstant(cohort)}
  AND ${stepSql(stepRule(params), sql`first_at`, sql`ordered_at`)} - entry_step = ${integerConstant(step)}`;
}
