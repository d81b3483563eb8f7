import type { RunContext, Source } from '../analysis';
import { AnalysisSession } from '../analysis-session.svelte';
import { change, ChangeMemory, comparisonKey, runChange, type ChangeResult } from './change';
import type { ChangeParams } from './change-params';
import { focusOf, partnersOf, type GainLoss, type Partner } from './switching';
import { PARTNERS_SHAPE, partnersQuery } from './switching.sql';

/** The value looked at and between which others its customers switched. */
export interface Switches {
  readonly value: GainLoss;
  readonly partners: readonly Partner[];
}

/** What the page of the comparison shows and is told. Looking at another value reads nothing else anew. */
export class ChangeSession extends AnalysisSession<ChangeParams, ChangeResult> {
  readonly #memory = new ChangeMemory();
  #switches = $state.raw<Switches | null>(null);

  constructor(source: Source, params: ChangeParams | null = null) {
    super(change, source, params);
  }

  /** The value looked at; null where there is none. */
  get focus(): GainLoss | null {
    const values = this.result?.figures?.switching?.values;
    return values === undefined ? null : focusOf(values, this.params.focus);
  }

  /** With whom the value looked at switched; null until read. */
  get partners(): readonly Partner[] | null {
    return this.#switches !== null && this.#switches.value === this.focus ? this.#switches.partners : null;
  }

  protected override invalidate(): void {
    this.#memory.forget();
  }

  protected override run(context: RunContext, params: ChangeParams): Promise<ChangeResult> {
    return runChange(context, params, this.#memory);
  }

  protected override async followUp({ figures }: ChangeResult, { db, signal }: RunContext): Promise<void> {
    const value = this.focus;
    if (figures === null || figures.switching === null || value === null) return;
    const { comparison, switching } = figures;
    const rows = await this.#memory.recall('partners', [comparisonKey(comparison), switching.label, value.name], () =>
      db.query(partnersQuery(comparison, switching.label, value), PARTNERS_SHAPE, { signal }),
    );
    this.#switches = { value, partners: partnersOf(rows, value) };
  }
}
