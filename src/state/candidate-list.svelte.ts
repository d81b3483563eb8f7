import type { AppError } from '../core/errors';
import { WHOLE, type Excerpt } from '../ingest/excerpt/excerpt';
import type { ColumnPreview, MissingNeed, NumberFormat, Role, TimeFormat } from '../ingest/file-preview';
import type { FeedbackType } from '../ingest/kinds/kind-mapping';
import type { FileKind, KindRole } from '../ingest/kinds/kinds';
import { missingNeeds } from '../ingest/mapping';
import * as kinds from './import-candidate';
import type { Candidate, Shown } from './import-candidate';
import * as kindDrafts from './kind-draft';
import type { KindDraft } from './kind-draft';
import * as drafting from './mapping-draft';
import type { MappingDraft } from './mapping-draft';
import { estimateSize, sizedFile, type SizeEstimate } from './size-guard';
import type { UndoLine } from './undo-line.svelte';

/** What a person decided about the tables at some moment. */
interface Decisions {
  readonly candidates: readonly Candidate[];
  readonly excerpt: Excerpt | null;
}

/** `done` and `failed` still show the mapping, and any edit leads back to `mapping`. */
export type ImportPhase = 'idle' | 'opening' | 'previewing' | 'mapping' | 'importing' | 'done' | 'failed';

/** The tables that were dropped together and what a person decides about each, one of them on the screen. */
export class CandidateList {
  #candidates = $state.raw<readonly Candidate[]>([]);
  #chosen = $state(0);
  #phase = $state<ImportPhase>('idle');
  #error = $state.raw<AppError | null>(null);
  readonly #zoneOffsetMinutes: number;
  readonly #edits: UndoLine | undefined;
  /** Null as long as nobody has chosen one. */
  #excerpt = $state.raw<Excerpt | null>(null);
  #heldBytes = $state(0);
  #past: readonly Decisions[] = [];
  #future: readonly Decisions[] = [];

