import { startOfDay, type Day } from '../core/dates';
import { EMPTY, printSql, sql, type Sql } from '../core/sql';
import type { Scope } from './analysis';

/** Rows of `purchases` or `sale_lines` that count, whoever made them. */
export function inPeriod(asOf: Day, from: Day | null): Sql {
  const start = from === null ? EMPTY : sql` AND ordered_at >= CAST(${from} AS TIMESTAMP)`;
  return sql`ordered_at < CAST(${asOf} AS TIMESTAMP)${start}`;
}

/** The condition that a customer is of the audience; empty for everyone. */
export function inAudience(audience: Sql | null): Sql {
  return audience === null ? EMPTY : sql` AND customer_key IN (${audience})`;
}

/**
 * The condition that a row of `purchases` or `sale_lines` is of a known customer in scope.
 * Throws RangeError where as-of is no day.
 */
export function inScope(scope: Scope): Sql {
  if (Number.isNaN(startOfDay(scope.asOf))) throw new RangeError(`invalid asOf: ${scope.asOf} (needs YYYY-MM-DD)`);
  return sql`customer_key IS NOT NULL AND ${inPeriod(scope.asOf, scope.from)}${inAudience(scope.audience)}`;
}

/** A text that is the same for scopes that give the same customers and purchases. */
export function scopeKey(scope: Scope): string {
  return JSON.stringify([scope.asOf, scope.from, scope.audience === null ? null : printSql(scope.audience)]);
}
