import { EMPTY, join, sql, type Sql } from '../../core/sql';
import { ATTRIBUTE_TEXTS, type AttributeText } from './sale-tables';

/** Which tables there are to read attributes from. */
export interface AttributeSources {
  readonly hasProfiles: boolean;
  /** Columns of `members`; none where there is no member list. */
  readonly memberColumns: readonly string[];
}

const OF_PROFILES = {
  gender: sql`profile.gender`,
  city: sql`profile.city`,
  level: sql`profile.level`,
} as const satisfies Partial<Record<AttributeText, Sql>>;

/**
 * Makes the table customer_attributes: a row a customer. What several accounts may disagree on is taken from the merged
 * profile; of the cards themselves the first one registered counts, where none is dated the first value in byte order.
 */
export function createCustomerAttributes({ hasProfiles, memberColumns }: AttributeSources): Sql {
  const cards = hasCards(memberColumns);
  const ofProfile = (value: Sql): Sql => (hasProfiles ? sql`nullif(trim(${value}), '')` : sql`CAST(NULL AS VARCHAR)`);
  const ofCard = (column: string, value: Sql, missing: Sql): Sql =>
    cards && memberColumns.includes(column) ? value : missing;
  const dated = memberColumns.includes('registered_at');
  const firstOf = (value: Sql): Sql =>
    dated ? sql`coalesce(arg_min(${value}, registered_at), min(${value}))` : sql`min(${value})`;
  const gathered = [
    ...(memberColumns.includes('registration_channel')
      ? [sql`, ${firstOf(sql`nullif(trim(registration_channel), '')`)} AS registration_channel`]
      : []),
    ...(memberColumns.includes('age') ? [sql`, ${firstOf(sql`age`)} AS age`] : []),
    ...(dated ? [sql`, min(registered_at) AS registered_at`] : []),
  ];
  return sql`CREATE OR REPLACE TABLE customer_attributes AS
SELECT customers.customer_key, ${join(
    Object.entries(OF_PROFILES).map(
      ([name, value]) => sql`${ofProfile(value)} AS ${NAMES[name as keyof typeof OF_PROFILES]}`,
    ),
  )},
  ${ofCard('registration_channel', sql`card.registration_channel`, sql`CAST(NULL AS VARCHAR)`)} AS registration_channel,
  ${hasProfiles ? sql`TRY_CAST(profile.birthday AS DATE)` : sql`CAST(NULL AS DATE)`} AS birthday,
  CAST(floor(${ofCard('age', sql`card.age`, sql`NULL`)}) AS INTEGER) AS age,
  ${ofCard('registered_at', sql`card.registered_at`, sql`CAST(NULL AS TIMESTAMP)`)} AS registered_at
FROM customers${hasProfiles ? sql` LEFT JOIN customer_profiles profile USING (customer_key)` : EMPTY}${
    cards
      ? sql`
LEFT JOIN (
  SELECT customer_key${join(gathered, EMPTY)} FROM members JOIN accounts USING (account_key) GROUP BY customer_key
) card USING (customer_key)`
      : EMPTY
  }
ORDER BY customers.customer_key`;
}

function hasCards(memberColumns: readonly string[]): boolean {
  return memberColumns.includes('account_key');
}

const NAMES: Readonly<Record<keyof typeof OF_PROFILES, Sql>> = {
  gender: sql`gender`,
  city: sql`city`,
  level: sql`level`,
};

/** One row: how many customers have each. Shape: ATTRIBUTE_COUNTS. */
export function countAttributes(): Sql {
  return sql`SELECT count(gender) AS gender, count(city) AS city, count(level) AS level,
  count(registration_channel) AS registration_channel, count(birthday) AS birthday, count(age) AS age,
  count(registered_at) AS registered_at
FROM customer_attributes`;
}

export const ATTRIBUTE_COUNTS = {
  gender: 'integer',
  city: 'integer',
  level: 'integer',
  registration_channel: 'integer',
  birthday: 'integer',
  age: 'integer',
  registered_at: 'integer',
} as const satisfies Readonly<Record<AttributeText | 'birthday' | 'age' | 'registered_at', 'integer'>>;

export function textsWith(counts: Readonly<Record<AttributeText, number>>): readonly AttributeText[] {
  return ATTRIBUTE_TEXTS.filter((name) => counts[name] > 0);
}
