import { ident, join, sql, type Sql } from '../../core/sql';
import { PERSON_ROLES, type PersonRole } from '../kinds/kinds';
import { INCOMING } from './part-names';

/** Known by these alone, a visitor of a page is nobody yet; with an order they are a customer all the same. */
const ANONYMOUS: readonly PersonRole[] = ['device', 'name', 'birthday'];

const table = (name: string): Sql => ident(name + INCOMING);

/** How many different values of one kind of id there are, and how many of them also stand as the other kind. */
export function sharedIds(kind: PersonRole, other: PersonRole): Sql {
  return sql`SELECT count(*) AS ids, count(*) FILTER (WHERE value IN (SELECT value FROM ${table('account_ids')} WHERE kind = ${other})) AS shared
FROM (SELECT DISTINCT value FROM ${table('account_ids')} WHERE kind = ${kind})`;
}

/** Writes one kind of id as another: two files may call the same number by two names. */
export function renameIds(from: PersonRole, to: PersonRole): Sql {
  return sql`UPDATE ${table('account_ids')} SET kind = ${to} WHERE kind = ${from}`;
}

/**
 * Makes `customers` and `accounts` of everyone in account_ids: accounts with the same strongest id are one
 * customer, whose customer_id it is. Deterministic, and rewritten when identities are resolved; accounts
 * known by nothing but a device or a name, and without an order, have no customer until then.
 */
export function linkAccounts(): readonly Sql[] {
  const ranks = join(
    PERSON_ROLES.map((role, rank) => sql`WHEN ${role} THEN CAST(${rank} AS INTEGER)`),
    sql` `,
  );
  const anonymous = join(ANONYMOUS.map((role) => sql`${role}`));
  const strongest = sql`SELECT account_key, arg_min(value, CASE kind ${ranks} END) AS customer_id
FROM ${table('account_ids')}
WHERE kind NOT IN (${anonymous}) OR account_key IN (SELECT account_key FROM ${table('order_lines')})
GROUP BY account_key`;
  return [
    sql`CREATE OR REPLACE TABLE ${table('strongest_ids')} AS ${strongest}`,
    sql`CREATE OR REPLACE TABLE ${table('customers')} AS
SELECT CAST(row_number() OVER (ORDER BY customer_id) - 1 AS INTEGER) AS customer_key, customer_id
FROM (SELECT DISTINCT customer_id FROM ${table('strongest_ids')}) ORDER BY customer_key`,
    sql`CREATE OR REPLACE TABLE ${table('accounts')} AS
SELECT account_key, customer_key FROM (SELECT DISTINCT account_key FROM ${table('account_ids')})
LEFT JOIN ${table('strongest_ids')} USING (account_key) LEFT JOIN ${table('customers')} USING (customer_id) ORDER BY account_key`,
    sql`DROP TABLE ${table('strongest_ids')}`,
  ];
}

/** What a file of orders says of its accounts: the customer id, as ids of the given kind. */
export function orderAccountIds(suffix: string, firstAccountKey: number, role: PersonRole): Sql {
  return sql`INSERT INTO ${table('account_ids')} SELECT account_key + CAST(${firstAccountKey} AS INTEGER), ${role}, customer_id
FROM ${ident(`accounts${suffix}`)} JOIN ${ident(`customers${suffix}`)} USING (customer_key) ORDER BY account_key`;
}
