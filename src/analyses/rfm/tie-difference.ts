import { sql, type Sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { RfmResult } from './rfm';
import type { QuantileScoring } from './rfm-params';
import type { RfmTables } from './rfm-tables';
import { tableDefinitions, tableNames, type RfmTableNames } from './rfm.sql';

/** What differs between breaking ties by customer id and keeping equal values together: customers with another score. */
export interface TieDifference {
  readonly customers: number;
  readonly recency: number;
  readonly frequency: number;
  readonly money: number;
  /** In any of the three. */
  readonly any: number;
  /** In another segment. */
  readonly segment: number;
  readonly statement: Sql;
}

/** Compares both ways in the result's number of bins; null where the scoring is not by quantile. */
export async function readTieDifference(
  db: Db,
  tables: RfmTables,
  result: RfmResult,
  options: CallOptions = {},
): Promise<TieDifference | null> {
  const { scoring, rules, scope } = result;
  if (scoring.method !== 'quantile') return null;
  const other: QuantileScoring = { ...scoring, ties: scoring.ties === 'split' ? 'together' : 'split' };
  const aside = await tables.scoreAside(other, rules, options);
  const row = (await db.query(differenceQuery(tables.names, aside), DIFFERENCE_SHAPE, options))[0];
  if (row === undefined) return null;
  const printedNames = tableNames('');
  const printedAside = tableNames('_aside');
  const { any_score: any, ...counts } = row;
  return {
    ...counts,
    any,
    statement: sql`WITH ${tableDefinitions(scope, scoring, rules, printedNames)},
${tableDefinitions(scope, other, rules, printedAside)}
${differenceQuery(printedNames, printedAside)}`,
  };
}

function differenceQuery(names: RfmTableNames, aside: RfmTableNames): Sql {
  return sql`SELECT count(*) AS customers, count(*) FILTER (WHERE a.r <> s.r) AS recency, count(*) FILTER (WHERE a.f <> s.f) AS frequency,
  count(*) FILTER (WHERE a.m <> s.m) AS money, count(*) FILTER (WHERE a.r <> s.r OR a.f <> s.f OR a.m <> s.m) AS any_score,
  count(*) FILTER (WHERE a.segment <> s.segment) AS segment
FROM ${names.scores} s JOIN ${aside.scores} a USING (customer_key)`;
}

const DIFFERENCE_SHAPE = {
  customers: 'integer',
  recency: 'integer',
  frequency: 'integer',
  money: 'integer',
  any_score: 'integer',
  segment: 'integer',
} as const;
