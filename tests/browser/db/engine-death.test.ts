import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../../src/core/sql';
import type { Db } from '../../../src/db/db';
import { createBrowserDb } from '../../../src/db/duckdb-browser';
import { spawnClassicWorker, watchWorker } from '../../../src/workers/spawn';

const ENDLESS = sql`SELECT count(*) AS n FROM range(100000) a, range(1000000) b WHERE a.range * b.range % 7 = ${3}`;

let db: Db;
let workers: Worker[];

beforeEach(() => {
  workers = [];
  db = createBrowserDb({
    spawn: (url) => {
      const worker = spawnClassicWorker(url);
      workers.push(worker);
      return worker;
    },
    watch: watchWorker,
  });
});

afterEach(() => db.close());

describe('the engine in the browser', () => {
  it('opens once for several callers and tells how far it is', async () => {
    const shares: number[] = [];
    await Promise.all([
      db.open(({ share }) => shares.push(share)),
      db.open(),
      db.query(sql`SELECT 1 AS a`, { a: 'integer' }),
    ]);
    expect(workers).toHaveLength(1);
    expect(shares.at(-1)).toBeCloseTo(1, 2);
  });

  it('interrupts a running statement and goes on', async () => {
    await db.open();
    const abort = new AbortController();
    const endless = db.query(ENDLESS, { n: 'integer' }, { signal: abort.signal });
    setTimeout(() => abort.abort(), 300);
    await expect(endless).rejects.toMatchObject({ code: 'cancelled' });
    await expect(db.query(sql`SELECT 2 AS a`, { a: 'integer' })).resolves.toEqual([{ a: 2 }]);
    expect(workers).toHaveLength(1);
  });

  it('rejects what a killed engine still owed, says so, and opens a new one on the next call', async () => {
    await db.open();
    let lost = 0;
    db.onLost(() => lost++);
    const endless = db.query(ENDLESS, { n: 'integer' });
    const queued = db.query(sql`SELECT 3 AS a`, { a: 'integer' });
    setTimeout(() => workers[0]?.terminate(), 300);
    await expect(endless).rejects.toMatchObject({ code: 'engine-lost' });
    await expect(queued).resolves.toEqual([{ a: 3 }]);
    expect([lost, workers.length]).toEqual([1, 2]);
  });

  it('survives running out of memory with its tables intact', async () => {
    await db.exec(sql`CREATE TABLE kept AS SELECT range AS n FROM range(1000)`);
    const greedy = db.exec(
      sql`CREATE TABLE greedy AS SELECT a.range AS a, repeat('x', 200) || a.range AS b FROM range(40000000) a`,
    );
    await expect(greedy).rejects.toMatchObject({ code: 'engine-out-of-memory' });
    await expect(db.query(sql`SELECT count(*) AS n FROM kept`, { n: 'integer' })).resolves.toEqual([{ n: 1000 }]);
  });

  it('does not keep a failed start: the next call tries again', async () => {
    let refuse = true;
    const shaky = createBrowserDb({
      spawn: (url) => {
        if (refuse) throw new Error('no worker today');
        return spawnClassicWorker(url);
      },
      watch: watchWorker,
    });
    await expect(shaky.open()).rejects.toMatchObject({ code: 'engine-load-failed' });
    refuse = false;
    await expect(shaky.query(sql`SELECT 1 AS a`, { a: 'integer' })).resolves.toEqual([{ a: 1 }]);
    await shaky.close();
  });
});
