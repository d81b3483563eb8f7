import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { change, type ChangeFigures, type ChangeResult } from '../../../../src/analyses/change/change';
import { CHANGE_DEFAULTS, type ChangeParams } from '../../../../src/analyses/change/change-params';
import { SIDES, type State } from '../../../../src/analyses/change/change.sql';
import { allRevenue, FACTORS, PARTS, type Sums } from '../../../../src/analyses/change/revenue-tree';
import {
  selectBuyers,
  selectGroup,
  selectPair,
  selectPart,
  selectRefunded,
  selectStates,
  selectValue,
} from '../../../../src/analyses/change/selections';
import { partnersOf, type GainLoss } from '../../../../src/analyses/change/switching';
import { GAIN_PARTS, PARTNERS_SHAPE, partnersQuery } from '../../../../src/analyses/change/switching.sql';
import { addDays } from '../../../../src/core/dates';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import {
  count,
  fillTables,
  plainFlows,
  plainSpending,
  plainState,
  plainSums,
  TABLES,
  type PlainLine,
  type PlainSums,
} from './plain-change';

let db: Db;
beforeAll(() => {
  db = createNodeDb();
});
afterAll(() => db.close());

const BEFORE = { from: '2024-02-01', to: '2024-03-01' };
const NOW = { from: '2024-03-01', to: '2024-04-01' };
const SCOPE: Scope = { asOf: '2024-04-01', from: null, audience: null };
const MONTHS: ChangeParams = { ...CHANGE_DEFAULTS, periods: { ...CHANGE_DEFAULTS.periods, span: 'month' } };

let nextOrder = 0;
/** An order of one line of one piece each unless told. */
function line(customer: string | null, at: string, cents: number, more: Partial<PlainLine> = {}): PlainLine {
  return { order: ++nextOrder, customer, at, cents, quantity: 1, category: 'a', channel: 'shop', ...more };
}

async function run(lines: readonly PlainLine[], params = MONTHS, scope = SCOPE): Promise<ChangeResult> {
  await fillTables(db, lines, { ann: 'f', bob: 'm', "o'neil": 'f' });
  return change.run({ db, tables: TABLES, scope, churnWindowDays: null }, params);
}

async function figuresOf(lines: readonly PlainLine[], params = MONTHS, scope = SCOPE): Promise<ChangeFigures> {
  const { figures } = await run(lines, params, scope);
  if (figures === null) throw new Error('no figures');
  return figures;
}

const cents = (amount: number): number => Math.round(amount * 100);
const inCents = ({ refunded, customers, orders, items, revenue, refunds, unidentified }: Sums): PlainSums => ({
  refunded,
  customers,
  orders,
  items,
  revenue: cents(revenue),
  refunds: cents(refunds),
  unidentified: cents(unidentified),
});

