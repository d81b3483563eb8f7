import { ident, sql, type Sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { Cell } from './plan-scope';

/** Pairs sent in one statement; their texts travel as two bound values. */
const PAIRS_A_TURN = 20_000;
/** Different texts read in one page, so that a long column never holds the page up. */
const TEXTS_A_PAGE = 20_000;

/** A text and what it becomes. */
export type Pair = readonly [from: string, to: Cell];

/** Makes a table (written, meant) of the pairs; of a `from` that stands twice the last one holds. */
export async function loadPairs(db: Db, table: string, pairs: readonly Pair[], options: CallOptions): Promise<void> {
  await db.exec(sql`CREATE OR REPLACE TABLE ${ident(table)} (written VARCHAR, meant VARCHAR)`, options);
  const unique = [...new Map(pairs)];
  for (let first = 0; first < unique.length; first += PAIRS_A_TURN) {
    await db.exec(insertPairs(table, unique.slice(first, first + PAIRS_A_TURN)), options);
  }
}

/** The texts travel joined by a separator that stands in none of them; a gap as '', which no `to` is. */
function insertPairs(table: string, pairs: readonly Pair[]): Sql {
  const from = pairs.map(([text]) => text);
  const to = pairs.map(([, text]) => text ?? '');
  const separator = separatorFor([...from, ...to]);
  return sql`INSERT INTO ${ident(table)}
    SELECT written, nullif(meant, '') FROM (
      SELECT unnest(string_split(${from.join(separator)}, ${separator})) AS written,
        unnest(string_split(${to.join(separator)}, ${separator})) AS meant)`;
}

/** Ends in its only U+001F, so it is found again wherever a text stands before it. */
function separatorFor(texts: readonly string[]): string {
  let separator = '\u001f';
  while (texts.some((text) => text.includes(separator))) separator = `\u001e${separator}`;
  return separator;
}

/**
 * What `convert` makes of each different text of the column `value` of `from` (a query); only the pairs
 * where it changes something. Cost: the engine's DISTINCT, and each text once across the border.
 */
export async function convertTexts(
  db: Db,
  table: string,
  from: Sql,
  convert: (text: string) => Cell,
  options: CallOptions & { readonly onShare?: (share: number) => void },
): Promise<readonly Pair[]> {
  await db.exec(
    sql`CREATE OR REPLACE TABLE ${ident(table)} AS SELECT row_number() OVER () AS place, value FROM (SELECT DISTINCT value FROM (${from}))`,
    options,
  );
  const [counted] = await db.query(sql`SELECT count(*) AS n FROM ${ident(table)}`, { n: 'integer' }, options);
  const count = counted?.n ?? 0;
  const pairs: Pair[] = [];
  for (let first = 0; first < count; first += TEXTS_A_PAGE) {
    const page = sql`SELECT value FROM ${ident(table)} WHERE place > ${first} AND place <= ${first + TEXTS_A_PAGE}`;
    const { value } = await db.columns(page, { value: 'text' }, options);
    for (const text of value) {
      const converted = convert(text);
      // A bound value ends at a NUL; a text that holds one stays as it is.
      if (converted !== text && !text.includes('\0')) pairs.push([text, converted === '' ? null : converted]);
    }
    options.onShare?.(Math.min(1, (first + TEXTS_A_PAGE) / count));
  }
  return pairs;
}
