import type { Day } from '../../core/dates';
import { isCancel, throwIfAborted, toAppError, type AppError } from '../../core/errors';
import type { Db } from '../../db/db';
import type { Mistake, Scope } from '../analysis';
import { scopeKey } from '../scope.sql';
import { readDistributions, thresholdCuts, type Distribution } from './distributions';
import { migrationSuffix, readMigration, type Migration } from './migration';
import { withoutGroup, type PlaybookKey, type PlaybookTexts } from './playbook';
import type { GridAxis } from './results.sql';
import { readGrid, runRfm, type GridCell, type RfmResult } from './rfm';
import {
  MEAN_SCORING,
  RFM_DEFAULTS,
  validateRfm,
  type BinCount,
  type Dimension,
  type RfmParams,
  type Scoring,
} from './rfm-params';
import { RfmTables } from './rfm-tables';
import { DEFAULT_RULES, type Rule } from './rules';
import type { GroupId, Naming } from './segments';
import { readSensitivity, type Sensitivity } from './sensitivity';
import { readTieDifference, type TieDifference } from './tie-difference';

/** Changes closer together than this are one: dragging recomputes once the hand rests for a moment. */
const DEBOUNCE_MS = 120;

/**
 * What the RFM page shows and is told: the parameters, the result in force, and what is read after it. A newer
 * run supersedes the older; the segments come first, the rest follows.
 */
export class RfmSession {
  readonly #db: Db;
  readonly #now: RfmTables;
  readonly #before: RfmTables;
  readonly #isAside: boolean;
  #params = $state.raw<RfmParams>(RFM_DEFAULTS);
  #result = $state.raw<RfmResult | null>(null);
  #grid = $state.raw<readonly GridCell[]>([]);
  #gridAxis = $state<GridAxis>('fm');
  #distributions = $state.raw<readonly Distribution[]>([]);
  #sensitivity = $state.raw<Sensitivity | null>(null);
  #tieDifference = $state.raw<TieDifference | null>(null);
  #migration = $state.raw<Migration | null>(null);
  #mistakes = $state.raw<readonly Mistake[]>([]);
  #error = $state.raw<AppError | null>(null);
  #running = $state(false);
  #cancelled = $state(false);
  #highlight = $state<GroupId | null>(null);
  #playbook = $state.raw<PlaybookTexts>({});
  #scope: Scope | null = null;
  #revision = -1;
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #forgetLoss: () => void;

  /**
   * @param params those of a recipe, or as they were left; null for the defaults
   * @param suffix of the names of its tables, where it stands beside the page's own session
   */
  constructor(db: Db, naming: Naming, params: RfmParams | null = null, suffix = '') {
    this.#db = db;
    this.#now = new RfmTables(db, suffix);
    this.#before = new RfmTables(db, migrationSuffix + suffix);
    this.#isAside = suffix !== '';
    this.#params = params ?? { ...RFM_DEFAULTS, naming };
    this.#forgetLoss = db.onLost(() => this.#invalidate());
  }

  get params(): RfmParams {
    return this.#params;
  }

  get result(): RfmResult | null {
    return this.#result;
  }

  /** The grid along the axis chosen. */
  get grid(): readonly GridCell[] {
    return this.#grid;
  }

  get gridAxis(): GridAxis {
    return this.#gridAxis;
  }

  /** Empty until read. */
  get distributions(): readonly Distribution[] {
    return this.#distributions;
  }

  get sensitivity(): Sensitivity | null {
    return this.#sensitivity;
  }

  get tieDifference(): TieDifference | null {
    return this.#tieDifference;
  }

  get migration(): Migration | null {
    return this.#migration;
  }

  get mistakes(): readonly Mistake[] {
    return this.#mistakes;
  }

  get error(): AppError | null {
    return this.#error;
  }

  /** True while segments are being computed; what follows them is quiet. */
  get running(): boolean {
    return this.#running;
  }

  /** True when the reader stopped the last run: what is shown may be of other parameters. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** The group every chart shows in its colour. */
  get highlight(): GroupId | null {
    return this.#highlight;
  }

  /** The reader's own words on the cards; absent = the standard ones. */
  get playbook(): PlaybookTexts {
    return this.#playbook;
  }

  setPlaybookText(key: PlaybookKey, text: string): void {
    this.#playbook = { ...this.#playbook, [key]: text };
  }

  restorePlaybook(group: GroupId): void {
    this.#playbook = withoutGroup(this.#playbook, group);
  }

