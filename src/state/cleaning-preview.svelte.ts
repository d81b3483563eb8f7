import { isCancel, toAppError, type AppError } from '../core/errors';
import type { StepReport, TouchedRow } from '../ingest/cleaning/report';
import type { CleaningRun } from '../ingest/cleaning/run';

/** Rows of one page of the preview. */
export const PREVIEW_ROWS = 20;

/** The rows that a step changed or dropped, or all rows that it found. */
export type PreviewScope = 'touched' | 'all';

/** A page of rows around a step. */
export interface PreviewPage {
  readonly report: StepReport;
  readonly scope: PreviewScope;
  /** Place of the first row among those of the scope, from 0. */
  readonly first: number;
  readonly total: number;
  /** True when the tables around the step have been let go: then only its sample can be shown. */
  readonly isSample: boolean;
  readonly rows: readonly TouchedRow[];
}

interface Access {
  readonly reportOf: (stepId: string) => StepReport | undefined;
  /** Waits for other work on the tables. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Which step's rows are shown, and a page of them; a newer choice supersedes an older one. */
export class CleaningPreview {
  readonly #run: CleaningRun;
  readonly #access: Access;
  #stepId = $state<string | null>(null);
  #scope = $state<PreviewScope>('touched');
  #page = $state.raw<PreviewPage | null>(null);
  #error = $state.raw<AppError | null>(null);
  #reading: AbortController | null = null;

  constructor(run: CleaningRun, access: Access) {
    this.#run = run;
    this.#access = access;
  }

  /** The step whose rows are shown; null for none. */
  get stepId(): string | null {
    return this.#stepId;
  }

  get scope(): PreviewScope {
    return this.#scope;
  }

  /** Null when no step is chosen, when it has not been done, and while the first rows are on their way. */
  get page(): PreviewPage | null {
    return this.#page;
  }

  /** Why the rows could not be read. */
  get error(): AppError | null {
    return this.#error;
  }

  /** Chooses a step whose rows are read once it has been done. */
  prepare(stepId: string | null): void {
    this.#stepId = stepId;
    this.#page = null;
  }

  /** Shows rows around a step, from the first one on. */
  async show(stepId: string | null, scope: PreviewScope = this.#scope): Promise<void> {
    if (stepId !== this.#stepId || scope !== this.#scope) this.#page = null;
    this.#stepId = stepId;
    this.#scope = scope;
    await this.read(0);
  }

  /** Reads a page, by the place of its first row. */
  async read(first: number): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#error = null;
    try {
      const page = await this.#access.inTurn(() => this.#readPage(first, reading.signal));
      if (reading === this.#reading) this.#page = page;
    } catch (error) {
      if (reading === this.#reading && !isCancel(error)) this.#error = toAppError(error);
    }
  }

  stop(): void {
    this.#reading?.abort();
  }

  async #readPage(first: number, signal: AbortSignal): Promise<PreviewPage | null> {
    const stepId = this.#stepId;
    const scope = this.#scope;
    const report = stepId === null ? undefined : this.#access.reportOf(stepId);
    if (stepId === null || report?.state !== 'done') return null;
    const touched = report.rowsChanged + report.rowsBefore - report.rowsAfter;
    if (!this.#run.hasRows(stepId))
      return { report, scope: 'touched', first: 0, total: touched, isSample: true, rows: report.sample };
    const page = { first, count: PREVIEW_ROWS };
    const rows =
      scope === 'touched'
        ? await this.#run.touchedRows(stepId, page, { signal })
        : await this.#run.allRows(stepId, page, { signal });
    return { report, scope, first, total: scope === 'touched' ? touched : report.rowsBefore, isSample: false, rows };
  }
}
