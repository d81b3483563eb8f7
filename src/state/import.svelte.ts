import { isCancel, toAppError, type AppError } from '../core/errors';
import type { Db } from '../db/db';
import type { ImportProgress, ImportResult, Importer } from '../ingest/import-contract';
import type {
  ColumnPreview,
  Delimiter,
  Dialect,
  Encoding,
  FileMapping,
  FilePreview,
  MissingNeed,
  NumberFormat,
  Role,
  TimeFormat,
} from '../ingest/file-preview';
import * as drafting from './mapping-draft';
import type { MappingDraft } from './mapping-draft';
import { estimateSize, type SizeEstimate } from './size-guard';

/** Where mappings are remembered from one import to the next, by the preview's fingerprint. */
export interface MappingMemory {
  get(fingerprint: string): Promise<FileMapping | undefined>;
  put(fingerprint: string, mapping: FileMapping): Promise<void>;
}

/** `done` and `failed` still show the mapping, and any edit leads back to `mapping`. */
export type ImportPhase = 'idle' | 'previewing' | 'mapping' | 'importing' | 'done' | 'failed';

/** One of the files that were dropped together, with all that was decided about it so far. */
export interface Candidate {
  readonly file: Blob;
  readonly name: string;
  readonly chosenDialect: Partial<Dialect>;
  readonly preview: FilePreview | null;
  readonly draft: MappingDraft | null;
  /** Why the file could not be shown as asked; the former preview, if any, stays. */
  readonly error: AppError | null;
}

/** What lies in the engine after an import, enough to make it again from the file. */
export interface ImportedFile {
  readonly file: Blob;
  readonly name: string;
  readonly mapping: FileMapping;
  readonly result: ImportResult;
}

export interface ImportSessionParts {
  readonly importer: Importer;
  readonly db: Db;
  readonly mappings: MappingMemory;
  /** Minutes east of UTC that epochs and offsets are converted to unless told otherwise. */
  readonly zoneOffsetMinutes: number;
}

/** The name under which pasted text goes. */
export const PASTED_NAME = 'pasted';

/** From dropped files to a dataset: preview, mapping, import. The files stay where they are. */
export class ImportSession {
  readonly #parts: ImportSessionParts;
  #candidates = $state.raw<readonly Candidate[]>([]);
  #chosen = $state(0);
  #phase = $state<ImportPhase>('idle');
  #progress = $state.raw<ImportProgress | null>(null);
  #error = $state.raw<AppError | null>(null);
  #imported = $state.raw<ImportedFile | null>(null);
  #running: AbortController | null = null;

