import { AppError, isAppError, isCancel, toAppError } from '../core/errors';
import type { DatasetFile } from '../ingest/dataset/dataset-files';
import type { DatasetOptions, DatasetProgress, DatasetResult } from '../ingest/dataset/dataset-contract';
import { WHOLE, type Excerpt } from '../ingest/excerpt/excerpt';
import type { ImportReport } from '../ingest/file-preview';
import { datasetFiles, type RoomFile } from './dataset-plan';
import { FileShelf, type ShelfParts } from './file-shelf.svelte';

/** What lies in the engine after an import, enough to make it again from the files. */
export interface ImportedDataset {
  readonly name: string;
  readonly files: readonly DatasetFile[];
  readonly result: OrdersImported;
}

/** A dataset that has orders. */
export type OrdersImported = DatasetResult & { readonly report: ImportReport };

/** Fills the canonical tables of the engine from files. */
export type ImportDataset = (files: readonly DatasetFile[], options: DatasetOptions) => Promise<DatasetResult>;

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
  #progress = $state.raw<DatasetProgress | null>(null);
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

  get progress(): DatasetProgress | null {
    return this.#progress;
  }

  /** The dataset in the engine, whose files need not be those on the screen. */
  get imported(): ImportedDataset | null {
    return this.#imported;
  }

  /**
   * Fills the tables from the files there. Returns them as they were imported, or null when it was
   * cancelled or failed; then the dataset before it still stands and `error` says why.
   */
  async import(): Promise<readonly RoomFile[] | null> {
    const { used } = this;
    const zone = used.find(({ kind }) => kind === 'orders')?.draft?.zoneOffsetMinutes ?? this.#parts.zoneOffsetMinutes;
    const files = datasetFiles(used, zone);
    const { excerpt } = this;
    if (!this.canImport || (await this.importFiles(() => Promise.resolve(files), excerpt)) === null) return null;
    await this.#remember(files);
    return files;
  }

  /** The same for files that are only made when it begins, such as those that cleaning makes of the dataset in force. */
  async importFiles(
    make: (signal: AbortSignal) => Promise<readonly DatasetFile[]>,
    excerpt = this.#imported?.result.excerpt ?? WHOLE,
  ): Promise<ImportedDataset | null> {
    const running = this.#run(make, excerpt);
    this.#importing = running;
    return running;
  }

  /**
   * Fills the tables again from the files in force, after the engine had died; an import that was
   * under way fails with `engine-lost`. Returns null when there is none or it was cancelled. Throws the
   * readers' AppError when a file has gone.
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
      const onProgress = (progress: DatasetProgress): void => void (this.#progress = progress);
      const { excerpt } = before.result;
      const result = await this.#parts.importDataset(before.files, { signal: options.signal, onProgress, excerpt });
      this.#imported = { ...before, result: withOrders(result) };
      return this.#imported;
    } catch (error) {
      if (isCancel(error)) return null;
      throw toAppError(error);
    } finally {
      this.#progress = null;
    }
  }

  /** Forgets the dataset made of files, whose place another one takes; files that wait to be imported stay. */
  forget(): void {
    if (this.phase === 'done') this.close();
    this.#imported = null;
  }

  /** Mappings are remembered by the columns of the file, for next month's. */
  async #remember(files: readonly RoomFile[]): Promise<void> {
    for (const { fingerprint, plan } of files) {
      if (plan.kind === 'orders') await this.#parts.mappings.put(fingerprint, plan.mapping);
      else await this.#parts.kindMappings.put(fingerprint, plan.mapping);
    }
  }

  async #run(
    make: (signal: AbortSignal) => Promise<readonly DatasetFile[]>,
    excerpt: Excerpt,
  ): Promise<ImportedDataset | null> {
    const run = this.begin('importing');
    this.#progress = null;
    try {
      const files = await make(run.signal);
      const result = withOrders(
        await this.#parts.importDataset(files, {
          signal: run.signal,
          excerpt,
          onProgress: (progress) => {
            if (this.isRunning(run)) this.#progress = progress;
          },
        }),
      );
      this.#imported = { name: files[0]?.name ?? '', files, result };
      this.end(run, () => 'done');
      return this.#imported;
    } catch (error) {
      const lost = isAppError(run.signal.reason) ? run.signal.reason : null;
      if (lost === null && isCancel(error)) this.end(run, () => this.settledPhase());
      else this.end(run, () => 'failed', lost ?? toAppError(error));
      return null;
    } finally {
      if (this.phase !== 'importing') this.#progress = null;
    }
  }
}

function withOrders(result: DatasetResult): OrdersImported {
  const { report } = result;
  if (report === null) throw new AppError('mapping-incomplete', { missing: 'order' });
  return { ...result, report };
}
