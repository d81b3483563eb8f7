import { AppError, isAppError, throwIfAborted } from '../core/errors';
import { createDeferred } from '../core/deferred';
import { ident, sql, type Sql, type SqlValue } from '../core/sql';
import { packTables, unpackTables } from './database-file';
import type { CallOptions, Db, LoadProgress, TableSlice } from './db';
import type { Engine, EngineResult, OpenEngine } from './engine';
import { checkSchema, toColumns, toRows } from './result';
import type { Columns, Row, Shape } from './shape';

/**
 * The lock of the engine, applied before anything else runs. Nothing outside `app/` can be read or
 * written afterwards, and the settings cannot be changed back.
 */
const LOCK: readonly string[] = [
  'SET preserve_insertion_order=true',
  'SET autoload_known_extensions=false',
  "SET allowed_directories=['app/']",
  'SET enable_external_access=false',
  'SET lock_configuration=true',
];

/** Where COPY writes to: the lock allows this folder and no other. */
const EXPORT_FILE = 'app/export.csv';
const copyToFile = (statement: Sql): Sql =>
  sql`COPY (${statement}) TO 'app/export.csv' (FORMAT csv, HEADER true, USE_TMP_FILE false)`;

const TRAPS = /out of bounds|unreachable|signature mismatch|table index|null function|memory access|RuntimeError/i;

/** The Db over an engine that is opened on first use, one call at a time, rebuilt after a death. */
export function createDb(openEngine: OpenEngine): Db {
  return new QueuedDb(openEngine);
}

class QueuedDb implements Db {
  readonly #openEngine: OpenEngine;
  readonly #lostListeners = new Set<() => void>();
  readonly #progressListeners = new Set<(progress: LoadProgress) => void>();
  #opening: Promise<Engine> | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  /** Rejects what the current engine still owes when it dies; promises of a dead worker never settle. */
  #death = createDeferred<never>();

  constructor(openEngine: OpenEngine) {
    this.#openEngine = openEngine;
    this.#death.promise.catch(ignore);
  }

  async open(onProgress?: (progress: LoadProgress) => void): Promise<void> {
    if (onProgress !== undefined) this.#progressListeners.add(onProgress);
    try {
      await this.#engine();
    } finally {
      if (onProgress !== undefined) this.#progressListeners.delete(onProgress);
    }
  }

  async query<S extends Shape>(statement: Sql, shape: S, options: CallOptions = {}): Promise<readonly Row<S>[]> {
    return toRows((await this.#result(statement, shape, options)).batches, shape);
  }

  async columns<S extends Shape>(statement: Sql, shape: S, options: CallOptions = {}): Promise<Columns<S>> {
    return toColumns((await this.#result(statement, shape, options)).batches, shape);
  }

  async exec(statement: Sql, options: CallOptions = {}): Promise<void> {
    await this.#call(options, async (engine) => {
      await runBound(engine, statement);
    });
  }

  async append(table: string, ipc: Uint8Array, options: CallOptions = {}): Promise<void> {
    await this.#call(options, (engine) => engine.insert(table, ipc));
  }

  async exportCsv(statement: Sql, options: CallOptions = {}): Promise<Blob> {
    const bytes = await this.#call(options, async (engine) => {
      await engine.putFile(EXPORT_FILE, new Uint8Array());
      try {
        await runBound(engine, copyToFile(statement));
        return await engine.copyFile(EXPORT_FILE);
      } finally {
        await engine.dropFile(EXPORT_FILE);
      }
    });
    return new Blob([bytes], { type: 'text/csv' });
  }

  async packTables(slices: readonly TableSlice[], options: CallOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    return this.#call(options, (engine) => packTables(engine, slices));
  }

  async unpackTables(
    file: Uint8Array<ArrayBuffer>,
    suffix: string,
    options: CallOptions = {},
  ): Promise<readonly string[]> {
    return this.#call(options, (engine) => unpackTables(engine, file, suffix));
  }

  onLost(listener: () => void): () => void {
    this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    this.#rejectOwed(new AppError('cancelled'));
    await (await opening?.catch(() => undefined))?.close();
  }

