import { sql, type Sql } from '../core/sql';

/** Members by audience. `customer_key` counts in the tables that are loaded: see `restoreMembers`. */
export const CREATE_AUDIENCE_MEMBERS = sql`CREATE TABLE IF NOT EXISTS audience_members (audience_id VARCHAR, customer_key INTEGER)`;

export const DROP_AUDIENCE_MEMBERS = sql`DROP TABLE IF EXISTS audience_members`;

/** The members as a SELECT of one column customer_key: the fragment of Scope.audience. */
export function audienceMembers(id: string): Sql {
  return sql`SELECT customer_key FROM audience_members WHERE audience_id = ${id}`;
}

/** Freezes what a SELECT of customer_key answers now. Keys that are no customer's are left out. */
export function insertMembers(id: string, members: Sql): Sql {
  return sql`INSERT INTO audience_members
SELECT ${id} AS audience_id, customer_key FROM customers
WHERE customer_key IN (${members})
ORDER BY customer_key`;
}

export function deleteMembers(id: string): Sql {
  return sql`DELETE FROM audience_members WHERE audience_id = ${id}`;
}

/** Shape { n: 'integer' }. */
export function countMembers(id: string): Sql {
  return sql`SELECT count(*) AS n FROM audience_members WHERE audience_id = ${id}`;
}

export const SET_OPERATIONS = ['union', 'intersect', 'minus'] as const;
export type SetOperation = (typeof SET_OPERATIONS)[number];

/** The members of two audiences together, in both, or in the first only. */
export function combineMembers(operation: SetOperation, first: string, second: string): Sql {
  const a = audienceMembers(first);
  const b = audienceMembers(second);
  switch (operation) {
    case 'union':
      return sql`${a} UNION ${b}`;
    case 'intersect':
      return sql`${a} INTERSECT ${b}`;
    case 'minus':
      return sql`${a} EXCEPT ${b}`;
  }
}

/** Customer keys a bundle spans: its ids travel as one text instead of thousands of values. */
const KEYS_A_BUNDLE = 20_000;

/**
 * The ids of the members in bundles, each one text, by customer_key. Shape { bundle: 'integer', ids: 'text' }.
 * An id may hold any character, so the line feed between two ids and the backslash are escaped.
 */
export function bundlesOfIds(id: string): Sql {
  return sql`SELECT customer_key // ${KEYS_A_BUNDLE} AS bundle,
  string_agg(replace(replace(customer_id, '\\', '\\-'), chr(10), '\\n'), chr(10) ORDER BY customer_key) AS ids
FROM customers JOIN audience_members USING (customer_key)
WHERE audience_id = ${id}
GROUP BY bundle ORDER BY bundle`;
}

/** Finds the customers of a bundle in the tables that are loaded and makes them members again. */
export function restoreMembers(id: string, bundle: string): Sql {
  return sql`INSERT INTO audience_members
SELECT ${id} AS audience_id, customer_key FROM customers
WHERE customer_id IN (
  SELECT replace(replace(unnest(string_split(${bundle}, chr(10))), '\\n', chr(10)), '\\-', '\\')
)
ORDER BY customer_key`;
}
