import { AppError, isCancel, toAppError } from '../core/errors';
import { ident, sql } from '../core/sql';
import type { Db } from '../db/db';
import type { DatasetFile } from '../ingest/dataset/dataset-files';
import type { QualityTable } from '../ingest/quality/column-quality';
import type { Previewer } from '../ingest/import-contract';
import type { CleaningStep } from '../ingest/cleaning/step';
import {
  raggedTable,
  sourceTable,
  type StagedTable,
  type Stager,
  type StagingOptions,
} from '../ingest/staging/staging-contract';
import { CleaningSession } from './cleaning.svelte';
import type { QualityFile } from './quality-files';
import type { UndoLine } from './undo-line.svelte';
import { planOfCleaned } from './cleaned-plan';
import type { FileCard, RoomFile } from './dataset-plan';

export interface DataRoomParts {
  readonly db: Db;
  readonly stager: Stager;
  readonly previewer: Previewer;
  /** Where changes of the steps are noted, for undo over the whole recipe. */
  readonly edits: UndoLine;
}

export interface StagingState {
  readonly name: string;
  /** 0..1 */
  readonly share: number;
}

/** The files of the dataset laid out in the engine, to be looked through and cleaned. Staged when first asked for. */
export class DataRoom {
  readonly #parts: DataRoomParts;
  #files = $state.raw<readonly FileCard[]>([]);
  /** The files at hand, by number: none of a dataset that was kept, of which the device has the tables only. */
  readonly #blobs = new Map<number, Blob>();
  #cleanings = $state.raw<ReadonlyMap<number, CleaningSession>>(new Map());
  #progress = $state.raw<StagingState | null>(null);
  #error = $state.raw<AppError | null>(null);
  /** The steps that the dataset in force was made with, as JSON, by file. */
  #applied = $state.raw<ReadonlyMap<number, string>>(new Map());
  readonly #staged = new Map<number, Promise<StagedTable>>();
  #running: AbortController | null = null;

