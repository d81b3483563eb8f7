import { sql } from '../../src/core/sql';
import { encodeBatch } from '../../src/db/arrow-ipc';
import type { Db } from '../../src/db/db';
import { poolOfTexts } from '../../src/ingest/canonical/text-pool';

/** An account as a file writes it: kind and value of each identifier, and what else the member list says. */
export interface TestAccount {
  readonly ids: readonly (readonly [kind: string, value: string])[];
  readonly city?: string;
  readonly gender?: string;
  readonly level?: string;
  /** `2024-01-03 08:05:00` */
  readonly registeredAt?: string;
}

/** Fills accounts, account_ids, customers and members as an import would, one customer an account. */
export async function openAccounts(db: Db, accounts: readonly TestAccount[]): Promise<void> {
  const ids = accounts.flatMap((account, key) => account.ids.map(([kind, value]) => ({ key, kind, value })));
  await db.exec(sql`CREATE OR REPLACE TABLE account_ids (account_key INTEGER, kind VARCHAR, value VARCHAR)`);
  if (ids.length > 0) {
    const columns = {
      account_key: { kind: 'integer', values: Int32Array.from(ids, ({ key }) => key) },
      kind: { kind: 'strings', pool: poolOfTexts(ids.map(({ kind }) => kind)) },
      value: { kind: 'strings', pool: poolOfTexts(ids.map(({ value }) => value)) },
    } as const;
    await db.append('account_ids', encodeBatch(columns, ids.length));
  }
  await db.exec(sql`CREATE OR REPLACE TABLE accounts AS
    SELECT CAST(i AS INTEGER) AS account_key, CAST(i AS INTEGER) AS customer_key FROM range(${accounts.length}) t(i)`);
  await db.exec(sql`CREATE OR REPLACE TABLE customers AS
    SELECT CAST(i AS INTEGER) AS customer_key, 'before-' || i AS customer_id FROM range(${accounts.length}) t(i)`);
  const facts = { city: 'city', gender: 'gender', level: 'level', registered_at: 'registeredAt' } as const;
  await db.exec(sql`CREATE OR REPLACE TABLE members_text
    (account_key INTEGER, city VARCHAR, gender VARCHAR, level VARCHAR, registered_at VARCHAR)`);
  const members = accounts.flatMap((account, key) =>
    Object.values(facts).some((fact) => account[fact] !== undefined) ? [{ key, account }] : [],
  );
  if (members.length > 0) {
    const text = (fact: (typeof facts)[keyof typeof facts]) => ({
      kind: 'text' as const,
      codes: Int32Array.from(members, ({ account }, i) => (account[fact] === undefined ? -1 : i)),
      pool: poolOfTexts(members.map(({ account }) => account[fact] ?? '')),
    });
    const columns = {
      account_key: { kind: 'integer' as const, values: Int32Array.from(members, ({ key }) => key) },
      ...Object.fromEntries(Object.entries(facts).map(([column, fact]) => [column, text(fact)])),
    };
    await db.append('members_text', encodeBatch(columns, members.length));
  }
  await db.exec(sql`CREATE OR REPLACE TABLE members AS
    SELECT * REPLACE (CAST(registered_at AS TIMESTAMP) AS registered_at) FROM members_text`);
  await db.exec(sql`DROP TABLE members_text`);
}
