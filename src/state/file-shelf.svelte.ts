import { isCancel, toAppError, type AppError } from '../core/errors';
import type { Extractor, NamedFile, TableChoice } from '../ingest/extract/extract-contract';
import type { Dialect } from '../ingest/file-preview';
import { CandidateList, type ImportPhase } from './candidate-list.svelte';
import {
  asKind,
  createCandidate,
  lookFirst,
  PASTED_NAME,
  recognised,
  type Candidate,
  type FirstLook,
} from './import-candidate';
import { redraft } from './mapping-draft';
import type { UndoLine } from './undo-line.svelte';
import { textOf, textTablesOf, type OpeningProgress, type TextTable } from './text-tables';

export interface ShelfParts extends FirstLook {
  readonly extractor: Extractor;
  /** Bytes that the engine holds already; nothing unless told. */
  readonly heldBytes?: () => Promise<number>;
  /** Where changes made by hand are noted, for undo over the whole recipe. */
  readonly edits?: UndoLine;
}

/** Takes files and looks into them, one run at a time. The files stay where they are. */
export class FileShelf extends CandidateList {
  readonly #parts: ShelfParts;
  #opening = $state.raw<OpeningProgress | null>(null);
  /** The dialect a look under way was asked with, so that its controls do not jump back meanwhile. */
  #asked = $state.raw<Partial<Dialect>>({});
  #running: AbortController | null = null;
  #background: AbortController | null = null;
  /** The table that is being looked into without being on the screen. */
  #lookedAt: number | null = null;
  #nextId = 0;

  constructor(parts: ShelfParts) {
    super(parts.zoneOffsetMinutes, parts.edits);
    this.#parts = parts;
  }

  /** The file being taken apart before it can be looked into; null when none is. */
  get opening(): OpeningProgress | null {
    return this.#opening;
  }

  /** How the bytes are read, as its controls show it; a part that is not known yet is absent. */
  get dialect(): Partial<Dialect> {
    return { ...this.candidate?.chosenDialect, ...this.candidate?.preview?.dialect, ...this.#asked };
  }

  /** Takes dropped or picked files in place of those there, and looks into them; the dataset in force is not touched. */
  async open(files: readonly File[]): Promise<void> {
    if (files.length > 0) await this.#takeFiles(files.map(named), []);
  }

  /** Takes more files beside those there. */
  async add(files: readonly File[]): Promise<void> {
    if (files.length > 0 && this.phase !== 'importing') await this.#takeFiles(files.map(named), this.candidates);
  }

  /** Takes files that are known to be delimited text, without looking what they are. */
  async openTexts(files: readonly File[]): Promise<void> {
    await this.#take(
      files.map((file) => ({ name: file.name, file, origin: null, error: null })),
      [],
    );
  }

  /** Takes pasted cells as a file of its own. */
  async paste(text: string): Promise<void> {
    const file = new Blob([text], { type: 'text/plain' });
    await this.#take([{ name: PASTED_NAME, file, origin: null, error: null }], []);
  }

  /** Takes the file of the table on the screen once more, after it could not be read. */
  async retry(): Promise<void> {
    const current = this.candidate;
    if (current === null || this.phase === 'importing') return;
    const { file, name, origin } = current;
    const isOfFile = (each: Candidate): boolean =>
      each === current || (origin !== null && each.origin?.file === origin.file);
    const others = this.candidates.filter((each) => !isOfFile(each));
    await this.#takeFiles([{ blob: origin?.file ?? file, name: origin?.fileName ?? name }], others);
  }

