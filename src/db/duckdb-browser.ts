import { AsyncDuckDB, VoidLogger, type AsyncDuckDBConnection } from '@duckdb/duckdb-wasm';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import type { RecordBatch } from 'apache-arrow';
import type { SqlValue } from '../core/sql';
import { createDb } from './client';
import type { Db } from './db';
import type { Engine, EngineResult, OpenEngine } from './engine';

/** Size of the engine as it lies in the pinned package; a compressed answer states a smaller one. */
const ENGINE_BYTES = 34_242_586;

/** How a worker is started (bound by the page's policy) and how its death is noticed. */
export interface WorkerHost {
  spawn(scriptUrl: string): Worker;
  watch(worker: Worker, onDeath: () => void): () => void;
}

/** The Db of the app: DuckDB-WASM in a worker, opened lazily. */
export function createBrowserDb(host: WorkerHost): Db {
  const open: OpenEngine = async (onProgress, onDeath) => {
    const worker = host.spawn(new URL(workerUrl, document.baseURI).href);
    worker.addEventListener('error', onDeath);
    const stopWatching = host.watch(worker, () => onDeath('the worker has ended'));
    const engine = new AsyncDuckDB(new VoidLogger(), worker);
    await engine.instantiate(new URL(wasmUrl, document.baseURI).href, null, ({ bytesLoaded }) =>
      onProgress({ share: Math.min(1, bytesLoaded / ENGINE_BYTES) }),
    );
    await engine.open({ path: ':memory:', query: { castBigIntToDouble: false, castDecimalToDouble: false } });
    return new BrowserEngine(engine, await engine.connect(), worker, stopWatching);
  };
  return createDb(open);
}

class BrowserEngine implements Engine {
  readonly #engine: AsyncDuckDB;
  readonly #connection: AsyncDuckDBConnection;
  readonly #worker: Worker;
  readonly #stopWatching: () => void;
  #isClosed = false;

  constructor(engine: AsyncDuckDB, connection: AsyncDuckDBConnection, worker: Worker, stopWatching: () => void) {
    this.#engine = engine;
    this.#connection = connection;
    this.#worker = worker;
    this.#stopWatching = stopWatching;
  }

  async run(text: string): Promise<EngineResult> {
    const reader = await (await this.#connection.send(text)).open();
    // The reader forgets its schema once it is exhausted.
    const { schema } = reader;
    const batches: RecordBatch[] = [];
    for await (const batch of reader) batches.push(batch);
    return { schema, batches };
  }

  async bind(text: string, value: SqlValue): Promise<void> {
    const statement = await this.#connection.prepare(text);
    try {
      await statement.query(value);
    } finally {
      await statement.close();
    }
  }

  async insert(table: string, ipc: Uint8Array): Promise<void> {
    await this.#connection.insertArrowFromIPCStream(ipc, { name: table, schema: 'main', create: false });
  }

  async putFile(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await (bytes.length === 0
      ? this.#engine.registerEmptyFileBuffer(name)
      : this.#engine.registerFileBuffer(name, bytes));
  }

  async copyFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.#engine.copyFileToBuffer(name)) as Uint8Array<ArrayBuffer>;
  }

  async dropFile(name: string): Promise<void> {
    await this.#engine.dropFile(name);
  }

  async cancel(): Promise<void> {
    // A call that is given up after the engine has gone needs no interrupting.
    if (!this.#isClosed) await this.#connection.cancelSent();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopWatching();
    this.#worker.terminate();
    await this.#engine.terminate();
  }
}
