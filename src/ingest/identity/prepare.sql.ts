import { EMPTY, integerConstant, join, sql, type Sql } from '../../core/sql';
import { IDENTIFIER_KINDS, PLACEHOLDERS, type IdentifierKind, type NormalOptions } from './identifiers';
import { KEY_KINDS } from './identity-choices';

/**
 * What the accounts' identifiers are in their normal form. Values that need no thought (plain signs, as
 * most are) are made normal by the engine; the others, each different one once, by normaliseIdentifier.
 * A test holds the two to the same result.
 */

/** Signs that NFKC leaves as they are and that no blank is among. */
const VISIBLE_ASCII = sql`regexp_full_match(value, '[!-~]+')`;
const PHONE_DIGITS = sql`regexp_replace(regexp_replace(value, '[^0-9]', '', 'g'), '^(?:0086|086|86)(1[0-9]{10})$', '\\1')`;

/** The normal form of a plain value of a kind; NULL where it takes normaliseIdentifier to tell. */
function plainNormal(kind: IdentifierKind, foldGmail: boolean): Sql {
  switch (kind) {
    case 'phone':
      return sql`CASE WHEN regexp_full_match(value, '1[0-9]{10}') THEN value
        WHEN regexp_full_match(value, '[-+(). 0-9]+') AND length(${PHONE_DIGITS}) BETWEEN 7 AND 15
          AND length(regexp_replace(value, '[^0-9]', '', 'g')) <= 18 THEN ${PHONE_DIGITS} END`;
    case 'email':
      return sql`CASE WHEN regexp_full_match(value, '[!-?A-~]+@[!-?A-~]+[.][!-\\-/-?A-~]+')
        ${foldGmail ? sql`AND lower(value) NOT LIKE '%@gmail.com' AND lower(value) NOT LIKE '%@googlemail.com'` : EMPTY}
        THEN lower(value) END`;
    case 'name':
      return sql`CASE WHEN regexp_full_match(value, '[\\x{4E00}-\\x{9FA5}]+') THEN value
        WHEN regexp_full_match(value, '[A-Za-z][A-Za-z''.-]*( [A-Za-z][A-Za-z''.-]*)*') THEN lower(value) END`;
    case 'birthday':
      return sql`CASE WHEN regexp_full_match(value, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST(value AS DATE) IS NOT NULL
        THEN value END`;
    case 'id-card':
      return sql`CAST(NULL AS VARCHAR)`;
    default:
      return sql`CASE WHEN ${VISIBLE_ASCII} THEN value END`;
  }
}

/** True for a normal value that was typed to fill a field. */
function isPlaceholder(): Sql {
  const cases = IDENTIFIER_KINDS.map(
    (kind) => sql`WHEN ${kind} THEN regexp_full_match(lower(normal), ${PLACEHOLDERS[kind]})`,
  );
  return sql`CASE kind ${join(cases, sql` `)} ELSE FALSE END`;
}

/** What shapes the normal forms; the rest of the choices does not touch the tables made here. */
export interface PrepareOptions extends NormalOptions {
  readonly sameNumbers: boolean;
}

/** The accounts' ids as the import of a single file of orders leaves them: the customer id of each. */
export function createAccountIds(): Sql {
  return sql`CREATE TABLE account_ids AS
SELECT account_key, 'customer' AS kind, customer_id AS value FROM accounts JOIN customers USING (customer_key)
ORDER BY account_key`;
}

/** Every identifier with its plain normal form; NULL where normaliseIdentifier has to say. */
export function createPlainIds({ sameNumbers, foldGmail }: PrepareOptions): Sql {
  const cases = IDENTIFIER_KINDS.map((kind) => sql`WHEN ${kind} THEN ${plainNormal(kind, foldGmail)}`);
  return sql`CREATE OR REPLACE TABLE identity_plain AS
SELECT account_key, ${sameNumbers ? sql`CASE WHEN kind = 'customer' THEN 'member' ELSE kind END AS kind` : sql`kind`}, value,
  CASE kind ${join(
    cases,
    sql`
    `,
  )} END AS normal
FROM account_ids WHERE trim(value) <> '' AND kind IN (${join(IDENTIFIER_KINDS.map((kind) => sql`${kind}`))})`;
}

/** The different values left to normaliseIdentifier, numbered. Shape of a page: ODD_SHAPE. */
export function createOddValues(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_odd AS
SELECT CAST(row_number() OVER (ORDER BY kind, value) - 1 AS INTEGER) AS odd_key, kind, value
FROM (SELECT DISTINCT kind, value FROM identity_plain WHERE normal IS NULL)`;
}

export const ODD_SHAPE = { kind: 'text', value: 'text' } as const;

export function oddValues(from: number, end: number): Sql {
  return sql`SELECT kind, value FROM identity_odd
WHERE odd_key >= ${integerConstant(from)} AND odd_key < ${integerConstant(end)} ORDER BY odd_key`;
}

/** What normaliseIdentifier made of each odd value: one row for each, in their order. */
export function createOddNormals(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_odd_normal (odd_key INTEGER, normal VARCHAR, unusable VARCHAR)`;
}

