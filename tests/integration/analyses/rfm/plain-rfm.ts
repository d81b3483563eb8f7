/** RFM written again in plain JavaScript, by sorting and counting: the independent route of the tests. */
import { literal, Sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';

export interface PlainPurchase {
  readonly customer: string | null;
  /** `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS` */
  readonly at: string;
  readonly cents: number;
  readonly isPurchase: boolean;
}

export interface PlainCustomer {
  readonly id: string;
  readonly recencyDays: number;
  readonly frequency: number;
  readonly cents: number;
}

export type Scores = Readonly<Record<string, readonly [r: number, f: number, m: number]>>;

export const raw = (text: string): Sql => new Sql([text], []);

/** Fills `customers` and `purchases`; ids beyond those with purchases may be given. */
export async function fillTables(
  db: Db,
  purchases: readonly PlainPurchase[],
  moreIds: readonly string[] = [],
): Promise<void> {
  const ids = [
    ...new Set([...moreIds, ...purchases.flatMap(({ customer }) => (customer === null ? [] : [customer]))]),
  ].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const keys = new Map(ids.map((id, key) => [id, key]));
  await db.exec(raw('CREATE OR REPLACE TABLE customers (customer_key INTEGER, customer_id VARCHAR)'));
  await db.exec(
    raw(
      'CREATE OR REPLACE TABLE purchases (order_key INTEGER, customer_key INTEGER, ordered_at TIMESTAMP, amount DECIMAL(18, 2), is_purchase BOOLEAN)',
    ),
  );
  if (ids.length > 0)
    await db.exec(raw(`INSERT INTO customers VALUES ${ids.map((id, key) => `(${key}, ${literal(id)})`).join()}`));
  if (purchases.length === 0) return;
  const rows = purchases.map(
    ({ customer, at, cents, isPurchase }, order) =>
      `(${order}, ${customer === null ? 'NULL' : keys.get(customer)}, TIMESTAMP '${at}', ${(cents / 100).toFixed(2)}, ${isPurchase})`,
  );
  await db.exec(raw(`INSERT INTO purchases VALUES ${rows.join()}`));
}

/** The customers with a purchase before as-of, in the byte order of their ids. */
export function plainCustomers(purchases: readonly PlainPurchase[], asOf: string, from = ''): readonly PlainCustomer[] {
  const found = new Map<string, { last: string; frequency: number; cents: number }>();
  for (const { customer, at, cents, isPurchase } of purchases) {
    if (customer === null || at >= asOf || at < from) continue;
    const known = found.get(customer) ?? { last: '', frequency: 0, cents: 0 };
    found.set(customer, {
      last: isPurchase && at > known.last ? at : known.last,
      frequency: known.frequency + (isPurchase ? 1 : 0),
      cents: known.cents + cents,
    });
  }
  return [...found]
    .filter(([, { frequency }]) => frequency > 0)
    .map(([id, { last, frequency, cents }]) => ({
      id,
      recencyDays: (Date.parse(asOf) - Date.parse(last.slice(0, 10))) / 86_400_000,
      frequency,
      cents,
    }))
    .sort((a, b) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)));
}

/** Scores by rank: sort from worst to best (ids settle ties), deal the list into bins, the first ones one longer. */
export function scoresByRank(customers: readonly PlainCustomer[], bins: number): Scores {
  const rank = (goodness: (customer: PlainCustomer) => number): ReadonlyMap<string, number> => {
    const order = customers.map((customer, place) => ({ customer, place }));
    order.sort((a, b) => goodness(a.customer) - goodness(b.customer) || a.place - b.place);
    const scores = new Map<string, number>();
    let next = 0;
    for (let bin = 1; bin <= bins; bin++) {
      const size = Math.floor(customers.length / bins) + (bin <= customers.length % bins ? 1 : 0);
      for (let i = 0; i < size; i++) scores.set(order[next++]?.customer.id ?? '', bin);
    }
    return scores;
  };
  return combine(
    customers,
    rank((c) => -c.recencyDays),
    rank((c) => c.frequency),
    rank((c) => c.cents),
  );
}

/** Scores by cut points: the k-th cut is the ceil(n k / bins)-th smallest value; a value on the cut is below it. */
export function scoresByCuts(customers: readonly PlainCustomer[], bins: number): Scores {
  const cutsOf = (value: (customer: PlainCustomer) => number): readonly number[] => {
    const sorted = customers.map(value).sort((a, b) => a - b);
    return Array.from(
      { length: bins - 1 },
      (_, i) => sorted[Math.ceil((customers.length * (i + 1)) / bins) - 1] ?? Number.NaN,
    );
  };
  return scoresByGivenCuts(
    customers,
    cutsOf((c) => c.recencyDays),
    cutsOf((c) => c.frequency),
    cutsOf((c) => c.cents),
  );
}

export function scoresByGivenCuts(
  customers: readonly PlainCustomer[],
  recency: readonly number[],
  frequency: readonly number[],
  cents: readonly number[],
): Scores {
  const above = (value: number, cuts: readonly number[]): number => cuts.filter((cut) => value > cut).length;
  const map = (score: (customer: PlainCustomer) => number): ReadonlyMap<string, number> =>
    new Map(customers.map((c) => [c.id, score(c)]));
  return combine(
    customers,
    map((c) => recency.length + 1 - above(c.recencyDays, recency)),
    map((c) => 1 + above(c.frequency, frequency)),
    map((c) => 1 + above(c.cents, cents)),
  );
}

function combine(
  customers: readonly PlainCustomer[],
  r: ReadonlyMap<string, number>,
  f: ReadonlyMap<string, number>,
  m: ReadonlyMap<string, number>,
): Scores {
  return Object.fromEntries(customers.map(({ id }) => [id, [r.get(id) ?? 0, f.get(id) ?? 0, m.get(id) ?? 0] as const]));
}

/** The customary 11 names by recency and combined score of five, written out as a table. */
export function plainSegment(r: number, f: number, m: number): string {
  const map: Readonly<Record<number, readonly string[]>> = {
    5: ['new', 'potential-loyalist', 'potential-loyalist', 'champions', 'champions'],
    4: ['promising', 'potential-loyalist', 'potential-loyalist', 'loyal', 'loyal'],
    3: ['about-to-sleep', 'about-to-sleep', 'needs-attention', 'loyal', 'loyal'],
    2: ['hibernating', 'hibernating', 'at-risk', 'at-risk', 'cant-lose'],
    1: ['lost', 'lost', 'at-risk', 'at-risk', 'cant-lose'],
  };
  return map[r]?.[Math.round((f + m) / 2) - 1] ?? '';
}
