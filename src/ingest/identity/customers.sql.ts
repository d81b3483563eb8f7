import { ident, join, sql, type Sql } from '../../core/sql';
import type { KeyKind, UniqueFactKind } from './identity-choices';

/** Statements that ask for what the clusters need, and that write what came of them. */

/** Accounts of shared values that have a usable identifier of one of these kinds. Shape: { account_key: 'integer' }. */
export function strongAccounts(kinds: readonly KeyKind[]): Sql {
  return sql`SELECT DISTINCT account_key FROM identity_ids
WHERE unusable IS NULL AND kind IN (${list(kinds)}) AND account_key IN (SELECT account_key FROM identity_holdings)
ORDER BY account_key`;
}

/** The fact of each account of a shared value that has one, as a number. Shape: { account_key, code: 'integer' }. */
export function factCodes(fact: UniqueFactKind): Sql {
  return sql`SELECT account_key, CAST(dense_rank() OVER (ORDER BY value) - 1 AS INTEGER) AS code
FROM (
  SELECT account_key, min(normal) AS value FROM identity_ids
  WHERE kind = ${fact} AND unusable IS NULL AND account_key IN (SELECT account_key FROM identity_holdings)
  GROUP BY account_key
) ORDER BY account_key`;
}

/** Takes the labels that the clusters gave each account, all of them, by their place. */
export function createLabels(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_labels (account_key INTEGER, label INTEGER)`;
}

const SUFFIX = '_resolved';

/** The names of the customers, still to be found. `rank` tells how trusted the kind of the name is. */
export function createNames(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_names (label INTEGER, rank INTEGER, id VARCHAR)`;
}

/** The values that several customers hold, as the labels now are: nobody can be named after one. */
export function createContested(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_contested AS
SELECT kind, normal FROM identity_values WHERE value_key IN (
  SELECT value_key FROM identity_holdings JOIN identity_labels USING (account_key)
  GROUP BY value_key HAVING min(label) <> max(label)
)`;
}

/** The accounts whose customers have no name yet: at first all. */
export function createUnnamed(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_unnamed AS SELECT account_key, label FROM accounts JOIN identity_labels USING (account_key)`;
}

