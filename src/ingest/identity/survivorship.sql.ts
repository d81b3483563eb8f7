import { EMPTY, join, sql, type Sql } from '../../core/sql';
import { ATTRIBUTES, type Attribute, type IdentityChoices, type SurvivalRule } from './identity-choices';

/**
 * The merged profile: of the values that a customer's accounts have for an attribute, one survives. Values
 * that are no identity (无, 13800000000) have no say.
 */

/** Attributes that stand in the member list; the others are identifiers. */
const OF_MEMBERS: readonly Attribute[] = ['gender', 'city', 'level'];

const NOT_DATED = sql`CAST(NULL AS TIMESTAMP)`;

/** What the member list has of what a profile needs. */
export interface MemberColumns {
  readonly attributes: readonly Attribute[];
  readonly hasRegisteredAt: boolean;
}

export function memberColumnsOf(columns: readonly string[]): MemberColumns {
  const known = columns.includes('account_key') ? columns : [];
  return {
    attributes: OF_MEMBERS.filter((attribute) => known.includes(attribute)),
    hasRegisteredAt: known.includes('registered_at'),
  };
}

/** Every value an account has of an attribute, with its customer and the time its card was taken out where that is known. */
export function createAttributeValues({ attributes, hasRegisteredAt }: MemberColumns): Sql {
  const ids = join(ATTRIBUTES.filter((attribute) => !OF_MEMBERS.includes(attribute)).map((kind) => sql`${kind}`));
  const dated = hasRegisteredAt
    ? sql`LEFT JOIN (SELECT account_key, max(registered_at) AS noted_at FROM members GROUP BY account_key) USING (account_key)`
    : EMPTY;
  const noted = hasRegisteredAt ? sql`noted_at` : sql`${NOT_DATED} AS noted_at`;
  const fromMembers = attributes.map(
    (attribute) => sql`
UNION ALL
SELECT account_key, ${attribute}, trim(${COLUMNS[attribute]}), ${hasRegisteredAt ? sql`registered_at` : NOT_DATED} FROM members
WHERE account_key IS NOT NULL AND trim(${COLUMNS[attribute]}) <> ''`,
  );
  return sql`CREATE OR REPLACE TABLE identity_attributes AS
SELECT customer_key, account_key, attribute, value, noted_at FROM (
  SELECT account_key, kind AS attribute, normal AS value, ${noted}
  FROM identity_ids ${dated} WHERE kind IN (${ids}) AND unusable IS NULL${join(fromMembers, EMPTY)}
) JOIN accounts USING (account_key)`;
}

const COLUMNS: Readonly<Record<Attribute, Sql>> = {
  name: sql`name`,
  phone: sql`phone`,
  email: sql`email`,
  birthday: sql`birthday`,
  gender: sql`gender`,
  city: sql`city`,
  level: sql`level`,
};

/** The order in which the candidates of one attribute are preferred; the account's number, then the text, settles what is left. */
const PREFERENCE: Readonly<Record<SurvivalRule, Sql>> = {
  'first-source': sql`first_account`,
  latest: sql`last_noted_at DESC NULLS LAST, last_account DESC`,
  'most-frequent': sql`accounts DESC, last_noted_at DESC NULLS LAST, first_account`,
  longest: sql`length(value) DESC, accounts DESC, first_account`,
};

/**
 * One row a customer and attribute with a value, and the same of the values that lost to it. `place` 1 is
 * the one that survives. Most customers have one value of everything, over which nothing need be weighed.
 */
export function createSurvivors(rules: IdentityChoices['survivorship']): Sql {
  const groups = ATTRIBUTES.map(
    (attribute) => sql`
UNION ALL
SELECT *, row_number() OVER (PARTITION BY customer_key ORDER BY ${PREFERENCE[rules[attribute]]}, value) AS place
FROM candidates WHERE attribute = ${attribute}`,
  );
  return sql`CREATE OR REPLACE TABLE identity_survivors AS
WITH undecided AS (
  SELECT customer_key FROM identity_attributes GROUP BY customer_key, attribute HAVING count(*) > 1
), holders AS (
  SELECT customer_key, attribute, value, account_key, max(noted_at) AS noted_at
  FROM identity_attributes SEMI JOIN undecided USING (customer_key)
  GROUP BY customer_key, attribute, value, account_key
), candidates AS (
  SELECT customer_key, attribute, value, count(*) AS accounts, min(account_key) AS first_account,
    max(account_key) AS last_account, max(noted_at) AS last_noted_at
  FROM holders GROUP BY customer_key, attribute, value
)
SELECT customer_key, attribute, value, 1 AS accounts, account_key AS first_account, account_key AS last_account,
  noted_at AS last_noted_at, 1 AS place
FROM identity_attributes ANTI JOIN undecided USING (customer_key)${join(groups, EMPTY)}`;
}

/**
 * The profile of each customer of whom anything is known: a row each, NULL where an attribute is not.
 * `present` are the attributes of which there is any value. A customer has one survivor of each at most,
 * so that the columns are joined, which costs less than grouping the texts.
 */
export function createProfiles(present: readonly Attribute[]): Sql {
  const columns = ATTRIBUTES.map((attribute) =>
    present.includes(attribute) ? sql`, ${COLUMNS[attribute]}` : sql`, CAST(NULL AS VARCHAR) AS ${COLUMNS[attribute]}`,
  );
  const survivors = present.map(
    (attribute, i) => sql`(SELECT customer_key, value AS ${COLUMNS[attribute]} FROM identity_survivors
  WHERE attribute = ${attribute} AND place = 1)${i === 0 ? EMPTY : sql` USING (customer_key)`}`,
  );
  const none = sql`identity_survivors WHERE FALSE`;
  return sql`CREATE OR REPLACE TABLE customer_profiles AS
SELECT customer_key${join(columns, EMPTY)} FROM ${present.length === 0 ? none : join(survivors, sql` FULL JOIN `)}
ORDER BY customer_key`;
}

/** One row an attribute: customers that have it, those whose accounts disagree, and the values that were passed over. */
export function attributeCounts(): Sql {
  return sql`SELECT attribute, count(*) FILTER (place = 1) AS customers,
  count(*) FILTER (place = 2) AS disagreeing, count(*) FILTER (place > 1) AS passed_over
FROM identity_survivors GROUP BY attribute ORDER BY attribute`;
}

/** The candidates of a customer, the survivor of each attribute first. */
export function candidatesOf(customerKey: number): Sql {
  return sql`SELECT attribute, value, accounts, last_noted_at AS noted_at, CAST(place AS INTEGER) AS place
FROM identity_survivors WHERE customer_key = ${customerKey} ORDER BY attribute, place`;
}