  async #result(statement: Sql, shape: Shape, options: CallOptions): Promise<EngineResult> {
    const result = await this.#call(options, (engine) => runBound(engine, statement));
    checkSchema(result.schema, shape);
    return result;
  }

  #engine(): Promise<Engine> {
    if (this.#opening !== undefined) return this.#opening;
    const opening = this.#start();
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    return opening;
  }

  async #start(): Promise<Engine> {
    const died = createDeferred<never>();
    died.promise.catch(ignore);
    let isOpen = false;
    // One that dies before it is open takes no tables along: opening it has failed.
    const onDeath = (cause: unknown): void => (isOpen ? this.#onDeath(cause) : died.reject(cause));
    const start = async (): Promise<Engine> => {
      const engine = await this.#openEngine(
        (progress) => this.#progressListeners.forEach((listener) => listener(progress)),
        onDeath,
      );
      for (const setting of LOCK) await engine.run(setting);
      return engine;
    };
    try {
      const engine = await Promise.race([start(), died.promise]);
      isOpen = true;
      return engine;
    } catch (cause) {
      throw isAppError(cause) ? cause : new AppError('engine-load-failed', {}, cause);
    }
  }

  async #call<T>(options: CallOptions, work: (engine: Engine) => Promise<T>): Promise<T> {
    const turn = this.#tail.then(async () => {
      throwIfAborted(options.signal);
      const engine = await this.#engine();
      throwIfAborted(options.signal);
      return this.#guarded(engine, options.signal, work);
    });
    this.#tail = turn.catch(ignore);
    return turn;
  }

  async #guarded<T>(engine: Engine, signal: AbortSignal | undefined, work: (engine: Engine) => Promise<T>): Promise<T> {
    const onAbort = (): void => {
      engine.cancel().catch(ignore);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([work(engine), this.#death.promise]);
    } catch (cause) {
      throw this.#explain(cause, signal);
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #explain(cause: unknown, signal: AbortSignal | undefined): AppError {
    if (isAppError(cause)) return cause;
    const text = cause instanceof Error ? cause.message : String(cause);
    if (TRAPS.test(text)) {
      this.#onDeath(cause);
      return new AppError('engine-lost', {}, cause);
    }
    if (signal?.aborted === true) return new AppError('cancelled', {}, cause);
    if (/out of memory/i.test(text)) return new AppError('engine-out-of-memory', {}, cause);
    return new AppError('query-failed', {}, cause);
  }

  #onDeath(cause: unknown): void {
    const opening = this.#opening;
    if (opening === undefined) return;
    this.#opening = undefined;
    opening.then((engine) => engine.close()).catch(ignore);
    this.#rejectOwed(new AppError('engine-lost', {}, cause));
    this.#lostListeners.forEach((listener) => listener());
  }

  #rejectOwed(error: AppError): void {
    const { reject } = this.#death;
    this.#death = createDeferred<never>();
    this.#death.promise.catch(ignore);
    reject(error);
  }
}

/**
 * Runs a statement with its values bound. A prepared statement cannot be interrupted, so each value
 * is bound to a session variable first and the statement, which reads the variables, is sent plain.
 */
async function runBound(engine: Engine, statement: Sql): Promise<EngineResult> {
  for (const [index, value] of statement.values.entries()) {
    await engine.bind(`SET VARIABLE ${variable(index)} = CAST(? AS ${typeOf(value)})`, value);
  }
  return engine.run(statement.render((index) => `getvariable('${variable(index)}')`));
}

const variable = (index: number): string => `bound_${index}`;

function typeOf(value: SqlValue): string {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'BIGINT' : 'DOUBLE';
  return typeof value === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
}

function ignore(): void {
  // The rejection reaches its owner on another path.
}

/** The number of rows of a table. */
export async function countRows(db: Db, table: string, options: CallOptions = {}): Promise<number> {
  const rows = await db.query(sql`SELECT count(*) AS n FROM ${ident(table)}`, { n: 'integer' }, options);
  return rows[0]?.n ?? 0;
}
