import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../../src/core/sql';
import type { Db } from '../../../src/db/db';
import { createBrowserDb } from '../../../src/db/duckdb-browser';
import { spawnClassicWorker, watchWorker, whenAlive } from '../../../src/workers/spawn';

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

/** The gate runs out of memory once in every way; `npm run test:endurance` twenty times in a row. */
const OUT_OF_MEMORY_TIMES = import.meta.env['VITE_ENDURANCE'] === undefined ? 4 : 20;

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

  it('survives running out of memory time after time, in every way that there is, with its tables intact', async () => {
    let lost = 0;
    db.onLost(() => lost++);
    await db.exec(sql`CREATE TABLE kept AS SELECT range AS n, 'row ' || range AS label FROM range(100000)`);
    const fingerprint = (): Promise<unknown> =>
      db.query(sql`SELECT count(*) AS n, CAST(bit_xor(hash(n, label)) AS VARCHAR) AS marks FROM kept`, {
        n: 'integer',
        marks: 'text',
      });
    const before = await fingerprint();
    const greedy = [
      sql`CREATE TABLE greedy AS SELECT range AS a, repeat('w', 200000) || range AS b FROM range(40000000)`,
      sql`CREATE TABLE greedy AS SELECT repeat('x', 100000) || range AS b, count(*) AS n FROM range(10000000) GROUP BY b`,
      sql`SELECT list(repeat('y', 100000) || range) AS l FROM range(100000000)`,
      sql`INSERT INTO kept SELECT range, repeat('z', 30000) || range FROM range(40000000)`,
    ];
    for (let i = 0; i < OUT_OF_MEMORY_TIMES; i++) {
      await expect(db.exec(greedy[i % greedy.length] ?? ENDLESS)).rejects.toMatchObject({
        code: 'engine-out-of-memory',
      });
      expect(await fingerprint()).toEqual(before);
    }
    expect([lost, workers.length]).toEqual([0, 1]);
  });

  it('takes a trap for a death, and goes on with a new engine', async () => {
    await db.exec(sql`CREATE TABLE kept AS SELECT 1 AS n`);
    let lost = 0;
    db.onLost(() => lost++);
    // A string of nearly four gigabytes is more than the memory that an address can reach.
    const trap = db.query(sql`SELECT length(repeat('x', 4294967290)) AS n`, { n: 'integer' });
    await expect(trap).rejects.toMatchObject({ code: 'engine-lost' });
    await expect(db.query(sql`SELECT count(*) AS n FROM duckdb_tables()`, { n: 'integer' })).resolves.toEqual([
      { n: 0 },
    ]);
    expect([lost, workers.length]).toEqual([1, 2]);
  });

  it('says that it could not be loaded when it dies while it opens, and opens anew on the next call', async () => {
    let lost = 0;
    db.onLost(() => lost++);
    const opening = db.open();
    const queued = db.query(sql`SELECT 4 AS a`, { a: 'integer' });
    // Its script has run once it lives; the engine within it takes longer.
    await whenAlive(workers[0] as Worker);
    workers[0]?.terminate();
    await expect(opening).rejects.toMatchObject({ code: 'engine-load-failed' });
    await expect(queued).rejects.toMatchObject({ code: 'engine-load-failed' });
    await expect(db.query(sql`SELECT 5 AS a`, { a: 'integer' })).resolves.toEqual([{ a: 5 }]);
    expect([lost, workers.length]).toEqual([0, 2]);
  });

  it('leaves nobody waiting when it is closed', async () => {
    await db.open();
    const endless = db.query(ENDLESS, { n: 'integer' });
    setTimeout(() => void db.close(), 300);
    await expect(endless).rejects.toMatchObject({ code: 'cancelled' });
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
