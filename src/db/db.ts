import type { Sql } from '../core/sql';
import type { Columns, Row, Shape } from './shape';

export interface CallOptions {
  /** Aborting rejects with `cancelled`; a running statement is interrupted in the engine. */
  readonly signal?: AbortSignal | undefined;
}

/** Rows of a table, `firstRow` counted from 0 in the order in which they lie there. */
export interface TableSlice {
  readonly table: string;
  readonly firstRow: number;
  readonly rows: number;
}

export interface LoadProgress {
  /** 0..1 of the engine's download and start. */
  readonly share: number;
}

/** The engine as the rest of the app sees it. Calls run one at a time, in the order they came. */
export interface Db {
  /** Opens the engine if it is not open. Coalesced; a failure is not kept, so a later call retries. */
  open(onProgress?: (progress: LoadProgress) => void): Promise<void>;
  /** Rows in the statement's order. Throws `result-shape` when the result is not of the shape. */
  query<S extends Shape>(statement: Sql, shape: S, options?: CallOptions): Promise<readonly Row<S>[]>;
  /** The same as columns; for results of many rows (one Float64Array a numeric column). */
  columns<S extends Shape>(statement: Sql, shape: S, options?: CallOptions): Promise<Columns<S>>;
  exec(statement: Sql, options?: CallOptions): Promise<void>;
  /** Appends one Arrow IPC stream to a table, which must exist with the same column order. Takes the buffer. */
  append(table: string, ipc: Uint8Array, options?: CallOptions): Promise<void>;
  /**
   * The statement's rows as comma-separated UTF-8 text with a header, "\n" line ends; NULL is an empty
   * cell. Written inside the engine. Cost: the text is in memory once in the engine and once outside.
   */
  exportCsv(statement: Sql, options?: CallOptions): Promise<Blob>;
  /**
   * The rows as a database file of the engine's own format, compressed by column: about a sixth of what
   * they take as tables. Each table at most once. Cost: the file is in memory once in the engine, once outside.
   */
  packTables(slices: readonly TableSlice[], options?: CallOptions): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Appends the rows of a file that packTables made to the tables whose names end in `suffix`; those that
   * are missing are made. Takes the buffer. Returns the names of the tables in the file.
   */
  unpackTables(file: Uint8Array<ArrayBuffer>, suffix: string, options?: CallOptions): Promise<readonly string[]>;
  /** Called when the engine has died and its tables are gone. Returns the way to stop listening. */
  onLost(listener: () => void): () => void;
  close(): Promise<void>;
}