  /** Shows another of the tables; what was decided about the former one is kept. */
  async choose(index: number): Promise<void> {
    const next = this.candidates[index];
    if (next === undefined || this.phase === 'importing') return;
    this.#running?.abort();
    this.show(index);
    if (next.id === this.#lookedAt) this.setPhase('previewing');
    else if (next.preview === null && next.error === null) await this.#look(next.chosenDialect);
    else this.setPhase(this.settledPhase());
  }

  /** Takes the table away from those there. */
  async remove(index: number): Promise<void> {
    if (this.phase === 'importing' || this.candidates[index] === undefined) return;
    if (this.candidates.length === 1) {
      this.close();
      return;
    }
    const shown = this.chosenIndex > index ? this.chosenIndex - 1 : this.chosenIndex;
    this.setCandidates(this.candidates.toSpliced(index, 1));
    await this.choose(Math.min(shown, this.candidates.length - 1));
  }

  /** Reads the file again with a part of its dialect chosen by hand. */
  async setDialect(change: Partial<Dialect>): Promise<void> {
    const current = this.candidate;
    if (current === null || this.phase === 'importing') return;
    await this.#look({ ...current.chosenDialect, ...this.#asked, ...change });
  }

  /** Reads these tables of the file on the screen, each as a file of its own; others of the file are put away. */
  async setTables(ids: readonly string[]): Promise<void> {
    const origin = this.candidate?.origin;
    if (origin === undefined || origin === null || ids.length === 0 || this.phase === 'importing') return;
    const isOf = ({ origin: own }: Candidate): boolean => own?.file === origin.file;
    const known = this.candidates.filter(isOf).map((each) => each.origin?.choice.table);
    await this.#opens(async (options) => {
      const added: TextTable[] = [];
      for (const table of ids.filter((id) => !known.includes(id))) {
        added.push(await textOf(this.#parts.extractor, { ...origin, choice: { table } }, true, options));
      }
      const kept = this.candidates.filter((each) => !isOf(each) || ids.includes(each.origin?.choice.table ?? ''));
      if (!options.signal.aborted) await this.#take(added, kept);
    });
  }

  /** Takes another table out of the file on the screen, or the same one otherwise. */
  async setTable(choice: TableChoice): Promise<void> {
    const current = this.candidate;
    if (current === null || current.origin === null || this.phase === 'importing') return;
    const { origin } = current;
    const isOneOfSeveral = this.candidates.some((each) => each !== current && each.origin?.file === origin.file);
    await this.#opens(async (options) => {
      const table = await textOf(this.#parts.extractor, { ...origin, choice }, isOneOfSeveral, options);
      if (options.signal.aborted) return;
      this.update(current.id, createCandidate(table, current.id));
      if (table.error === null) await this.#look({});
    });
  }

  /** Stops what is running. The mapping and the dataset in force stay as they are. */
  cancel(): void {
    this.#running?.abort();
  }

  /** Puts the files on the screen away; the dataset in force stays. */
  close(): void {
    this.#running?.abort();
    this.#background?.abort();
    this.setCandidates([]);
    this.show(0);
    this.setPhase('idle');
  }

  /** Begins a run that replaces the one under way. */
  protected begin(phase: 'opening' | 'previewing' | 'importing', asked: Partial<Dialect> = {}): AbortController {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    this.#asked = asked;
    this.setPhase(phase);
    return run;
  }

  /** Leaves the phase of a run, unless another run has taken over meanwhile. */
  protected end(run: AbortController, phase: () => ImportPhase, error: AppError | null = null): void {
    if (!this.isRunning(run)) return;
    this.#running = null;
    this.#opening = null;
    this.#asked = {};
    this.setPhase(phase(), error);
  }

  protected isRunning(run: AbortController): boolean {
    return run === this.#running;
  }

  protected abortRunning(reason: AppError): void {
    this.#running?.abort(reason);
  }

