import { isAppError } from '../../core/errors';
import { ident, sql, type Sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { StepMistake, StepPlan, Work } from './plan-scope';
import type { ColumnChange } from './report';
import { overInput, selectColumns, type TableState } from './table-state';
import { convertTexts, loadPairs, type Pair } from './value-pairs';

export interface WorkOptions extends CallOptions {
  /** 0..1 of the step. */
  readonly onShare?: (share: number) => void;
}

/** Gives names to the tables that a run makes, and takes away those it no longer needs. */
export interface Tables {
  readonly name: () => string;
  readonly drop: (names: readonly string[]) => Promise<void>;
}

/** What a step came to: the table after it, and what it changed. */
export interface StepOutcome {
  readonly state: TableState;
  readonly changes: readonly ColumnChange[];
  /** A table of the source_row of every row it changed or dropped, or null when there is none. */
  readonly touched: string | null;
  readonly rowsChanged: number;
}

interface Progressing {
  readonly state: TableState;
  readonly changes: readonly ColumnChange[];
  /** Queries of the source_rows whose cells are others. */
  readonly changedRows: readonly Sql[];
}

/**
 * Does one step. It makes a table of the columns it changes and of the rows it keeps, nothing else; a
 * column that comes out as it went in is not kept twice. Throws AppErrors; then nothing is left behind.
 */
export async function doStep(
  db: Db,
  plan: StepPlan,
  before: TableState,
  tables: Tables,
  options: WorkOptions = {},
): Promise<StepOutcome> {
  const made: string[] = [];
  const name = (): string => {
    const fresh = tables.name();
    made.push(fresh);
    return fresh;
  };
  try {
    let now: Progressing = { state: { ...before, keysUsed: plan.keysUsed }, changes: [], changedRows: [] };
    for (const [index, work] of plan.works.entries()) {
      const onShare = (share: number): void => options.onShare?.((index + share) / plan.works.length);
      onShare(0);
      now = await doWork(db, work, now, plan, { name, drop: tables.drop }, { ...options, onShare });
    }
    const state = { ...now.state, columns: plan.columns };
    const { touched, rowsChanged } = await touchedRows(db, before, state, now.changedRows, name, options);
    return { state, changes: now.changes, touched, rowsChanged };
  } catch (error) {
    await tables.drop(made);
    throw error;
  }
}

async function doWork(
  db: Db,
  work: Work,
  now: Progressing,
  plan: StepPlan,
  tables: Tables,
  options: WorkOptions,
): Promise<Progressing> {
  switch (work.is) {
    case 'keep':
      return { ...now, state: await keepRows(db, work, now.state, tables, options) };
    case 'write':
      return writeCells(db, now, plan, work.writes, overInput(now.state, work.reads, work.query), tables, options);
    case 'formula': {
      const cell = ident(work.column);
      const cells = selectColumns(now.state, [work.column]);
      // Most columns have nothing to mend, and to find that out is cheaper than to make them anew.
      const differs = sql`SELECT 1 AS found FROM (${cells}) WHERE ${work.value} IS DISTINCT FROM ${cell} LIMIT 1`;
      const found = await db.query(differs, { found: 'integer' }, options);
      if (found.length === 0) return now;
      const query = sql`SELECT source_row, ${work.value} AS ${cell} FROM input`;
      return writeCells(db, now, plan, [work.column], overInput(now.state, [work.column], query), tables, options);
    }
    case 'map':
      return mapCells(db, work, work.pairs, now, plan, tables, options);
    case 'convert': {
      const cell = ident(work.column);
      const values = sql`SELECT ${cell} AS value FROM (${selectColumns(now.state, [work.column])}) WHERE ${cell} IS NOT NULL`;
      const wanted = work.candidates === null ? values : sql`SELECT value FROM (${values}) WHERE ${work.candidates}`;
      const texts = tables.name();
      const pairs = await convertTexts(db, texts, wanted, work.start(), options);
      await tables.drop([texts]);
      if (pairs.length === 0) return now;
      return mapCells(db, { ...work, gap: null, others: 'keep' }, pairs, now, plan, tables, options);
    }
  }
}

async function keepRows(
  db: Db,
  work: Extract<Work, { is: 'keep' }>,
  state: TableState,
  tables: Tables,
  options: WorkOptions,
): Promise<TableState> {
  const table = tables.name();
  const query = overInput(state, work.reads, work.query);
  await db.exec(sql`CREATE TABLE ${ident(table)} AS ${query}`, options);
  const [counted] = await db.query(sql`SELECT count(*) AS n FROM ${ident(table)}`, { n: 'integer' }, options);
  const count = counted?.n ?? 0;
  if (count < state.rows.count) return { ...state, rows: { table, count } };
  await tables.drop([table]);
  return state;
}

async function mapCells(
  db: Db,
  work: { readonly column: string; readonly gap: string | null; readonly others: 'keep' | 'empty' },
  pairs: readonly Pair[],
  now: Progressing,
  plan: StepPlan,
  tables: Tables,
  options: WorkOptions,
): Promise<Progressing> {
  const cell = ident(work.column);
  const map = tables.name();
  await loadPairs(db, map, pairs, options);
  const rest = work.others === 'keep' ? cell : sql`NULL`;
  const query = sql`SELECT source_row,
      CASE WHEN ${cell} IS NULL THEN ${work.gap} WHEN written IS NOT NULL THEN meant ELSE ${rest} END AS ${cell}
    FROM input LEFT JOIN ${ident(map)} ON written = ${cell}`;
  const done = await writeCells(
    db,
    now,
    plan,
    [work.column],
    overInput(now.state, [work.column], query),
    tables,
    options,
  );
  await tables.drop([map]);
  return done;
}

/** Makes the columns anew from the query, unless they come out as they were. */
async function writeCells(
  db: Db,
  now: Progressing,
  plan: StepPlan,
  keys: readonly string[],
  query: Sql,
  tables: Tables,
  options: WorkOptions,
): Promise<Progressing> {
  const table = tables.name();
  await db.exec(sql`CREATE TABLE ${ident(table)} AS ${query}`, options);
  const changes: ColumnChange[] = [];
  const changedRows: Sql[] = [];
  for (const key of keys) {
    const compared = compareCells(now.state, table, key);
    const [counts] = await db.query(
      sql`SELECT count(*) AS changed, count(*) FILTER (WHERE now IS NULL) AS emptied FROM (${compared})`,
      { changed: 'integer', emptied: 'integer' },
      options,
    );
    if (counts === undefined || counts.changed === 0) continue;
    changes.push({ name: nameOf(plan, key), ...counts });
    changedRows.push(sql`SELECT source_row FROM (${compared})`);
  }
  const isOld = keys.every((key) => now.state.homes.has(key));
  if (changes.length === 0 && isOld) {
    await tables.drop([table]);
    return now;
  }
  const homes = new Map(now.state.homes);
  for (const key of keys) homes.set(key, { table, rows: now.state.rows });
  return {
    state: { ...now.state, homes },
    changes: [...now.changes, ...changes],
    changedRows: [...now.changedRows, ...changedRows],
  };
}

/** The rows whose cell in `table` is another than before, with what it is now; a new column was all gaps. */
function compareCells(before: TableState, table: string, key: string): Sql {
  const cell = ident(key);
  if (!before.homes.has(key))
    return sql`SELECT source_row, ${cell} AS now FROM ${ident(table)} WHERE ${cell} IS NOT NULL`;
  return sql`SELECT after.source_row AS source_row, after.${cell} AS now FROM ${ident(table)} AS after
    JOIN (${selectColumns(before, [key])}) AS before ON before.source_row = after.source_row
    WHERE after.${cell} IS DISTINCT FROM before.${cell}`;
}

function nameOf(plan: StepPlan, key: string): string {
  return plan.columns.find((column) => column.key === key)?.name ?? '';
}

async function touchedRows(
  db: Db,
  before: TableState,
  after: TableState,
  changedRows: readonly Sql[],
  name: () => string,
  options: CallOptions,
): Promise<Pick<StepOutcome, 'touched' | 'rowsChanged'>> {
  const dropsRows = after.rows.table !== before.rows.table;
  if (changedRows.length === 0 && !dropsRows) return { touched: null, rowsChanged: 0 };
  const touched = name();
  await db.exec(sql`CREATE TABLE ${ident(touched)} (source_row INTEGER)`, options);
  if (changedRows.length > 0) {
    const all = changedRows.reduce((left, right) => sql`${left} UNION ${right}`);
    await db.exec(sql`INSERT INTO ${ident(touched)} ${all}`, options);
  }
  const [counted] = await db.query(sql`SELECT count(*) AS n FROM ${ident(touched)}`, { n: 'integer' }, options);
  if (dropsRows) await db.exec(sql`INSERT INTO ${ident(touched)} ${droppedRows(before, after)}`, options);
  return { touched, rowsChanged: counted?.n ?? 0 };
}

/** The source_row of the rows that are in one state and no longer in the next. */
export function droppedRows(before: TableState, after: TableState): Sql {
  return sql`SELECT source_row FROM ${ident(before.rows.table)} ANTI JOIN ${ident(after.rows.table)} USING (source_row)`;
}

/** What the engine refuses is a mistake of the step; null for every other error. */
export function mistakeOf(error: unknown): StepMistake | null {
  if (!isAppError(error) || error.code !== 'query-failed') return null;
  const words = error.cause instanceof Error ? (error.cause.message.split('\n')[0] ?? '') : '';
  return { code: 'engine', words };
}
