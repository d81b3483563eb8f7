import { AppError, isAppError, isCancel, toAppError } from '../core/errors';
import type { DatasetFile } from '../ingest/dataset/dataset-files';
import type { ImportOptions, ImportProgress, ImportResult } from '../ingest/import-contract';
import { datasetFiles } from './dataset-plan';
import { FileShelf, type ShelfParts } from './file-shelf.svelte';

/** What lies in the engine after an import, enough to make it again from the files. */
export interface ImportedDataset {
  readonly name: string;
  readonly files: readonly DatasetFile[];
  readonly result: ImportResult;
}

/** Fills the canonical tables of the engine from files. */
export type ImportDataset = (files: readonly DatasetFile[], options: ImportOptions) => Promise<ImportResult>;

/**
 * What the session works with. `zoneOffsetMinutes` (east of UTC) is what epochs and values with an
 * offset are converted to unless told otherwise.
 */
export interface ImportSessionParts extends ShelfParts {
  readonly importDataset: ImportDataset;
}

/** From dropped files to a dataset: preview, mapping, import. */
export class ImportSession extends FileShelf {
  readonly #parts: ImportSessionParts;
  #progress = $state.raw<ImportProgress | null>(null);
  #imported = $state.raw<ImportedDataset | null>(null);
  #importing: Promise<unknown> = Promise.resolve();

  constructor(parts: ImportSessionParts) {
    super(parts);
    this.#parts = parts;
  }

  get canImport(): boolean {
    const settled = this.phase === 'mapping' || this.phase === 'done' || this.phase === 'failed';
    return settled && this.isComplete;
  }

  get progress(): ImportProgress | null {
    return this.#progress;
  }

  /** The dataset in the engine, whose files need not be those on the screen. */
  get imported(): ImportedDataset | null {
    return this.#imported;
  }

  /**
   * Fills the tables from the files there. Returns what was imported, or null when it was cancelled or
   * failed; then the dataset before it still stands and `error` says why.
   */
  async import(): Promise<ImportedDataset | null> {
    const { used } = this;
    const zone = used.find(({ kind }) => kind === 'orders')?.draft?.zoneOffsetMinutes ?? this.#parts.zoneOffsetMinutes;
    const files = datasetFiles(used, zone);
    const [first] = files;
    if (!this.canImport || first === undefined) return null;
    const running = this.#run(files);
    this.#importing = running;
    const result = await running;
    if (result === null) return null;
    const imported = { name: first.name, files, result };
    this.#imported = imported;
    await this.#remember(imported);
    return imported;
  }

  /**
   * Fills the tables again from the files in force, after the engine had died; an import that was
   * under way fails with `engine-lost`. Returns null when there is none or it was cancelled. Throws the
   * importer's AppError when a file has gone.
   */
  async rebuild(options: { readonly signal?: AbortSignal } = {}): Promise<ImportedDataset | null> {
    const before = this.#imported;
    if (before === null) return null;
    // Two that fill the tables at once would mix them. The newer one can be started again by hand.
    if (this.phase === 'importing') {
      this.abortRunning(new AppError('engine-lost'));
      await this.#importing;
    }
    try {
      const onProgress = (progress: ImportProgress): void => void (this.#progress = progress);
      const result = await this.#parts.importDataset(before.files, { signal: options.signal, onProgress });
      this.#imported = { ...before, result };
      return this.#imported;
    } catch (error) {
      if (isCancel(error)) return null;
      throw toAppError(error);
    } finally {
      this.#progress = null;
    }
  }

  /** Mappings are remembered by the columns of the file, for next month's. */
  async #remember({ files }: ImportedDataset): Promise<void> {
    const prints = new Map(this.used.map(({ file, preview }) => [file, preview?.fingerprint ?? '']));
    for (const { blob, plan } of files) {
      const print = prints.get(blob) ?? '';
      if (plan.kind === 'orders') await this.#parts.mappings.put(print, plan.mapping);
      else await this.#parts.kindMappings.put(print, plan.mapping);
    }
  }

  async #run(files: readonly DatasetFile[]): Promise<ImportResult | null> {
    const run = this.begin('importing');
    this.#progress = null;
    try {
      const result = await this.#parts.importDataset(files, {
        signal: run.signal,
        onProgress: (progress) => {
          if (this.isRunning(run)) this.#progress = progress;
        },
      });
      this.end(run, () => 'done');
      return result;
    } catch (error) {
      const lost = isAppError(run.signal.reason) ? run.signal.reason : null;
      if (lost === null && isCancel(error)) this.end(run, () => this.settledPhase());
      else this.end(run, () => 'failed', lost ?? toAppError(error));
      return null;
    } finally {
      if (!this.isRunning(run) && this.phase !== 'importing') this.#progress = null;
    }
  }
}
