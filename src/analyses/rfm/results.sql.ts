import { join, sql, type Sql } from '../../core/sql';
import type { Row } from '../../db/shape';
import type { RfmTableNames } from './rfm.sql';
import { VALUE_COLUMNS } from './rfm.sql';
import { DIMENSIONS, type Dimension } from './rfm-params';
import { QUIET_AND_VALUABLE } from './segments';

/** One row a segment that has customers. */
export function segmentsQuery(names: RfmTableNames): Sql {
  return sql`SELECT segment, count(*) AS customers, sum(money) AS revenue, sum(frequency) AS orders,
  avg(recency_days) AS mean_recency_days, median(recency_days) AS median_recency_days
FROM ${names.scores} GROUP BY segment ORDER BY segment`;
}

export const SEGMENTS_SHAPE = {
  segment: 'text',
  customers: 'integer',
  revenue: 'decimal',
  orders: 'integer',
  mean_recency_days: 'double',
  median_recency_days: 'double',
} as const;
export type SegmentRow = Row<typeof SEGMENTS_SHAPE>;

/** What stands along the grid: frequency and money taken together, or one of them alone. */
export const GRID_AXES = ['fm', 'f', 'm'] as const;
export type GridAxis = (typeof GRID_AXES)[number];

export const AXIS_COLUMNS: Readonly<Record<GridAxis, Sql>> = { fm: sql`fm`, f: sql`f`, m: sql`m` };

/** One row a cell of the grid and segment in it, so that a cell knows its main segment. */
export function gridQuery(names: RfmTableNames, axis: GridAxis): Sql {
  const column = AXIS_COLUMNS[axis];
  return sql`SELECT r, ${column} AS score, segment, count(*) AS customers, sum(money) AS revenue
FROM ${names.scores} GROUP BY r, ${column}, segment ORDER BY r, score, customers DESC, segment`;
}

export const GRID_SHAPE = {
  r: 'integer',
  score: 'integer',
  segment: 'text',
  customers: 'integer',
  revenue: 'decimal',
} as const;

/** Per dimension and score: how many customers, and the values from and to. */
export function scoreRangesQuery(names: RfmTableNames): Sql {
  const part = (dimension: Dimension, score: Sql): Sql =>
    sql`SELECT ${dimension} AS dimension, ${score} AS score, count(*) AS customers,
  CAST(min(${VALUE_COLUMNS[dimension]}) AS DOUBLE) AS lowest, CAST(max(${VALUE_COLUMNS[dimension]}) AS DOUBLE) AS highest
FROM ${names.scores} GROUP BY ${score}`;
  const columns: Readonly<Record<Dimension, Sql>> = { recency: sql`r`, frequency: sql`f`, money: sql`m` };
  return sql`${join(
    DIMENSIONS.map((dimension) => part(dimension, columns[dimension])),
    sql`
UNION ALL `,
  )}
ORDER BY dimension, score`;
}

export const SCORE_RANGES_SHAPE = {
  dimension: 'text',
  score: 'integer',
  customers: 'integer',
  lowest: 'double',
  highest: 'double',
} as const;

/** The valuable groups gone quiet, with the gap between purchases that was usual for them; the largest revenue first. */
export function quietQuery(names: RfmTableNames): Sql {
  const segments = join(QUIET_AND_VALUABLE.map((segment) => sql`${segment}`));
  return sql`SELECT segment, count(*) AS customers, sum(s.money) AS revenue, median(s.recency_days) AS days_away,
  median(date_diff('day', CAST(first_ordered_at AS DATE), CAST(last_ordered_at AS DATE)) / (b.frequency - 1)) FILTER (WHERE b.frequency > 1) AS usual_gap_days
FROM ${names.scores} s JOIN ${names.base} b USING (customer_key)
WHERE segment IN (${segments})
GROUP BY segment ORDER BY revenue DESC, segment`;
}

export const QUIET_SHAPE = {
  segment: 'text',
  customers: 'integer',
  revenue: 'decimal',
  days_away: 'double',
  usual_gap_days: 'double?',
} as const;
