import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { identityCoverage } from '../../../../src/ingest/identity/coverage';
import { openAccounts } from '../../../support/identity-tables';

const db = createNodeDb();
afterAll(() => db.close());

describe('identityCoverage', () => {
  beforeAll(async () => {
    await openAccounts(db, [
      { ids: [['member', 'M1']], city: '上海' },
      { ids: [['member', 'M2']], city: '杭州' },
      { ids: [['customer', 'C1']] },
    ]);
    // Accounts 0 and 2 are one customer.
    await db.exec(sql`UPDATE accounts SET customer_key = 0 WHERE account_key = 2`);
    await db.exec(sql`CREATE OR REPLACE TABLE order_lines AS SELECT * FROM (VALUES
      (0, 0, TIMESTAMP '2024-01-31 23:59:59', CAST(10.10 AS DECIMAL(18, 2)), 'Store'),
      (0, 0, TIMESTAMP '2024-01-31 23:59:59', CAST(20.20 AS DECIMAL(18, 2)), 'Store'),
      (1, 2, TIMESTAMP '2024-02-01 00:00:00', CAST(69.70 AS DECIMAL(18, 2)), 'App'),
      (2, NULL, TIMESTAMP '2024-02-02 10:00:00', CAST(110.00 AS DECIMAL(18, 2)), 'Store'),
      (2, NULL, TIMESTAMP '2024-02-03 10:00:00', CAST(-10.00 AS DECIMAL(18, 2)), 'Store'),
      (3, 1, TIMESTAMP '2024-02-04 10:00:00', CAST(0.00 AS DECIMAL(18, 2)), NULL)
    ) t(order_key, account_key, ordered_at, amount, channel)`);
  });

  it('counts orders and money with a known customer: in all, by channel, by month', async () => {
    const { all, byChannel, byMonth } = await identityCoverage(db);
    // By hand: known money is 10.10 + 20.20 + 69.70 = 100 of 200; orders 0, 1 and 3 of four.
    expect(all).toEqual({ label: '', orders: 4, knownOrders: 3, revenue: 200, knownRevenue: 100 });
    expect(byChannel).toEqual([
      { label: 'Store', orders: 2, knownOrders: 1, revenue: 130.3, knownRevenue: 30.3 },
      { label: 'App', orders: 1, knownOrders: 1, revenue: 69.7, knownRevenue: 69.7 },
      { label: '', orders: 1, knownOrders: 1, revenue: 0, knownRevenue: 0 },
    ]);
    expect(byMonth).toEqual([
      { label: '2024-01', orders: 1, knownOrders: 1, revenue: 30.3, knownRevenue: 30.3 },
      { label: '2024-02', orders: 3, knownOrders: 2, revenue: 169.7, knownRevenue: 69.7 },
    ]);
  });

  it('joins what one customer did through several accounts', async () => {
    const { channels, tables } = await identityCoverage(db);
    expect(channels).toEqual([{ places: ['App', 'Store'], customers: 1, revenue: 100 }]);
    expect(tables).toEqual([{ places: ['order_lines', 'members'], customers: 2, revenue: null }]);
  });

  it('does without channels, and without a single line', async () => {
    await db.exec(sql`ALTER TABLE order_lines DROP channel`);
    await db.exec(sql`DELETE FROM order_lines`);
    const coverage = await identityCoverage(db);
    expect(coverage.all).toEqual({ label: '', orders: 0, knownOrders: 0, revenue: 0, knownRevenue: 0 });
    expect([coverage.byChannel, coverage.byMonth, coverage.channels]).toEqual([[], [], []]);
    expect(coverage.tables).toEqual([{ places: ['members'], customers: 2, revenue: null }]);
  });
});
