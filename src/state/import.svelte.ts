import { AppError, isAppError, isCancel, toAppError } from '../core/errors';
import { missingNeeds } from '../ingest/mapping';
import type { ImportProgress, ImportResult } from '../ingest/import-contract';
import type {
  ColumnPreview,
  Dialect,
  FileMapping,
  MissingNeed,
  NumberFormat,
  Role,
  TimeFormat,
} from '../ingest/file-preview';
import { createCandidate, lookFirst, PASTED_NAME, type Candidate, type Shown } from './import-candidate';
import { importAgain, type ImportedFile, type ImportSessionParts } from './imported-file';
import * as drafting from './mapping-draft';
import type { MappingDraft } from './mapping-draft';
import { estimateSize, type SizeEstimate } from './size-guard';

/** `done` and `failed` still show the mapping, and any edit leads back to `mapping`. */
export type ImportPhase = 'idle' | 'previewing' | 'mapping' | 'importing' | 'done' | 'failed';

/** From dropped files to a dataset: preview, mapping, import. The files stay where they are. */
export class ImportSession {
  readonly #parts: ImportSessionParts;
  #candidates = $state.raw<readonly Candidate[]>([]);
  #chosen = $state(0);
  #phase = $state<ImportPhase>('idle');
  #progress = $state.raw<ImportProgress | null>(null);
  #error = $state.raw<AppError | null>(null);
  #imported = $state.raw<ImportedFile | null>(null);
  /** The dialect a look under way was asked with, so that its controls do not jump back meanwhile. */
  #asked = $state.raw<Partial<Dialect>>({});
  #running: AbortController | null = null;
  #importing: Promise<unknown> = Promise.resolve();

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
  readonly #size = $derived(
    this.#shown === null ? null : estimateSize(this.#shown.preview.estimatedRows, this.#shown.draft.columns),
  );

  constructor(parts: ImportSessionParts) {
    this.#parts = parts;
  }

  get phase(): ImportPhase {
    return this.#phase;
  }

  /** The files that were dropped together; one of them is imported. */
  get candidates(): readonly Candidate[] {
    return this.#candidates;
  }

  get chosenIndex(): number {
    return this.#chosen;
  }

  /** The file on the screen, or null before any was opened. */
  get candidate(): Candidate | null {
    return this.#candidate;
  }

  /** How the bytes are read, as its controls show it; a part that is not known yet is absent. */
  get dialect(): Partial<Dialect> {
    return { ...this.#candidate?.chosenDialect, ...this.#candidate?.preview?.dialect, ...this.#asked };
  }

  get missing(): readonly MissingNeed[] {
    return this.#missing;
  }

  /** The time column for which day-first or month-first has to be answered, or null. */
  get orderQuestion(): ColumnPreview | null {
    return this.#orderQuestion;
  }

  /** What the import will take in memory; null without a preview. */
  get size(): SizeEstimate | null {
    return this.#size;
  }

  get canImport(): boolean {
    const settled = this.#phase === 'mapping' || this.#phase === 'done' || this.#phase === 'failed';
    return settled && this.#shown !== null && this.#missing.length === 0 && this.#orderQuestion === null;
  }

  get progress(): ImportProgress | null {
    return this.#progress;
  }

  /** Why the last import failed; the dataset before it is still there. */
  get error(): AppError | null {
    return this.#error;
  }

  /** The file in the engine, which need not be the one on the screen. */
  get imported(): ImportedFile | null {
    return this.#imported;
  }

  /** Takes dropped or picked files and looks into the first; the dataset in force is not touched. */
  async open(files: readonly File[]): Promise<void> {
    if (files.length > 0) await this.#take(files.map((file) => createCandidate(file, file.name)));
  }

  /** Takes pasted cells as a file of its own. */
  async paste(text: string): Promise<void> {
    await this.#take([createCandidate(new Blob([text], { type: 'text/plain' }), PASTED_NAME)]);
  }

  /** Shows another of the dropped files; what was decided about the former one is kept. */
  async choose(index: number): Promise<void> {
    const next = this.#candidates[index];
    if (next === undefined || this.#phase === 'importing') return;
    this.#running?.abort();
    this.#chosen = index;
    this.#error = null;
    if (next.preview === null) await this.#look(next.chosenDialect);
    else this.#phase = 'mapping';
  }

  /** Reads the file again with a part of its dialect chosen by hand. */
  async setDialect(change: Partial<Dialect>): Promise<void> {
    const current = this.#candidate;
    if (current === null || this.#phase === 'importing') return;
    await this.#look({ ...current.chosenDialect, ...this.#asked, ...change });
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

  /** Forgets what was remembered or edited for this file: every column back to its guess. */
  startOver(): void {
    this.#edit(({ preview }) => drafting.draftFromGuess(preview, this.#parts.zoneOffsetMinutes));
  }

  /**
   * Fills the tables from the file on the screen. Returns what was imported, or null when it was
   * cancelled or failed; then the dataset before it still stands and `error` says why.
   */
  async import(): Promise<ImportedFile | null> {
    const candidate = this.#candidate;
    const shown = this.#shown;
    if (!this.canImport || candidate === null || shown === null) return null;
    const { file, name } = candidate;
    const mapping = drafting.toMapping(shown.draft, shown.preview.dialect);
    const running = this.#run(file, name, mapping);
    this.#importing = running;
    const result = await running;
    if (result === null) return null;
    const imported: ImportedFile = { file, name, mapping, result };
    this.#imported = imported;
    await this.#parts.mappings.put(shown.preview.fingerprint, mapping);
    return imported;
  }

  /**
   * Fills the tables again from the file in force, after the engine had died; an import that was
   * under way fails with `engine-lost`. Returns null when there is none or it was cancelled. Throws the importer's AppError when the file has gone.
   */
  async rebuild(options: { readonly signal?: AbortSignal } = {}): Promise<ImportedFile | null> {
    const before = this.#imported;
    if (before === null) return null;
    // Two that fill the tables at once would mix them. The newer one can be started again by hand.
    if (this.#phase === 'importing') {
      this.#running?.abort(new AppError('engine-lost'));
      await this.#importing;
    }
    try {
      const onProgress = (progress: ImportProgress): void => void (this.#progress = progress);
      const again = await importAgain(this.#parts, before, { signal: options.signal, onProgress });
      if (again !== null) this.#imported = again;
      return again;
    } finally {
      this.#progress = null;
    }
  }

  /** Stops what is running. The mapping and the dataset in force stay as they are. */
  cancel(): void {
    this.#running?.abort();
  }

  /** Puts the files on the screen away; the dataset in force stays. */
  close(): void {
    this.#running?.abort();
    this.#candidates = [];
    this.#chosen = 0;
    this.#error = null;
    this.#phase = 'idle';
  }

  async #take(candidates: readonly Candidate[]): Promise<void> {
    this.#running?.abort();
    this.#candidates = candidates;
    this.#chosen = 0;
    await this.#look({});
  }

  /** Looks into the file on the screen. A newer look aborts the older, whose answer is dropped. */
  async #look(chosenDialect: Partial<Dialect>): Promise<void> {
    const current = this.#candidate;
    if (current === null) return;
    const run = this.#begin('previewing', chosenDialect);
    try {
      const shown =
        current.draft === null
          ? await lookFirst(this.#parts, current, chosenDialect, run.signal)
          : await this.#lookAgain(current, chosenDialect, run.signal);
      if (run.signal.aborted) return;
      this.#update({ chosenDialect, error: null, ...shown });
    } catch (error) {
      if (isCancel(error) || run.signal.aborted) return;
      // What failed to read is not kept as a choice while a readable preview is still on the screen.
      this.#update({ error: toAppError(error), ...(current.preview === null ? { chosenDialect } : {}) });
    } finally {
      this.#end(run, () => this.#settledPhase());
    }
  }

  async #lookAgain(
    current: Candidate,
    chosenDialect: Partial<Dialect>,
    signal: AbortSignal,
  ): Promise<Partial<Candidate>> {
    const preview = await this.#parts.importer.preview(current.file, current.name, chosenDialect, signal);
    // Edits may have been made while the look was under way, so the draft is read when it is over.
    const draft = this.#candidate?.draft ?? null;
    return draft === null ? { preview } : { preview, draft: drafting.redraft(draft, preview) };
  }

  async #run(file: Blob, name: string, mapping: FileMapping): Promise<ImportResult | null> {
    const run = this.#begin('importing');
    try {
      const result = await this.#parts.importer.run(this.#parts.db, file, name, mapping, {
        signal: run.signal,
        onProgress: (progress) => {
          if (run === this.#running) this.#progress = progress;
        },
      });
      this.#end(run, () => 'done');
      return result;
    } catch (error) {
      const lost = isAppError(run.signal.reason) ? run.signal.reason : null;
      const cancelled = lost === null && isCancel(error);
      if (run === this.#running && !cancelled) this.#error = lost ?? toAppError(error);
      this.#end(run, () => (cancelled ? this.#settledPhase() : 'failed'));
      return null;
    }
  }

  #begin(phase: 'previewing' | 'importing', asked: Partial<Dialect> = {}): AbortController {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    this.#error = null;
    this.#progress = null;
    this.#asked = asked;
    this.#phase = phase;
    return run;
  }

  /** Leaves the phase of a run, unless another run has taken over meanwhile. */
  #end(run: AbortController, phase: () => ImportPhase): void {
    if (run !== this.#running) return;
    this.#running = null;
    this.#progress = null;
    this.#asked = {};
    this.#phase = phase();
  }

  #settledPhase(): ImportPhase {
    if (this.#shown !== null) return 'mapping';
    return (this.#candidate?.error ?? null) === null ? 'idle' : 'failed';
  }

  #edit(change: (shown: Shown) => MappingDraft): void {
    const shown = this.#shown;
    if (shown === null || this.#phase === 'importing') return;
    this.#update({ draft: change(shown) });
    this.#error = null;
    if (this.#phase !== 'previewing') this.#phase = 'mapping';
  }

  #update(change: Partial<Candidate>): void {
    this.#candidates = this.#candidates.map((each, index) => (index === this.#chosen ? { ...each, ...change } : each));
  }
}
