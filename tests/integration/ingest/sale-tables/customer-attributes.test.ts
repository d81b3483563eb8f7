import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { DEFAULT_POLICY } from '../../../../src/ingest/policy';
import { createSaleTables } from '../../../../src/ingest/sale-tables/make-sale-tables';
import { openSmallShop, SMALL_LAYOUT } from '../../../support/small-shop';

let db: Db;
beforeAll(() => {
  db = createNodeDb();
});
afterAll(() => db.close());
beforeEach(async () => {
  await openSmallShop(db, [
    { orderId: '1', customerId: 'a', orderedAt: '2024-01-05 08:30:00', amount: '100.10' },
    { orderId: '2', customerId: 'b', orderedAt: '2024-01-06 08:30:00', amount: '20.00' },
  ]);
  for (const table of ['members', 'customer_profiles'] as const)
    await db.exec(
      table === 'members' ? sql`DROP TABLE IF EXISTS members` : sql`DROP TABLE IF EXISTS customer_profiles`,
    );
});

const make = () =>
  createSaleTables(db, () => ({ policy: DEFAULT_POLICY, layout: SMALL_LAYOUT, revision: 1 })).attributes();
const SHAPE = {
  id: 'text',
  gender: 'text?',
  city: 'text?',
  channel: 'text?',
  birthday: 'time?',
  age: 'integer?',
  registered_at: 'time?',
} as const;
const read = () =>
  db.query(
    sql`SELECT customer_id AS id, gender, city, registration_channel AS channel, CAST(birthday AS TIMESTAMP) AS birthday, age, registered_at
        FROM customer_attributes JOIN customers USING (customer_key) ORDER BY id`,
    SHAPE,
  );
const NOTHING = { gender: null, city: null, channel: null, birthday: null, age: null, registered_at: null };

it('says that nothing is known where there are neither profiles nor members', async () => {
  expect(await make()).toEqual({ texts: [], hasBirthday: false, hasAge: false, hasRegisteredAt: false });
  expect(await read()).toEqual([
    { id: 'a', ...NOTHING },
    { id: 'b', ...NOTHING },
  ]);
});

it('takes what was merged from the profile and the first card for where and when somebody joined', async () => {
  await db.exec(
    sql`CREATE TABLE customer_profiles (customer_key INTEGER, gender VARCHAR, birthday VARCHAR, city VARCHAR, level VARCHAR)`,
  );
  await db.exec(
    sql`INSERT INTO customer_profiles VALUES (0, '女', '1990-02-30', ' 上海 ', NULL), (1, NULL, '1990-03-01', '', NULL)`,
  );
  await db.exec(
    sql`CREATE TABLE members (account_key INTEGER, registered_at TIMESTAMP, registration_channel VARCHAR, age DECIMAL(18, 1))`,
  );
  await db.exec(sql`INSERT INTO members VALUES
    (0, TIMESTAMP '2023-05-01 10:00:00', 'app', 34.5), (0, TIMESTAMP '2022-01-01 09:00:00', 'shop', NULL), (NULL, NULL, 'web', 99)`);
  expect(await make()).toEqual({
    texts: ['gender', 'city', 'registration_channel'],
    hasBirthday: true,
    hasAge: true,
    hasRegisteredAt: true,
  });
  expect(await read()).toEqual([
    {
      id: 'a',
      gender: '女',
      city: '上海',
      channel: 'shop',
      birthday: null,
      age: 34,
      registered_at: Date.UTC(2022, 0, 1, 9),
    },
    { ...NOTHING, id: 'b', birthday: Date.UTC(1990, 2, 1) },
  ]);
});
