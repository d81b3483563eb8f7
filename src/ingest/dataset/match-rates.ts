import { sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import { JOINS, matchRate, TABLES_OF_JOIN, type Join } from './match-rates.sql';

/** How many rows there are, how many of them name what they belong to, and how many find it. */
export interface Matched {
  readonly all: number;
  readonly named: number;
  readonly matched: number;
}

export interface MatchRate {
  readonly join: Join;
  /** Orders, order lines, members, events or pieces of feedback: the left of the join. */
  readonly rows: Matched;
  /** The same in money; null where the left has none. */
  readonly money: Matched | null;
}

/**
 * How well the tables of the dataset meet, for every join between two of them that hold rows; in the order
 * of JOINS. A join by an id that no row has is left out. Cost: a pass over the left table and one over the
 * right one for each.
 */
export async function matchRates(db: Db, options: CallOptions = {}): Promise<readonly MatchRate[]> {
  const filled = await filledTables(db, options);
  const rates: MatchRate[] = [];
  for (const join of JOINS) {
    const [left, right] = TABLES_OF_JOIN[join];
    if (!filled.has(left) || !filled.has(right)) continue;
    if (join === 'line-product' && !(await hasColumn(db, 'order_lines', 'product_key', options))) continue;
    const [row] = await db.query(
      matchRate(join),
      {
        all_rows: 'integer',
        named: 'integer',
        matched: 'integer',
        money: 'double?',
        money_named: 'double?',
        money_matched: 'double?',
      },
      options,
    );
    if (row === undefined || row.named === 0) continue;
    const { money, money_named: moneyNamed, money_matched: moneyMatched } = row;
    rates.push({
      join,
      rows: { all: row.all_rows, named: row.named, matched: row.matched },
      money: money === null ? null : { all: money, named: moneyNamed ?? 0, matched: moneyMatched ?? 0 },
    });
  }
  return rates;
}

async function filledTables(db: Db, options: CallOptions): Promise<ReadonlySet<string>> {
  const rows = await db.query(
    sql`SELECT table_name AS name FROM duckdb_tables() WHERE estimated_size > 0 ORDER BY table_name`,
    { name: 'text' },
    options,
  );
  return new Set(rows.map(({ name }) => name));
}

async function hasColumn(db: Db, table: string, column: string, options: CallOptions): Promise<boolean> {
  const rows = await db.query(
    sql`SELECT column_name AS name FROM duckdb_columns() WHERE table_name = ${table} AND column_name = ${column}`,
    { name: 'text' },
    options,
  );
  return rows.length > 0;
}
