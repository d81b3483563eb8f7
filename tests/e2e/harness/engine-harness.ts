/**
 * A test page around the app's engine and workers, built on its own so that the app carries no back
 * door. It offers the engine as the app opens it, and the same build in the same kind of worker
 * without the lock.
 */
import { AsyncDuckDB, VoidLogger } from '@duckdb/duckdb-wasm';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import { isAppError } from '../../../src/core/errors';
import { Sql } from '../../../src/core/sql';
import { createBrowserDb } from '../../../src/db/duckdb-browser';
import { spawnClassicWorker, watchWorker } from '../../../src/workers/spawn';

/** Runs a text; returns the engine's words when it refuses, else null. */
export type RunText = (text: string) => Promise<string | null>;

export interface EngineHarness {
  locked(): Promise<RunText>;
  unlocked(): Promise<RunText>;
}

const harness: EngineHarness = {
  async locked() {
    const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
    await db.open();
    return (text) => refusal(() => db.exec(new Sql([text], [])));
  },
  async unlocked() {
    const engine = new AsyncDuckDB(new VoidLogger(), spawnClassicWorker(new URL(workerUrl, document.baseURI).href));
    await engine.instantiate(new URL(wasmUrl, document.baseURI).href);
    await engine.open({ path: ':memory:' });
    const connection = await engine.connect();
    return (text) => refusal(() => connection.query(text));
  },
};

async function refusal(run: () => Promise<unknown>): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    const cause = isAppError(error) ? (error.cause ?? error) : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

(globalThis as unknown as { engineHarness: EngineHarness }).engineHarness = harness;