describe('the revenue tree', () => {
  it('is the one computed by hand', async () => {
    // Before: 2 customers, 2 orders, 4 items, 80.00. Now: 2 customers, 4 orders, 8 items, 240.00.
    const { total } = await figuresOf([
      line('ann', '2024-02-03', 3000, { quantity: 1 }),
      line('bob', '2024-02-29 23:59:59', 5000, { quantity: 3 }),
      line('ann', '2024-03-01 00:00:00', 6000, { quantity: 2 }),
      line('ann', '2024-03-09', 6000, { quantity: 2 }),
      line("o'neil", '2024-03-31 23:59:59', 9000, { quantity: 3 }),
      line("o'neil", '2024-03-20', 3000, { quantity: 1 }),
      line('bob', '2024-04-01 00:00:00', 99_900),
    ]);
    expect(inCents(total.before)).toEqual({
      customers: 2,
      orders: 2,
      items: 4,
      refunded: 0,
      revenue: 8000,
      refunds: 0,
      unidentified: 0,
    });
    expect(inCents(total.now)).toEqual({
      customers: 2,
      orders: 4,
      items: 8,
      refunded: 0,
      revenue: 24_000,
      refunds: 0,
      unidentified: 0,
    });
    // L(240, 80) = 160 / ln 3 = 145.638; orders a customer x2: 100.95, price 20 -> 30: 59.05, items an order 2 -> 2: 0.
    expect(total.method).toBe('lmdi');
    expect(total.parts).toEqual({
      customers: 0,
      ordersPerCustomer: 100.95,
      itemsPerOrder: 0,
      pricePerItem: 59.05,
      refunds: 0,
      unidentified: 0,
    });
  });

  it('gives all of the change to the customers where one period has none, and to the refunds and the unknown what is theirs', async () => {
    const { total } = await figuresOf([
      line('ann', '2024-02-10', -1500, { quantity: -1 }),
      line(null, '2024-02-10', 2000),
      line('ann', '2024-03-05', 7000, { quantity: 2 }),
      line('bob', '2024-03-05', -250, { quantity: -1 }),
    ]);
    expect(total).toMatchObject({ change: 62.5, method: 'shapley', hasItems: true });
    expect(total.parts).toEqual({
      customers: 70,
      ordersPerCustomer: 0,
      itemsPerOrder: 0,
      pricePerItem: 0,
      refunds: 12.5,
      unidentified: -20,
    });
  });

  it('shares by Shapley where refunds take more than was bought, and joins items and price where no item is left', async () => {
    const lines = [
      line('ann', '2024-02-03', 4000, { quantity: 4 }),
      line('ann', '2024-03-03', 4000, { quantity: 4 }),
      line('ann', '2024-03-04', -10_000, { quantity: -2 }),
    ];
    // 1 x 1 x 4 x 10 to 1 x 1 x 2 x -30: items 4 -> 2 at the mean price -10, price 10 -> -30 at the mean of 3 items.
    const negative = await figuresOf(lines);
    expect(negative.total).toMatchObject({ change: -100, method: 'shapley', hasItems: true });
    expect(negative.total.parts).toMatchObject({
      customers: 0,
      ordersPerCustomer: 0,
      itemsPerOrder: 20,
      pricePerItem: -120,
    });
    const { total } = await figuresOf([...lines, line('ann', '2024-03-05', -100, { quantity: -2 })]);
    expect(total).toMatchObject({ change: -101, method: 'shapley', hasItems: false });
    expect(total.parts).toMatchObject({ customers: 0, ordersPerCustomer: 0, itemsPerOrder: 0, pricePerItem: -101 });
  });

  it('says so when there is nothing before, and nothing at all', async () => {
    const alone = await run([line('ann', '2024-03-05', 7000)]);
    expect([alone.periods?.before, alone.figures, alone.population.customers]).toEqual([null, null, 1]);
    const empty = await run([]);
    expect([empty.periods, empty.figures, empty.population.orders]).toEqual([null, null, 0]);
  });

  it('is of an empty period what it is of zero', async () => {
    const { total, states } = await figuresOf([line('ann', '2024-02-05', 7000), line('ann', '2024-01-05', 7000)]);
    expect(total.parts).toMatchObject({ customers: -70, ordersPerCustomer: 0, pricePerItem: 0 });
    expect(states.map(({ state, customers }) => [state, customers])).toEqual([['lapsed', 1]]);
  });
});

describe('new, repeating and lapsed', () => {
  it('count who paid more than nothing in the one, the other or both', async () => {
    const { states, comparison } = await figuresOf([
      line('new', '2024-03-02', 1000),
      line('lapsed', '2024-02-02', 1000),
      line('more', '2024-02-02', 1000),
      line('more', '2024-03-02', 1001),
      line('less', '2024-02-02', 1000),
      line('less', '2024-03-02', 999),
      line('same', '2024-02-02', 1000),
      line('same', '2024-03-02', 1000),
      // Bought in March, but refunds took all of it back: lapsed, and a customer without value once February is gone too.
      line('refunded', '2024-02-02', 500),
      line('refunded', '2024-03-02', 500),
      line('refunded', '2024-03-03', -500),
      line('nothing', '2024-03-02', -300),
      line(null, '2024-03-02', 4000),
    ]);
    expect(
      states.map(({ state, customers, before, now }) => [state, customers, allRevenue(before), allRevenue(now)]),
    ).toEqual([
      ['lapsed', 2, 15, 0],
      ['less', 1, 10, 9.99],
      ['same', 1, 10, 10],
      ['more', 1, 10, 10.01],
      ['new', 1, 0, 10],
      ['without', 1, 0, -3],
      ['unidentified', 0, 0, 40],
    ]);
    expect(await count(db, selectStates(comparison, ['less', 'same', 'more'], '').members)).toBe(3);
  });
});

