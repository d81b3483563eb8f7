import { addDays, daysBetween, type Day } from '../../core/dates';
import { sql, type Sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { CustomerSelection, Scope } from '../analysis';
import type { RfmResult } from './rfm';
import type { RfmTables } from './rfm-tables';
import { tableDefinitions, tableNames, type RfmTableNames } from './rfm.sql';
import { GROUP_COLORS, type GroupId } from './segments';

/** Customers who were in one group at the earlier date and in another now. */
export interface MigrationFlow {
  /** null = no purchase in the earlier period: new. */
  readonly before: GroupId | null;
  /** null = no purchase in the period now: lost from it. */
  readonly now: GroupId | null;
  readonly customers: number;
  readonly revenueBefore: number;
  readonly revenueNow: number;
}

export interface Migration {
  readonly compareWith: Day;
  /** What the earlier groups rest on: the same audience, and a period of the same length. */
  readonly scopeBefore: Scope;
  readonly flows: readonly MigrationFlow[];
  readonly customersBefore: number;
  readonly customersNow: number;
  /** In both periods and in the same group. */
  readonly stayed: number;
  readonly moved: number;
  readonly new: number;
  readonly lost: number;
  readonly statement: Sql;
}

const BEFORE = '_before';

/** The scope at the earlier date. A period with a first day moves as a whole; one without reaches back to the first order. */
export function scopeAt(scope: Scope, day: Day): Scope {
  const shift = daysBetween(scope.asOf, day);
  return { ...scope, asOf: day, from: scope.from === null ? null : addDays(scope.from, shift) };
}

/**
 * Scores the earlier date by the same method and rules (cuts that follow from the data are found anew)
 * and counts who moved where. `now` must hold the result's scores; `before` is kept beside it, so that dragging a cut
 * does not aggregate the earlier period again.
 */
export async function readMigration(
  db: Db,
  { now, before }: { readonly now: RfmTables; readonly before: RfmTables },
  result: RfmResult,
  compareWith: Day,
  options: CallOptions = {},
): Promise<Migration> {
  const scopeBefore = scopeAt(result.scope, compareWith);
  await before.prepare(scopeBefore, options);
  await before.score(result.scoring, result.rules, options);
  const rows = await db.query(flowsQuery(before.names, now.names), FLOWS_SHAPE, options);
  const flows = rows.map((row): MigrationFlow => ({
    before: row.segment_before as GroupId | null,
    now: row.segment_now as GroupId | null,
    customers: row.customers,
    revenueBefore: row.revenue_before,
    revenueNow: row.revenue_now,
  }));
  const sum = (keep: (flow: MigrationFlow) => boolean): number =>
    flows.filter(keep).reduce((total, { customers }) => total + customers, 0);
  return {
    compareWith,
    scopeBefore,
    flows,
    customersBefore: sum(({ before: from }) => from !== null),
    customersNow: sum(({ now }) => now !== null),
    stayed: sum(({ before: from, now }) => from !== null && from === now),
    moved: sum(({ before: from, now }) => from !== null && now !== null && from !== now),
    new: sum(({ before: from }) => from === null),
    lost: sum(({ now }) => now === null),
    statement: sql`${withBoth(result, scopeBefore)}${flowsQuery(PRINTED_BEFORE, PRINTED_NOW)}`,
  };
}

export const migrationSuffix = BEFORE;

/** The customers of one flow; null stands for those without a purchase in that period. */
export function selectFlow(
  result: RfmResult,
  migration: Pick<Migration, 'scopeBefore'>,
  before: GroupId | null,
  now: GroupId | null,
  title: string,
): CustomerSelection {
  const members = sql`${withBoth(result, migration.scopeBefore)}SELECT coalesce(n.customer_key, b.customer_key) AS customer_key
${joined(PRINTED_BEFORE, PRINTED_NOW)}
WHERE b.segment IS NOT DISTINCT FROM ${before} AND n.segment IS NOT DISTINCT FROM ${now}`;
  return { title, members, color: now === null ? undefined : GROUP_COLORS[now] };
}

const PRINTED_BEFORE = tableNames(BEFORE);
const PRINTED_NOW = tableNames('');

function joined(before: RfmTableNames, now: RfmTableNames): Sql {
  return sql`FROM ${before.scores} b FULL JOIN ${now.scores} n ON b.customer_key = n.customer_key`;
}

function flowsQuery(before: RfmTableNames, now: RfmTableNames): Sql {
  return sql`SELECT b.segment AS segment_before, n.segment AS segment_now, count(*) AS customers,
  coalesce(sum(b.money), 0) AS revenue_before, coalesce(sum(n.money), 0) AS revenue_now
${joined(before, now)}
GROUP BY b.segment, n.segment ORDER BY segment_before NULLS FIRST, segment_now NULLS LAST`;
}

const FLOWS_SHAPE = {
  segment_before: 'text?',
  segment_now: 'text?',
  customers: 'integer',
  revenue_before: 'decimal',
  revenue_now: 'decimal',
} as const;

function withBoth(result: Pick<RfmResult, 'scope' | 'scoring' | 'rules'>, scopeBefore: Scope): Sql {
  return sql`WITH ${tableDefinitions(scopeBefore, result.scoring, result.rules, PRINTED_BEFORE)},
${tableDefinitions(result.scope, result.scoring, result.rules, PRINTED_NOW)}
`;
}
