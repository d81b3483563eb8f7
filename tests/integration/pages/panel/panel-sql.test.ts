import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../../../src/core/sql';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import * as panelSql from '../../../../src/pages/panel/panel.sql';
import { PanelSession } from '../../../../src/pages/panel/panel-session.svelte';
import { openSmallShop, SMALL_LAYOUT } from '../../../support/small-shop';

const db = createNodeDb();
afterAll(() => db.close());
const scope = { asOf: '2024-03-01', from: null, audience: null };
const everyone = { title: 'Everyone', members: sql`SELECT customer_key FROM customers` };

beforeAll(() =>
  openSmallShop(db, [
    { orderId: '1', customerId: 'a', orderedAt: '2024-01-01 10:00:00', amount: '10.00', productId: 'Tea' },
    { orderId: '2', customerId: 'a', orderedAt: '2024-01-01 18:00:00', amount: '20.00', productId: 'Cup' },
    { orderId: '3', customerId: 'b', orderedAt: '2024-02-01 10:00:00', amount: '30.00' },
    { orderId: '4', customerId: 'c', orderedAt: '2024-02-02 10:00:00', amount: '30.00' },
    { orderId: '5', customerId: 'c', orderedAt: '2024-02-03 10:00:00', amount: '-40.00', isPurchase: false },
    { orderId: '6', customerId: 'd', orderedAt: '2024-03-01 00:00:00', amount: '99.00' },
    { orderId: '7', customerId: null, orderedAt: '2024-01-01 12:00:00', amount: '1000.00', productId: 'Pot' },
  ]),
);

describe('PanelSession', () => {
  test('The figures and the list are of the days in scope, ties in the order of the ids.', async () => {
    const session = new PanelSession(db);
    await session.open(everyone, scope);
    expect(session.error).toBeNull();
    // a 30, b 30, c -10; d bought on the as-of day itself and so not yet.
    expect(session.summary).toEqual({ members: 4, buyers: 3, money: 50, allBuyers: 3, allMoney: 50 });
    expect(session.customers.map(({ id, orders, money, daysAway }) => [id, orders, money, daysAway])).toEqual([
      ['a', 2, 30, 60],
      ['b', 1, 30, 29],
      ['d', 0, 0, null],
      ['c', 1, -10, 28],
    ]);
  });

  test('A selection that names customers twice, or none that exist, counts each once.', async () => {
    const session = new PanelSession(db);
    const members = sql`SELECT customer_key FROM purchases UNION ALL SELECT 0 UNION ALL SELECT 999`;
    await session.open({ title: 'x', members }, { ...scope, from: '2024-02-01' });
    expect(session.summary).toEqual({ members: 4, buyers: 2, money: 20, allBuyers: 2, allMoney: 20 });
  });

  test('Shares are of the audience that filters, unless the selection reaches outside of it.', async () => {
    const session = new PanelSession(db);
    const audience = sql`SELECT customer_key FROM customers WHERE customer_id IN ('a', 'b')`;
    const only = (id: string) => ({
      title: id,
      members: sql`SELECT customer_key FROM customers WHERE customer_id = ${id}`,
    });
    await session.open(only('a'), { ...scope, audience });
    expect(session.summary).toMatchObject({ members: 1, allBuyers: 2, allMoney: 60 });
    await session.open(only('c'), { ...scope, audience });
    expect(session.summary).toMatchObject({ members: 1, allBuyers: 3, allMoney: 50 });
  });

  test('A newer selection supersedes an older one that is still being counted.', async () => {
    const session = new PanelSession(db);
    const older = session.open(everyone, scope);
    const newer = session.open({ title: 'b', members: sql`SELECT 1 AS customer_key` }, scope);
    await Promise.all([older, newer]);
    expect(session.summary?.members).toBe(1);
    expect(session.customers.map(({ id }) => id)).toEqual(['b']);
    expect(session.error).toBeNull();
  });

  test('The lines of an order are its own; of a merged day, those of the whole day.', async () => {
    const session = new PanelSession(db);
    await session.open(everyone, scope);
    const customer = session.customers[0];
    if (customer === undefined) throw new Error('no customer');
    await session.openCustomer(customer);
    const first = session.opened?.orders.at(-1);
    if (first === undefined) throw new Error('no order');
    const products = async (mergesDays: boolean) =>
      (await session.linesOf(first, SMALL_LAYOUT, mergesDays)).map((line) => [line.product_id, line.amount]);
    expect(await products(false)).toEqual([['Tea', 10]]);
    expect(await products(true)).toEqual([
      ['Tea', 10],
      ['Cup', 20],
    ]);
  });

  test('A customer the policy made of an order without one sees that order’s lines.', async () => {
    const wanted = { customerKey: 77, orderKey: 6, day: '2024-01-01', mergesDays: false };
    const lines = await db.query(panelSql.linesOfOrder(wanted, SMALL_LAYOUT), panelSql.LINE_SHAPE);
    expect(lines).toEqual([{ product_id: 'Pot', quantity: null, amount: 1000 }]);
  });

  test('A file without products still shows its lines.', async () => {
    const wanted = { customerKey: 0, orderKey: 0, day: '2024-01-01', mergesDays: false };
    const lines = await db.query(
      panelSql.linesOfOrder(wanted, { hasProduct: false, hasQuantity: false }),
      panelSql.LINE_SHAPE,
    );
    expect(lines).toEqual([{ product_id: null, quantity: null, amount: 10 }]);
  });
});
