import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SqlValue } from '../core/sql';
import { createDb } from './client';
import type { Db } from './db';
import type { Engine, EngineResult } from './engine';

/** The same engine build as the browser's, opened in Node: for tests and the command line. */
export function createNodeDb(): Db {
  return createDb(async () => {
    const require = createRequire(import.meta.url);
    const path = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs');
    const duckdb = require(path) as typeof import('@duckdb/duckdb-wasm/blocking');
    const folder = dirname(path);
    const bundles = {
      mvp: { mainModule: join(folder, 'duckdb-mvp.wasm'), mainWorker: '' },
      eh: { mainModule: join(folder, 'duckdb-eh.wasm'), mainWorker: '' },
    };
    const engine = await duckdb.createDuckDB(bundles, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
    await engine.instantiate(() => undefined);
    engine.open({ path: ':memory:', query: { castBigIntToDouble: false, castDecimalToDouble: false } });
    return new NodeEngine(engine, engine.connect());
  });
}

type Bindings = Awaited<ReturnType<typeof import('@duckdb/duckdb-wasm/blocking').createDuckDB>>;
type Connection = import('@duckdb/duckdb-wasm/blocking').DuckDBConnection;

class NodeEngine implements Engine {
  readonly #bindings: Bindings;
  readonly #connection: Connection;

  constructor(bindings: Bindings, connection: Connection) {
    this.#bindings = bindings;
    this.#connection = connection;
  }

  async run(text: string): Promise<EngineResult> {
    const table = this.#connection.query(text);
    return { schema: table.schema, batches: table.batches };
  }

  async bind(text: string, value: SqlValue): Promise<void> {
    const statement = this.#connection.prepare(text);
    try {
      statement.query(value);
    } finally {
      statement.close();
    }
  }

  async insert(table: string, ipc: Uint8Array): Promise<void> {
    this.#connection.insertArrowFromIPCStream(ipc, { name: table, schema: 'main', create: false });
  }

  async putFile(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#bindings.registerFileBuffer(name, bytes);
  }

  async copyFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#bindings.copyFileToBuffer(name) as Uint8Array<ArrayBuffer>;
  }

  async dropFile(name: string): Promise<void> {
    this.#bindings.dropFile(name);
  }

  async cancel(): Promise<void> {
    // A blocking call cannot be interrupted: by the time this runs it has ended.
  }

  async close(): Promise<void> {
    this.#connection.close();
  }
}