  async #takeFiles(named: readonly NamedFile[], beside: readonly Candidate[]): Promise<void> {
    await this.#opens(async (options) => {
      const tables = await textTablesOf(this.#parts.extractor, named, options);
      if (!options.signal.aborted) await this.#take(tables, beside);
    });
  }

  /** Runs the taking apart of files with progress; a cancel leaves everything as it was. */
  async #opens(
    work: (options: { signal: AbortSignal; onProgress: (progress: OpeningProgress) => void }) => Promise<void>,
  ): Promise<void> {
    const run = this.begin('opening');
    const onProgress = (progress: OpeningProgress): void => void (this.#opening = progress);
    try {
      await work({ signal: run.signal, onProgress });
    } catch (error) {
      if (!isCancel(error)) throw error;
    } finally {
      this.end(run, () => this.settledPhase());
    }
  }

  async #take(tables: readonly TextTable[], beside: readonly Candidate[]): Promise<void> {
    this.#running?.abort();
    this.#opening = null;
    this.setCandidates([...beside, ...tables.map((table) => createCandidate(table, this.#nextId++))]);
    this.show(Math.min(beside.length, this.candidates.length - 1));
    void this.#measureHeld();
    if (this.candidate?.error === null && this.candidate.preview === null) await this.#look({});
    else this.setPhase(this.settledPhase());
    await this.#lookIntoOthers();
  }

  async #measureHeld(): Promise<void> {
    // An engine that cannot be asked holds nothing that would stay.
    this.setHeldBytes((await this.#parts.heldBytes?.().catch(() => 0)) ?? 0);
  }

  /** Looks into what is not on the screen, one after another; then shows the orders, unless another table was chosen. */
  async #lookIntoOthers(): Promise<void> {
    this.#background?.abort();
    const { signal } = (this.#background = new AbortController());
    const first = this.chosenIndex;
    for (let next = this.#notLookedInto(); next !== undefined; next = this.#notLookedInto()) {
      const { id } = next;
      this.#lookedAt = id;
      try {
        this.update(id, await lookFirst(this.#parts, next, {}, signal));
      } catch (error) {
        if (signal.aborted) return;
        this.update(id, { error: toAppError(error) });
      } finally {
        this.#lookedAt = null;
      }
      if (this.candidate?.id === id) this.setPhase(this.settledPhase());
    }
    const orders = this.candidates.findIndex(({ kind, preview }) => kind === 'orders' && preview !== null);
    const isOther = this.candidate?.kind !== 'orders' && orders !== -1;
    if (isOther && this.chosenIndex === first && this.phase === 'mapping') await this.choose(orders);
  }

  #notLookedInto(): Candidate | undefined {
    const shown = this.#running === null ? null : this.candidate;
    return this.candidates.find((each) => each.preview === null && each.error === null && each !== shown);
  }

  /** Looks into the table on the screen. A newer look aborts the older, whose answer is dropped. */
  async #look(chosenDialect: Partial<Dialect>): Promise<void> {
    const current = this.candidate;
    if (current === null) return;
    const run = this.begin('previewing', chosenDialect);
    try {
      const seen =
        current.draft === null
          ? await lookFirst(this.#parts, current, chosenDialect, run.signal)
          : await this.#lookAgain(current, chosenDialect, run.signal);
      if (run.signal.aborted) return;
      this.update(current.id, { chosenDialect, error: null, ...seen });
    } catch (error) {
      if (isCancel(error) || run.signal.aborted) return;
      // What failed to read is not kept as a choice while a readable preview is still on the screen.
      const choice = current.preview === null ? { chosenDialect } : {};
      this.update(current.id, { error: toAppError(error), ...choice });
    } finally {
      this.end(run, () => this.settledPhase());
    }
  }

  async #lookAgain(
    current: Candidate,
    chosenDialect: Partial<Dialect>,
    signal: AbortSignal,
  ): Promise<Partial<Candidate>> {
    const preview = await this.#parts.previewer.preview(current.file, current.name, chosenDialect, signal);
    // Edits may have been made while the look was under way, so the candidate is read when it is over.
    const now = this.candidates.find(({ id }) => id === current.id) ?? current;
    const kind = now.isKindChosen ? asKind(preview, now.kind) : recognised(preview);
    return now.draft === null ? { preview, ...kind } : { preview, ...kind, draft: redraft(now.draft, preview) };
  }
}

function named(file: File): NamedFile {
  return { blob: file, name: file.name };
}