describe('gain and loss', () => {
  /** Before and now of both categories, in whole units of money. */
  const two = (customer: string, before: readonly [number, number], now: readonly [number, number]): PlainLine[] =>
    (['a', 'b'] as const).flatMap((category, i) => [
      ...(before[i] === 0 ? [] : [line(customer, '2024-02-15', (before[i] ?? 0) * 100, { category })]),
      ...(now[i] === 0 ? [] : [line(customer, '2024-03-15', (now[i] ?? 0) * 100, { category })]),
    ]);

  it('between two values is that of openretailscience on the customers its own tests use', async () => {
    const { switching } = await figuresOf([
      ...two('101', [0, 0], [100, 0]),
      ...two('102', [80, 0], [0, 0]),
      ...two('103', [100, 100], [150, 120]),
      ...two('104', [100, 100], [60, 80]),
      ...two('105', [100, 100], [150, 20]),
      ...two('106', [100, 100], [50, 180]),
      ...two('107', [100, 100], [150, 80]),
      ...two('108', [100, 100], [50, 110]),
    ]);
    const a = switching?.values[0];
    expect(a?.parts).toEqual({
      new: 100,
      lost: -80,
      more: 80,
      less: -80,
      switchedIn: 70,
      switchedOut: -60,
      without: 0,
    });
    expect(a?.customers).toEqual({ new: 1, lost: 1, more: 2, less: 2, switchedIn: 2, switchedOut: 2, without: 0 });
    expect([a?.before, a?.now, a?.change]).toEqual([680, 710, 30]);
  });

  it('among three values divides what moved in proportion, to the cent', async () => {
    // Falls of 30 and 60, rises of 60: two thirds of each fall went over, 20 and 40; the rest was simply spent less.
    const spent = (before: boolean, category: string, units: number): PlainLine =>
      line('ann', before ? '2024-02-15' : '2024-03-15', units * 100, { category });
    const { switching, comparison } = await figuresOf([
      spent(true, 'a', 50),
      spent(false, 'a', 20),
      spent(true, 'b', 70),
      spent(false, 'b', 10),
      spent(true, 'c', 5),
      spent(false, 'c', 65),
    ]);
    const values = switching?.values ?? [];
    expect(
      values.map(({ name, parts }) => [name, parts.more, parts.less, parts.switchedIn, parts.switchedOut]),
    ).toEqual([
      ['a', 0, -10, 0, -20],
      ['b', 0, -20, 0, -40],
      ['c', 0, 0, 60, 0],
    ]);
    const rows = await db.query(partnersQuery(comparison, 'category', { name: 'c' }), PARTNERS_SHAPE);
    expect(partnersOf(rows, values[2] as GainLoss)).toEqual([
      { name: 'a', came: 20, cameCustomers: 1, went: 0, wentCustomers: 0 },
      { name: 'b', came: 40, cameCustomers: 1, went: 0, wentCustomers: 0 },
    ]);
  });
});

const plainLine: fc.Arbitrary<PlainLine> = fc
  .record({
    order: fc.nat({ max: 30 }),
    cents: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 9000 }) }, fc.integer({ min: -9000, max: 0 })),
    quantity: fc.constantFrom(1, 2, 0.5),
    category: fc.constantFrom('a', 'b', "c'd", null),
    channel: fc.constantFrom('shop', '网店', null),
  })
  .map(({ order, cents: amount, quantity, ...labels }) => ({
    order,
    // An order is of one customer and one moment.
    customer: [null, 'ann', 'bob', "o'neil", 'zoe', 'dan'][order % 6] ?? null,
    at: addDays('2024-01-28', (order * 37) % 67),
    cents: amount,
    quantity: amount > 0 ? quantity : -quantity,
    ...labels,
  }));

