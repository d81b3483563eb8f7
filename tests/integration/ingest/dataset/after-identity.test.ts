import { afterAll, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { importDataset } from '../../../../src/ingest/dataset/import-dataset';
import { inProcessReader } from '../../../../src/ingest/dataset/source-reader';
import { identityInProcess } from '../../../../src/ingest/identity/identity-work';
import { IdentitySession } from '../../../../src/state/identity.svelte';
import { factsFile, ordersFile } from './files';

const db = createNodeDb();
afterAll(() => db.close());

const ORDERS = ordersFile(
  ['orderId', 'customerId', 'orderedAt', 'amount'],
  ['order,member,time,amount', '1,M1,2024-01-02,10', '2,M2,2024-01-03,20'],
  'member',
);
const MEMBERS = factsFile('members', ['member', 'phone'], ['member,phone', 'M1,13987261054', 'M2,139 8726 1054']);

const customers = async () =>
  (await db.query(sql`SELECT customer_id FROM customers ORDER BY customer_key`, { customer_id: 'text' })).map(
    ({ customer_id }) => customer_id,
  );

it('takes the place of a dataset whose customers were resolved, and is resolved anew', async () => {
  const session = new IdentitySession(db, identityInProcess);
  for (let time = 0; time < 2; time++) {
    await importDataset(db, inProcessReader, [ORDERS, MEMBERS]);
    expect(await customers()).toEqual(['M1', 'M2']);
    await session.begin();
    expect(session.error).toBeNull();
    expect(await customers()).toEqual(['M1']);
  }
  await importDataset(db, inProcessReader, [ORDERS]);
  expect(await customers()).toEqual(['M1', 'M2']);
  await session.begin();
  expect(session.error).toBeNull();
  expect(await customers()).toEqual(['M1', 'M2']);
});
