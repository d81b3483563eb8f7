import { integerConstant, join, sql, type Sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import { idsOfAccounts } from './customers.sql';
import { isPersonRole } from '../kinds/kinds';
import type { AccountName } from './identity-choices';

/** A customer of more than one account. */
export interface MergedCustomer {
  readonly customerKey: number;
  readonly customerId: string;
  readonly accounts: number;
}

/** An account of a customer with its identifiers as written. */
export interface CustomerAccount {
  readonly accountKey: number;
  readonly name: AccountName;
}

/** A value that accounts of one customer have in common: why they are together. */
export interface Evidence {
  readonly kind: string;
  /** In its normal form. */
  readonly value: string;
  readonly accountKeys: readonly number[];
}

const MOST_LISTED = 200;

function mergedCustomers(text: string): Sql {
  const wanted = sql`WHERE customer_key IN (
  SELECT customer_key FROM customers WHERE contains(lower(customer_id), lower(${text}))
  UNION ALL SELECT customer_key FROM identities WHERE value = lower(${text}) OR value = ${text})`;
  return sql`SELECT customer_key, customer_id, accounts FROM (
  SELECT customer_key, count(*) AS accounts FROM accounts ${text === '' ? sql`` : wanted} GROUP BY customer_key HAVING count(*) > 1
) JOIN customers USING (customer_key) ORDER BY accounts DESC, customer_key LIMIT ${MOST_LISTED}`;
}

/** Customers of several accounts, the most accounts first; of those whose id or an identifier is the text, where it is not empty. */
export async function findMerged(db: Db, text: string, options: CallOptions = {}): Promise<readonly MergedCustomer[]> {
  const rows = await db.query(
    mergedCustomers(text.trim()),
    { customer_key: 'integer', customer_id: 'text', accounts: 'integer' },
    options,
  );
  return rows.map((row) => ({ customerKey: row.customer_key, customerId: row.customer_id, accounts: row.accounts }));
}

/** The accounts of a customer, with what they are called. */
export async function accountsOf(
  db: Db,
  customerKey: number,
  options: CallOptions = {},
): Promise<readonly CustomerAccount[]> {
  const wanted = sql`SELECT account_key FROM accounts WHERE customer_key = ${customerKey}`;
  const names = await namesOf(db, wanted, options);
  return [...names].map(([accountKey, name]) => ({ accountKey, name }));
}

/** What these accounts are called, by account key. */
export async function namesOfAccounts(
  db: Db,
  accounts: readonly number[],
  options: CallOptions = {},
): Promise<ReadonlyMap<number, AccountName>> {
  if (accounts.length === 0) return new Map();
  return namesOf(db, join(accounts.map((account) => integerConstant(account))), options);
}

async function namesOf(db: Db, accounts: Sql, options: CallOptions): Promise<ReadonlyMap<number, AccountName>> {
  const rows = await db.query(
    idsOfAccounts(accounts),
    { account_key: 'integer', kind: 'text', value: 'text' },
    options,
  );
  const names = new Map<number, [AccountName[number][0], string][]>();
  for (const { account_key, kind, value } of rows) {
    if (!isPersonRole(kind)) continue;
    const known = names.get(account_key);
    if (known === undefined) names.set(account_key, [[kind, value]]);
    else known.push([kind, value]);
  }
  return names;
}

/** The values that two or more of a customer's accounts have in common. */
export async function evidenceOf(db: Db, customerKey: number, options: CallOptions = {}): Promise<readonly Evidence[]> {
  const rows = await db.query(
    sql`SELECT v.kind, v.normal AS value, h.account_key FROM identity_holdings h JOIN identity_values v USING (value_key)
WHERE account_key IN (SELECT account_key FROM accounts WHERE customer_key = ${customerKey})
ORDER BY v.kind, v.normal, h.account_key`,
    { kind: 'text', value: 'text', account_key: 'integer' },
    options,
  );
  const found = new Map<string, { kind: string; value: string; accountKeys: number[] }>();
  for (const { kind, value, account_key } of rows) {
    const known = found.get(`${kind} ${value}`);
    if (known === undefined) found.set(`${kind} ${value}`, { kind, value, accountKeys: [account_key] });
    else known.accountKeys.push(account_key);
  }
  return [...found.values()].filter(({ accountKeys }) => accountKeys.length > 1);
}
