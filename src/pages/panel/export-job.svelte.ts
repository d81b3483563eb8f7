import { isCancel, toAppError, type AppError } from '../../core/errors';
import type { ExportOptions, ExportProgress, FileExporter } from '../../exports/file-exporter';
import type { FileFormat } from '../../exports/file-writer';
import type { ExportSource } from '../../exports/table-pages';

export type DeliverFile = (file: Blob, name: string) => void;

/** Makes ready what a file is written from, e.g. the pseudonyms of its customers. */
export type PrepareSource = (options: ExportOptions) => Promise<ExportSource>;

/** One export at a time, from the click to the download. */
export class ExportJob {
  readonly #exporter: FileExporter;
  readonly #deliver: DeliverFile;
  #progress = $state.raw<ExportProgress | null>(null);
  #error = $state.raw<AppError | null>(null);
  #running = $state.raw<AbortController | null>(null);

  constructor(exporter: FileExporter, deliver: DeliverFile) {
    this.#exporter = exporter;
    this.#deliver = deliver;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Null until the number of rows is known. */
  get progress(): ExportProgress | null {
    return this.#progress;
  }

  get error(): AppError | null {
    return this.#error;
  }

  /**
   * Writes the file and hands it over under `name` with the format's extension. Answers whether it
   * was handed over: a failure is in `error`, a cancel is silent.
   */
  async start(source: ExportSource | PrepareSource, format: FileFormat, name: string): Promise<boolean> {
    this.cancel();
    const run = new AbortController();
    this.#running = run;
    this.#progress = null;
    this.#error = null;
    const onProgress = (progress: ExportProgress): void => {
      if (run === this.#running) this.#progress = progress;
    };
    try {
      const options = { signal: run.signal, onProgress };
      const ready = typeof source === 'function' ? await source(options) : source;
      const file = await this.#exporter.export(ready, format, options);
      if (run.signal.aborted) return false;
      this.#deliver(file, `${name}.${format.kind}`);
      return true;
    } catch (error) {
      if (run === this.#running && !isCancel(error)) this.#error = toAppError(error);
      return false;
    } finally {
      if (run === this.#running) this.#running = null;
    }
  }

  cancel(): void {
    this.#running?.abort();
    this.#running = null;
  }
}
