import { addMoney } from '../../core/money';
import { contributionsOfFactors, type DecompositionMethod } from '../../kernels/decomposition/factor-contributions';
import { roundToTotal } from '../../kernels/decomposition/round-to-total';

/** What one period comes to. Money sums exactly: revenue + refunds + unidentified is all of it. */
export interface Sums {
  /** Known customers with an order, their orders, their items less returned ones, and their revenue less refunds. */
  readonly customers: number;
  readonly orders: number;
  readonly items: number;
  readonly revenue: number;
  /** Of known customers without an order in the period: zero or below, for what they bought earlier. */
  readonly refunds: number;
  /** Customers behind `refunds`. */
  readonly refunded: number;
  /** Of orders of nobody known. */
  readonly unidentified: number;
}

/** The factors whose product is the revenue of those who bought. */
export const FACTORS = ['customers', 'ordersPerCustomer', 'itemsPerOrder', 'pricePerItem'] as const;
export type Factor = (typeof FACTORS)[number];

/** What a change of revenue is made of. */
export const PARTS = [...FACTORS, 'refunds', 'unidentified'] as const;
export type Part = (typeof PARTS)[number];

export interface Decomposition {
  readonly before: Sums;
  readonly now: Sums;
  /** All revenue now less all revenue before. */
  readonly change: number;
  readonly method: DecompositionMethod;
  /**
   * False where the items of a period with customers come to zero or less, so that there is no price: then pricePerItem
   * holds what the spending per order contributes, and itemsPerOrder nothing.
   */
  readonly hasItems: boolean;
  /** Money to the cent; they sum to `change` exactly. */
  readonly parts: Readonly<Record<Part, number>>;
}

export const NO_SUMS: Sums = {
  customers: 0,
  orders: 0,
  items: 0,
  revenue: 0,
  refunds: 0,
  refunded: 0,
  unidentified: 0,
};

export function addSums(a: Sums, b: Sums): Sums {
  return {
    customers: a.customers + b.customers,
    orders: a.orders + b.orders,
    items: addMoney(a.items, b.items),
    revenue: addMoney(a.revenue, b.revenue),
    refunds: addMoney(a.refunds, b.refunds),
    refunded: a.refunded + b.refunded,
    unidentified: addMoney(a.unidentified, b.unidentified),
  };
}

export function allRevenue({ revenue, refunds, unidentified }: Sums): number {
  return addMoney(addMoney(revenue, refunds), unidentified);
}

/** The four factors; NaN where a period has nothing to divide by. */
export function factorsOf({ customers, orders, items, revenue }: Sums): Readonly<Record<Factor, number>> {
  return {
    customers,
    ordersPerCustomer: customers === 0 ? Number.NaN : orders / customers,
    itemsPerOrder: orders === 0 ? Number.NaN : items / orders,
    pricePerItem: items === 0 ? Number.NaN : revenue / items,
  };
}

/**
 * Shares out the change of revenue. The factors' contributions are exact up to rounding to cents, which the largest takes.
 * Where one period has no customer its ratios are unknown and taken to be those of the other: all is due to customers.
 */
export function decompose(before: Sums, now: Sums): Decomposition {
  const hasItems = [before, now].every(({ customers, items }) => customers === 0 || items > 0);
  const { method, contributions } = contributionsOfFactors(
    productOf(before, now, hasItems),
    productOf(now, before, hasItems),
  );
  const rounded = roundToTotal(contributions, addMoney(now.revenue, -before.revenue));
  const [customers = 0, ordersPerCustomer = 0, third = 0, fourth = 0] = rounded;
  return {
    before,
    now,
    change: addMoney(allRevenue(now), -allRevenue(before)),
    method,
    hasItems,
    parts: {
      customers,
      ordersPerCustomer,
      itemsPerOrder: hasItems ? third : 0,
      pricePerItem: hasItems ? fourth : third,
      refunds: addMoney(now.refunds, -before.refunds),
      unidentified: addMoney(now.unidentified, -before.unidentified),
    },
  };
}

/** The factors whose product is the revenue of a period, with the ratios of the other where it has no customers. */
function productOf(sums: Sums, other: Sums, hasItems: boolean): number[] {
  const { customers, orders, items, revenue } = sums.customers > 0 ? sums : other;
  if (customers === 0) return [0];
  const perCustomer = [sums.customers, orders / customers];
  return hasItems ? [...perCustomer, items / orders, revenue / items] : [...perCustomer, revenue / orders];
}

/** The period whose customers stand for the refunds: this one, or that before where there are no more. */
export function sideOfRefunds({ now }: Pick<Decomposition, 'now'>): 'before' | 'now' {
  return now.refunded > 0 ? 'now' : 'before';
}

/** The part that moved revenue most, either way; the first of equal ones. */
export function largestPart({ parts }: Pick<Decomposition, 'parts'>): Part {
  return PARTS.reduce((best, part) => (Math.abs(parts[part]) > Math.abs(parts[best]) ? part : best));
}

/** The rows whose change is largest, either way, first; equal ones keep their order. */
export function largestFirst<Row>(rows: readonly Row[], changeOf: (row: Row) => number): readonly Row[] {
  return rows.toSorted((a, b) => Math.abs(changeOf(b)) - Math.abs(changeOf(a)));
}
