import type { Day } from '../core/dates';
import { isCancel, throwIfAborted, toAppError, type AppError } from '../core/errors';
import type { Db } from '../db/db';
import {
  tryExpression,
  type CheckedExpression,
  type RefusedExpression,
} from '../ingest/cleaning/expression/expression';
import { settled } from '../ingest/quality/column-quality';
import { profileTable } from '../ingest/quality/profile-table';
import type { QualityRule, RuleCheck } from '../ingest/quality/rule';
import { RuleRuns } from '../ingest/quality/rule-runs';
import type { FailingRow, RuleOutcome } from '../ingest/quality/run-rules';
import { suggestRules, type ProfiledFile } from '../ingest/quality/suggest-rules';
import { columnName } from '../ingest/staging/staging-contract';
import {
  checkKey,
  recalled,
  untouched,
  type FileQuality,
  type KeptProfile,
  type OpenedRule,
  type QualityFile,
  type QualityProgress,
  type RulesByFile,
} from './quality-files';
import { UndoHistory } from './undo-history.svelte';
import type { UndoLine } from './undo-line.svelte';

/** The profile and the rules of the room's files: looked at once, checked again as the rules change, with undo and redo. */
export class QualitySession {
  readonly #db: Db;
  readonly #edits: UndoLine | undefined;
  readonly #runs: RuleRuns;
  readonly #history = new UndoHistory<RulesByFile>({});
  #files = $state.raw<readonly FileQuality[]>([]);
  #chosen = $state<number | null>(null);
  #asOf = $state<Day>('');
  #progress = $state.raw<QualityProgress | null>(null);
  #error = $state.raw<AppError | null>(null);
  #opened = $state.raw<OpenedRule | null>(null);
  #running: AbortController | null = null;
  #tail: Promise<unknown> = Promise.resolve();
  #made = 0;

  /** @param asOf the last day that is not in the future: the reader's own unless the room has one */
  constructor(db: Db, asOf: Day, edits?: UndoLine) {
    this.#edits = edits;
    this.#db = db;
    this.#runs = new RuleRuns(db);
    this.#asOf = asOf;
  }

  get files(): readonly FileQuality[] {
    return this.#files;
  }

  /** The file on the screen; null without files. */
  get chosen(): FileQuality | null {
    return this.#files.find(({ file }) => file.number === this.#chosen) ?? this.#files[0] ?? null;
  }

  get asOf(): Day {
    return this.#asOf;
  }

  /** How far the look at the files has come; null when nothing is under way. */
  get progress(): QualityProgress | null {
    return this.#progress;
  }

  /** Why the last look ended early; what was found before it stands. */
  get error(): AppError | null {
    return this.#error;
  }

