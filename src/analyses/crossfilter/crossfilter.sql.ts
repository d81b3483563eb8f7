import { decimalConstant, EMPTY, ident, integerConstant, join, sql, sqlDate, type Sql } from '../../core/sql';
import type { BinFilter } from '../../kernels/crossfilter/brush-cube';
import type { Scope } from '../analysis';
import { inAudience, inPeriod } from '../scope.sql';
import {
  isValue,
  knownBins,
  isLabelId,
  LABEL_SOURCES,
  tableOf,
  type Dimension,
  type DimensionId,
  type LabelId,
  type ValueId,
} from './dimensions';

/** Every measure of a customer from `purchases` alone, by the columns of crossfilter_orders. */
const OF_ORDERS: Readonly<Record<Exclude<ValueId, 'age'>, Sql>> = {
  recency: sql`recency`,
  frequency: sql`nullif(orders, 0)`,
  money: sql`money`,
  order_value: sql`money / nullif(orders, 0)`,
  tenure: sql`tenure`,
};

/** Older or younger than this is a mistake in the list, and the age is unknown. */
const OLDEST = 120;

/**
 * One row a customer who bought or was refunded in the period, with the columns of the dimensions asked for beside
 * `orders` and `money`: a WITH and the name of its last table. Measures are those of the period, except that the
 * tenure goes back to the customer's first purchase of all. Refunds lower money and nothing else: whoever has them
 * alone has no recency, frequency or order value, and a tenure only from purchases before the period.
 */
export function withCustomers(scope: Scope, ids: readonly DimensionId[]): Sql {
  const labels = ids.filter(isLabelId);
  const ofLines = labels.flatMap((id) => {
    const source = LABEL_SOURCES[id];
    return 'label' in source ? [{ id, label: source.label }] : [];
  });
  const readsAttributes = ids.some((id) => tableOf(id) === 'customer_attributes');
  const tables = [
    sql`crossfilter_orders AS (${ordersQuery(scope)})`,
    ...ofLines.map(({ id, label }) => sql`${labelTable(id)} AS (${mainLabelQuery(scope, label)})`),
    sql`crossfilter_customers AS (
  SELECT customer_key, orders, money AS revenue${join(
    ids.map((id) => sql`, ${valueOf(id, scope)} AS ${ident(id)}`),
    EMPTY,
  )}
  FROM crossfilter_orders${readsAttributes ? sql` LEFT JOIN customer_attributes USING (customer_key)` : EMPTY}${join(
    ofLines.map(({ id }) => sql` LEFT JOIN ${labelTable(id)} USING (customer_key)`),
    EMPTY,
  )}
)`,
  ];
  return sql`WITH ${join(
    tables,
    sql`,
`,
  )}
`;
}

function ordersQuery(scope: Scope): Sql {
  const { asOf, from, audience } = scope;
  const counts = inPeriod(asOf, from);
  const daysSince = (moment: Sql): Sql =>
    sql`CAST(date_diff('day', CAST(${moment} AS DATE), ${sqlDate(asOf)}) AS INTEGER)`;
  return sql`SELECT customer_key,
    ${daysSince(sql`max(ordered_at) FILTER (WHERE is_purchase AND ${counts})`)} AS recency,
    ${daysSince(sql`min(ordered_at) FILTER (WHERE is_purchase)`)} AS tenure,
    CAST(count(*) FILTER (WHERE is_purchase AND ${counts}) AS INTEGER) AS orders,
    sum(amount) FILTER (WHERE ${counts}) AS money
  FROM purchases
  WHERE customer_key IS NOT NULL AND ${inPeriod(asOf, null)}${inAudience(audience)}
  GROUP BY customer_key HAVING count(*) FILTER (WHERE ${counts}) > 0`;
}

function labelTable(id: LabelId): Sql {
  return ident(`crossfilter_${id}`);
}

/** The label of a customer's lines with the most money between them; of several alike, the first by the alphabet. */
function mainLabelQuery({ asOf, from, audience }: Scope, label: string): Sql {
  const column = ident(label);
  return sql`SELECT customer_key, arg_min(label, (-spent, label)) AS label
  FROM (
    SELECT customer_key, CAST(${column} AS VARCHAR) AS label, sum(amount) AS spent FROM sale_lines
    WHERE customer_key IS NOT NULL AND ${column} IS NOT NULL AND ${inPeriod(asOf, from)}${inAudience(audience)}
    GROUP BY customer_key, ${column}
  ) GROUP BY customer_key`;
}

function valueOf(id: DimensionId, { asOf }: Scope): Sql {
  if (id === 'age') {
    const years = sql`coalesce(date_sub('year', birthday, ${sqlDate(asOf)}), customer_attributes.age)`;
    return sql`CASE WHEN ${years} BETWEEN 0 AND ${integerConstant(OLDEST)} THEN CAST(${years} AS INTEGER) END`;
  }
  if (isLabelId(id)) {
    const source = LABEL_SOURCES[id];
    return 'label' in source
      ? sql`${labelTable(id)}.label`
      : sql`CAST(customer_attributes.${ident(source.attribute)} AS VARCHAR)`;
  }
  return OF_ORDERS[id];
}

/** How each measure is spread: one row a measure that anyone has. Shape: SPREAD_SHAPE. */
export function spreadsQuery(customers: Sql, ids: readonly ValueId[]): Sql {
  const parts = ids.map((id) => {
    const column = ident(id);
    return sql`SELECT ${id} AS id, CAST(low AS DOUBLE) AS low, CAST(high AS DOUBLE) AS high, CAST(q[1] AS DOUBLE) AS q01,
  CAST(q[2] AS DOUBLE) AS q50, CAST(q[3] AS DOUBLE) AS q99, unknown
FROM (SELECT min(${column}) AS low, max(${column}) AS high, quantile_disc(${column}, [0.01, 0.5, 0.99]) AS q,
  count(*) FILTER (WHERE ${column} IS NULL) AS unknown FROM ${customers}) WHERE low IS NOT NULL`;
  });
  return sql`${join(
    parts,
    sql`
UNION ALL `,
  )}
ORDER BY id`;
}

