import type { RfmParams } from '../analyses/rfm/rfm-params';
import type { UndoLine } from './undo-line.svelte';

/** Changes closer together than this are one: a cut that is dragged passes many values. */
const ONE_CHANGE_MS = 800;

/** The parameters of the analyses as they stand, for the recipe, with undo and redo; null where nobody has been yet. */
export class AnalysisParams {
  readonly #edits: UndoLine | undefined;
  #rfm = $state.raw<RfmParams | null>(null);
  #past: readonly RfmParams[] = [];
  #future: readonly RfmParams[] = [];
  #changedAt = Number.NEGATIVE_INFINITY;

  constructor(edits?: UndoLine) {
    this.#edits = edits;
  }

  get rfm(): RfmParams | null {
    return this.#rfm;
  }

  /** Hears a change made by hand. */
  changeRfm(params: RfmParams): void {
    const before = this.#rfm;
    if (params === before) return;
    this.#rfm = params;
    const now = performance.now();
    const isSame = now - this.#changedAt < ONE_CHANGE_MS;
    this.#changedAt = now;
    if (before === null || isSame) return;
    this.#past = [...this.#past, before];
    this.#future = [];
    this.#edits?.note(this);
  }

  /** Takes parameters over, as from a recipe; what was done before cannot be undone any more. */
  setRfm(params: RfmParams | null): void {
    this.#rfm = params;
    this.#past = [];
    this.#future = [];
    this.#changedAt = Number.NEGATIVE_INFINITY;
    this.#edits?.forget(this);
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined || this.#rfm === null) return;
    this.#future = [this.#rfm, ...this.#future];
    this.#past = this.#past.slice(0, -1);
    this.#rfm = before;
  }

  redo(): void {
    const [next, ...later] = this.#future;
    if (next === undefined || this.#rfm === null) return;
    this.#past = [...this.#past, this.#rfm];
    this.#future = later;
    this.#rfm = next;
  }
}
