import { join, sql, type Sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
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
 * no cut to move. Cost: one filtered pass over the customers a cut and direction.
 */
export async function readSensitivity(
  db: Db,
  result: RfmResult,
  options: CallOptions = {},
): Promise<Sensitivity | null> {
  if (result.scoring.method === 'quantile' && result.scoring.ties === 'split') return null;
  const names = tableNames('');
  const statement = sensitivityQuery(names, result.bins);
  const rows = await db.query(
    statement,
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
    statement: sql`${withTables(result.scope, result.scoring, result.rules, names)}${statement}`,
  };
}

function sensitivityQuery(names: RfmTableNames, bins: number): Sql {
  const parts = DIMENSIONS.flatMap((dimension) =>
    Array.from({ length: bins - 1 }, (_, i) => cutQuery(names, dimension, i + 1)),
  );
  return sql`${join(
    parts,
    sql`
UNION ALL `,
  )}
ORDER BY dimension, cut`;
}

function cutQuery(names: RfmTableNames, dimension: Dimension, k: number): Sql {
  const cut = cutColumn(dimension, k);
  return sql`SELECT ${dimension} AS dimension, CAST(${k} AS INTEGER) AS cut, (SELECT CAST(${cut} AS DOUBLE) FROM ${names.cuts}) AS value,
  (${changedQuery(names, dimension, cut, sql`CAST(${1 - MOVE} AS DECIMAL(4, 3))`)}) AS changed_if_lower,
  (${changedQuery(names, dimension, cut, sql`CAST(${1 + MOVE} AS DECIMAL(4, 3))`)}) AS changed_if_higher`;
}

/**
 * A customer between the two places crosses this one cut, so one score moves by one: towards the lower
 * side's score where the cut rises, towards the upper side's where it falls.
 */
function changedQuery(names: RfmTableNames, dimension: Dimension, cut: Sql, factor: Sql): Sql {
  const value = sql`s.${VALUE_COLUMNS[dimension]}`;
  const step = sql`CASE WHEN ${value} > ${cut} THEN -1 ELSE 1 END`;
  const moved = (of: Dimension, column: Sql): Sql =>
    of !== dimension
      ? sql`s.${column}`
      : of === 'recency'
        ? sql`s.${column} - (${step})`
        : sql`s.${column} + (${step})`;
  return sql`SELECT count(*) FROM ${names.scores} s, ${names.cuts}
    JOIN ${names.cells} c ON c.r = ${moved('recency', sql`r`)} AND c.f = ${moved('frequency', sql`f`)} AND c.m = ${moved('money', sql`m`)}
    WHERE ${value} > least(${cut}, ${cut} * ${factor}) AND ${value} <= greatest(${cut}, ${cut} * ${factor}) AND c.segment <> s.segment`;
}
