import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { importDataset } from '../../../../src/ingest/dataset/import-dataset';
import { matchRates } from '../../../../src/ingest/dataset/match-rates';
import { inProcessReader } from '../../../../src/ingest/dataset/source-reader';
import { factsFile, ordersFile } from './files';

let db: Db;

beforeAll(() => {
  db = createNodeDb();
});

/**
 * Five orders: 1 and 2 by members, 3 by someone no list has, 4 by nobody; 5 by a member on two lines, of
 * which one has a product that the catalogue does not.
 */
const ORDERS = ordersFile(
  ['orderId', 'customerId', 'orderedAt', 'amount', 'productId'],
  [
    'o,m,t,a,p',
    '1,M1,2024-01-01,10,P1',
    '2,M2,2024-01-02,20,P1',
    '3,M9,2024-01-03,40,P2',
    '4,,2024-01-04,80,',
    '5,M1,2024-01-05,1.5,P1',
    '5,M1,2024-01-05,2,P7',
  ],
  'member',
);
const MEMBERS = factsFile('members', ['member', 'level'], ['m,l', 'M1,a', 'M2,a', 'M3,b']);
const PRODUCTS = factsFile('products', ['productId', 'productName'], ['id,name', 'P1,Tea', 'P2,Cup', 'P3,Pot']);
const EVENTS = factsFile(
  'events',
  ['occurredAt', 'member', 'device', 'event', 'productId'],
  ['t,m,d,e,p', '2024-01-01,M1,,view,P1', '2024-01-01,M3,,view,P9', '2024-01-01,,D1,view,', '2024-01-01,,,view,P2'],
);
const FEEDBACK = factsFile(
  'feedback',
  ['givenAt', 'member', 'score', 'orderId'],
  ['t,m,s,o', '2024-02-01,M2,9,2', '2024-02-01,M3,3,99', '2024-02-01,,5,', '2024-02-01,M1,1,5'],
);

describe('match rates', () => {
  it('count what each table finds in the others, in rows and money', async () => {
    await importDataset(db, inProcessReader, [ORDERS, MEMBERS, PRODUCTS, EVENTS, FEEDBACK]);
    const rows = (all: number, named: number, matched: number) => ({ all, named, matched });
    expect(await matchRates(db)).toEqual([
      { join: 'order-member', rows: rows(5, 4, 3), money: rows(153.5, 73.5, 33.5) },
      { join: 'line-product', rows: rows(6, 5, 4), money: rows(153.5, 73.5, 71.5) },
      { join: 'member-order', rows: rows(3, 3, 2), money: null },
      { join: 'event-member', rows: rows(4, 3, 2), money: null },
      { join: 'event-order', rows: rows(4, 3, 1), money: null },
      { join: 'event-product', rows: rows(4, 3, 2), money: null },
      { join: 'feedback-member', rows: rows(4, 3, 3), money: null },
      { join: 'feedback-customer', rows: rows(4, 3, 2), money: null },
      { join: 'feedback-order', rows: rows(4, 3, 2), money: null },
    ]);
  });

  it('follow the customers once identities have been resolved', async () => {
    await importDataset(db, inProcessReader, [ORDERS, MEMBERS, EVENTS]);
    await db.exec(sql`UPDATE accounts SET customer_key = (SELECT customer_key FROM customers WHERE customer_id = 'M1')
WHERE account_key IN (SELECT account_key FROM account_ids WHERE kind = 'device')`);
    const rates = await matchRates(db);
    expect(rates.find(({ join }) => join === 'event-order')?.rows).toEqual({ all: 4, named: 3, matched: 2 });
  });

  it('are none for orders alone, and need no products', async () => {
    await importDataset(db, inProcessReader, [ORDERS]);
    expect(await matchRates(db)).toEqual([]);
    const bare = ordersFile(
      ['orderId', 'customerId', 'orderedAt', 'amount'],
      ['o,m,t,a', '1,M1,2024-01-01,1'],
      'member',
    );
    await importDataset(db, inProcessReader, [bare, PRODUCTS, MEMBERS]);
    expect((await matchRates(db)).map(({ join }) => join)).toEqual(['order-member', 'member-order']);
  });
});