  readonly #candidate = $derived(this.#candidates[this.#chosen] ?? null);
  readonly #shown = $derived.by<Shown | null>(() => {
    const { preview, draft } = this.#candidate ?? { preview: null, draft: null };
    return preview === null || draft === null ? null : { preview, draft };
  });
  readonly #missing = $derived<readonly MissingNeed[]>(
    this.#shown === null ? ['customer', 'time', 'amount'] : missingNeeds(this.#shown.draft.columns),
  );
  readonly #orderQuestion = $derived(
    this.#shown === null ? null : drafting.openOrderQuestion(this.#shown.draft, this.#shown.preview),
  );
  readonly #sized = $derived(this.used.flatMap((each) => sizedFile(each, this.#zoneOffsetMinutes)));

  /** @param edits where changes made by hand are noted, for undo over the whole recipe */
  constructor(zoneOffsetMinutes: number, edits?: UndoLine) {
    this.#zoneOffsetMinutes = zoneOffsetMinutes;
    this.#edits = edits;
  }

  get phase(): ImportPhase {
    return this.#phase;
  }

  /** The tables that were dropped together. */
  get candidates(): readonly Candidate[] {
    return this.#candidates;
  }

  get chosenIndex(): number {
    return this.#chosen;
  }

  /** The table on the screen, or null before any was opened. */
  get candidate(): Candidate | null {
    return this.#candidate;
  }

  /** The table on the screen and its mapping, once it has been looked into. */
  get shown(): Shown | null {
    return this.#shown;
  }

  /** The first and the last time seen in the orders, wall-clock epoch milliseconds; null where none was. */
  get spanMs(): readonly [first: number, last: number] | null {
    const spans = this.#sized.flatMap(({ plan, spanMs }) =>
      plan.kind !== 'orders' || spanMs === null ? [] : [spanMs],
    );
    if (spans.length === 0) return null;
    return [Math.min(...spans.map(([first]) => first)), Math.max(...spans.map(([, last]) => last))];
  }

  /** What the table on the screen lacks to be orders. */
  get missing(): readonly MissingNeed[] {
    return this.#missing;
  }

  /** The time column for which day-first or month-first has to be answered, or null. */
  get orderQuestion(): ColumnPreview | null {
    return this.#orderQuestion;
  }

  /** What is taken of the tables: chosen, else as the recipe at hand has it, else everything. */
  get excerpt(): Excerpt {
    const recalled = this.#candidates.find(({ recalledExcerpt }) => recalledExcerpt !== null)?.recalledExcerpt;
    return this.#excerpt ?? recalled ?? WHOLE;
  }

  setExcerpt(change: Partial<Excerpt>): void {
    if (this.#phase === 'importing') return;
    this.#note();
    this.#excerpt = { ...this.excerpt, ...change };
    this.#edited();
  }

  /** What the import will take in memory with that excerpt. */
  sizeWith(change: Partial<Excerpt>): SizeEstimate {
    return estimateSize(this.#sized, { ...this.excerpt, ...change }, this.#heldBytes);
  }

  /** What the import will take in memory. */
  get size(): SizeEstimate {
    return this.sizeWith({});
  }

  /** Why the last import failed; the dataset before it is still there. */
  get error(): AppError | null {
    return this.#error;
  }

  /** What the table holds. One that lies there alone is taken for orders until someone says otherwise. */
  kindOf(candidate: Candidate): FileKind {
    return this.#candidates.length === 1 && !candidate.isKindChosen ? 'orders' : candidate.kind;
  }

  /** The tables that go into the dataset, as what they are. */
  get used(): readonly Candidate[] {
    const known = this.#candidates.map((each) => kinds.taken(each, this.kindOf(each)));
    return known.filter(({ kind, preview }) => kind !== 'unused' && preview !== null);
  }

  /** True when orders are there, everything has been looked into and nothing is missing. */
  get isComplete(): boolean {
    const { used } = this;
    if (!used.some(({ kind }) => kind === 'orders')) return false;
    const isLooking = this.#candidates.some(({ preview, error }) => preview === null && error === null);
    return !isLooking && used.every((each) => kinds.needsOf(each).length === 0);
  }

  setRole(column: number, role: Role): void {
    this.#edit(({ draft, preview }) => drafting.withRole(draft, preview, column, role));
  }

  setTimeFormat(column: number, timeFormat: TimeFormat): void {
    this.#edit(({ draft }) => drafting.withTimeFormat(draft, column, timeFormat));
  }

  setNumberFormat(column: number, numberFormat: NumberFormat): void {
    this.#edit(({ draft }) => drafting.withNumberFormat(draft, column, numberFormat));
  }

  setZone(zoneOffsetMinutes: number): void {
    this.#edit(({ draft }) => drafting.withZone(draft, zoneOffsetMinutes));
  }

  /** Says what a table holds; its columns get the roles that the kind suggests. */
  setKind(index: number, kind: FileKind): void {
    const { id, preview } = this.#candidates[index] ?? { id: -1, preview: null };
    if (preview === null || this.#phase === 'importing') return;
    this.#note();
    this.update(id, { ...kinds.asKind(preview, kind), isKindChosen: true });
    this.#edited();
  }

  setKindRole(column: number, role: KindRole): void {
    this.#editKind((draft) => kindDrafts.withKindRole(draft, column, role));
  }

  setKindFormat(column: number, format: { timeFormat: TimeFormat } | { numberFormat: NumberFormat }): void {
    this.#editKind((draft) => kindDrafts.withKindFormat(draft, column, format));
  }

  setFeedbackType(feedbackType: FeedbackType | null): void {
    this.#editKind((draft) => ({ ...draft, feedbackType }));
  }

  /** Forgets what was remembered or edited for this file: every column back to its guess. */
  startOver(): void {
    this.#edit(({ preview }) => drafting.draftFromGuess(preview, this.#zoneOffsetMinutes));
  }

  /** Takes the last decision about a column or a kind back. */
  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined || this.#phase === 'importing') return;
    this.#future = [this.#decisions(), ...this.#future];
    this.#past = this.#past.slice(0, -1);
    this.#decideAs(before);
  }

  redo(): void {
    const [next, ...later] = this.#future;
    if (next === undefined || this.#phase === 'importing') return;
    this.#past = [...this.#past, this.#decisions()];
    this.#future = later;
    this.#decideAs(next);
  }

  protected show(index: number): void {
    this.#chosen = index;
  }

  protected setPhase(phase: ImportPhase, error: AppError | null = null): void {
    this.#phase = phase;
    this.#error = error;
  }

  /** The phase in which nothing runs. */
  protected settledPhase(): ImportPhase {
    if (this.#shown !== null) return 'mapping';
    return (this.#candidate?.error ?? null) === null ? 'idle' : 'failed';
  }

  protected setHeldBytes(bytes: number): void {
    this.#heldBytes = bytes;
  }

  protected setCandidates(all: readonly Candidate[]): void {
    if (!all.some(({ id }) => this.#candidates.some((each) => each.id === id))) {
      this.#forget();
      this.#excerpt = null;
    }
    this.#candidates = all;
  }

  protected update(id: number, change: Partial<Candidate>): void {
    this.#candidates = this.#candidates.map((each) => (each.id === id ? { ...each, ...change } : each));
  }

  /** Orders files with the same columns are read alike: what is changed for one is changed for all. */
  #edit(change: (shown: Shown) => MappingDraft): void {
    const print = this.#shown?.preview.fingerprint;
    if (print === undefined || this.#phase === 'importing') return;
    this.#note();
    for (const { id, preview, draft } of this.#candidates) {
      if (draft !== null && preview?.fingerprint === print) this.update(id, { draft: change({ preview, draft }) });
    }
    this.#edited();
  }

  #editKind(change: (draft: KindDraft) => KindDraft): void {
    const current = this.#candidate;
    if (current === null || this.#phase === 'importing') return;
    this.#note();
    for (const { id, kind, preview, kindDraft } of this.#candidates) {
      const isAlike = kind === current.kind && preview?.fingerprint === current.preview?.fingerprint;
      if (isAlike && kindDraft !== null) this.update(id, { kindDraft: change(kindDraft) });
    }
    this.#edited();
  }

  #note(): void {
    this.#past = [...this.#past, this.#decisions()];
    this.#future = [];
    this.#edits?.note(this);
  }

  #decisions(): Decisions {
    return { candidates: this.#candidates, excerpt: this.#excerpt };
  }

  #forget(): void {
    this.#past = [];
    this.#future = [];
    this.#edits?.forget(this);
  }

  /** What was decided then, about the files that are still there. */
  #decideAs({ candidates, excerpt }: Decisions): void {
    this.#excerpt = excerpt;
    this.#candidates = this.#candidates.map((each) => {
      const was = candidates.find(({ id, preview }) => id === each.id && preview === each.preview);
      if (was === undefined) return each;
      const { draft, kind, isKindChosen, kindDraft } = was;
      return { ...each, draft, kind, isKindChosen, kindDraft };
    });
    this.#edited();
  }

  #edited(): void {
    this.#error = null;
    if (this.#phase !== 'previewing' && this.#phase !== 'opening') this.#phase = this.settledPhase();
  }
}
