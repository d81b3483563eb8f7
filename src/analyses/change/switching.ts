import { addMoney } from '../../core/money';
import type { Row } from '../../db/shape';
import { roundToTotal } from '../../kernels/decomposition/round-to-total';
import type { LabelValue } from './change-params';
import { largestFirst } from './revenue-tree';
import type { GainPart, PARTNERS_SHAPE, SWITCHING_SHAPE } from './switching.sql';

/** A value of a label in both periods and where its change comes from. */
export interface GainLoss {
  /** Null = lines that have none. */
  readonly name: string | null;
  readonly before: number;
  readonly now: number;
  readonly change: number;
  /** Who paid more than nothing for it. */
  readonly customersBefore: number;
  readonly customersNow: number;
  /** Money; with `unidentified` they sum to `change` exactly. */
  readonly parts: Readonly<Record<GainPart, number>>;
  /** How many customers each part counts. */
  readonly customers: Readonly<Record<GainPart, number>>;
  readonly unidentified: number;
}

export function gainLossOf(row: Row<typeof SWITCHING_SHAPE>): GainLoss {
  const switchedIn = addMoney(row.wholly_in, row.partly_in);
  const switchedOut = addMoney(row.wholly_out, row.partly_out);
  return {
    name: row.name,
    before: row.before,
    now: row.now,
    change: addMoney(row.now, -row.before),
    customersBefore: row.customers_before,
    customersNow: row.customers_now,
    parts: {
      new: row.new_change,
      lost: row.lost_change,
      more: addMoney(row.gained, -switchedIn),
      less: addMoney(row.given_up, -switchedOut),
      switchedIn,
      switchedOut,
      without: row.without_change,
    },
    customers: {
      new: row.new_customers,
      lost: row.lost_customers,
      more: row.more_customers,
      less: row.less_customers,
      switchedIn: row.in_customers,
      switchedOut: row.out_customers,
      without: row.without_customers,
    },
    unidentified: row.unidentified_change,
  };
}

/** What came to the value looked at from another, and what went there. Money to the cent, zero or above. */
export interface Partner {
  readonly name: string | null;
  readonly came: number;
  readonly cameCustomers: number;
  readonly went: number;
  readonly wentCustomers: number;
}

/** The partners of a value, whose money sums to its switchedIn and switchedOut exactly. */
export function partnersOf(rows: readonly Row<typeof PARTNERS_SHAPE>[], { parts }: GainLoss): readonly Partner[] {
  const came = roundToTotal(
    rows.map((row) => row.came),
    parts.switchedIn,
  );
  const went = roundToTotal(
    rows.map((row) => row.went),
    addMoney(0, -parts.switchedOut),
  );
  return rows.map((row, i) => ({
    name: row.name,
    came: came[i] ?? 0,
    cameCustomers: row.came_customers,
    went: went[i] ?? 0,
    wentCustomers: row.went_customers,
  }));
}

/** The value looked at: the one chosen, else the one whose revenue changed most; null without values. */
export function focusOf(values: readonly GainLoss[], focus: LabelValue | null): GainLoss | null {
  const chosen = focus === null ? undefined : values.find(({ name }) => name === focus.name);
  return chosen ?? largestFirst(values, ({ change }) => change)[0] ?? null;
}
