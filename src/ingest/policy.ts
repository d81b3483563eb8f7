import type { CallOptions, Db } from '../db/db';
import type { TableLayout } from '../db/schema';
import type { LineClass, Policy, PolicyGroup, PolicyOutcome } from './import-contract';
import { classOfStatus, saysPaidBack } from './policy-lexicon';
import * as statements from './policy.sql';

/** Values of a status column that are looked at one by one; lines with rarer ones are sales. */
const MOST_STATUSES = 200;

/** What is assumed until someone chooses otherwise. */
export const DEFAULT_POLICY: Policy = {
  returns: 'net',
  zeroOrders: 'leave-out',
  sameDay: 'separate',
  unidentified: 'leave-out',
  cancelMarks: 'return',
  statusClasses: {},
};

/** The policy for a dataset that nobody has looked at yet: each status classed by what it says. */
export function defaultPolicy(groups: readonly PolicyGroup[]): Policy {
  const statuses = groups.filter(({ group }) => group === 'status');
  return {
    ...DEFAULT_POLICY,
    statusClasses: Object.fromEntries(statuses.map((status) => [status.value, defaultClass(status)])),
  };
}

/** A refunded order written with the money that was paid comes to nothing; written below zero it is a return. */
function defaultClass({ value, amount }: PolicyGroup): LineClass {
  const lineClass = classOfStatus(value);
  return lineClass === 'return' && amount > 0 && saysPaidBack(value) ? 'leave-out' : lineClass;
}

/**
 * Makes the table `purchases` anew from order_lines, as the policy says. Under `one-each` it also adds a
 * row to `customers` for each unidentified order, and takes those of a policy before away.
 *
 * Cost: one pass where an order is one line, else one GROUP BY over the lines; one look-up of a customer an order.
 */
export async function applyPolicy(
  db: Db,
  layout: TableLayout,
  policy: Policy,
  options: CallOptions = {},
): Promise<void> {
  for (const statement of await policyStatements(db, layout, policy, options)) await db.exec(statement, options);
}

/** The statements of applyPolicy, for it to run and for the reader to see. */
export async function policyStatements(db: Db, layout: TableLayout, policy: Policy, options: CallOptions = {}) {
  const oneLineAnOrder = await hasOneLineAnOrder(db, options);
  return [
    statements.createPurchases(policy, layout, oneLineAnOrder),
    statements.dropMadeCustomers(),
    ...(policy.unidentified === 'one-each' ? [statements.insertMadeCustomers(layout)] : []),
  ];
}

/** What each choice of the policy is about, in lines, orders and money as written. Groups may overlap. */
export async function policyGroups(
  db: Db,
  layout: TableLayout,
  options: CallOptions = {},
): Promise<readonly PolicyGroup[]> {
  const rows = await db.query(
    statements.groups(layout, await hasOneLineAnOrder(db, options), MOST_STATUSES),
    { line_group: 'text', value: 'text', rows: 'integer', orders: 'integer', amount: 'decimal' },
    options,
  );
  return rows.map(({ line_group, ...row }) => ({ group: line_group as PolicyGroup['group'], ...row }));
}

/**
 * What the policy would come to. A line is counted when it is a sale of a purchase, left out when it
 * adds neither a purchase nor money, and netted otherwise. Purchases and customers are those with a
 * customer; revenue is of all, less what is netted.
 */
export async function policyOutcome(
  db: Db,
  layout: TableLayout,
  policy: Policy,
  options: CallOptions = {},
): Promise<PolicyOutcome> {
  const [row] = await db.query(
    statements.outcome(policy, layout, await hasOneLineAnOrder(db, options)),
    {
      lines: 'integer',
      lines_counted: 'integer',
      lines_left_out: 'integer',
      purchases: 'integer',
      customers: 'integer',
      revenue: 'decimal',
      revenue_identified: 'decimal',
    },
    options,
  );
  if (row === undefined) throw new RangeError('invalid outcome: no row');
  return {
    lines: row.lines,
    linesCounted: row.lines_counted,
    linesNetted: row.lines - row.lines_counted - row.lines_left_out,
    linesLeftOut: row.lines_left_out,
    purchases: row.purchases,
    customers: row.customers,
    revenue: row.revenue,
    revenueIdentified: row.revenue_identified,
  };
}

async function hasOneLineAnOrder(db: Db, options: CallOptions): Promise<boolean> {
  const shape = { lines: 'integer', orders: 'integer' } as const;
  const [counts] = await db.query(statements.countLinesAndOrders(), shape, options);
  return counts !== undefined && counts.lines === counts.orders;
}
