import { sql } from '../../core/sql';
import type { RunContext, Scope, Source } from '../analysis';
import { AnalysisSession } from '../analysis-session.svelte';
import { KeptResult } from '../kept-result';
import { scopeKey } from '../scope.sql';
import { rhythm, runRhythm, type RhythmResult } from './rhythm';
import type { RhythmParams } from './rhythm-params';
import { daysTable } from './rhythm.sql';

/**
 * The session of the page. The result holds what any churn window needs, so that setting one asks the engine nothing:
 * while it is dragged everything follows, and once it rests it holds on every page.
 */
export class RhythmSession extends AnalysisSession<RhythmParams, RhythmResult> {
  readonly #kept = new KeptResult<RhythmResult>();
  readonly #settle: (days: number | null) => void;
  readonly #suffix: string;
  #setDays = $state<number | null>(null);
  #draggedDays = $state<number | null>(null);

  /**
   * @param settle takes the churn window that the reader has chosen; null = that of the data
   * @param suffix of the name of its table: other sessions have others
   */
  constructor(source: Source, params: RhythmParams | null, settle: (days: number | null) => void, suffix = '') {
    super(rhythm, source, params);
    this.#suffix = suffix;
    this.#settle = settle;
  }

  /** Days, as dragged, set, or said by the data; null where nobody came back. */
  get windowDays(): number | null {
    return this.#draggedDays ?? this.#setDays ?? this.result?.dataWindowDays ?? null;
  }

  /** True where somebody has set the window. */
  get isWindowSet(): boolean {
    return this.#setDays !== null;
  }

  dragWindow(days: number): void {
    this.#draggedDays = days;
  }

  /** Takes the window for every page; null = that of the data. */
  setWindow(days: number | null): void {
    this.#draggedDays = null;
    this.#setDays = days;
    this.#settle(days);
  }

  override setScope(scope: Scope, revision: number, churnWindowDays: number | null = null): void {
    this.#setDays = churnWindowDays;
    super.setScope(scope, revision, null);
  }

  protected override invalidate(): void {
    this.#kept.forget();
  }

  override close(): void {
    super.close();
    void this.source.db.exec(sql`DROP TABLE IF EXISTS ${daysTable(this.#suffix)}`).catch(() => undefined);
  }

  protected override run(context: RunContext): Promise<RhythmResult> {
    return this.#kept.of(scopeKey(context.scope), () => runRhythm(context, this.#suffix));
  }
}