it('counts and sums as the plain computation does, every part sums to its whole, and every number is as long as its list', async () => {
  const own: ChangeParams = { ...MONTHS, breakdown: 'category', dimension: 'category' };
  await fc.assert(
    fc.asyncProperty(fc.array(plainLine, { minLength: 1, maxLength: 45 }), async (some) => {
      // One order before everything keeps the earlier period inside the data.
      const lines = [line('dan', '2024-01-02', 100), ...some];
      const { comparison, total, states, groups, switching } = await figuresOf(lines, own);
      const everything = () => true;
      expect(inCents(total.before)).toEqual(plainSums(lines, BEFORE, everything));
      expect(inCents(total.now)).toEqual(plainSums(lines, NOW, everything));
      const decompositions = [total, ...(groups?.rows ?? []).map(({ decomposition }) => decomposition)];
      for (const { parts, change: moved, before, now } of decompositions) {
        expect(PARTS.reduce((sum, part) => sum + cents(parts[part]), 0)).toBe(cents(moved));
        expect(FACTORS.reduce((sum, part) => sum + cents(parts[part]), 0)).toBe(
          cents(now.revenue) - cents(before.revenue),
        );
      }
      for (const { name, decomposition } of groups?.rows ?? []) {
        const mine = (other: PlainLine) => other.category === name;
        expect([name, inCents(decomposition.before)]).toEqual([name, plainSums(lines, BEFORE, mine)]);
        expect([name, inCents(decomposition.now)]).toEqual([name, plainSums(lines, NOW, mine)]);
      }
      expect((groups?.rows ?? []).reduce((sum, { decomposition }) => sum + cents(decomposition.change), 0)).toBe(
        cents(total.change),
      );

      const people = plainSpending(lines, BEFORE, NOW);
      const expected = new Map<string, number>();
      for (const spent of people.values()) {
        const state = plainState(spent);
        expected.set(state, (expected.get(state) ?? 0) + 1);
      }
      expect(new Map(states.flatMap(({ state, customers }) => (customers === 0 ? [] : [[state, customers]])))).toEqual(
        expected,
      );
      expect(states.reduce((sum, row) => sum + cents(allRevenue(row.now)) - cents(allRevenue(row.before)), 0)).toBe(
        cents(total.change),
      );

      const values = switching?.values ?? [];
      const moved = new Map<string | null, { into: number; out: number }>(
        values.map(({ name }) => [name, { into: 0, out: 0 }]),
      );
      for (const spent of people.values()) {
        if (!['more', 'same', 'less'].includes(plainState(spent))) continue;
        for (const { from, to, cents: amount } of plainFlows(spent)) {
          const [source, target] = [moved.get(from), moved.get(to)];
          if (source !== undefined) source.out += amount;
          if (target !== undefined) target.into += amount;
        }
      }
      for (const { name, parts, unidentified, change: difference } of values) {
        expect(GAIN_PARTS.reduce((sum, part) => sum + cents(parts[part]), cents(unidentified))).toBe(cents(difference));
        expect(Math.abs(cents(parts.switchedIn) - (moved.get(name)?.into ?? 0))).toBeLessThan(0.51);
        expect(Math.abs(cents(parts.switchedOut) + (moved.get(name)?.out ?? 0))).toBeLessThan(0.51);
        expect([parts.more >= 0, parts.less <= 0, parts.switchedIn >= 0, parts.switchedOut <= 0]).toEqual([
          true,
          true,
          true,
          true,
        ]);
      }
      const changeOf = (...wanted: readonly State[]): number =>
        states
          .filter(({ state }) => wanted.includes(state))
          .reduce((sum, row) => sum + cents(allRevenue(row.now)) - cents(allRevenue(row.before)), 0);
      const sumOf = (part: (value: GainLoss) => number): number =>
        values.reduce((sum, value) => sum + cents(part(value)), 0);
      expect(sumOf(({ parts }) => parts.new)).toBe(changeOf('new'));
      expect(sumOf(({ parts }) => parts.lost)).toBe(changeOf('lapsed'));
      expect(sumOf(({ parts }) => parts.more + parts.less + parts.switchedIn + parts.switchedOut)).toBe(
        changeOf('more', 'same', 'less'),
      );

      for (const side of SIDES) {
        expect(await count(db, selectBuyers(comparison, side, '').members)).toBe(total[side].customers);
        expect(await count(db, selectRefunded(comparison, side, '').members)).toBe(total[side].refunded);
      }
      const [group, value] = [groups?.rows[0], values.at(-1)];
      for (const { state, customers } of states.filter(({ customers: known }) => known > 0).slice(0, 3))
        expect(await count(db, selectStates(comparison, [state], '').members)).toBe(customers);
      if (group !== undefined)
        expect(await count(db, selectGroup(comparison, 'category', group, 'now', '').members)).toBe(
          group.decomposition.now.customers,
        );
      if (value !== undefined) {
        for (const part of GAIN_PARTS)
          expect(await count(db, selectPart(comparison, 'category', value, part, '').members)).toBe(
            value.customers[part],
          );
        expect(await count(db, selectValue(comparison, 'category', value, 'before', '').members)).toBe(
          value.customersBefore,
        );
        const rows = await db.query(partnersQuery(comparison, 'category', value), PARTNERS_SHAPE);
        const partners = partnersOf(rows, value);
        expect(partners.reduce((sum, { came }) => sum + cents(came), 0)).toBe(cents(value.parts.switchedIn));
        expect(partners.reduce((sum, { went }) => sum + cents(went), 0)).toBe(-cents(value.parts.switchedOut) + 0);
        const partner = partners[0];
        if (partner !== undefined)
          expect(await count(db, selectPair(comparison, 'category', partner, value, '').members)).toBe(
            partner.cameCustomers,
          );
      }
    }),
    { numRuns: 25, seed: 20240301 },
  );
});