export const SPREAD_SHAPE = {
  id: 'text',
  low: 'double',
  high: 'double',
  q01: 'double',
  q50: 'double',
  q99: 'double',
  unknown: 'integer',
} as const;

/** Customers of each label, the most first; NULL = those without one. Shape: LABEL_SHAPE. */
export function labelsQuery(customers: Sql, ids: readonly LabelId[]): Sql {
  const parts = ids.map(
    (id) =>
      sql`SELECT ${id} AS id, ${ident(id)} AS label, count(*) AS customers FROM ${customers} GROUP BY ${ident(id)}`,
  );
  return sql`${join(
    parts,
    sql`
UNION ALL `,
  )}
ORDER BY id, customers DESC, label NULLS LAST`;
}

export const LABEL_SHAPE = { id: 'text', label: 'text?', customers: 'integer' } as const;

/** One row a customer: the number of the bin in each dimension, the orders, and the money in units of 10^-scale. */
export function binsQuery(customers: Sql, dimensions: readonly Dimension[], moneyScale: number): Sql {
  const columns = dimensions.map(
    (dimension, place) => sql`CAST(${binOf(dimension)} AS UTINYINT) AS ${ident(binName(place))}`,
  );
  return sql`SELECT ${join(columns)}, orders,
  CAST(CAST(revenue * ${integerConstant(10 ** moneyScale)} AS BIGINT) AS DOUBLE) AS money
FROM ${customers}`;
}

export function binName(place: number): string {
  return `bin_${place}`;
}

function binOf(dimension: Dimension): Sql {
  const column = ident(dimension.id);
  const bin = (number: number): Sql => integerConstant(number);
  const known = knownBins(dimension);
  const unknown = dimension.hasUnknown ? sql`WHEN ${column} IS NULL THEN ${bin(known)} ` : EMPTY;
  const cases = isValue(dimension)
    ? dimension.cuts.map((cut, place) => sql`WHEN ${column} < ${decimalConstant(String(cut))} THEN ${bin(place)} `)
    : dimension.labels.map((label, place) => sql`WHEN ${column} = ${label} THEN ${bin(place)} `);
  return sql`CASE ${unknown}${join(cases, EMPTY)}ELSE ${bin(known - 1)} END`;
}

/** The customers whom every filter lets pass, as a SELECT of customer_key that reads only what the filters need. */
export function membersQuery(scope: Scope, dimensions: readonly Dimension[], filters: readonly BinFilter[]): Sql {
  const filtered = dimensions.flatMap((dimension, place) => {
    const filter = filters[place] ?? null;
    return filter === null ? [] : [{ dimension, condition: conditionOf(dimension, filter) }];
  });
  const where = filtered.map(({ condition }) => condition);
  return sql`${withCustomers(
    scope,
    filtered.map(({ dimension }) => dimension.id),
  )}SELECT customer_key FROM crossfilter_customers${where.length === 0 ? EMPTY : sql` WHERE ${join(where, sql` AND `)}`}`;
}

function conditionOf(dimension: Dimension, filter: NonNullable<BinFilter>): Sql {
  const column = ident(dimension.id);
  const known = knownBins(dimension);
  const holds = (bin: number): boolean => filter.some(([from, to]) => bin >= from && bin < to);
  const parts: Sql[] = [];
  if (isValue(dimension)) {
    for (const [from, to] of filter) {
      if (from >= known) continue;
      const [low, high] = [dimension.cuts[from - 1], dimension.cuts[Math.min(to, known) - 1]];
      const limits = [
        ...(low === undefined ? [] : [sql`${column} >= ${decimalConstant(String(low))}`]),
        ...(high === undefined ? [] : [sql`${column} < ${decimalConstant(String(high))}`]),
      ];
      parts.push(limits.length === 0 ? sql`${column} IS NOT NULL` : join(limits, sql` AND `));
    }
  } else {
    const list = (labels: readonly string[]): Sql => join(labels.map((label) => sql`${label}`));
    const chosen = dimension.labels.filter((_, bin) => holds(bin));
    if (chosen.length > 0) parts.push(sql`${column} IN (${list(chosen)})`);
    if (dimension.others > 0 && holds(known - 1)) parts.push(sql`${column} NOT IN (${list(dimension.labels)})`);
  }
  if (dimension.hasUnknown && holds(known)) parts.push(sql`${column} IS NULL`);
  return parts.length === 0 ? sql`FALSE` : sql`(${join(parts, sql` OR `)})`;
}

/** What the customers come to, and the digits after the point of the money. Shape: TOTALS_SHAPE. */
export function totalsQuery(customers: Sql, scope: Scope): Sql {
  return sql`SELECT count(*) AS customers, count(*) FILTER (WHERE orders > 0) AS buyers, coalesce(sum(orders), 0) AS orders,
  coalesce(sum(revenue), 0) AS revenue,
  (SELECT coalesce(sum(amount), 0) FROM purchases WHERE ${inPeriod(scope.asOf, scope.from)}) AS revenue_of_all,
  (SELECT numeric_scale FROM duckdb_columns() WHERE table_name = 'purchases' AND column_name = 'amount') AS money_scale
FROM ${customers}`;
}

export const TOTALS_SHAPE = {
  customers: 'integer',
  buyers: 'integer',
  orders: 'integer',
  revenue: 'decimal',
  revenue_of_all: 'decimal',
  money_scale: 'integer',
} as const;
