import { ident, sql } from '../core/sql';
import type { Db } from '../db/db';
import type { ExportColumn } from './cells';
import type { FileFormat, FileWriter } from './file-writer';
import { tablePages, type ExportSource } from './table-pages';

/** Lends a writer for one file and takes it back however the work ends. */
export type WithFileWriter = <T>(
  format: FileFormat,
  columns: readonly ExportColumn[],
  work: (writer: FileWriter) => Promise<T>,
  signal?: AbortSignal,
) => Promise<T>;

export interface ExportProgress {
  readonly rows: number;
  readonly ofRows: number;
}

export interface ExportOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
}

/** Turns rows of the engine into a file, page by page, while the page stays free. */
export class FileExporter {
  readonly #db: Db;
  readonly #withWriter: WithFileWriter;
  #started = 0;

  constructor(db: Db, withWriter: WithFileWriter) {
    this.#db = db;
    this.#withWriter = withWriter;
  }

  /**
   * The file as a Blob. Its rows are those of one moment: a change of the tables meanwhile does not
   * reach it. Throws `nothing-to-export` for no rows, and `cancelled`.
   */
  async export(source: ExportSource, format: FileFormat, options: ExportOptions = {}): Promise<Blob> {
    if ('table' in source) return this.#write(source.table, source, format, options);
    const scratch = `export_rows_${this.#started++}`;
    await this.#db.exec(sql`CREATE OR REPLACE TEMP TABLE ${ident(scratch)} AS ${source.rows}`, {
      signal: options.signal,
    });
    try {
      return await this.#write(scratch, source, format, options);
    } finally {
      // Not abortable: a cancelled export must not leave its rows in memory. A dead engine has none.
      await this.#db.exec(sql`DROP TABLE IF EXISTS ${ident(scratch)}`).catch(() => undefined);
    }
  }

  async #write(table: string, { columns }: ExportSource, format: FileFormat, options: ExportOptions): Promise<Blob> {
    const { signal, onProgress } = options;
    const headings = columns.map(({ heading, kind }) => ({ heading, kind }));
    const work = async (writer: FileWriter): Promise<Blob> => {
      let rows = 0;
      let ofRows = 0;
      let adding = Promise.resolve();
      const onTotal = (total: number): void => {
        ofRows = total;
      };
      for await (const page of tablePages(this.#db, table, columns, { signal, onTotal })) {
        // The engine reads the next page while the writer is at work on this one.
        await adding;
        adding = Promise.resolve(writer.add(page));
        adding.catch(awaitedLater);
        rows += page.rowCount;
        onProgress?.({ rows, ofRows });
      }
      await adding;
      return writer.finish();
    };
    return this.#withWriter(format, headings, work, signal);
  }
}

function awaitedLater(): void {
  // The failure is met at the next await; until then it must not count as unhandled.
}
