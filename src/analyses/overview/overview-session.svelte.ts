import type { RunContext, Source } from '../analysis';
import { AnalysisSession } from '../analysis-session.svelte';
import { scopeKey } from '../scope.sql';
import { overview, type OverviewResult } from './overview';
import type { OverviewParams } from './overview-params';

/** The overview's page: another measure or breakdown shows the same result from another side, without a run. */
export class OverviewSession extends AnalysisSession<OverviewParams, OverviewResult> {
  #made: { readonly key: string; readonly result: OverviewResult } | null = null;

  constructor(source: Source, params: OverviewParams | null = null) {
    super(overview, source, params);
  }

  protected override invalidate(): void {
    this.#made = null;
  }

  protected override async run(context: RunContext, params: OverviewParams): Promise<OverviewResult> {
    const key = `${scopeKey(context.scope)} ${JSON.stringify(params.periods)}`;
    if (this.#made?.key === key) return this.#made.result;
    const result = await super.run(context, params);
    this.#made = { key, result };
    return result;
  }
}
