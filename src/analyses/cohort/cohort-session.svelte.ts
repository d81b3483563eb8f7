import type { RunContext, SharedSettings, Source } from '../analysis';
import { AnalysisSession } from '../analysis-session.svelte';
import { KeptResult } from '../kept-result';
import { scopeKey } from '../scope.sql';
import { cohort, type CohortResult } from './cohort';
import { readsAlike, type CohortParams } from './cohort-params';
import { layTriangle, type Triangle } from './triangle';

/** Lines of cohorts that can be told apart. */
export const MOST_PICKED = 8;

/**
 * The page of cohorts: the result laid out, and which period and which cohorts are looked at more closely. Parameters that
 * only show the same numbers differently do not ask the engine again.
 */
export class CohortSession extends AnalysisSession<CohortParams, CohortResult> {
  readonly #kept = new KeptResult<CohortResult>();
  #step = $state<number | null>(null);
  #picked = $state.raw<readonly number[] | null>(null);
  #audiences = $state.raw<SharedSettings['audiences']>([]);
  readonly #triangle = $derived(this.result === null ? null : layTriangle(this.result));

  constructor(source: Source, params: CohortParams | null = null) {
    super(cohort, source, params);
  }

  /** Null until the first run has ended. */
  get triangle(): Triangle | null {
    return this.#triangle;
  }

  /** The period looked at: the one chosen, else the first after the first purchase. */
  get step(): number {
    const steps = this.#triangle?.steps ?? [];
    return this.#step !== null && steps.includes(this.#step) ? this.#step : (steps[1] ?? steps[0] ?? 0);
  }

  setStep(step: number): void {
    this.#step = step;
  }

  /** Numbers of the cohorts drawn as curves: those chosen, else the first, middle and last with a quarter of the periods, or the largest. */
  get picked(): readonly number[] {
    const rows = this.#triangle?.rows ?? [];
    const known = this.#picked?.filter((number) => rows.some((row) => row.cohort.number === number));
    if (known !== undefined) return known;
    const enough = Math.max(2, (this.#triangle?.steps.length ?? 0) / 4);
    const old = rows.filter(({ cells }) => cells.filter((cell) => cell?.complete === true).length >= enough);
    const isOfTime = old[0]?.cohort.name.kind === 'time';
    const shown = isOfTime ? [old[0], old[Math.floor(old.length / 2)], old.at(-1)] : old.slice(0, 4);
    return [...new Set(shown.flatMap((row) => row?.cohort.number ?? []))];
  }

  pick(number: number): void {
    if (!this.picked.includes(number)) this.#picked = [...this.picked, number].slice(-MOST_PICKED);
  }

  unpick(number: number): void {
    this.#picked = this.picked.filter((one) => one !== number);
  }

  /** The names of the audiences there are; cohorts by audience are read anew when there are others. */
  setAudiences(audiences: SharedSettings['audiences']): void {
    const ids = (list: SharedSettings['audiences']): string => list.map(({ id }) => id).join(' ');
    const changed = ids(audiences) !== ids(this.#audiences);
    this.#audiences = audiences;
    if (!changed || this.params.by !== 'audience' || this.result === null) return;
    this.invalidate();
    this.retry();
  }

  audienceName(id: string): string {
    return this.#audiences.find((audience) => audience.id === id)?.name ?? id;
  }

  protected override invalidate(): void {
    this.#kept.forget();
  }

  protected override async run(context: RunContext, params: CohortParams): Promise<CohortResult> {
    const madeOf = `${scopeKey(context.scope)} ${readsAlike(params)}`;
    const result = await this.#kept.of(madeOf, () => super.run(context, params));
    return { ...result, params: { ...params, by: result.params.by } };
  }
}