/**
 * All identifiers in normal form, those that say nothing marked, and the pair of name and birthday as an
 * identifier of its own.
 */
export function createNormalIds(hasOdd: boolean): Sql {
  const plain = sql`SELECT account_key, kind, normal, CASE WHEN ${isPlaceholder()} THEN 'placeholder' END AS unusable
  FROM identity_plain WHERE normal IS NOT NULL`;
  const odd = sql`
  UNION ALL
  SELECT p.account_key, p.kind, n.normal, n.unusable FROM identity_plain p
  JOIN identity_odd o USING (kind, value) JOIN identity_odd_normal n USING (odd_key) WHERE p.normal IS NULL`;
  return sql`CREATE OR REPLACE TABLE identity_normal AS
WITH ids AS MATERIALIZED (
  ${plain}${hasOdd ? odd : EMPTY}
)
SELECT * FROM ids
UNION ALL
SELECT account_key, 'name-birthday', a.normal || ' ' || b.normal, NULL
FROM ids a JOIN ids b USING (account_key)
WHERE a.kind = 'name' AND b.kind = 'birthday' AND a.unusable IS NULL AND b.unusable IS NULL`;
}

/** The usable values that more than one account holds, numbered by kind and value. */
export function createSharedValues(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_values AS
SELECT CAST(row_number() OVER (ORDER BY kind, normal) - 1 AS INTEGER) AS value_key, kind, normal, accounts
FROM (
  SELECT kind, normal, CAST(count(DISTINCT account_key) AS INTEGER) AS accounts FROM identity_normal
  WHERE unusable IS NULL AND kind IN (${join(KEY_KINDS.map((key) => sql`${key}`))})
  GROUP BY kind, normal HAVING min(account_key) <> max(account_key)
)`;
}

/** The identifiers with the number of their value where several accounts hold it. */
export function createIds(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_ids AS
SELECT account_key, kind, normal, unusable, CASE WHEN unusable IS NULL THEN value_key END AS value_key
FROM identity_normal LEFT JOIN identity_values USING (kind, normal)`;
}

/** Who holds which shared value, numbered in the order of values and accounts. */
export function createHoldings(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_holdings AS
SELECT CAST(row_number() OVER (ORDER BY value_key, account_key) - 1 AS INTEGER) AS holding, value_key, account_key
FROM (SELECT DISTINCT value_key, account_key FROM identity_ids WHERE value_key IS NOT NULL)
ORDER BY value_key, account_key`;
}

export const HOLDINGS_SHAPE = { value_key: 'integer', account_key: 'integer' } as const;

export function holdings(from: number, end: number): Sql {
  return sql`SELECT value_key, account_key FROM identity_holdings
WHERE holding >= ${integerConstant(from)} AND holding < ${integerConstant(end)} ORDER BY holding`;
}

/** What the helper tables of the preparation leave behind is not needed any more. */
export const SCRATCH_TABLES = ['identity_plain', 'identity_odd', 'identity_odd_normal', 'identity_normal'] as const;

/** One row: how many of what there are. */
export function countIdentity(): Sql {
  return sql`SELECT (SELECT count(*) FROM accounts) AS accounts,
  (SELECT coalesce(max(account_key) + 1, 0) FROM accounts) AS account_space,
  (SELECT count(*) FROM identity_values) AS shared_values, (SELECT count(*) FROM identity_holdings) AS holdings`;
}

/** One row a kind: identifiers and accounts that have one, different values, and those that say nothing. */
export function kindCounts(): Sql {
  return sql`SELECT kind, count(DISTINCT account_key) AS accounts, approx_count_distinct(normal) AS distinct_values,
  count(*) FILTER (unusable = 'placeholder') AS placeholders, count(*) FILTER (unusable = 'malformed') AS malformed
FROM identity_ids GROUP BY kind ORDER BY kind`;
}

/** One row a key kind: the first of its shared values and how many there are. */
export function sharedByKind(): Sql {
  return sql`SELECT kind, min(value_key) AS first_value, count(*) AS shared FROM identity_values GROUP BY kind ORDER BY kind`;
}

/** The values that are no identity, most accounts first. */
export function unusableValues(most: number): Sql {
  return sql`SELECT kind, normal AS value, unusable, count(DISTINCT account_key) AS accounts FROM identity_ids
WHERE unusable IS NOT NULL GROUP BY kind, normal, unusable ORDER BY accounts DESC, kind, value LIMIT ${most}`;
}
