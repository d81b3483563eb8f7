import type { RunContext, Source } from '../analysis';
import { AnalysisSession } from '../analysis-session.svelte';
import { KeptResult } from '../kept-result';
import { scopeKey } from '../scope.sql';
import { lifecycle, type LifecycleResult } from './lifecycle';
import type { LifecycleParams } from './lifecycle-params';

/** The session of the page: measure and flow are other views of a result that is there. */
export class LifecycleSession extends AnalysisSession<LifecycleParams, LifecycleResult> {
  readonly #kept = new KeptResult<LifecycleResult>();

  constructor(source: Source, params: LifecycleParams | null) {
    super(lifecycle, source, params);
  }

  protected override invalidate(): void {
    this.#kept.forget();
  }

  protected override run(context: RunContext, params: LifecycleParams): Promise<LifecycleResult> {
    const madeOf = [scopeKey(context.scope), params.grain, context.churnWindowDays].join('/');
    return this.#kept.of(madeOf, () => super.run(context, params));
  }
}
