import { shareAt } from '../../charts/concentration';
import type { Source } from '../analysis';
import { AnalysisSession } from '../analysis-session.svelte';
import { concentration, type ConcentrationResult } from './concentration';
import { customersWithin, type ConcentrationParams, type CutPercents } from './concentration-params';

/** The session of the page: while a cut is dragged the curve in the page answers, and the engine is asked once it rests. */
export class ConcentrationSession extends AnalysisSession<ConcentrationParams, ConcentrationResult> {
  #dragged = $state.raw<CutPercents | null>(null);

  constructor(source: Source, params: ConcentrationParams | null) {
    super(concentration, source, params);
  }

  /** The cuts as they stand in the chart, dragged or settled. */
  get cutPercents(): CutPercents {
    return this.#dragged ?? this.params.cutPercents;
  }

  drag(cutPercents: CutPercents): void {
    this.#dragged = cutPercents;
  }

  /** Takes the cuts as they stand. */
  settle(cutPercents: CutPercents): void {
    this.#dragged = null;
    this.change({ cutPercents });
  }

  /**
   * What the first `percent` of the customers bring, 0..1, off the curve: exact at the limits of the result and at
   * every CUT_STEP_PERCENT. NaN without a curve.
   */
  shareOfTop(percent: number): number {
    const customers = this.result?.population.customers ?? 0;
    return shareAt(this.result?.curve ?? [], customersWithin(percent, customers) / customers);
  }
}
