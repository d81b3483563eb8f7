import { isCancel, toAppError, type AppError } from '../core/errors';
import type { Db } from '../db/db';
import { cleanedRows } from '../ingest/cleaning/cleaning-tables.sql';
import { cleaningColumns, type CleaningColumn } from '../ingest/cleaning/columns';
import {
  tryExpression,
  type CheckedExpression,
  type RefusedExpression,
} from '../ingest/cleaning/expression/expression';
import { readFacts } from '../ingest/cleaning/facts';
import type { CleaningReport, StepReport } from '../ingest/cleaning/report';
import { CleaningRun, type RunProgress } from '../ingest/cleaning/run';
import { loadPinyin } from '../ingest/cleaning/spelling/pinyin';
import { CLEANING_VERSION, type Cleaning, type CleaningStep, type StepAction } from '../ingest/cleaning/step';
import { suggestSteps, type Suggestion } from '../ingest/cleaning/suggest';
import { CleaningPreview } from './cleaning-preview.svelte';
import { droppedCsv, type CleaningMask } from './dropped-csv';
import { UndoHistory } from './undo-history.svelte';
import type { UndoLine } from './undo-line.svelte';

/** Tables up to this many cells are searched for suggestions unasked after each change. */
const SEARCHED_UNASKED = 2_000_000;

/** The cleaning of one staged file: an ordered list of steps, done as it changes, with undo and redo. */
export class CleaningSession {
  readonly #db: Db;
  readonly #edits: UndoLine | undefined;
  readonly #file: number;
  readonly #run: CleaningRun;
  readonly #columns: readonly CleaningColumn[];
  readonly #history: UndoHistory<readonly CleaningStep[]>;
  /** The rows around one step. */
  readonly preview: CleaningPreview;
  #report = $state.raw<CleaningReport | null>(null);
  #progress = $state.raw<RunProgress | null>(null);
  #error = $state.raw<AppError | null>(null);
  #suggestions = $state.raw<readonly Suggestion[] | null>(null);
  #searching = $state(false);
  #running: AbortController | null = null;
  /** Work on the tables, one piece at a time. */
  #tail: Promise<unknown> = Promise.resolve();
  #lastId = 0;

