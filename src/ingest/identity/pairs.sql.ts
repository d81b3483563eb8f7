import { EMPTY, integerConstant, sql, type Sql } from '../../core/sql';

/**
 * Accounts as they are compared, those with two facts or more: one value of each, the first in byte order. A
 * telephone or address that was refused as shared by too many says nothing and counts as missing.
 *
 * @param hasCity the table `members` has the column city
 */
export function createRecords(hasCity: boolean): Sql {
  const one = (kind: string): Sql => sql`coalesce(min(normal) FILTER (kind = ${kind}), '')`;
  const city = hasCity
    ? sql`LEFT JOIN (SELECT account_key, min(trim(city)) AS city FROM members WHERE account_key IS NOT NULL GROUP BY account_key) m
  USING (account_key)`
    : EMPTY;
  return sql`CREATE OR REPLACE TABLE identity_records AS
WITH shared AS (SELECT kind, normal FROM identity_values JOIN identity_shared USING (value_key)), facts AS (
  SELECT account_key, ${one('name')} AS name, ${one('phone')} AS phone, ${one('birthday')} AS birthday, ${one('email')} AS email
  FROM identity_ids ANTI JOIN shared USING (kind, normal)
  WHERE unusable IS NULL AND kind IN ('name', 'phone', 'birthday', 'email')
  GROUP BY account_key
), known AS (
  SELECT facts.*, ${hasCity ? sql`coalesce(city, '')` : sql`''`} AS city FROM facts ${city}
)
SELECT CAST(row_number() OVER (ORDER BY account_key) - 1 AS INTEGER) AS record, * FROM known
WHERE CAST(name <> '' AS INTEGER) + CAST(phone <> '' AS INTEGER) + CAST(birthday <> '' AS INTEGER)
  + CAST(email <> '' AS INTEGER) + CAST(city <> '' AS INTEGER) >= 2
ORDER BY account_key`;
}

export const RECORDS_SHAPE = {
  account_key: 'integer',
  name: 'text',
  phone: 'text',
  birthday: 'text',
  email: 'text',
  city: 'text',
} as const;

export function records(from: number, end: number): Sql {
  return sql`SELECT account_key, name, phone, birthday, email, city FROM identity_records
WHERE record >= ${integerConstant(from)} AND record < ${integerConstant(end)} ORDER BY record`;
}

/** The records of some accounts, for showing them. Shape: RECORDS_SHAPE. */
export function recordsOf(accounts: Sql): Sql {
  return sql`SELECT account_key, name, phone, birthday, email, city FROM identity_records
WHERE account_key IN (${accounts}) ORDER BY account_key`;
}

/** The values that were refused as shared, whose numbers are appended. */
export function createSharedList(): Sql {
  return sql`CREATE OR REPLACE TABLE identity_shared (value_key INTEGER)`;
}

/** The columns of a table that the import may or may not have made. Shape: { column_name: 'text' }. */
export function columnsOf(table: string): Sql {
  return sql`SELECT column_name FROM information_schema.columns WHERE table_name = ${table} ORDER BY ordinal_position`;
}
