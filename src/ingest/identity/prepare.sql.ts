import { EMPTY, integerConstant, join, sql, type Sql } from '../../core/sql';
import { PLACEHOLDERS, type NormalOptions } from './identifiers';
import type { PersonRole } from '../kinds/kinds';
import type { KeyKind } from './identity-choices';

/**
 * What the accounts' identifiers are in their normal form. Values that need no thought (plain signs, as
 * most are) are made normal by the engine; the others, each different one once, by normaliseIdentifier.
 * A test holds the two to the same result.
 */

/** Signs that NFKC leaves as they are, with no blank around them. Lengths and ends cost a third of a pattern. */
const PLAIN_ASCII = sql`strlen(value) = length(value) AND value >= '!' AND value[-1] >= '!'`;
const PHONE_DIGITS = sql`regexp_replace(regexp_replace(value, '[^0-9]', '', 'g'), '^(?:0086|086|86)(1[0-9]{10})$', '\\1')`;

/** The normal form of a plain value of a kind; NULL where it takes normaliseIdentifier to tell. */
function plainNormal(kind: PersonRole, foldGmail: boolean): Sql {
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
      return sql`CASE WHEN ${PLAIN_ASCII} THEN value END`;
  }
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

/** The kinds that there are, known or not. Shape: { kind: 'text' }. */
export function presentKinds(): Sql {
  return sql`SELECT DISTINCT kind FROM account_ids ORDER BY kind`;
}

/**
 * The table identity_ids: every identifier with its plain normal form, or as it is and marked as odd where
 * normaliseIdentifier has to say. A kind at a time: its patterns then run over nothing else.
 */
export function createIds(kinds: readonly PersonRole[], { sameNumbers, foldGmail }: PrepareOptions): Sql {
  const parts = kinds.map((kind) => {
    const as = kind === 'customer' && sameNumbers ? 'member' : kind;
    return sql`SELECT account_key, ${as} AS kind, coalesce(plain, value) AS normal, CASE WHEN plain IS NULL THEN 'odd'
  WHEN regexp_full_match(plain, ${PLACEHOLDERS[kind]}, 'i') THEN 'placeholder' END AS unusable
FROM (SELECT account_key, value, ${plainNormal(kind, foldGmail)} AS plain FROM account_ids WHERE kind = ${kind})`;
  });
  const none = sql`SELECT CAST(NULL AS INTEGER) AS account_key, '' AS kind, '' AS normal, '' AS unusable WHERE FALSE`;
  return sql`CREATE OR REPLACE TABLE identity_ids AS
${parts.length === 0 ? none : join(parts, UNION_ALL)}`;
}

const UNION_ALL = sql`
UNION ALL
`;

/** The different values left to normaliseIdentifier, numbered. Shape of a page: ODD_SHAPE. */
export function createOddValues(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_odd AS
SELECT CAST(row_number() OVER (ORDER BY kind, value) - 1 AS INTEGER) AS odd_key, kind, value
FROM (SELECT DISTINCT kind, normal AS value FROM identity_ids WHERE unusable = 'odd' AND trim(normal) <> '')`;
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

/** The identifiers whose odd values have been made normal. */
export function insertOddIds(): Sql {
  return sql`INSERT INTO identity_ids
SELECT i.account_key, i.kind, n.normal, n.unusable FROM identity_ids i
JOIN identity_odd o ON o.kind = i.kind AND o.value = i.normal JOIN identity_odd_normal n USING (odd_key)
WHERE i.unusable = 'odd'`;
}

/** What has been made normal, or is blank. */
export function deleteOddIds(): Sql {
  return sql`DELETE FROM identity_ids WHERE unusable = 'odd'`;
}

/** The pair of name and birthday as an identifier of its own. */
export function insertNamesWithBirthdays(): Sql {
  return sql`INSERT INTO identity_ids
SELECT account_key, 'name-birthday', a.normal || ' ' || b.normal, NULL
FROM identity_ids a JOIN identity_ids b USING (account_key)
WHERE a.kind = 'name' AND b.kind = 'birthday' AND a.unusable IS NULL AND b.unusable IS NULL`;
}

/**
 * The usable values that more than one account holds, numbered by kind and value, with how often each is
 * there and its first and last account. A kind at a time, as grouping by one text costs less.
 */
export function createSharedValues(kinds: readonly KeyKind[]): Sql {
  const parts = kinds.map(
    (kind) => sql`SELECT ${kind} AS kind, normal, count(*) AS entries,
  min(account_key) AS first_account, max(account_key) AS last_account
FROM identity_ids WHERE kind = ${kind} AND unusable IS NULL GROUP BY normal HAVING first_account <> last_account`,
  );
  const none = sql`SELECT '' AS kind, '' AS normal, 0 AS entries, 0 AS first_account, 0 AS last_account WHERE FALSE`;
  return sql`CREATE OR REPLACE TABLE identity_values AS
SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS value_key, * FROM (
${parts.length === 0 ? none : join(parts, UNION_ALL)}
ORDER BY kind, normal
)`;
}

/**
 * Who holds which shared value, in the order of values and accounts. The holders of a value that is there
 * twice, as most shared ones are, are known already; only the others are looked for among all identifiers.
 */
export function createHoldings(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_holdings AS
SELECT value_key, account_key FROM (
  SELECT value_key, unnest([first_account, last_account]) AS account_key FROM identity_values WHERE entries = 2
  UNION ALL
  SELECT DISTINCT value_key, account_key FROM identity_ids
  JOIN (SELECT value_key, kind, normal FROM identity_values WHERE entries > 2) USING (kind, normal)
  WHERE unusable IS NULL
) ORDER BY value_key, account_key`;
}

export const HOLDINGS_SHAPE = { value_key: 'integer', account_key: 'integer' } as const;

/** The rows from `from` to before `end`, as they lie. */
export function holdings(from: number, end: number): Sql {
  return sql`SELECT value_key, account_key FROM identity_holdings
WHERE rowid >= ${integerConstant(from)} AND rowid < ${integerConstant(end)} ORDER BY rowid`;
}

/** What the helper tables of the preparation leave behind is not needed any more. */
export const SCRATCH_TABLES = ['identity_odd', 'identity_odd_normal'] as const;

/** One row: how many of what there are. */
export function countIdentity(): Sql {
  return sql`SELECT (SELECT count(*) FROM accounts) AS accounts,
  (SELECT coalesce(max(account_key) + 1, 0) FROM accounts) AS account_space,
  (SELECT count(*) FROM identity_values) AS shared_values, (SELECT count(*) FROM identity_holdings) AS holdings`;
}

/** One row a kind: entries, and those of them that say nothing. */
export function kindCounts(): Sql {
  return sql`WITH unusable AS (
  SELECT kind, count(*) FILTER (unusable = 'placeholder') AS placeholders, count(*) FILTER (unusable = 'malformed') AS malformed
  FROM identity_ids WHERE unusable IS NOT NULL GROUP BY kind
)
SELECT kind, entries, coalesce(placeholders, 0) AS placeholders, coalesce(malformed, 0) AS malformed
FROM (SELECT kind, count(*) AS entries FROM identity_ids GROUP BY kind) LEFT JOIN unusable USING (kind) ORDER BY kind`;
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
