import { ident, sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import { LEFT_OUT_REASONS, type ImportReport, type LeftOutCount } from '../file-preview';
import type { JoinFigures } from './dataset-contract';
import type { LoadedPart } from './load-part';
import { INCOMING } from './part-names';

const table = (name: string) => ident(name + INCOMING);

/** The account of several files of orders together. Customers are counted once they are linked. */
export async function combinedReport(
  db: Db,
  reports: readonly ImportReport[],
  options: CallOptions,
): Promise<ImportReport> {
  const sum = (value: (report: ImportReport) => number): number => reports.reduce((all, each) => all + value(each), 0);
  return {
    rowsRead: sum(({ rowsRead }) => rowsRead),
    rowsUsed: sum(({ rowsUsed }) => rowsUsed),
    blankLines: sum(({ blankLines }) => blankLines),
    titleLines: sum(({ titleLines }) => titleLines),
    leftOut: addUp(reports.flatMap(({ leftOut }) => leftOut)),
    leftOutNotKept: sum(({ leftOutNotKept }) => leftOutNotKept),
    amountsRounded: sum(({ amountsRounded }) => amountsRounded),
    ...(await countLines(db, options)),
  };
}

/**
 * The account of orders whose heads and lines stand in two files. Its rows are the lines, and the orders
 * that have none; a head that has lines is no row of its own.
 */
export async function joinedReport(
  db: Db,
  heads: readonly LoadedPart[],
  items: readonly LoadedPart[],
  join: JoinFigures,
  options: CallOptions,
): Promise<ImportReport> {
  const [lost] = await db.query(
    sql`SELECT
  (SELECT count(*) FROM ${table('line_keys')} WHERE order_key NOT IN (SELECT order_key FROM ${table('order_lines')})) AS without_money,
  (SELECT count(*) FROM ${table('order_keys')} WHERE order_key NOT IN (SELECT order_key FROM ${table('order_lines')})
    AND order_key NOT IN (SELECT order_key FROM ${table('line_keys')} WHERE order_key IS NOT NULL)) AS without_lines`,
    { without_money: 'integer', without_lines: 'integer' },
    options,
  );
  const ofItems = items.flatMap(({ report }) => report.leftOut.flatMap(ofOrders));
  const joining: LeftOutCount[] = [
    { reason: 'no-amount', rows: lost?.without_money ?? 0 },
    { reason: 'order-not-found', rows: join.itemsWithoutOrder },
    { reason: 'order-without-lines', rows: lost?.without_lines ?? 0 },
  ];
  const leftOut = addUp([...ofItems, ...joining]);
  const rowsRead = items.reduce((all, { report }) => all + report.rowsRead, 0) + join.ordersWithoutItems;
  const parts = [...heads, ...items].map(({ report }) => report);
  return {
    rowsRead,
    rowsUsed: rowsRead - leftOut.reduce((all, { rows }) => all + rows, 0),
    blankLines: parts.reduce((all, { blankLines }) => all + blankLines, 0),
    titleLines: parts.reduce((all, { titleLines }) => all + titleLines, 0),
    leftOut,
    leftOutNotKept: items.reduce((all, { report }) => all + report.leftOutNotKept, 0),
    amountsRounded: 0,
    ...(await countLines(db, options)),
  };
}

/** A reason that lines of orders have as well; every one that a file of lines can have is. */
function ofOrders({ reason, rows }: { readonly reason: string; readonly rows: number }): readonly LeftOutCount[] {
  const known = LEFT_OUT_REASONS.find((each) => each === reason);
  return known === undefined ? [] : [{ reason: known, rows }];
}

function addUp(counts: readonly LeftOutCount[]): readonly LeftOutCount[] {
  return LEFT_OUT_REASONS.map((reason) => ({
    reason,
    rows: counts.filter((count) => count.reason === reason).reduce((sum, { rows }) => sum + rows, 0),
  })).filter(({ rows }) => rows > 0);
}

type LineCounts = Pick<
  ImportReport,
  | 'rowsWithoutCustomer'
  | 'customers'
  | 'orders'
  | 'ordersSplitByCustomer'
  | 'cancelMarks'
  | 'firstOrderedAt'
  | 'lastOrderedAt'
>;

async function countLines(db: Db, options: CallOptions): Promise<LineCounts> {
  const [row] = await db.query(
    sql`SELECT count(*) FILTER (WHERE account_key IS NULL) AS without_customer, count(DISTINCT account_key) AS accounts,
  count(*) FILTER (WHERE cancel_mark) AS cancel_marks, min(ordered_at) AS first_at, max(ordered_at) AS last_at,
  (SELECT count(*) FROM ${table('orders')}) AS orders,
  (SELECT count(*) FROM (SELECT order_id FROM ${table('orders')} WHERE order_id IS NOT NULL GROUP BY order_id HAVING count(*) > 1)) AS split
FROM ${table('order_lines')}`,
    {
      without_customer: 'integer',
      accounts: 'integer',
      cancel_marks: 'integer',
      first_at: 'time?',
      last_at: 'time?',
      orders: 'integer',
      split: 'integer',
    },
    options,
  );
  if (row === undefined) throw new RangeError('invalid counts: no row');
  return {
    rowsWithoutCustomer: row.without_customer,
    customers: row.accounts,
    orders: row.orders,
    ordersSplitByCustomer: row.split,
    cancelMarks: row.cancel_marks,
    firstOrderedAt: row.first_at ?? Number.NaN,
    lastOrderedAt: row.last_at ?? Number.NaN,
  };
}
