import type { RunContext, Source } from '../analysis';
import { AnalysisSession } from '../analysis-session.svelte';
import { KeptResult } from '../kept-result';
import { scopeKey } from '../scope.sql';
import { overview, type OverviewResult } from './overview';
import type { OverviewParams } from './overview-params';

/** The overview's page: another measure or breakdown shows the same result from another side, without a run. */
export class OverviewSession extends AnalysisSession<OverviewParams, OverviewResult> {
  readonly #kept = new KeptResult<OverviewResult>();

  constructor(source: Source, params: OverviewParams | null = null) {
    super(overview, source, params);
  }

  protected override invalidate(): void {
    this.#kept.forget();
  }

  protected override run(context: RunContext, params: OverviewParams): Promise<OverviewResult> {
    const madeOf = `${scopeKey(context.scope)} ${JSON.stringify(params.periods)}`;
    return this.#kept.of(madeOf, () => super.run(context, params));
  }
}
