import { UNSETTLED, type AnalysesSettings, type SettingName } from '../analyses/params-schemas';
import type { UndoLine } from './undo-line.svelte';

/** Changes closer together than this are one: a cut that is dragged passes many values. */
const ONE_CHANGE_MS = 800;

/** What is decided about the analyses as it stands, for the recipe, with undo and redo; null where nobody has been yet. */
export class AnalysisParams {
  readonly #edits: UndoLine | undefined;
  #settings = $state.raw<AnalysesSettings>(UNSETTLED);
  #past: readonly AnalysesSettings[] = [];
  #future: readonly AnalysesSettings[] = [];
  #changed: { readonly name: SettingName; readonly atMs: number } | null = null;

  constructor(edits?: UndoLine) {
    this.#edits = edits;
  }

  get settings(): AnalysesSettings {
    return this.#settings;
  }

  /** Hears a change made by hand. The first parameters of a page are where it begins, and nothing to take back. */
  change<K extends SettingName>(name: K, value: AnalysesSettings[K]): void {
    const before = this.#settings;
    if (value === before[name]) return;
    this.#settings = { ...before, [name]: value };
    const atMs = performance.now();
    const isSame = this.#changed?.name === name && atMs - this.#changed.atMs < ONE_CHANGE_MS;
    this.#changed = { name, atMs };
    const isBeginning = before[name] === null && name !== 'churnWindowDays';
    if (isBeginning || isSame) return;
    this.#past = [...this.#past, before];
    this.#future = [];
    this.#edits?.note(this);
  }

  /** Takes everything over, as from a recipe; what was done before cannot be undone any more. */
  adopt(settings: AnalysesSettings): void {
    this.#settings = settings;
    this.#past = [];
    this.#future = [];
    this.#changed = null;
    this.#edits?.forget(this);
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#future = [this.#settings, ...this.#future];
    this.#past = this.#past.slice(0, -1);
    this.#settings = withoutGaps(before, this.#settings);
  }

  redo(): void {
    const [next, ...later] = this.#future;
    if (next === undefined) return;
    this.#past = [...this.#past, this.#settings];
    this.#future = later;
    this.#settings = withoutGaps(next, this.#settings);
  }
}

/** The earlier settings; a page first visited since then stays as it is, for it has nothing to go back to. */
function withoutGaps(earlier: AnalysesSettings, now: AnalysesSettings): AnalysesSettings {
  const missing = Object.entries(earlier).filter(([name, value]) => value === null && name !== 'churnWindowDays');
  return { ...earlier, ...Object.fromEntries(missing.map(([name]) => [name, now[name as SettingName]])) };
}
