import { ident, join, sql, type Sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { RfmTables } from './rfm-tables';
import { withTables, cutColumn, tableNames, VALUE_COLUMNS, type RfmTableNames } from './rfm.sql';
import type { RfmResult } from './rfm';
import { DIMENSIONS, type Dimension } from './rfm-params';

/** What moving one cut point by a share of its value would do. */
export interface CutSensitivity {
  readonly dimension: Dimension;
  /** Which cut, from 1, ascending by value. */
  readonly cut: number;
  readonly value: number;
  /** Customers who would change segment if the cut were lower or higher by `move`. */
  readonly changedIfLower: number;
  readonly changedIfHigher: number;
}

export interface Sensitivity {
  /** Share of its value that each cut moves, 0..1. */
  readonly move: number;
  readonly cuts: readonly CutSensitivity[];
  readonly customers: number;
  readonly statement: Sql;
}

/** A tenth up and down, as the catalogue asks. */
const MOVE = 0.1;

/**
 * Moves each cut alone and counts who would be in another segment; those are customers between the old
 * and the new place whose neighbouring score has another name. null for equal bins by rank, which have
 * no cut to move. Cost: one pass over the customers.
 */
export async function readSensitivity(
  db: Db,
  tables: RfmTables,
  result: RfmResult,
  options: CallOptions = {},
): Promise<Sensitivity | null> {
  if (result.scoring.method === 'quantile' && result.scoring.ties === 'split') return null;
  const printed = tableNames('');
  const rows = await db.query(
    sensitivityQuery(tables.names, result.bins),
    { dimension: 'text', cut: 'integer', value: 'double?', changed_if_lower: 'integer', changed_if_higher: 'integer' },
    options,
  );
  return {
    move: MOVE,
    customers: result.population.customers,
    cuts: rows.flatMap(({ dimension, cut, value, changed_if_lower, changed_if_higher }) =>
      value === null
        ? []
        : [
            {
              dimension: dimension as Dimension,
              cut,
              value,
              changedIfLower: changed_if_lower,
              changedIfHigher: changed_if_higher,
            },
          ],
    ),
    statement: sql`${withTables(result.scope, result.scoring, result.rules, printed)}${sensitivityQuery(printed, result.bins)}`,
  };
}

/** One pass over the customers counts who lies between each cut and its moved place; the rest is about cells. */
function sensitivityQuery(names: RfmTableNames, bins: number): Sql {
  const cuts = DIMENSIONS.flatMap((dimension) => Array.from({ length: bins - 1 }, (_, i) => ({ dimension, k: i + 1 })));
  const limits = join(
    cuts.flatMap(({ dimension, k }) => [sweep(dimension, k, 'lower'), sweep(dimension, k, 'higher')]),
  );
  const counts = cuts.flatMap(({ dimension, k }) => [
    betweenCount(dimension, k, 'lower'),
    betweenCount(dimension, k, 'higher'),
  ]);
  const parts = cuts.map(
    ({ dimension, k }) => sql`SELECT ${dimension} AS dimension, CAST(${k} AS INTEGER) AS cut,
  (SELECT CAST(${cutColumn(dimension, k)} AS DOUBLE) FROM ${names.cuts}) AS value,
  (${changedQuery(names, dimension, k, 'lower')}) AS changed_if_lower, (${changedQuery(names, dimension, k, 'higher')}) AS changed_if_higher`,
  );
  return sql`SELECT * FROM (WITH between_cuts AS MATERIALIZED (
  SELECT r, f, m, segment, ${join(counts)}
  FROM ${names.scores} CROSS JOIN (SELECT ${limits} FROM ${names.cuts}) GROUP BY r, f, m, segment)
${join(
  parts,
  sql`
UNION ALL `,
)})
ORDER BY dimension, cut`;
}

type Direction = 'lower' | 'higher';

const FACTORS: Readonly<Record<Direction, Sql>> = {
  lower: sql`CAST(${1 - MOVE} AS DECIMAL(4, 3))`,
  higher: sql`CAST(${1 + MOVE} AS DECIMAL(4, 3))`,
};

const countColumn = (dimension: Dimension, k: number, direction: Direction): Sql =>
  ident(`${dimension}_${k}_${direction}`);

const edge = (side: 'above' | 'upto', dimension: Dimension, k: number, direction: Direction): Sql =>
  ident(`${side}_${dimension}_${k}_${direction}`);

/** Where a moved cut sweeps over, made once for all rows. */
function sweep(dimension: Dimension, k: number, direction: Direction): Sql {
  const cut = cutColumn(dimension, k);
  const moved = sql`${cut} * ${FACTORS[direction]}`;
  return sql`least(${cut}, ${moved}) AS ${edge('above', dimension, k, direction)}, greatest(${cut}, ${moved}) AS ${edge('upto', dimension, k, direction)}`;
}

function betweenCount(dimension: Dimension, k: number, direction: Direction): Sql {
  const value = VALUE_COLUMNS[dimension];
  return sql`count(*) FILTER (WHERE ${value} > ${edge('above', dimension, k, direction)} AND ${value} <= ${edge('upto', dimension, k, direction)}) AS ${countColumn(dimension, k, direction)}`;
}

/**
 * A customer between the two places crosses this one cut, so one score moves by one: to the lower side's
 * where the cut rises, to the upper side's where it falls (a negative cut falls as its value grows).
 */
function changedQuery(names: RfmTableNames, dimension: Dimension, k: number, direction: Direction): Sql {
  const cut = cutColumn(dimension, k);
  const step = sql`CASE WHEN ${cut} * ${FACTORS[direction]} > ${cut} THEN -1 ELSE 1 END`;
  const moved = (of: Dimension, column: Sql): Sql =>
    of !== dimension
      ? sql`b.${column}`
      : of === 'recency'
        ? sql`b.${column} - (${step})`
        : sql`b.${column} + (${step})`;
  return sql`SELECT CAST(coalesce(sum(${countColumn(dimension, k, direction)}), 0) AS BIGINT) FROM between_cuts b CROSS JOIN ${names.cuts}
    JOIN ${names.cells} c ON c.r = ${moved('recency', sql`r`)} AND c.f = ${moved('frequency', sql`f`)} AND c.m = ${moved('money', sql`m`)}
    WHERE c.segment <> b.segment`;
}
