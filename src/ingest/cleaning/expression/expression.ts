import { isAppError } from '../../../core/errors';
import { ident, join, sql, type Sql } from '../../../core/sql';
import type { CallOptions, Db } from '../../../db/db';
import type { CleaningColumn } from '../columns';
import { MistakeFound, type ExpressionMistake } from './mistake';
import { ExpressionReader } from './parse';
import { castTo, cellOf, type Typed, type ValueType } from './typed';

const LONGEST = 2000;

/** An expression that may run: over one row's columns alone, made of our own fragments. */
export interface CheckedExpression {
  readonly ok: true;
  readonly type: ValueType;
  /** Gives a cell: VARCHAR, NULL for a gap. The columns stand under their keys. */
  readonly sql: Sql;
  /** Gives a truth, NULL where a gap leaves it open; null when the expression is none. */
  readonly condition: Sql | null;
  /** Keys of the columns it reads. */
  readonly reads: readonly string[];
}

export interface RefusedExpression {
  readonly ok: false;
  readonly mistake: ExpressionMistake;
}

/**
 * Reads a scalar SQL expression typed by a person: columns by name (in double quotes, or plain when they
 * look like a word), literals, + - * / % ||, comparisons, AND, OR, NOT, IS NULL, IN, LIKE, BETWEEN, CASE,
 * CAST and the functions of functions.ts. There is no way to write a statement, a subquery, a table, a
 * setting or a file. Cells are text; beside a number they are read as numbers (DECIMAL(38,9), exact), and
 * one that is none is a gap. The place of a mistake is an offset into the text.
 */
export function checkExpression(
  text: string,
  columns: readonly CleaningColumn[],
): CheckedExpression | RefusedExpression {
  if (text.trim() === '') return refused(new MistakeFound('empty', 0, text.length, ''));
  if (text.length > LONGEST) return refused(new MistakeFound('too-long', LONGEST, text.length, ''));
  try {
    const reader = new ExpressionReader(text, columns);
    const whole = reader.read();
    return { ok: true, type: whole.type, sql: cellOf(whole), condition: conditionOf(whole), reads: reader.used };
  } catch (error) {
    if (error instanceof MistakeFound) return refused(error);
    throw error;
  }
}

/**
 * The same, and the engine is asked as well whether it would take it over the table; what it refuses
 * (a pattern that is none, a cast it does not know) is the mistake `refused`. Throws AppErrors of the engine
 * itself. Cost: plans the statement on no rows, whatever the table holds.
 */
export async function tryExpression(
  db: Db,
  text: string,
  columns: readonly CleaningColumn[],
  options: CallOptions = {},
): Promise<CheckedExpression | RefusedExpression> {
  const checked = checkExpression(text, columns);
  if (!checked.ok) return checked;
  const noRow = columns.filter(({ key }) => checked.reads.includes(key)).map(({ key }) => sql`'1' AS ${ident(key)}`);
  const source = join([sql`0 AS source_row`, ...noRow]);
  try {
    await db.exec(sql`EXPLAIN SELECT ${checked.sql} AS value FROM (SELECT ${source})`, options);
    await db.exec(sql`SELECT ${checked.sql} AS value FROM (SELECT ${source}) WHERE source_row = 1`, options);
    return checked;
  } catch (error) {
    if (!isAppError(error) || error.code !== 'query-failed') throw error;
    return refused(new MistakeFound('refused', 0, text.length, engineWords(error.cause)));
  }
}

function conditionOf(whole: Typed): Sql | null {
  return whole.type === 'text' ? null : castTo(whole, 'boolean');
}

function refused({ mistake }: MistakeFound): RefusedExpression {
  return { ok: false, mistake };
}

/** The first line of the engine's message: it names the function or the pattern, and no row. */
function engineWords(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
}
