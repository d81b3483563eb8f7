import { join, sql, sqlDate, type Sql } from '../../core/sql';
import type { Day } from '../../core/dates';
import { CITY_PATTERNS, LONGEST_ADDRESS } from '../../core/places';
import { bandName, COMPACT_DAY, PARTED_DAY, PLAIN_NUMBER, type Generalisation } from './generalise';

/** `generalise` of generalise.ts in SQL: VARCHAR, NULL for a cell that cannot be read. `text` is a VARCHAR expression. */
export function generaliseSql(text: Sql, how: Generalisation, asOf: Day): Sql {
  switch (how.to) {
    case 'age-band':
      return ageBandSql(text, how.from, asOf);
    case 'city':
      return sql`CASE WHEN length(${text}) <= CAST(${LONGEST_ADDRESS} AS INTEGER) THEN coalesce(${join(CITY_PATTERNS.map((pattern) => sql`nullif(regexp_extract(${text}, ${pattern}, 1), '')`))}) END`;
    case 'prefix':
      return sql`CASE WHEN trim(${text}, ' ') <> '' THEN left(trim(${text}, ' '), CAST(${how.characters} AS INTEGER)) || '*' END`;
    case 'day':
      return sql`strftime(${dayInSql(text)}, '%Y-%m-%d')`;
    case 'month':
      return sql`strftime(${dayInSql(text)}, '%Y-%m')`;
    case 'year':
      return sql`strftime(${dayInSql(text)}, '%Y')`;
    case 'amount-band':
      return amountBandSql(text, how.width);
  }
}

/** The day written in a text, as DATE; NULL where there is none. */
function dayInSql(text: Sql): Sql {
  const part = (pattern: string, group: number): Sql => sql`regexp_extract(${text}, ${pattern}, ${groupNumber(group)})`;
  const day = (pattern: string): Sql =>
    sql`try_cast(${part(pattern, 1)} || '-' || lpad(${part(pattern, 2)}, 2, '0') || '-' || lpad(${part(pattern, 3)}, 2, '0') AS DATE)`;
  return sql`CASE WHEN regexp_matches(${text}, ${PARTED_DAY}) THEN ${day(PARTED_DAY)} ELSE ${day(COMPACT_DAY)} END`;
}

/** The engine wants the number of a group before it runs, so it stands in the text. */
function groupNumber(group: number): Sql {
  return [sql`0`, sql`1`, sql`2`, sql`3`][group] ?? sql`0`;
}

function ageBandSql(text: Sql, from: readonly number[], asOf: Day): Sql {
  const number = (day: Sql): Sql => sql`CAST(strftime(${day}, '%Y%m%d') AS INTEGER)`;
  const age = sql`CAST(floor((${number(sqlDate(asOf))} - ${number(dayInSql(text))}) / 10000) AS INTEGER)`;
  const bands = from.map((first, band) => ({ first, name: bandName(from, band) })).toReversed();
  const youngest = `0-${(from[0] ?? 1) - 1}`;
  const cases = bands.map(({ first, name }) => sql`WHEN age >= CAST(${first} AS INTEGER) THEN ${name}`);
  return sql`(SELECT CASE WHEN age < 0 OR age > 120 OR age IS NULL THEN NULL ${join(cases, sql` `)} ELSE ${youngest} END
    FROM (SELECT ${age} AS age))`;
}

function amountBandSql(text: Sql, width: number): Sql {
  const first = sql`CAST(floor(CAST(replace(trim(${text}, ' '), ',', '') AS DOUBLE) / CAST(${width} AS DOUBLE)) * CAST(${width} AS DOUBLE) AS BIGINT)`;
  return sql`CASE WHEN regexp_matches(${text}, ${PLAIN_NUMBER}) THEN ${first} || '..<' || (${first} + CAST(${width} AS BIGINT)) END`;
}