  /**
   * @param file the number of the staged table source_<file>
   * @param headers the file's header as it was staged, c0 first
   * @param steps those of a recipe or of an earlier visit
   * @param edits where changes made by hand are noted, for undo over the whole recipe
   */
  constructor(db: Db, file: number, headers: readonly string[], steps: readonly CleaningStep[] = [], edits?: UndoLine) {
    this.#db = db;
    this.#edits = edits;
    this.#file = file;
    this.#columns = cleaningColumns(headers);
    this.#run = new CleaningRun(db, file, this.#columns);
    this.#history = new UndoHistory(steps);
    this.preview = new CleaningPreview(this.#run, {
      reportOf: (stepId) => this.reportOf(stepId),
      inTurn: (work) => this.#inTurn(work),
    });
  }

  get steps(): readonly CleaningStep[] {
    return this.#history.present;
  }

  /** The decisions as the recipe keeps them. */
  get cleaning(): Cleaning {
    return { version: CLEANING_VERSION, steps: [...this.steps] };
  }

  /** The columns of the file. */
  get columns(): readonly CleaningColumn[] {
    return this.#columns;
  }

  /** What the steps came to when they were last done; null before the first time. */
  get report(): CleaningReport | null {
    return this.#report;
  }

  /** How far the steps have come; null when nothing is being done. */
  get progress(): RunProgress | null {
    return this.#progress;
  }

  /** Why the steps could not be done; the report is that of the time before. */
  get error(): AppError | null {
    return this.#error;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** Steps that would help the table as it is now; null when it has not been searched. */
  get suggestions(): readonly Suggestion[] | null {
    return this.#suggestions;
  }

  get searching(): boolean {
    return this.#searching;
  }

  /** What a step did; undefined when it has not been done yet. */
  reportOf(stepId: string): StepReport | undefined {
    return this.#report?.steps.find(({ id }) => id === stepId);
  }

  /** The columns that a step finds; those after the last step without an id. */
  columnsBefore(stepId: string | null): readonly CleaningColumn[] {
    const report = stepId === null ? undefined : this.reportOf(stepId);
    return report?.columnsBefore ?? this.#report?.columns ?? this.#columns;
  }

  /** Does the steps for the first time. */
  async begin(): Promise<void> {
    await this.#apply();
  }

  /** Adds a step at the end, or before the one at a place, and selects it. */
  async add(action: StepAction, place = this.steps.length): Promise<void> {
    const step: CleaningStep = { id: this.#nextId(), on: true, action };
    this.preview.prepare(step.id);
    await this.#change(this.steps.toSpliced(place, 0, step));
  }

  async edit(stepId: string, action: StepAction): Promise<void> {
    await this.#change(this.steps.map((step) => (step.id === stepId ? { ...step, action } : step)));
  }

  async switch(stepId: string, on: boolean): Promise<void> {
    await this.#change(this.steps.map((step) => (step.id === stepId ? { ...step, on } : step)));
  }

  async remove(stepId: string): Promise<void> {
    if (this.preview.stepId === stepId) this.preview.prepare(null);
    await this.#change(this.steps.filter(({ id }) => id !== stepId));
  }

  /** Moves a step to a place of the list, from 0; places outside are its ends. */
  async move(stepId: string, place: number): Promise<void> {
    const from = this.steps.findIndex(({ id }) => id === stepId);
    const step = this.steps[from];
    const to = Math.max(0, Math.min(this.steps.length - 1, place));
    if (step === undefined || to === from) return;
    await this.#change(this.steps.toSpliced(from, 1).toSpliced(to, 0, step));
  }

  async undo(): Promise<void> {
    if (!this.#history.undo()) return;
    this.#edits?.tookBack(this);
    await this.#apply();
  }

  async redo(): Promise<void> {
    if (!this.#history.redo()) return;
    this.#edits?.didAgain(this);
    await this.#apply();
  }

  /** Does the steps again that could not be done. */
  async retry(): Promise<void> {
    await this.#apply();
  }

  /** Does the steps anew on an engine that was rebuilt, once the file is staged again. */
  async rebuild(): Promise<void> {
    await this.#inTurn(async () => this.#run.forgetTables());
    await this.#apply();
  }

  /** Stops what is being done. The steps stay as they are; the report is that of the time before. */
  cancel(): void {
    this.#running?.abort();
  }

  /** Looks for steps that would help the table as it is now. */
  async search(): Promise<void> {
    const { report } = this;
    if (report === null) return;
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    this.#searching = true;
    await this.#told(() => this.#search(run), run);
    if (run === this.#running) this.#running = null;
    this.#searching = false;
  }

  /** Checks an expression against the columns that a step finds. */
  async tryExpression(text: string, stepId: string | null): Promise<CheckedExpression | RefusedExpression> {
    return tryExpression(this.#db, text, this.columnsBefore(stepId));
  }

  /** The rows that a step dropped, with their numbers in the file; without a mask as they were. Throws AppErrors. */
  async droppedCsv(stepId: string, maskOf: CleaningMask | null): Promise<Blob> {
    return this.#inTurn(() => droppedCsv(this.#db, this.#run.dropped(stepId), maskOf));
  }

  /** Makes the table cleaned_<file> and gives it as text for the ordinary import. Throws AppErrors. */
  async finish(signal?: AbortSignal): Promise<{ readonly csv: Blob; readonly report: CleaningReport }> {
    return this.#inTurn(async () => {
      const report = await this.#run.run(this.steps, { signal });
      await this.#run.materialise({ signal });
      return { csv: await this.#db.exportCsv(cleanedRows(this.#file, report.columns), { signal }), report };
    });
  }

  /** Lets the tables between the steps go. */
  async dispose(): Promise<void> {
    this.#edits?.forget(this);
    this.#running?.abort();
    this.preview.stop();
    await this.#inTurn(() => this.#run.dispose());
  }

  async #change(steps: readonly CleaningStep[]): Promise<void> {
    this.#history.set(steps);
    this.#edits?.note(this);
    await this.#apply();
  }

  async #apply(): Promise<void> {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    this.#error = null;
    this.#suggestions = null;
    const { steps } = this;
    this.#progress = { done: 0, steps: steps.length, share: 0 };
    await this.#told(async () => {
      const report = await this.#inTurn(() =>
        this.#run.run(steps, {
          signal: run.signal,
          onProgress: (progress) => {
            if (run === this.#running) this.#progress = progress;
          },
        }),
      );
      if (run !== this.#running) return;
      this.#report = report;
      this.#progress = null;
      await this.preview.read(0);
      if (report.rowsAfter * report.columns.length <= SEARCHED_UNASKED) await this.#search(run);
    }, run);
    if (run !== this.#running) return;
    this.#running = null;
    this.#progress = null;
  }

  async #search(run: AbortController): Promise<void> {
    const { signal } = run;
    const columns = this.#report?.columns ?? this.#columns;
    const facts = await this.#inTurn(() => readFacts(this.#db, this.#run.currentRows(), columns, { signal }));
    // Without the sounds the rest of the suggestions still stands.
    const pinyinOf = await loadPinyin().catch(() => undefined);
    if (run === this.#running) this.#suggestions = suggestSteps(facts, pinyinOf);
  }

  /** Work on the tables waits for the work before it, however that ended. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(work);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async #told(work: () => Promise<void>, run: AbortController): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isCancel(error) && !run.signal.aborted) this.#error = toAppError(error);
    }
  }

  #nextId(): string {
    const taken = new Set(this.steps.map(({ id }) => id));
    do this.#lastId++;
    while (taken.has(`step-${this.#lastId}`));
    return `step-${this.#lastId}`;
  }
}
