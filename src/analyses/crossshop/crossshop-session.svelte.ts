import type { SaleLabel } from '../../ingest/sale-tables/sale-tables';
import type { Source } from '../analysis';
import { AnalysisSession } from '../analysis-session.svelte';
import { crossshop, type CrossShopResult } from './crossshop';
import { FEWEST_SETS, MOST_SETS, type CrossShopParams, type ValueSet } from './crossshop-params';

/** The session of the page, and how its sets are put together. */
export class CrossShopSession extends AnalysisSession<CrossShopParams, CrossShopResult> {
  constructor(source: Source, params: CrossShopParams | null) {
    super(crossshop, source, params);
  }

  get dimension(): SaleLabel | null {
    return this.params.dimension ?? this.result?.dimension ?? null;
  }

  /** Those chosen, or those that the result began with. */
  get sets(): readonly ValueSet[] {
    return this.params.sets ?? this.result?.sets ?? [];
  }

  /** Values that are in no set yet. */
  get otherValues(): readonly string[] {
    const taken = new Set(this.sets.flat());
    return (this.result?.values ?? []).flatMap(({ value }) => (taken.has(value) ? [] : [value]));
  }

  get canAdd(): boolean {
    return this.sets.length < MOST_SETS && this.otherValues.length > 0;
  }

  get canRemove(): boolean {
    return this.sets.length > FEWEST_SETS;
  }

  /** Another dimension begins with its largest values. */
  setDimension(dimension: SaleLabel): void {
    this.change({ dimension, sets: null });
  }

  setSets(sets: readonly ValueSet[] | null): void {
    this.change({ dimension: this.dimension, sets });
  }

  addSet(value: string): void {
    this.setSets([...this.sets, [value]]);
  }

  removeSet(place: number): void {
    this.setSets(this.sets.filter((_, other) => other !== place));
  }

  /** Counts a value together with those of a set. */
  joinTo(place: number, value: string): void {
    this.setSets(this.sets.map((set, other) => (other === place ? [...set, value] : set)));
  }
}
