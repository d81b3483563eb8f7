import { addMoney } from '../../core/money';
import { sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { Scope } from '../analysis';
import { membersOf, VALUES_SHAPE, valuesQuery, type Held } from './overview.sql';
import type { Breakdown } from './overview-params';

/** Values with a row of their own; the others are summed up in one. */
export const MOST_VALUES = 12;

/** So many rises and so many falls are named. */
export const MOST_CHANGES = 4;

/** Below so many customers in both periods a change is named as resting on few. */
export const FEW_CUSTOMERS = 30;

/** Money and customers of one value, or of several. */
export interface ValueFigures {
  readonly revenue: number;
  /** With a purchase that has the value. */
  readonly customers: number;
  /** Of the period before; null where there is none. */
  readonly revenueBefore: number | null;
  readonly customersBefore: number | null;
}

export interface BreakdownRow extends ValueFigures {
  readonly held: Held;
}

export interface BreakdownResult {
  readonly breakdown: Breakdown;
  /** The values with the most revenue in either period, then the rest, then what has none. Revenue sums to the period's. */
  readonly rows: readonly BreakdownRow[];
  /** Every value, without what has none. */
  readonly values: readonly NamedValue[];
}

export interface NamedValue extends ValueFigures {
  readonly value: string;
}

/** A value whose revenue is another than in the period before. */
export interface Change extends NamedValue {
  readonly breakdown: Breakdown;
  readonly change: number;
  /** True where fewer than FEW_CUSTOMERS are behind it in both periods. */
  readonly isOfFew: boolean;
}

/** Revenue and customers of a breakdown in both periods. Cost: two passes over the lines, two more where values are summed up. */
export async function readBreakdown(
  db: Db,
  breakdown: Breakdown,
  now: Scope,
  before: Scope | null,
  options: CallOptions,
): Promise<BreakdownResult> {
  const rowsNow = await db.query(valuesQuery(breakdown, now), VALUES_SHAPE, options);
  const rowsBefore = before === null ? [] : await db.query(valuesQuery(breakdown, before), VALUES_SHAPE, options);
  const found = new Map<string | null, ValueFigures>();
  const nothing = before === null ? null : 0;
  for (const { value, revenue, customers } of rowsNow) {
    found.set(value, { revenue, customers, revenueBefore: nothing, customersBefore: nothing });
  }
  for (const { value, revenue, customers } of rowsBefore) {
    const known = found.get(value) ?? { revenue: 0, customers: 0 };
    found.set(value, { ...known, revenueBefore: revenue, customersBefore: customers });
  }
  const values = [...found]
    .flatMap(([value, figures]) => (value === null ? [] : [{ value, ...figures }]))
    .toSorted((a, b) => most(b) - most(a) || (a.value < b.value ? -1 : 1));
  const isSummed = values.length > MOST_VALUES + 1;
  const named = isSummed ? values.slice(0, MOST_VALUES) : values;
  const rows: BreakdownRow[] = named.map(({ value, ...figures }) => ({ held: { kind: 'value', value }, ...figures }));
  if (isSummed) rows.push(await readRest(db, breakdown, values, now, before, options));
  const missing = found.get(null);
  if (missing !== undefined) rows.push({ held: { kind: 'missing' }, ...missing });
  return { breakdown, rows, values };
}

function most({ revenue, revenueBefore }: ValueFigures): number {
  return Math.max(revenue, revenueBefore ?? revenue);
}

async function readRest(
  db: Db,
  breakdown: Breakdown,
  values: readonly NamedValue[],
  now: Scope,
  before: Scope | null,
  options: CallOptions,
): Promise<BreakdownRow> {
  const held: Held = { kind: 'rest', named: values.slice(0, MOST_VALUES).map(({ value }) => value) };
  const rest = values.slice(MOST_VALUES);
  const count = async (scope: Scope): Promise<number> => {
    const statement = sql`SELECT count(*) AS customers FROM (${membersOf(breakdown, held, scope)})`;
    return (await db.query(statement, { customers: 'integer' }, options))[0]?.customers ?? 0;
  };
  return {
    held,
    revenue: rest.reduce((sum, { revenue }) => addMoney(sum, revenue), 0),
    customers: await count(now),
    revenueBefore: before === null ? null : rest.reduce((sum, value) => addMoney(sum, value.revenueBefore ?? 0), 0),
    customersBefore: before === null ? null : await count(before),
  };
}

/**
 * The values of all breakdowns whose revenue has changed, the largest change first, whichever its sign. A breakdown with one
 * value says no more than the total and is passed over; so is what has no value. Empty without a period before.
 */
export function revenueChanges(breakdowns: readonly BreakdownResult[]): readonly Change[] {
  return breakdowns
    .flatMap(({ breakdown, values }) =>
      values.length < 2
        ? []
        : values.map((value) => ({
            ...value,
            breakdown,
            change: value.revenueBefore === null ? 0 : addMoney(value.revenue, -value.revenueBefore),
            isOfFew: Math.max(value.customers, value.customersBefore ?? 0) < FEW_CUSTOMERS,
          })),
    )
    .filter(({ change }) => change !== 0)
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
}

/** The largest rises, then the largest falls. */
export function namedChanges(changes: readonly Change[]): readonly Change[] {
  const rises = changes.filter(({ change }) => change > 0);
  const falls = changes.filter(({ change }) => change < 0);
  return [...rises.slice(0, MOST_CHANGES), ...falls.slice(0, MOST_CHANGES)];
}
