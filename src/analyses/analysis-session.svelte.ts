import { isCancel, throwIfAborted, toAppError, type AppError } from '../core/errors';
import type { Analysis, Mistake, RunContext, Scope, Source } from './analysis';
import { scopeKey } from './scope.sql';

/** Changes closer together than this are one: dragging recomputes once the hand rests for a moment. */
const DEBOUNCE_MS = 120;

/**
 * What the page of an analysis shows and is told: the parameters, the result in force and how its making goes.
 * A newer run supersedes the older. A page that reads more after the result overrides `followUp`.
 */
export class AnalysisSession<P extends object, R> {
  readonly source: Source;
  readonly #analysis: Analysis<P, R>;
  #params = $state.raw() as P;
  #result = $state.raw<R | null>(null);
  #mistakes = $state.raw<readonly Mistake[]>([]);
  #error = $state.raw<AppError | null>(null);
  #running = $state(false);
  #cancelled = $state(false);
  #scope: Scope | null = null;
  #revision = -1;
  #churnWindowDays: number | null = null;
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #forgetLoss: () => void;

  /** @param params those of a recipe, or as they were left; null for the defaults */
  constructor(analysis: Analysis<P, R>, source: Source, params: P | null = null) {
    this.source = source;
    this.#analysis = analysis;
    this.#params = params ?? analysis.defaults;
    this.#forgetLoss = source.db.onLost(() => this.invalidate());
  }

  get params(): P {
    return this.#params;
  }

  /** Null until the first run has ended. */
  get result(): R | null {
    return this.#result;
  }

  get mistakes(): readonly Mistake[] {
    return this.#mistakes;
  }

  get error(): AppError | null {
    return this.#error;
  }

  get running(): boolean {
    return this.#running;
  }

  /** True when the reader stopped the last run: what is shown may be of other parameters. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Takes what is in force; `revision` grows when the tables themselves have changed. */
  setScope(scope: Scope, revision: number, churnWindowDays: number | null = null): void {
    const isSame =
      revision === this.#revision &&
      churnWindowDays === this.#churnWindowDays &&
      this.#scope !== null &&
      scopeKey(scope) === scopeKey(this.#scope);
    // Coming back to the page finds it as it was left.
    if (isSame && (this.#running || this.#result !== null) && this.#error === null) return;
    if (revision !== this.#revision) this.invalidate();
    this.#revision = revision;
    this.#scope = scope;
    this.#churnWindowDays = churnWindowDays;
    this.#start();
  }

  /** Takes some parameters anew and runs once the hand rests. */
  change(change: Partial<P>): void {
    this.adopt({ ...this.#params, ...change });
  }

  /** Takes all parameters, as when a change is undone; they stay the object they are. */
  adopt(params: P): void {
    this.#params = params;
    this.#mistakes = this.#analysis.validate(params);
    clearTimeout(this.#timer);
    if (this.#mistakes.length > 0) return;
    this.#timer = setTimeout(() => this.#start(), DEBOUNCE_MS);
  }

  cancel(): void {
    if (!this.#running) return;
    this.#cancelled = true;
    this.#abort?.abort();
  }

  /** Runs at once with the parameters as they are. */
  retry(): void {
    this.#start();
  }

  /** Stops what is under way; the session is not used afterwards. */
  close(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#forgetLoss();
  }

  /** Forgets what was made in the engine: after it died, or when its tables have changed. */
  protected invalidate(): void {
    // Nothing is kept here.
  }

  /** Runs the analysis; a page with tables of its own keeps them between runs. */
  protected run(context: RunContext, params: P): Promise<R> {
    return this.#analysis.run(context, params);
  }

  /** Reads what may come after the result is on the page. Errors are shown as those of the run. */
  protected async followUp(_result: R, _context: RunContext): Promise<void> {
    // Nothing comes after it.
  }

  #start(): void {
    clearTimeout(this.#timer);
    const scope = this.#scope;
    if (scope === null) return;
    this.#mistakes = this.#analysis.validate(this.#params);
    if (this.#mistakes.length > 0) return;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#running = true;
    this.#cancelled = false;
    this.#error = null;
    const context = { ...this.source, scope, churnWindowDays: this.#churnWindowDays, signal: abort.signal };
    void this.#run(context, this.#params, abort);
  }

  async #run(context: RunContext, params: P, abort: AbortController): Promise<void> {
    try {
      const result = await this.run(context, params);
      // A call that was over before the abort reached it still resolves: a newer run owns the page by then.
      throwIfAborted(abort.signal);
      this.#result = result;
      this.#running = false;
      await this.followUp(result, context);
    } catch (error) {
      // How a run failed that a newer one has superseded says nothing of what is on the page.
      if (this.#abort === abort && !isCancel(error)) this.#error = toAppError(error);
    } finally {
      if (this.#abort === abort) this.#running = false;
    }
  }
}
