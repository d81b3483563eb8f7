import { isAppError, throwIfAborted } from '../../core/errors';
import { ident, integerConstant, join, sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import { columnName } from '../staging/staging-contract';
import type { QualityTable } from './column-quality';
import type { QualityRule, RuleKind } from './rule';
import { ruleRows, type RuleContext } from './rule-rows.sql';
import { RuleUnfit } from './rule-source';

/**
 * What a rule came to. `doubtful`: more than half of the rows break a suggested rule, so it is rather the
 * suggestion that is wrong; `unfit`: it cannot be checked on this file.
 */
export type RuleOutcome =
  | {
      readonly state: 'passes' | 'fails' | 'doubtful';
      /** Rows that the rule speaks of. */
      readonly checked: number;
      readonly failing: number;
    }
  | {
      readonly state: 'unfit';
      readonly reason: 'no-column' | 'no-file' | 'bad-expression' | 'refused';
      readonly what: string;
    };

const DOUBTFUL_SHARE = 0.5;
/** Rules about how things are usually done; the others say what must be. */
const USUAL: ReadonlySet<RuleKind> = new Set<RuleKind>(['unique', 'agree', 'product', 'form', 'between', 'few-owners']);
const CHECKED = sql`rule_rows`;

/** `failures_<n>`: rule INTEGER (the number given to runRule) and source_row INTEGER of each row that fails. */
export const failuresTable = (fileNumber: number): string => `failures_${fileNumber}`;

/** Makes an empty table of failures for a file, in place of the former one. */
export async function clearFailures(db: Db, fileNumber: number, options: CallOptions = {}): Promise<void> {
  const table = ident(failuresTable(fileNumber));
  await db.exec(sql`CREATE OR REPLACE TABLE ${table} (rule INTEGER, source_row INTEGER)`, options);
}

/**
 * Checks one rule and keeps the rows that fail under `ruleNumber`. A rule that the engine refuses (a
 * pattern that is none) is `unfit`; throws the engine's other errors and `cancelled`.
 */
export async function runRule(
  db: Db,
  rule: QualityRule,
  context: RuleContext,
  fileNumber: number,
  ruleNumber: number,
  options: CallOptions = {},
): Promise<RuleOutcome> {
  throwIfAborted(options.signal);
  const failures = ident(failuresTable(fileNumber));
  const number = integerConstant(ruleNumber);
  try {
    const rows = ruleRows(rule.check, context);
    await db.exec(sql`CREATE OR REPLACE TABLE ${CHECKED} AS SELECT source_row, fails FROM (${rows})`, options);
    await db.exec(sql`DELETE FROM ${failures} WHERE rule = ${number}`, options);
    await db.exec(
      sql`INSERT INTO ${failures} SELECT ${number}, source_row FROM ${CHECKED} WHERE fails ORDER BY source_row`,
      options,
    );
    const [counts] = await db.query(
      sql`SELECT count(*) AS checked, count(*) FILTER (WHERE fails) AS failing FROM ${CHECKED}`,
      { checked: 'integer', failing: 'integer' },
      options,
    );
    const { checked, failing } = counts ?? { checked: 0, failing: 0 };
    return { state: stateOf(rule, checked, failing), checked, failing };
  } catch (error) {
    if (error instanceof RuleUnfit) return { state: 'unfit', reason: error.reason, what: error.what };
    if (isAppError(error) && error.code === 'query-failed') return { state: 'unfit', reason: 'refused', what: '' };
    throw error;
  } finally {
    if (options.signal?.aborted !== true) await db.exec(sql`DROP TABLE IF EXISTS ${CHECKED}`).catch(() => undefined);
  }
}

function stateOf(rule: QualityRule, checked: number, failing: number): 'passes' | 'fails' | 'doubtful' {
  if (failing === 0) return 'passes';
  return !rule.isOwn && USUAL.has(rule.check.kind) && failing > DOUBTFUL_SHARE * checked ? 'doubtful' : 'fails';
}

/** Different rows that fail under any of the numbers. */
export async function countTouched(
  db: Db,
  fileNumber: number,
  ruleNumbers: readonly number[],
  options: CallOptions = {},
): Promise<number> {
  if (ruleNumbers.length === 0) return 0;
  const numbers = join(ruleNumbers.map(integerConstant));
  const rows = await db.query(
    sql`SELECT count(DISTINCT source_row) AS n FROM ${ident(failuresTable(fileNumber))} WHERE rule IN (${numbers})`,
    { n: 'integer' },
    options,
  );
  return rows[0]?.n ?? 0;
}

/** A row that breaks a rule: its line in the file and its cells in the table's order, null for a gap. */
export interface FailingRow {
  readonly line: number;
  readonly cells: readonly (string | null)[];
}

/** The failing rows [offset, offset + limit) of a rule, in the order of the file. A row that is not in the table has no cells. */
export async function readFailing(
  db: Db,
  fileNumber: number,
  ruleNumber: number,
  table: QualityTable,
  offset: number,
  limit: number,
  options: CallOptions = {},
): Promise<readonly FailingRow[]> {
  const names = table.columns.map(({ index }) => columnName(index));
  const page = sql`SELECT source_row AS line FROM ${ident(failuresTable(fileNumber))} WHERE rule = ${integerConstant(ruleNumber)}
  ORDER BY source_row LIMIT ${integerConstant(limit)} OFFSET ${integerConstant(offset)}`;
  const shape = Object.fromEntries([['line', 'integer'], ...names.map((name) => [name, 'text?'])]) as Record<
    string,
    'integer' | 'text?'
  >;
  const rows = await db.query(
    sql`SELECT line${join(
      names.map((name) => sql`, ${ident(name)}`),
      sql``,
    )} FROM (${page})
LEFT JOIN (SELECT * FROM ${ident(table.table)} WHERE source_row IN (SELECT line FROM (${page}))) AS held ON held.source_row = line ORDER BY line`,
    shape,
    options,
  );
  return rows.map((row) => ({
    line: Number(row['line']),
    cells: names.map((name) => (row[name] ?? null) as string | null),
  }));
}