it('breaks down by what is known of the customers, for an audience alone, and stays with what the data has', async () => {
  const lines = [
    line('ann', '2024-02-03', 1000, { channel: '网店' }),
    line('ann', '2024-03-03', 4000, { channel: '网店' }),
    line('bob', '2024-03-03', 2000),
    line('zoe', '2024-03-03', 500, { channel: null }),
    line(null, '2024-03-04', 700),
  ];
  const byGender = await figuresOf(lines, { ...MONTHS, breakdown: 'customer_gender' });
  expect(byGender.groups?.rows.map(({ name, decomposition }) => [name, decomposition.change])).toEqual([
    ['f', 30],
    ['m', 20],
    [null, 12],
  ]);
  const ofAnn: Scope = { ...SCOPE, audience: sql`SELECT customer_key FROM customers WHERE customer_id = ${'ann'}` };
  // The breakdown of another dataset: this one has no brand, so its channel is taken.
  const audience = await figuresOf(lines, { ...MONTHS, breakdown: 'brand' }, ofAnn);
  expect([audience.total.change, audience.groups?.by, audience.groups?.rows.map(({ name }) => name)]).toEqual([
    30,
    'channel',
    ['网店'],
  ]);
  expect(audience.states.map(({ state, customers }) => [state, customers])).toEqual([['more', 1]]);
  expect((await figuresOf(lines, { ...MONTHS, breakdown: 'none' })).groups).toBeNull();
});

it('counts an order in both periods where they overlap, as chosen by hand', async () => {
  const custom = { from: '2024-02-15', to: '2024-04-01' };
  const customAgainst = { from: '2024-02-01', to: '2024-03-01' };
  const lines = [line('ann', '2024-02-10', 1000), line('ann', '2024-02-20', 500), line('bob', '2024-03-10', 2000)];
  const { total, states } = await figuresOf(lines, {
    ...MONTHS,
    periods: { span: 'custom', custom, against: 'custom', customAgainst },
  });
  expect([total.before.revenue, total.now.revenue, total.before.orders, total.now.orders]).toEqual([15, 25, 2, 2]);
  expect(states.map(({ state, customers }) => [state, customers])).toEqual([
    ['less', 1],
    ['new', 1],
  ]);
});
