import { throwIfAborted } from '../../core/errors';
import { ident, join, sql, type Sql } from '../../core/sql';
import { countRows } from '../../db/client';
import type { CallOptions, Db } from '../../db/db';
import { sourceTable } from '../staging/staging-contract';
import { betweenTable, cleanedTable, lastRun } from './cleaning-tables.sql';
import type { CleaningColumn } from './columns';
import { planStep } from './plan';
import { readTouched, type PageOf } from './read-rows';
import { idleReport, SAMPLED_ROWS, type CleaningReport, type StepReport, type TouchedRow } from './report';
import type { CleaningStep } from './step';
import { doStep, droppedRows, mistakeOf, type StepOutcome, type Tables } from './step-work';
import { selectColumns, sourceState, tablesOf, type TableState } from './table-state';

export interface RunProgress {
  /** Steps done, of how many. */
  readonly done: number;
  readonly steps: number;
  /** 0..1 over all of them. */
  readonly share: number;
}

export interface RunOptions extends CallOptions {
  readonly onProgress?: (progress: RunProgress) => void;
}

/** Cells that the tables between the steps may hold together before the oldest go. About 1 GB at 20 bytes a cell. */
const MOST_CELLS = 50_000_000;

/** A step that has been done, and the table after it. */
interface Done {
  /** The step as it was; another one in its place is done anew. */
  readonly signature: string;
  readonly report: StepReport;
  readonly state: TableState;
  readonly touched: string | null;
}

/** Rows that a step dropped: a SELECT of source_row and the columns under their keys. */
export interface DroppedRows {
  readonly columns: readonly CleaningColumn[];
  readonly rows: Sql;
}

/**
 * Applies lists of steps to one staged table, which stays as it is. The tables between the steps are
 * kept: of the next list only what comes after the first difference is done anew. One call at a time.
 */
export class CleaningRun {
  readonly #db: Db;
  readonly #file: number;
  readonly #columns: readonly CleaningColumn[];
  readonly #mostCells: number;
  #start: TableState | null = null;
  #done: readonly Done[] = [];
  /** Tables that are there, with the cells in them. */
  readonly #sizes = new Map<string, number>();
  /** Tells its tables from those of another run over the same file. */
  #number = 0;
  #lastName = 0;

  /** @param mostCells cells in the tables between the steps before the oldest go */
  constructor(db: Db, file: number, columns: readonly CleaningColumn[], mostCells = MOST_CELLS) {
    this.#db = db;
    this.#file = file;
    this.#columns = columns;
    this.#mostCells = mostCells;
  }

