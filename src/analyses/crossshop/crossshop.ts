import { addMoney } from '../../core/money';
import type { Sql } from '../../core/sql';
import { SALE_LABELS, type SaleLabel } from '../../ingest/sale-tables/sale-tables';
import type { Analysis, Population, RunContext, Scope } from '../analysis';
import { readPopulation } from '../population';
import {
  CROSSSHOP_DEFAULTS,
  DEFAULT_SETS,
  FEWEST_SETS,
  validateCrossShop,
  type CrossShopParams,
  type ValueSet,
} from './crossshop-params';
import { combinationsStatement, COMBINATIONS_SHAPE, valuesStatement, VALUES_SHAPE } from './crossshop.sql';

/** What some customers come to together. */
export interface Shoppers {
  readonly customers: number;
  readonly orders: number;
  /** All that they spent, in the sets and elsewhere. */
  readonly revenue: number;
  /** Of all who bought, 0..1; NaN without any. */
  readonly customerShare: number;
  /** Of the money of all who bought; NaN where that is not above zero. */
  readonly revenueShare: number;
}

/** Customers who bought in exactly these sets and in no other. */
export interface Combination extends Shoppers {
  /** Bit i = set i; 0 = in none of them. */
  readonly mask: number;
}

/** Customers who bought in so many of the sets. */
export interface SetCount extends Shoppers {
  readonly sets: number;
}

/** Customers who bought in both of two sets. */
export interface Overlap {
  readonly customers: number;
  /** Of those who bought in the first, how many also did in the second, 0..1; NaN without any. */
  readonly share: number;
  /** That share over the share of all who bought; 1 = no more than anybody. NaN without buyers of either. */
  readonly lift: number;
}

export interface CrossShopResult {
  readonly scope: Scope;
  readonly population: Population;
  /** What the data can be told apart by; empty where the lines have no label. */
  readonly dimensions: readonly SaleLabel[];
  readonly dimension: SaleLabel | null;
  /** What there is to choose from, the most revenue first. */
  readonly values: readonly { readonly value: string; readonly revenue: number }[];
  readonly sets: readonly ValueSet[];
  /** Those that anybody has, by mask; they sum to everyone who bought. Empty with fewer than two sets. */
  readonly combinations: readonly Combination[];
  /** From none to all of the sets. */
  readonly setCounts: readonly SetCount[];
  /** overlaps[a][b]; null on the diagonal. */
  readonly overlaps: readonly (readonly (Overlap | null)[])[];
  /** Customers without a purchase in scope but with rows, such as refunds; with the combinations they sum to the population's revenue. */
  readonly withoutPurchase: { readonly customers: number; readonly revenue: number };
  /** Behind the values and the combinations; null where there are none. */
  readonly statements: { readonly values: Sql | null; readonly combinations: Sql | null };
}

type Sums = Pick<Shoppers, 'customers' | 'orders' | 'revenue'>;

const NOBODY: Sums = { customers: 0, orders: 0, revenue: 0 };

function add(a: Sums, b: Sums): Sums {
  return {
    customers: a.customers + b.customers,
    orders: a.orders + b.orders,
    revenue: addMoney(a.revenue, b.revenue),
  };
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : Number.NaN;
}

function withShares(sums: Sums, all: Sums): Shoppers {
  return {
    ...sums,
    customerShare: share(sums.customers, all.customers),
    revenueShare: share(sums.revenue, all.revenue),
  };
}

/** How many sets a mask names. */
export function setsIn(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

/** Customers who bought in all sets of the mask, and perhaps in others. */
export function customersIn(combinations: readonly Combination[], mask: number): number {
  return combinations.reduce((sum, one) => ((one.mask & mask) === mask ? sum + one.customers : sum), 0);
}

function overlapsOf(combinations: readonly Combination[], sets: number, everyone: number): CrossShopResult['overlaps'] {
  const places = Array.from({ length: sets }, (_, place) => place);
  return places.map((a) =>
    places.map((b) => {
      if (a === b) return null;
      const customers = customersIn(combinations, (1 << a) | (1 << b));
      const ofFirst = share(customers, customersIn(combinations, 1 << a));
      return { customers, share: ofFirst, lift: share(ofFirst, share(customersIn(combinations, 1 << b), everyone)) };
    }),
  );
}

async function run({ db, tables, scope, signal }: RunContext, params: CrossShopParams): Promise<CrossShopResult> {
  const { labels } = await tables.lines({ signal });
  const population = await readPopulation(db, scope, { signal });
  const dimensions = SALE_LABELS.filter((label) => labels.includes(label));
  const isThere = params.dimension !== null && dimensions.includes(params.dimension);
  const dimension = isThere ? params.dimension : (dimensions[0] ?? null);
  const bare = { scope, population, dimensions, dimension, withoutPurchase: { customers: 0, revenue: 0 } };
  const empty = {
    values: [],
    sets: [],
    combinations: [],
    setCounts: [],
    overlaps: [],
    statements: { values: null, combinations: null },
  };
  if (dimension === null) return { ...bare, ...empty };
  const choice = valuesStatement(scope, dimension);
  const values = await db.query(choice, VALUES_SHAPE, { signal });
  const largest = values.slice(0, DEFAULT_SETS).map(({ value }) => [value]);
  const sets = isThere ? (params.sets ?? largest) : largest;
  if (sets.length < FEWEST_SETS)
    return { ...bare, ...empty, values, sets, statements: { values: choice, combinations: null } };
  const statement = combinationsStatement(scope, dimension, sets);
  const rows = await db.query(statement, COMBINATIONS_SHAPE, { signal });
  const buyers = rows.filter((row) => row.combination !== null);
  const all = buyers.reduce<Sums>(add, NOBODY);
  const combinations = buyers.map(({ combination, ...sums }) => ({ mask: combination ?? 0, ...withShares(sums, all) }));
  const others = rows.filter((row) => row.combination === null).reduce<Sums>(add, NOBODY);
  return {
    ...bare,
    values,
    sets,
    combinations,
    setCounts: Array.from({ length: sets.length + 1 }, (_, count) => ({
      sets: count,
      ...withShares(combinations.filter(({ mask }) => setsIn(mask) === count).reduce<Sums>(add, NOBODY), all),
    })),
    overlaps: overlapsOf(combinations, sets.length, all.customers),
    withoutPurchase: { customers: others.customers, revenue: others.revenue },
    statements: { values: choice, combinations: statement },
  };
}

export const crossshop = {
  id: 'crossshop' as const,
  defaults: CROSSSHOP_DEFAULTS,
  validate: validateCrossShop,
  run,
} satisfies Analysis<CrossShopParams, CrossShopResult>;