  /** Takes the scope in force; `revision` grows when the tables themselves have changed. */
  setScope(scope: Scope, revision: number): void {
    const isSame = revision === this.#revision && this.#scope !== null && scopeKey(scope) === scopeKey(this.#scope);
    // Coming back to the page finds it as it was left.
    if (isSame && (this.#running || this.#result !== null) && this.#error === null) return;
    if (revision !== this.#revision) this.#invalidate();
    this.#revision = revision;
    this.#scope = scope;
    this.#start();
  }

  setScoring(scoring: Scoring | null): void {
    this.#change({ scoring });
  }

  /** Another method, beginning where the one in force stands. */
  setMethod(method: Scoring['method']): void {
    if (method === 'mean') this.#change({ scoring: MEAN_SCORING, naming: 'classes' });
    else if (method === 'quantile') this.setScoring({ method, bins: this.#bins(), ties: 'together' });
    else this.setScoring({ method, bins: this.#bins(), cuts: thresholdCuts(this.#distributions, this.#bins()) });
  }

  /** Takes cuts as they were dragged; equal parts become thresholds, a mean becomes a benchmark. */
  setCuts(dimension: Dimension, cuts: readonly number[]): void {
    const scoring = this.#result?.scoring;
    if (scoring?.method === 'mean') {
      this.setScoring({ ...scoring, benchmarks: { ...scoring.benchmarks, [dimension]: cuts[0] ?? null } });
      return;
    }
    const moved = this.#distributions.map((distribution) =>
      distribution.dimension === dimension ? { ...distribution, cuts } : distribution,
    );
    this.setScoring({ method: 'thresholds', bins: this.#bins(), cuts: thresholdCuts(moved, this.#bins()) });
  }

  setNaming(naming: Naming): void {
    this.#highlight = null;
    this.#change({ naming });
  }

  setRules(rules: readonly Rule[]): void {
    this.#change({ rules: { ...this.#params.rules, [this.#params.naming]: rules } });
  }

  resetRules(): void {
    this.setRules(DEFAULT_RULES[this.#params.naming]);
  }

  /** Takes parameters from outside, as when a change is undone. */
  adopt(params: RfmParams): void {
    this.#change(params);
  }

  setCompareWith(compareWith: Day | null): void {
    this.#change({ compareWith });
  }

  async setGridAxis(axis: GridAxis): Promise<void> {
    this.#gridAxis = axis;
    if (this.#result === null || this.#running) return;
    const grid = await readGrid(this.#db, this.#now, axis);
    if (this.#gridAxis === axis) this.#grid = grid;
  }

  setHighlight(group: GroupId | null): void {
    this.#highlight = group;
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
    // The page's tables are read by exports too. Where the engine is gone, so are the tables.
    if (this.#isAside) void Promise.all([this.#now.drop(), this.#before.drop()]).catch(() => undefined);
  }

  #bins(): BinCount {
    const scoring = this.#result?.scoring;
    return scoring === undefined || scoring.method === 'mean' ? 5 : scoring.bins;
  }

  #invalidate(): void {
    this.#now.invalidate();
    this.#before.invalidate();
  }

  #change(change: Partial<RfmParams>): void {
    this.#params = isWhole(change) ? change : { ...this.#params, ...change };
    this.#mistakes = this.#check();
    if (this.#mistakes.length > 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#start(), DEBOUNCE_MS);
  }

  #check(): readonly Mistake[] {
    const { compareWith } = this.#params;
    const late = compareWith !== null && this.#scope !== null && compareWith >= this.#scope.asOf;
    return [...validateRfm(this.#params), ...(late ? [{ field: 'compareWith', message: 'not-earlier' }] : [])];
  }

  #start(): void {
    clearTimeout(this.#timer);
    const scope = this.#scope;
    if (scope === null) return;
    this.#mistakes = this.#check();
    if (this.#mistakes.length > 0) return;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#running = true;
    this.#cancelled = false;
    this.#error = null;
    void this.#run(scope, this.#params, abort);
  }

  async #run(scope: Scope, params: RfmParams, abort: AbortController): Promise<void> {
    const { signal } = abort;
    try {
      const result = await runRfm(this.#db, this.#now, scope, params, { signal });
      const grid =
        this.#gridAxis === 'fm' ? result.grid : await readGrid(this.#db, this.#now, this.#gridAxis, { signal });
      // A call that was over before the abort reached it still resolves: a newer run owns the page by then.
      throwIfAborted(signal);
      this.#result = result;
      this.#grid = grid;
      this.#running = false;
      this.#distributions = await readDistributions(this.#db, this.#now, result, { signal });
      const migration =
        params.compareWith === null
          ? null
          : await readMigration(this.#db, { now: this.#now, before: this.#before }, result, params.compareWith, {
              signal,
            });
      this.#migration = migration;
      this.#tieDifference = await readTieDifference(this.#db, this.#now, result, { signal });
      this.#sensitivity = await readSensitivity(this.#db, this.#now, result, { signal });
    } catch (error) {
      if (!isCancel(error)) this.#error = toAppError(error);
    } finally {
      if (this.#abort === abort) this.#running = false;
    }
  }
}

/** True for all parameters at once, which stay the object they are: whoever gave them knows them by it. */
function isWhole(change: Partial<RfmParams>): change is RfmParams {
  return Object.keys(RFM_DEFAULTS).every((name) => name in change);
}