  readonly #candidate = $derived(this.#candidates[this.#chosen] ?? null);
  readonly #missing = $derived.by<readonly MissingNeed[]>(() => {
    const draft = this.#candidate?.draft ?? null;
    return draft === null ? ['customer', 'time', 'amount'] : drafting.missingNeeds(draft);
  });
  readonly #orderQuestion = $derived.by<ColumnPreview | null>(() => {
    const { draft, preview } = this.#candidate ?? { draft: null, preview: null };
    return draft === null || preview === null ? null : drafting.openOrderQuestion(draft, preview);
  });
  readonly #size = $derived.by<SizeEstimate | null>(() => {
    const { draft, preview } = this.#candidate ?? { draft: null, preview: null };
    return draft === null || preview === null ? null : estimateSize(preview.estimatedRows, draft.columns);
  });

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
    return settled && this.#candidate?.draft != null && this.#missing.length === 0 && this.#orderQuestion === null;
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
    if (files.length === 0) return;
    await this.#take(files.map((file) => candidate(file, file.name)));
  }

  /** Takes pasted cells as a file of its own. */
  async paste(text: string): Promise<void> {
    await this.#take([candidate(new Blob([text], { type: 'text/plain' }), PASTED_NAME)]);
  }

  /** Shows another of the dropped files; what was decided about the former one is kept. */
  async choose(index: number): Promise<void> {
    const next = this.#candidates[index];
    if (next === undefined || this.#phase === 'importing') return;
    this.#running?.abort();
    this.#chosen = index;
    this.#error = null;
    if (next.preview === null) await this.#preview(next.chosenDialect);
    else this.#phase = 'mapping';
  }

  async setEncoding(encoding: Encoding): Promise<void> {
    await this.#choose({ encoding });
  }

  async setDelimiter(delimiter: Delimiter): Promise<void> {
    await this.#choose({ delimiter });
  }

  async setHasHeader(hasHeader: boolean): Promise<void> {
    await this.#choose({ hasHeader });
  }

  setRole(column: number, role: Role): void {
    this.#edit((draft, preview) => drafting.withRole(draft, preview, column, role));
  }

  setTimeFormat(column: number, timeFormat: TimeFormat): void {
    this.#edit((draft) => drafting.withTimeFormat(draft, column, timeFormat));
  }

  setNumberFormat(column: number, numberFormat: NumberFormat): void {
    this.#edit((draft) => drafting.withNumberFormat(draft, column, numberFormat));
  }

  setZone(zoneOffsetMinutes: number): void {
    this.#edit((draft) => drafting.withZone(draft, zoneOffsetMinutes));
  }

  /** Forgets what was remembered or edited for this file: every column back to its guess. */
  startOver(): void {
    this.#edit((_, preview) => drafting.draftFromGuess(preview, this.#parts.zoneOffsetMinutes));
  }

  /**
   * Fills the tables from the file on the screen. Returns what was imported, or null when it was
   * cancelled or failed; then the dataset before it still stands and `error` says why.
   */
  async import(): Promise<ImportedFile | null> {
    const { file, name, preview, draft } = this.#candidate ?? {};
    if (!this.canImport || file === undefined || name === undefined || preview == null || draft == null) return null;
    const mapping = drafting.toMapping(draft, preview.dialect);
    const result = await this.#run(file, name, mapping);
    if (result === null) return null;
    const imported: ImportedFile = { file, name, mapping, result };
    this.#imported = imported;
    // Remembering is a convenience: a full or forbidden store must not undo a good import.
    await this.#parts.mappings.put(preview.fingerprint, mapping).catch(() => undefined);
    return imported;
  }

  /**
   * Fills the tables again from the file in force, after the engine had died. Returns null when
   * there is none or it was cancelled. Throws the importer's AppError when the file has gone.
   */
  async rebuild(options: { readonly signal?: AbortSignal } = {}): Promise<ImportedFile | null> {
    const before = this.#imported;
    if (before === null) return null;
    const { importer, db } = this.#parts;
    try {
      const result = await importer.run(db, before.file, before.name, before.mapping, {
        signal: options.signal,
        onProgress: (progress) => (this.#progress = progress),
      });
      this.#imported = { ...before, result };
      return this.#imported;
    } catch (error) {
      if (isCancel(error)) return null;
      throw toAppError(error);
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
    this.#error = null;
    await this.#preview({});
  }

  async #choose(change: Partial<Dialect>): Promise<void> {
    const current = this.#candidate;
    if (current === null || this.#phase === 'importing') return;
    await this.#preview({ ...current.chosenDialect, ...change });
  }

  /** Looks into the file on the screen. A newer look aborts the older, whose answer is dropped. */
  async #preview(chosenDialect: Partial<Dialect>): Promise<void> {
    const current = this.#candidate;
    if (current === null) return;
    const run = this.#begin('previewing');
    try {
      const preview = await this.#parts.importer.preview(current.file, current.name, chosenDialect, run.signal);
      const recalled = current.draft === null ? await this.#recall(current, preview, run.signal) : null;
      if (run.signal.aborted) return;
      this.#update({ chosenDialect, error: null, ...(recalled ?? { preview, draft: this.#draftFor(preview) }) });
    } catch (error) {
      if (isCancel(error) || run.signal.aborted) return;
      // What failed to read is not kept as a choice while a readable preview is still on the screen.
      this.#update({ error: toAppError(error), ...(current.preview === null ? { chosenDialect } : {}) });
    } finally {
      if (run === this.#running) {
        this.#running = null;
        this.#phase = this.#settledPhase();
      }
    }
  }

  /** Edits may have been made while the look was under way, so the draft is read when it is over. */
  #draftFor(preview: FilePreview): MappingDraft {
    const draft = this.#candidate?.draft ?? null;
    return draft === null
      ? drafting.draftFromGuess(preview, this.#parts.zoneOffsetMinutes)
      : drafting.redraft(draft, preview);
  }

  /** A file of a kind that was mapped before is shown as it was mapped then. */
  async #recall(
    current: Candidate,
    preview: FilePreview,
    signal: AbortSignal,
  ): Promise<{ readonly preview: FilePreview; readonly draft: MappingDraft } | null> {
    const remembered = await this.#parts.mappings.get(preview.fingerprint).catch(() => undefined);
    if (remembered === undefined) return null;
    const { encoding } = remembered.dialect;
    // A guessed encoding gives way to the one a person settled on for this kind of file.
    const again = preview.encodingEvidence === 'guess' && encoding !== preview.dialect.encoding;
    const shown = again
      ? await this.#parts.importer.preview(current.file, current.name, { encoding }, signal)
      : preview;
    const draft = drafting.draftFromMemory(shown, remembered);
    return draft === null ? null : { preview: shown, draft };
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
      if (run === this.#running) this.#phase = 'done';
      return result;
    } catch (error) {
      if (run !== this.#running) return null;
      this.#error = isCancel(error) ? null : toAppError(error);
      this.#phase = isCancel(error) ? this.#settledPhase() : 'failed';
      return null;
    } finally {
      if (run === this.#running) {
        this.#running = null;
        this.#progress = null;
      }
    }
  }

  #begin(phase: 'previewing' | 'importing'): AbortController {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    this.#error = null;
    this.#progress = null;
    this.#phase = phase;
    run.signal.addEventListener('abort', () => {
      if (run === this.#running && phase === 'previewing') {
        this.#running = null;
        this.#phase = this.#settledPhase();
      }
    });
    return run;
  }

  #settledPhase(): ImportPhase {
    if (this.#candidate?.draft != null) return 'mapping';
    return this.#candidate?.error == null ? 'idle' : 'failed';
  }

  #edit(change: (draft: MappingDraft, preview: FilePreview) => MappingDraft): void {
    const { draft, preview } = this.#candidate ?? { draft: null, preview: null };
    if (draft === null || preview === null || this.#phase === 'importing') return;
    this.#update({ draft: change(draft, preview) });
    this.#error = null;
    if (this.#phase !== 'previewing') this.#phase = 'mapping';
  }

  #update(change: Partial<Candidate>): void {
    this.#candidates = this.#candidates.map((each, index) => (index === this.#chosen ? { ...each, ...change } : each));
  }
}

function candidate(file: Blob, name: string): Candidate {
  return { file, name, chosenDialect: {}, preview: null, draft: null, error: null };
}