  constructor(parts: DataRoomParts) {
    this.#parts = parts;
    parts.db.onLost(() => this.#staged.clear());
  }

  get files(): readonly FileCard[] {
    return this.#files;
  }

  /** The file that is being staged; null when none is. */
  get progress(): StagingState | null {
    return this.#progress;
  }

  /** Why a file could not be staged. */
  get error(): AppError | null {
    return this.#error;
  }

  /** The cleaning of a file that was opened or came with steps. */
  cleaningOf(number: number): CleaningSession | undefined {
    return this.#cleanings.get(number);
  }

  /** True when the dataset in force was made from other text than the file's own. */
  isCleaned(number: number): boolean {
    return (this.#applied.get(number) ?? '') !== '';
  }

  /** True when steps were changed since the dataset was made. */
  get isAhead(): boolean {
    return this.#files.some(
      ({ number }) => stepsText(this.#cleanings.get(number)) !== (this.#applied.get(number) ?? ''),
    );
  }

  /** Takes the files of a dataset that was just imported; what was staged of the one before goes. */
  async adopt(files: readonly RoomFile[], steps?: ReadonlyMap<number, readonly CleaningStep[]>): Promise<void> {
    await this.recall(files, steps);
    for (const { number, blob } of files) this.#blobs.set(number, blob);
  }

  /** Takes what is known of the files of a dataset that was kept. Whatever needs their rows throws `files-not-kept`. */
  async recall(
    files: readonly FileCard[],
    steps: ReadonlyMap<number, readonly CleaningStep[]> = new Map(),
  ): Promise<void> {
    await this.clear();
    this.#files = files;
    this.#cleanings = new Map(
      files.flatMap(({ number, headers }) => {
        const kept = steps.get(number) ?? [];
        return kept.length === 0
          ? []
          : [[number, new CleaningSession(this.#parts.db, number, headers, kept, this.#parts.edits)] as const];
      }),
    );
  }

  /** Stages a file if it is not; null when it could not be, with `error` set, or was cancelled. */
  async stage(number: number, options: StagingOptions = {}): Promise<StagedTable | null> {
    const file = this.#files.find((each) => each.number === number);
    if (file === undefined) return null;
    this.#error = null;
    const staging = this.#staged.get(number) ?? this.#stage(file, options);
    this.#staged.set(number, staging);
    try {
      return await staging;
    } catch (error) {
      this.#staged.delete(number);
      if (!isCancel(error)) this.#error = toAppError(error);
      return null;
    }
  }

  /** The files as the quality page takes them: as they were dropped. */
  qualityFiles(): readonly QualityFile[] {
    return this.#files.map((file) => ({
      number: file.number,
      name: file.name,
      prepare: async (options) => {
        const staged = await this.stage(file.number, options);
        if (staged === null) throw this.#error ?? new AppError('cancelled');
        return qualityTable(staged, file);
      },
    }));
  }

  /** The cleaning of a file, its table staged and its steps done; null when it could not be staged. */
  async openCleaning(number: number): Promise<CleaningSession | null> {
    const wasStaged = this.#staged.has(number);
    const staged = await this.stage(number);
    if (staged === null) return null;
    const known = this.#cleanings.get(number);
    const session = known ?? new CleaningSession(this.#parts.db, number, staged.columns, [], this.#parts.edits);
    if (known === undefined) this.#cleanings = new Map([...this.#cleanings, [number, session]]);
    if (session.report === null) await session.begin();
    else if (!wasStaged) await session.rebuild();
    return session;
  }

  /**
   * The files as they are after their steps, ready for the import: the cleaned text in place of what was
   * dropped, with its columns' roles found again by their names. Throws AppErrors.
   */
  async cleanedFiles(signal: AbortSignal): Promise<readonly DatasetFile[]> {
    const files: DatasetFile[] = [];
    for (const file of this.#files) {
      const steps = this.#cleanings.get(file.number)?.steps ?? [];
      if (!steps.some(({ on }) => on)) {
        files.push({ blob: this.#blobOf(file), name: file.name, plan: file.plan });
        continue;
      }
      const session = await this.openCleaning(file.number);
      if (session === null) throw this.#error ?? toAppError(signal.reason);
      const { csv } = await session.finish(signal);
      const preview = await this.#parts.previewer.preview(
        csv,
        file.name,
        { encoding: 'utf-8', delimiter: ',', hasHeader: true },
        signal,
      );
      files.push({ blob: csv, name: file.name, plan: planOfCleaned(file.plan, file.headers, preview) });
    }
    return files;
  }

  /** Notes that the dataset in force was made with the steps as they are. */
  settle(): void {
    this.#applied = new Map(this.#files.map(({ number }) => [number, stepsText(this.#cleanings.get(number))]));
  }

  cancel(): void {
    this.#running?.abort();
    this.#cleanings.forEach((session) => session.cancel());
  }

  /** Lets everything staged go. */
  async clear(): Promise<void> {
    this.#running?.abort();
    const { db } = this.#parts;
    for (const session of this.#cleanings.values()) await session.dispose().catch(ignore);
    for (const number of this.#staged.keys()) {
      for (const table of [sourceTable(number), raggedTable(number), `cleaned_${number}`]) {
        await db.exec(sql`DROP TABLE IF EXISTS ${ident(table)}`).catch(ignore);
      }
    }
    this.#staged.clear();
    this.#blobs.clear();
    this.#cleanings = new Map();
    this.#applied = new Map();
    this.#files = [];
    this.#error = null;
  }

  #blobOf({ number, name }: FileCard): Blob {
    const blob = this.#blobs.get(number);
    if (blob === undefined) throw new AppError('files-not-kept', { name });
    return blob;
  }

  async #stage(file: FileCard, { signal, onProgress }: StagingOptions): Promise<StagedTable> {
    const { number, name, plan, headers } = file;
    const blob = this.#blobOf(file);
    const run = new AbortController();
    this.#running = run;
    this.#progress = { name, share: 0 };
    const { db, stager } = this.#parts;
    const source = { file: blob, name, dialect: plan.mapping.dialect, columnCount: headers.length };
    try {
      return await stager.stage(db, source, number, {
        signal: signal === undefined ? run.signal : AbortSignal.any([run.signal, signal]),
        onProgress: (progress) => {
          this.#progress = { name, share: progress.share };
          onProgress?.(progress);
        },
      });
    } finally {
      if (this.#running === run) this.#running = null;
      this.#progress = null;
    }
  }
}

function qualityTable({ table, ragged }: StagedTable, { columns, plan: { mapping } }: FileCard): QualityTable {
  return {
    table,
    ragged,
    zoneOffsetMinutes: mapping.zoneOffsetMinutes,
    columns: columns.map(({ name, role }, index) => {
      const { timeFormat = null, numberFormat = null } = mapping.columns[index] ?? {};
      return { index, name, role, type: null, timeFormat, numberFormat };
    }),
  };
}

function stepsText(session: CleaningSession | undefined): string {
  const active = (session?.steps ?? []).filter(({ on }) => on).map(({ action }) => action);
  return active.length === 0 ? '' : JSON.stringify(active);
}

function ignore(): void {
  // A dead engine took the tables along.
}