export function keepUnnamed(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_unnamed AS
SELECT account_key, label FROM identity_unnamed ANTI JOIN identity_names USING (label)`;
}

/** Names those customers without a name after their first value of this kind, in byte order, that nobody else has. */
export function insertNames(kind: KeyKind, rank: number): Sql {
  return sql`INSERT INTO identity_names
SELECT label, ${rank}, min(normal) FROM identity_ids JOIN identity_unnamed USING (account_key)
WHERE kind = ${kind} AND unusable IS NULL AND normal NOT IN (SELECT normal FROM identity_contested WHERE kind = ${kind})
GROUP BY label`;
}

/** Who has no value of their own is called `#` and the number of their first account. */
export function insertNumbers(rank: number): Sql {
  return sql`INSERT INTO identity_names SELECT DISTINCT label, ${rank}, '#' || label FROM identity_unnamed`;
}

/**
 * The customers, numbered in the byte order of their ids. Two by one text, which only different kinds can
 * give, are told apart by their number.
 */
export function createResolvedCustomers(): Sql {
  return sql`CREATE OR REPLACE TABLE ${resolved('customers')} AS
WITH first AS (SELECT min(rank) AS rank FROM identity_names),
suspects AS (SELECT id FROM identity_names WHERE rank > (SELECT rank FROM first)),
told AS (
  SELECT label, id || ' #' || label AS id FROM (
    SELECT label, id, row_number() OVER (PARTITION BY id ORDER BY rank, label) AS place
    FROM identity_names WHERE id IN (SELECT id FROM suspects)
  ) WHERE place > 1
)
SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS customer_key, customer_id, label FROM (
  SELECT n.label, coalesce(told.id, n.id) AS customer_id FROM identity_names n LEFT JOIN told USING (label)
  ORDER BY customer_id
)`;
}

/** What naming the customers leaves behind is not needed any more. */
export const SCRATCH_TABLES = ['identity_names', 'identity_unnamed', 'identity_contested'] as const;

export function createResolvedAccounts(): Sql {
  return sql`CREATE OR REPLACE TABLE ${resolved('accounts')} AS
SELECT account_key, c.customer_key FROM accounts JOIN identity_labels USING (account_key)
JOIN ${resolved('customers')} c USING (label) ORDER BY account_key`;
}

/**
 * Who is known by which identifier: every usable value with each customer that has it. A view, so that it
 * follows the accounts and costs nothing until it is asked.
 */
export function createIdentities(): Sql {
  return sql`CREATE OR REPLACE VIEW identities AS
SELECT DISTINCT kind, normal AS value, customer_key FROM identity_ids JOIN accounts USING (account_key) WHERE unusable IS NULL`;
}

const RESOLVED = ['customers', 'accounts'] as const;

/** One text, so that nobody sees new accounts with the old customers. `purchases` named customers that are gone. */
export function swapResolved(): Sql {
  const renames = RESOLVED.map(
    (table) => sql`DROP TABLE IF EXISTS ${ident(table)}; ALTER TABLE ${resolved(table)} RENAME TO ${ident(table)}; `,
  );
  return sql`BEGIN; ALTER TABLE ${resolved('customers')} DROP label; DROP TABLE IF EXISTS purchases; ${join(renames, sql``)}COMMIT`;
}

/** Takes away what a failed run left. */
export function dropResolved(): readonly Sql[] {
  return RESOLVED.map((table) => sql`DROP TABLE IF EXISTS ${resolved(table)}`);
}

function resolved(table: (typeof RESOLVED)[number]): Sql {
  return ident(table + SUFFIX);
}

function list(kinds: readonly string[]): Sql {
  return join(kinds.map((kind) => sql`${kind}`));
}

/** The accounts as decisions name them: the identifiers of each, as written, with the number of the name. */
export function createWantedNames(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_wanted (name_key INTEGER, kind VARCHAR, value VARCHAR)`;
}

/** The accounts that have exactly the identifiers of a name. Shape: { name_key, account_key: 'integer' }. */
export function accountsByName(): Sql {
  return sql`WITH wanted AS (SELECT name_key, count(*) AS ids FROM identity_wanted GROUP BY name_key),
ids AS (SELECT DISTINCT account_key, kind, value FROM account_ids),
found AS (
  SELECT name_key, account_key, count(*) AS hits FROM identity_wanted JOIN ids USING (kind, value)
  GROUP BY name_key, account_key
), whole AS (
  SELECT account_key, count(*) AS ids FROM ids
  WHERE account_key IN (SELECT account_key FROM found) GROUP BY account_key
)
SELECT name_key, account_key FROM found JOIN wanted USING (name_key) JOIN whole USING (account_key)
WHERE hits = wanted.ids AND hits = whole.ids ORDER BY name_key, account_key`;
}

/** The identifiers of accounts as written. Shape: { account_key: 'integer', kind: 'text', value: 'text' }. */
export function idsOfAccounts(accounts: Sql): Sql {
  return sql`SELECT DISTINCT account_key, kind, value FROM account_ids WHERE account_key IN (${accounts})
ORDER BY account_key, kind, value`;
}

/** One row a value given by its number. Shape: { value_key: 'integer', kind: 'text', value: 'text', accounts: 'integer' }. */
export function valuesByKey(keys: Sql): Sql {
  return sql`SELECT value_key, kind, normal AS value, count(*) AS accounts
FROM identity_values JOIN identity_holdings USING (value_key)
WHERE value_key IN (${keys}) GROUP BY value_key, kind, normal ORDER BY value_key`;
}

/** The numbers of values given by kind and text. Shape: { value_key: 'integer' }. */
export function valueKeys(values: readonly { readonly kind: string; readonly value: string }[]): Sql {
  const wanted = values.map(({ kind, value }) => sql`(kind = ${kind} AND normal = ${value})`);
  return sql`SELECT value_key FROM identity_values WHERE ${join(wanted, sql` OR `)} ORDER BY value_key`;
}

/** One row: customers, accounts, and customers of more than one account, who are those with an account that does not name them. */
export function countCustomers(): Sql {
  return sql`WITH merged AS (SELECT count(*) + 1 AS n FROM identity_labels WHERE label <> account_key GROUP BY label)
SELECT (SELECT count(*) FROM customers) AS customers, (SELECT count(*) FROM accounts) AS accounts,
  count(*) AS merged, coalesce(max(n), (SELECT least(count(*), 1) FROM accounts)) AS largest
FROM merged`;
}
