import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UNSETTLED } from '../../../../src/analyses/params-schemas';
import type { AppError } from '../../../../src/core/errors';
import { sql } from '../../../../src/core/sql';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import { importDataset } from '../../../../src/ingest/dataset/import-dataset';
import { inProcessReader } from '../../../../src/ingest/dataset/source-reader';
import { DEFAULT_MASKING_POLICY } from '../../../../src/ingest/privacy/masking-policy';
import type { FileMapping } from '../../../../src/ingest/file-preview';
import { WHOLE } from '../../../../src/ingest/excerpt/excerpt';
import type { Library } from '../../../../src/library/library';
import { createLibrary } from '../../../../src/library/store/browser-library';
import { DatasetKeeper } from '../../../../src/state/keeping/dataset-keeper.svelte';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, type KeptDocument } from '../../../../src/state/keeping/kept-document';
import { Preferences } from '../../../../src/state/preferences.svelte';
import { EMPTY_DASHBOARD } from '../../../../src/state/recipe/dashboard-recipe';
import { RECIPE_FORMAT, RECIPE_VERSION } from '../../../../src/state/recipe/recipe';
import { spawnClassicWorker, watchWorker } from '../../../../src/workers/spawn';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
let library: Library;
let keeper: DatasetKeeper;
let document_: KeptDocument | null;
let adopted: KeptDocument[];
let told: AppError[];
let remembered: string | null;
let ids = 0;

beforeEach(async () => {
  await new Promise((done) => (indexedDB.deleteDatabase('keeper-test').onsuccess = done));
  library = createLibrary({ now: () => 1_700_000_000_000, name: 'keeper-test' });
  document_ = null;
  adopted = [];
  told = [];
  remembered = null;
  keeper = new DatasetKeeper({
    db,
    library,
    preferences: new Preferences(undefined, window.document.documentElement, matchMedia('print')),
    capture: () => document_,
    adopt: async (kept) => void adopted.push(kept),
    newId: () => `id-${++ids}`,
    remember: (id) => (remembered = id),
    tell: (error) => told.push(error),
  });
});

afterEach(() => library.close());
afterAll(() => db.close());

/** Imports orders of so many customers and says what a page would know of them. */
async function open(name: string, customers: number): Promise<void> {
  const lines = Array.from({ length: customers }, (_, i) => `${i},c${i},2024-01-0${1 + (i % 9)},${i}.50`);
  const columns = ['orderId', 'customerId', 'orderedAt', 'amount'] as const;
  const mapping: FileMapping = {
    dialect: { encoding: 'utf-8', delimiter: ',', hasHeader: true },
    columns: columns.map((role) => ({ role, timeFormat: 'ymd', numberFormat: 'point' })),
    zoneOffsetMinutes: 480,
  };
  const { layout, report, files, join, renamed } = await importDataset(db, inProcessReader, [
    {
      blob: new Blob([['o,c,t,a', ...lines].join('\n')]),
      name,
      plan: { kind: 'orders', mapping, customerRole: 'customer', people: [] },
    },
  ]);
  if (report === null) throw new Error('orders have a report');
  document_ = {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    dataset: { name, layout, report, files, join, renamed, excerpt: WHOLE, isSample: false },
    cards: [],
    recipe: {
      format: RECIPE_FORMAT,
      version: RECIPE_VERSION,
      name,
      files: [],
      excerpt: WHOLE,
      policy: null,
      identity: null,
      privacy: DEFAULT_MASKING_POLICY,
      scope: { asOf: null, from: null },
      analyses: UNSETTLED,
      dashboard: EMPTY_DASHBOARD,
      audiences: [],
    },
    audiences: [],
    profile: [],
  };
}

async function customersThere(): Promise<number> {
  const rows = await db.query(sql`SELECT count(*) AS n FROM customers`, { n: 'integer' });
  return rows[0]?.n ?? 0;
}

const namesKept = async () => (await library.list()).map(({ name, facts }) => [name, facts.rows]);