  /**
   * Does the steps. A step that cannot be done (an unknown column, an expression that the engine refuses)
   * is left out and says why. Throws AppErrors; the steps done until then are kept for the next call.
   */
  async run(steps: readonly CleaningStep[], options: RunOptions = {}): Promise<CleaningReport> {
    const start = (this.#start ??= await this.#begin(options));
    const kept = this.#prefixOf(steps);
    await this.#forget(this.#done.slice(kept));
    this.#done = this.#done.slice(0, kept);
    for (const [index, step] of steps.entries()) {
      if (index < kept) continue;
      const tell = (share: number): void =>
        options.onProgress?.({ done: index, steps: steps.length, share: (index + share) / steps.length });
      tell(0);
      throwIfAborted(options.signal);
      const before = this.#done.at(-1)?.state ?? start;
      this.#done = [...this.#done, await this.#doStep(step, before, { ...options, onShare: tell })];
      await this.#dropOldest();
    }
    return this.#report(start);
  }

  /** True when the tables before and after the step are still there, so that its rows can be read. */
  hasRows(stepId: string): boolean {
    const place = this.#place(stepId);
    const after = this.#done[place]?.state;
    const before = this.#before(place);
    if (after === undefined || before === null || !this.#isThere(before) || !this.#isThere(after)) return false;
    const touched = this.#done[place]?.touched ?? null;
    return touched === null || this.#sizes.has(touched);
  }

  /** The rows a step changed or dropped, before and after, in the file's order. Empty when it has none. */
  async touchedRows(stepId: string, page: PageOf, options: CallOptions = {}): Promise<readonly TouchedRow[]> {
    const place = this.#place(stepId);
    const { state: after, touched } = this.#done[place] as Done;
    const before = this.#before(place);
    if (touched === null || before === null) return [];
    return readTouched(this.#db, before, after, sql`SELECT source_row FROM ${ident(touched)}`, page, options);
  }

  /** All rows as they were before the step, with what has become of them. */
  async allRows(stepId: string, page: PageOf, options: CallOptions = {}): Promise<readonly TouchedRow[]> {
    const place = this.#place(stepId);
    const { state: after } = this.#done[place] as Done;
    const before = this.#before(place) ?? after;
    return readTouched(this.#db, before, after, sql`SELECT source_row FROM ${ident(before.rows.table)}`, page, options);
  }

  /** The rows that a step dropped, as they were before it, in the file's order. */
  dropped(stepId: string): DroppedRows {
    const place = this.#place(stepId);
    const { state: after } = this.#done[place] as Done;
    const before = this.#before(place) ?? after;
    const keys = before.columns.map(({ key }) => key);
    return {
      columns: before.columns,
      rows: sql`SELECT * FROM (${selectColumns(before, keys)}) SEMI JOIN (${droppedRows(before, after)}) USING (source_row) ORDER BY source_row`,
    };
  }

  /** A SELECT of source_row and the columns under their keys, as the last run left the table. */
  currentRows(): Sql {
    const state = this.#current();
    return selectColumns(
      state,
      state.columns.map(({ key }) => key),
    );
  }

  /** Makes the table cleaned_<file> of what the last run came to, in the file's order. */
  async materialise(options: CallOptions = {}): Promise<void> {
    const state = this.#current();
    const keys = state.columns.map(({ key }) => key);
    await this.#db.exec(
      sql`CREATE OR REPLACE TABLE ${ident(cleanedTable(this.#file))} AS
        SELECT source_row, ${join(keys.map(ident))} FROM (${selectColumns(state, keys)}) ORDER BY source_row`,
      options,
    );
  }

  /** Drops the tables between the steps; cleaned_<file> stays. */
  async dispose(): Promise<void> {
    await this.#drop([...this.#sizes.keys()]);
    this.#done = [];
  }

  /** For an engine that was rebuilt: its tables went with the old one. */
  forgetTables(): void {
    this.#sizes.clear();
    this.#done = [];
    this.#start = null;
  }

  async #begin(options: CallOptions): Promise<TableState> {
    const source = sourceTable(this.#file);
    const count = await countRows(this.#db, source, options);
    const [used] = await this.#db.query(lastRun(this.#file), { n: 'integer' }, options);
    this.#number = (used?.n ?? 0) + 1;
    return sourceState(source, count, this.#columns);
  }

  async #doStep(
    step: CleaningStep,
    before: TableState,
    options: CallOptions & { readonly onShare: (share: number) => void },
  ): Promise<Done> {
    const signature = JSON.stringify(step);
    const planned = planStep(step, before.columns, before.keysUsed);
    if (planned.state !== 'ready')
      return { signature, state: before, touched: null, report: idleReport(planned, before) };
    try {
      const outcome = await doStep(this.#db, planned.plan, before, this.#tables, options);
      this.#measure(outcome);
      const { state, changes, touched, rowsChanged } = outcome;
      const sample =
        touched === null
          ? []
          : await readTouched(
              this.#db,
              before,
              state,
              sql`SELECT source_row FROM ${ident(touched)}`,
              { first: 0, count: SAMPLED_ROWS },
              options,
            );
      const report: StepReport = {
        ...idleReport({ state: 'off', step }, before),
        state: 'done',
        rowsAfter: state.rows.count,
        rowsChanged,
        cellsChanged: changes.reduce((sum, { changed }) => sum + changed, 0),
        changes,
        sample,
        columnsAfter: state.columns,
      };
      return { signature, state, touched, report };
    } catch (error) {
      const mistake = mistakeOf(error);
      if (mistake === null) throw error;
      return {
        signature,
        state: before,
        touched: null,
        report: idleReport({ state: 'mistaken', step, mistake }, before),
      };
    }
  }

  readonly #tables: Tables = {
    name: () => {
      const name = betweenTable(this.#file, this.#number, ++this.#lastName);
      this.#sizes.set(name, 0);
      return name;
    },
    drop: (names) => this.#drop(names),
  };

  /** How many of the steps stand as they stood, with the table after the last of them still there. */
  #prefixOf(steps: readonly CleaningStep[]): number {
    let same = 0;
    while (same < steps.length && this.#done[same]?.signature === JSON.stringify(steps[same])) same++;
    // Reports outlive their tables; a list that only got shorter or longer needs the last table alone.
    while (same > 0 && !this.#isThere((this.#done[same - 1] as Done).state)) same--;
    return same;
  }

  #isThere(state: TableState): boolean {
    return [...tablesOf(state)].every((table) => table === sourceTable(this.#file) || this.#sizes.has(table));
  }

  #measure({ state, touched }: StepOutcome): void {
    for (const { table, rows } of state.homes.values()) {
      if (this.#sizes.get(table) === 0) {
        const columns = [...state.homes.values()].filter((home) => home.table === table).length;
        this.#sizes.set(table, rows.count * columns);
      }
    }
    for (const table of [state.rows.table, touched]) {
      if (table !== null && this.#sizes.get(table) === 0) this.#sizes.set(table, state.rows.count);
    }
  }

  async #forget(done: readonly Done[]): Promise<void> {
    const kept = this.#done.slice(0, this.#done.length - done.length);
    const needed = new Set(kept.flatMap(({ state, touched }) => [...tablesOf(state), touched ?? '']));
    const gone = new Set(done.flatMap(({ state, touched }) => [...tablesOf(state), touched ?? '']));
    await this.#drop([...gone].filter((table) => this.#sizes.has(table) && !needed.has(table)));
  }

  /** Lets the oldest tables between the steps go until the rest is small enough; the last one stays. */
  async #dropOldest(): Promise<void> {
    const last = this.#done.at(-1);
    const needed = new Set(last === undefined ? [] : [...tablesOf(last.state), last.touched ?? '']);
    let cells = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const [table, size] of [...this.#sizes]) {
      if (cells <= this.#mostCells) return;
      if (needed.has(table)) continue;
      await this.#drop([table]);
      cells -= size;
    }
  }

  async #drop(tables: readonly string[]): Promise<void> {
    for (const table of tables) {
      await this.#db.exec(sql`DROP TABLE IF EXISTS ${ident(table)}`);
      this.#sizes.delete(table);
    }
  }

  #place(stepId: string): number {
    const place = this.#done.findIndex(({ report }) => report.id === stepId);
    if (place < 0) throw new RangeError(`invalid step: ${stepId} has not been run`);
    return place;
  }

  #current(): TableState {
    const state = this.#done.at(-1)?.state ?? this.#start;
    if (state === null) throw new RangeError('invalid call: nothing has been run');
    return state;
  }

  #before(place: number): TableState | null {
    return place === 0 ? this.#start : (this.#done[place - 1]?.state ?? null);
  }

  #report(start: TableState): CleaningReport {
    const steps = this.#done.map(({ report }) => report);
    const end = this.#done.at(-1)?.state ?? start;
    return {
      steps,
      columns: end.columns,
      rowsBefore: start.rows.count,
      rowsAfter: end.rows.count,
      cellsChanged: steps.reduce((sum, step) => sum + step.cellsChanged, 0),
    };
  }
}