  /** The rules by file, as the recipe keeps them. */
  get rules(): RulesByFile {
    return this.#history.present;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** The rule whose rows are shown. */
  get opened(): OpenedRule | null {
    return this.#opened;
  }

  rulesOf(fileNumber: number): readonly QualityRule[] {
    return this.rules[fileNumber] ?? [];
  }

  /** What the rule came to; undefined while it has not been checked. */
  outcomeOf(fileNumber: number, rule: QualityRule): RuleOutcome | undefined {
    const found = this.#files.find(({ file }) => file.number === fileNumber);
    return found?.outcomes.get(checkKey(rule.check, this.#asOf));
  }

  /** Takes the files of the room and forgets those before; `rules` are those of a recipe, `profile` what was kept. */
  open(files: readonly QualityFile[], rules: RulesByFile = {}, profile: readonly KeptProfile[] = []): void {
    this.cancel();
    this.#files = files.map((file) => recalled(file, profile));
    this.#chosen = files[0]?.number ?? null;
    this.#opened = null;
    this.#error = null;
    this.#history.reset(rules);
    this.#edits?.forget(this);
  }

  choose(fileNumber: number): void {
    this.#chosen = fileNumber;
    this.#opened = null;
  }

  /**
   * Looks at every file from the start, the one on the screen first: stages, profiles, suggests rules where
   * there are none, checks them. Also after the engine was rebuilt. Never throws: `error` says why.
   */
  async begin(): Promise<void> {
    this.#files = this.#files.map(({ file }) => untouched(file));
    this.#runs.forget();
    await this.#run(async (signal) => {
      const inTurn = this.#files.toSorted((a, b) => Number(b === this.chosen) - Number(a === this.chosen));
      for (const { file } of inTurn) await this.#look(file, signal);
      this.#suggest();
      await this.#checkAll(signal);
    });
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** Another day up to which times are not in the future. */
  async setAsOf(asOf: Day): Promise<void> {
    this.#asOf = asOf;
    await this.#recheck();
  }

  async addRule(fileNumber: number, check: RuleCheck): Promise<void> {
    const taken = new Set(this.rulesOf(fileNumber).map(({ id }) => id));
    do this.#made++;
    while (taken.has(`own-${this.#made}`));
    const rule: QualityRule = { id: `own-${this.#made}`, isOn: true, isOwn: true, check };
    await this.#change(fileNumber, (rules) => [...rules, rule]);
  }

  async changeRule(fileNumber: number, id: string, check: RuleCheck): Promise<void> {
    await this.#change(fileNumber, (rules) => rules.map((rule) => (rule.id === id ? { ...rule, check } : rule)));
  }

  async setOn(fileNumber: number, id: string, isOn: boolean): Promise<void> {
    await this.#change(fileNumber, (rules) => rules.map((rule) => (rule.id === id ? { ...rule, isOn } : rule)));
  }

  async removeRule(fileNumber: number, id: string): Promise<void> {
    await this.#change(fileNumber, (rules) => rules.filter((rule) => rule.id !== id));
  }

  async undo(): Promise<void> {
    if (!this.#history.undo()) return;
    this.#edits?.tookBack(this);
    await this.#recheck();
  }

  async redo(): Promise<void> {
    if (!this.#history.redo()) return;
    this.#edits?.didAgain(this);
    await this.#recheck();
  }

  openRule(fileNumber: number, rule: QualityRule): void {
    this.#opened = { fileNumber, rule };
  }

  closeRule(): void {
    this.#opened = null;
  }

  /** Rows [offset, offset + limit) that break the opened rule, in the order of the file. Throws AppErrors. */
  async readFailing(offset: number, limit: number): Promise<readonly FailingRow[]> {
    const opened = this.#opened;
    const found = this.#files.find(({ file }) => file.number === opened?.fileNumber);
    if (opened === null || found === undefined || found.table === null) return [];
    const { file, table } = found;
    await file.prepare({});
    const key = checkKey(opened.rule.check, this.#asOf);
    return this.#runs.readFailing(opened.fileNumber, key, table, offset, limit);
  }

  /** Whether an expression can be a rule of the file, as it is typed. Throws AppErrors of the engine itself. */
  async tryExpression(fileNumber: number, text: string): Promise<CheckedExpression | RefusedExpression> {
    const table = this.#files.find(({ file }) => file.number === fileNumber)?.table;
    const columns = (table?.columns ?? []).map(({ index, name }) => ({ key: columnName(index), name }));
    return tryExpression(this.#db, text, columns);
  }

  async #look(file: QualityFile, signal: AbortSignal): Promise<void> {
    const report = (phase: QualityProgress['phase'], share: number): void =>
      void (this.#progress = { file, phase, share });
    report('staging', 0);
    try {
      const table = await file.prepare({ signal, onProgress: ({ share }) => report('staging', share) });
      this.#update(file.number, { table });
      report('profiling', 0);
      const columns = await profileTable(this.#db, table, {
        signal,
        onColumn: (column, { columns: count, done }) => {
          report('profiling', done / count);
          this.#update(file.number, { columns: [...this.#found(file.number).columns, column] });
        },
      });
      throwIfAborted(signal);
      this.#update(file.number, { table: settled(table, columns), columns, isProfiled: true });
    } catch (error) {
      // One file that cannot be read does not keep the others from being looked at.
      if (isCancel(error) || toAppError(error).code === 'engine-lost') throw error;
      this.#update(file.number, { error: toAppError(error) });
    }
  }

  /** Files that have no rules of their own yet get those that their columns suggest; no step to undo. */
  #suggest(): void {
    const profiled = this.#files
      .filter(({ isProfiled }) => isProfiled)
      .map(({ file, columns, table }): ProfiledFile => ({
        number: file.number,
        columns,
        knowsWidth: table?.ragged !== null,
      }));
    const suggested = profiled
      .filter(({ number }) => this.rules[number] === undefined)
      .map(
        (file) =>
          [
            file.number,
            suggestRules(
              file,
              profiled.filter((other) => other !== file),
            ),
          ] as const,
      );
    if (suggested.length > 0) this.#history.reset({ ...this.rules, ...Object.fromEntries(suggested) });
  }

  async #change(fileNumber: number, change: (rules: readonly QualityRule[]) => readonly QualityRule[]): Promise<void> {
    this.#history.set({ ...this.rules, [fileNumber]: change(this.rulesOf(fileNumber)) });
    this.#edits?.note(this);
    await this.#recheck();
  }

  async #recheck(): Promise<void> {
    await this.#run((signal) => this.#checkAll(signal));
  }

  /** Checks what is on and has not been checked yet. */
  async #checkAll(signal: AbortSignal): Promise<void> {
    const tableOf = (number: number) => this.#files.find(({ file }) => file.number === number)?.table ?? null;
    for (const { file, isProfiled, table } of this.#files) {
      if (!isProfiled || table === null) continue;
      const on = this.rulesOf(file.number).filter(({ isOn }) => isOn);
      const open = on.filter((rule) => this.outcomeOf(file.number, rule) === undefined);
      if (open.length > 0) await file.prepare({ signal });
      for (const [done, rule] of open.entries()) {
        this.#progress = { file, phase: 'checking', share: done / open.length };
        const key = checkKey(rule.check, this.#asOf);
        const context = { table, asOf: this.#asOf, tableOf };
        const outcome = await this.#runs.run(file.number, key, rule, context, { signal });
        throwIfAborted(signal);
        this.#update(file.number, { outcomes: new Map([...this.#found(file.number).outcomes, [key, outcome]]) });
      }
      const failing = on.filter((rule) => this.outcomeOf(file.number, rule)?.state === 'fails');
      const keys = failing.map((rule) => checkKey(rule.check, this.#asOf));
      this.#update(file.number, { rowsTouched: await this.#runs.countTouched(file.number, keys, { signal }) });
    }
  }

  #found(fileNumber: number): FileQuality {
    const found = this.#files.find(({ file }) => file.number === fileNumber);
    if (found === undefined) throw new RangeError(`invalid file: ${fileNumber}`);
    return found;
  }

  #update(fileNumber: number, change: Partial<FileQuality>): void {
    this.#files = this.#files.map((each) => (each.file.number === fileNumber ? { ...each, ...change } : each));
  }

  /** One run at a time; a newer one cancels the one before and waits for its end. */
  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    this.#error = null;
    const turn = this.#tail.then(async () => {
      throwIfAborted(run.signal);
      await work(run.signal);
    });
    this.#tail = turn.catch(() => undefined);
    try {
      await turn;
    } catch (error) {
      if (run === this.#running && !isCancel(error)) this.#error = toAppError(error);
    } finally {
      if (run === this.#running) {
        this.#running = null;
        this.#progress = null;
      }
    }
  }
}