describe('the dataset in force', () => {
  it('is kept after it was made, and opened again with its document in the place of another', async () => {
    await open('a.csv', 30);
    await keeper.begin(true);
    expect([keeper.phase, remembered]).toEqual(['kept', keeper.openId]);
    const id = keeper.openId ?? '';
    await open('b.csv', 7);
    await keeper.begin(false);
    expect([keeper.phase, keeper.openId, remembered, await customersThere()]).toEqual(['unkept', null, null, 7]);
    expect(await keeper.open(id)).toBe(true);
    expect([keeper.phase, keeper.openId, remembered, await customersThere()]).toEqual(['kept', id, id, 30]);
    expect(adopted.map(({ dataset }) => dataset.name)).toEqual(['a.csv']);
    expect(told).toEqual([]);
  });

  it('takes the place of the same files kept before, and stands beside others', async () => {
    for (const [name, customers] of [
      ['a.csv', 30],
      ['b.csv', 7],
      ['a.csv', 30],
    ] as const) {
      await open(name, customers);
      await keeper.begin(true);
    }
    expect(await namesKept()).toEqual(
      expect.arrayContaining([
        ['a.csv', 30],
        ['b.csv', 7],
      ]),
    );
    expect(await namesKept()).toHaveLength(2);
  });

  it('touches no disk when it is not to be kept, and none any more once that is said', async () => {
    await open('a.csv', 30);
    await keeper.begin(false);
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('keeper-test');
    await keeper.setKept(true);
    expect(await namesKept()).toEqual([['a.csv', 30]]);
    await keeper.setKept(false);
    expect([keeper.phase, await namesKept(), remembered]).toEqual(['unkept', [], null]);
    keeper.noteDecisions();
    await keeper.flush();
    expect(await namesKept()).toEqual([]);
  });

  it('has what was decided later written by itself, and at once before another is opened', async () => {
    await open('a.csv', 30);
    await keeper.begin(true);
    const from = async () => ((await library.read(keeper.openId ?? '')).document as KeptDocument).recipe.scope.from;
    const decide = (day: string): void => {
      if (document_ === null) throw new Error('no dataset');
      document_ = { ...document_, recipe: { ...document_.recipe, scope: { asOf: null, from: day } } };
      keeper.noteDecisions();
    };
    decide('2024-01-02');
    await expect.poll(from).toBe('2024-01-02');
    decide('2024-01-03');
    expect(await keeper.open(keeper.openId ?? '')).toBe(true);
    expect(adopted.at(-1)?.recipe.scope.from).toBe('2024-01-03');
  });

  it('has nothing written of it while another is being put in its place', async () => {
    await open('a.csv', 30);
    await keeper.begin(true);
    const id = keeper.openId ?? '';
    const release = await keeper.hold();
    await open('b.csv', 7);
    keeper.noteDecisions();
    await keeper.flush();
    expect(((await library.read(id)).document as KeptDocument).dataset.name).toBe('a.csv');
    release();
    await keeper.begin(true);
    expect(await namesKept()).toHaveLength(2);
  });

  it('is saved again with its tables when these became others', async () => {
    await open('a.csv', 30);
    await keeper.begin(true);
    await db.exec(sql`CREATE OR REPLACE TABLE customers AS FROM customers WHERE customer_key < 20`);
    await keeper.noteTables();
    await open('b.csv', 7);
    expect(await keeper.restoreTables()).toBe(true);
    expect(await customersThere()).toBe(20);
  });

  it('stays when a kept one cannot be opened, and the person is told', async () => {
    await open('a.csv', 30);
    await keeper.begin(false);
    expect(await keeper.open('nobody')).toBe(false);
    expect(told).toHaveLength(1);
    expect([keeper.phase, keeper.opening, await customersThere()]).toEqual(['unkept', null, 30]);
  });

  it('goes on unkept where this tab may only read, and is kept once it may write', async () => {
    const other = createLibrary({ now: () => 0, name: 'keeper-test' });
    await other.open();
    await open('a.csv', 30);
    await keeper.begin(true);
    expect([keeper.phase, keeper.error?.code]).toEqual(['failed', 'library-not-writer']);
    await library.takeOver();
    await keeper.retry();
    expect([keeper.phase, keeper.error]).toEqual(['kept', null]);
    await other.close();
  });

  it('is opened after a reload, and forgotten when it is no longer there', async () => {
    await open('a.csv', 30);
    await keeper.begin(true);
    const id = keeper.openId ?? '';
    await db.exec(sql`DROP TABLE customers`);
    expect(await keeper.resume(id)).toBe(true);
    expect(await customersThere()).toBe(30);
    expect(await keeper.resume('nobody')).toBe(false);
    expect([remembered, told]).toEqual([null, []]);
  });
});
