/** The app's own code on a page of its own, one call a figure. Times are in milliseconds. */
import { cohort } from '../../../src/analyses/cohort/cohort';
import { overview } from '../../../src/analyses/overview/overview';
import { OVERVIEW_DEFAULTS } from '../../../src/analyses/overview/overview-params';
import { DEFAULT_PERIODS, type Period } from '../../../src/analyses/periods';
import { RfmTables } from '../../../src/analyses/rfm/rfm-tables';
import { readGrid, runRfm, type GridCell } from '../../../src/analyses/rfm/rfm';
import { RFM_DEFAULTS, type Scoring } from '../../../src/analyses/rfm/rfm-params';
import type { Scope } from '../../../src/analyses/analysis';
import { printSql, sql } from '../../../src/core/sql';
import { createBrowserDb } from '../../../src/db/duckdb-browser';
import { importDataset } from '../../../src/ingest/dataset/import-dataset';
import { createWorkerReader } from '../../../src/ingest/dataset/worker-reader';
import identityWorkerUrl from '../../../src/ingest/identity/identity.worker?worker&url';
import { createIdentityWorkers } from '../../../src/ingest/identity/identity-workers';
import { IdentitySession } from '../../../src/state/identity.svelte';
import { createPreviewer } from '../../../src/ingest/previewer';
import ingestWorkerUrl from '../../../src/ingest/ingest.worker?worker&url';
import { mappingFromPreview } from '../../../src/ingest/mapping';
import { applyPolicy, DEFAULT_POLICY } from '../../../src/ingest/policy';
import { dropSaleLines } from '../../../src/ingest/sale-tables/sale-lines.sql';
import { createSaleTables } from '../../../src/ingest/sale-tables/make-sale-tables';
import type { TableLayout } from '../../../src/db/schema';
import { spawnClassicWorker, spawnModuleWorker, watchWorker } from '../../../src/workers/spawn';
import { benchCrossfilter, type CrossfilterFigures } from './describe-bench';
import {
  benchFit,
  benchIteration,
  benchSweep,
  type FitFigures,
  type IterationFigures,
  type SweepFigures,
} from './kmeans-bench';
import { keepAndReopen, type KeepFigures } from './keep-bench';
import { watchStalls, type Stalls } from './page-stalls';

/** As many as the machine has cores for, at most four. */
const WORKERS = Math.min(4, navigator.hardwareConcurrency);
const QUINTILES: Scoring = { method: 'quantile', bins: 5, ties: 'split' };

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const previewer = createPreviewer(() => spawnModuleWorker(ingestWorkerUrl));
const reader = createWorkerReader(() => spawnModuleWorker(ingestWorkerUrl));
const identityWorkers = createIdentityWorkers(() => spawnModuleWorker(identityWorkerUrl));
let layout: TableLayout | undefined;

export interface ImportFigures {
  readonly previewMs: number;
  readonly importMs: number;
  readonly rowsUsed: number;
  readonly customers: number;
  readonly orders: number;
  /** Of the page's own thread while the import ran. */
  readonly stalls: Stalls;
  /** What the tables added to the engine's memory. */
  readonly tableBytes: number;
}

export interface BenchPage {
  openEngine(): Promise<number>;
  importFile(): Promise<ImportFigures>;
  /** Keeps what was imported on the device and opens it again. */
  keepAndReopen(passphrase: string | null): Promise<KeepFigures>;
  applyPolicy(): Promise<number>;
  /** From purchases to the scores of every customer, their segments and the grid. */
  scoreAndSegment(asOf: string): Promise<{ readonly ms: number; readonly customers: number }>;
  /** Everything the page of the analysis shows. */
  wholePage(asOf: string): Promise<number>;
  /** Gives every line one of five channels, which the file does not name. */
  addChannels(): Promise<void>;
  /** Takes them away again, with what was made of them. */
  dropChannels(): Promise<void>;
  /** The page of the overview for two periods: with the table of lines that it needs to be made first, and again. */
  overview(now: Period, before: Period): Promise<{ readonly coldMs: number; readonly warmMs: number }>;
  /** Customers by month of first purchase and months since. */
  cohorts(asOf: string): Promise<number>;
  /** Replaces the tables by that many customers, and brushes every histogram. */
  crossfilter(customers: number): Promise<CrossfilterFigures>;
  /** One iteration of K-Means over n rows of d columns, 8 clusters. */
  kmeansIteration(n: number, d: number): Promise<IterationFigures>;
  /** A whole fit of 1 M x 4, 8 clusters, 4 starts. */
  kmeansFit(): Promise<FitFigures>;
  /** 2 to 12 clusters of 100,000 x 6 with their silhouettes. */
  kmeansSweep(): Promise<SweepFigures>;
  /**
   * Replaces the accounts by that many with a member number, a telephone and an openid each; a fifth share one of them
   * with another. Returns the statement that made account_ids, for the peer to run as it stands.
   */
  makeAccounts(count: number): Promise<string>;
  /** Who is one customer, from the written ids to the customers' table. Twice: the second time everything is warm. */
  resolveAccounts(): Promise<{ readonly coldMs: number; readonly warmMs: number; readonly longestGapMs: number }>;
  /** Replaces the tables by that many customers with five purchases each. */
  makeCustomers(count: number): Promise<void>;
  /** Scores again and redraws the grid, as after moving a control. */
  scoreAgain(asOf: string): Promise<{ readonly ms: number; readonly customers: number }>;
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [ms: number, value: T]> {
  const start = performance.now();
  const value = await work();
  return [performance.now() - start, value];
}

async function engineBytes(): Promise<number> {
  const rows = await db.query(sql`SELECT sum(memory_usage_bytes) AS bytes FROM duckdb_memory()`, { bytes: 'integer' });
  return rows[0]?.bytes ?? 0;
}

function chosenFile(): File {
  const file = document.querySelector('input')?.files?.[0];
  if (file === undefined) throw new RangeError('no file chosen');
  return file;
}

function layoutThere(): TableLayout {
  if (layout === undefined) throw new RangeError('nothing imported');
  return layout;
}

function scopeTo(asOf: string): Scope {
  return { asOf, from: null, audience: null };
}

function customersOf(grid: readonly GridCell[]): number {
  return grid.reduce((sum, cell) => sum + cell.customers, 0);
}

async function scoreTables(tables: RfmTables, asOf: string): Promise<readonly GridCell[]> {
  await tables.prepare(scopeTo(asOf));
  await tables.score(QUINTILES, RFM_DEFAULTS.rules.segments);
  return readGrid(db, tables, 'fm');
}

const benchPage: BenchPage = {
  async openEngine() {
    return (await timed(() => db.open()))[0];
  },
  async importFile() {
    const file = chosenFile();
    const [previewMs, preview] = await timed(() => previewer.preview(file, file.name, {}));
    const before = await engineBytes();
    const stalls = watchStalls();
    const [importMs, result] = await timed(() =>
      importDataset(db, reader, [
        {
          blob: file,
          name: file.name,
          plan: { kind: 'orders', mapping: mappingFromPreview(preview, 0), customerRole: 'customer', people: [] },
        },
      ]),
    );
    if (result.report === null) throw new RangeError('no orders');
    const stalled = await stalls.stop();
    layout = result.layout;
    const { rowsUsed, customers, orders } = result.report;
    return {
      previewMs,
      importMs,
      rowsUsed,
      customers,
      orders,
      stalls: stalled,
      tableBytes: (await engineBytes()) - before,
    };
  },
  async keepAndReopen(passphrase) {
    return keepAndReopen(db, layoutThere(), passphrase);
  },
  async applyPolicy() {
    const known = layoutThere();
    return (await timed(() => applyPolicy(db, known, DEFAULT_POLICY)))[0];
  },
  async scoreAndSegment(asOf) {
    const [ms, grid] = await timed(() => scoreTables(new RfmTables(db), asOf));
    return { ms, customers: customersOf(grid) };
  },
  async wholePage(asOf) {
    const params = { ...RFM_DEFAULTS, scoring: QUINTILES };
    return (await timed(() => runRfm(db, new RfmTables(db), scopeTo(asOf), params)))[0];
  },
  async addChannels() {
    await db.exec(
      sql`CREATE OR REPLACE TABLE order_lines AS SELECT *, 'channel ' || order_key % 5 AS channel FROM order_lines`,
    );
    layout = { ...layoutThere(), labels: ['channel'] };
  },
  async dropChannels() {
    await db.exec(dropSaleLines());
    await db.exec(sql`ALTER TABLE order_lines DROP channel`);
    layout = { ...layoutThere(), labels: [] };
  },
  async overview(now, before) {
    const known = layoutThere();
    const tables = createSaleTables(db, () => ({ policy: DEFAULT_POLICY, layout: known, revision: 1 }));
    const periods = {
      ...DEFAULT_PERIODS,
      span: 'custom',
      custom: now,
      against: 'custom',
      customAgainst: before,
    } as const;
    const context = { db, tables, scope: scopeTo(now.to), churnWindowDays: null };
    const run = () => overview.run(context, { ...OVERVIEW_DEFAULTS, periods });
    const [coldMs, result] = await timed(run);
    if (result.before === null) throw new RangeError('nothing to compare with');
    return { coldMs, warmMs: (await timed(run))[0] };
  },
  async cohorts(asOf) {
    const tables = createSaleTables(db, () => null);
    const context = { db, tables, scope: scopeTo(asOf), churnWindowDays: null };
    return (await timed(() => cohort.run(context, cohort.defaults)))[0];
  },
  async crossfilter(customers) {
    return benchCrossfilter(db, customers);
  },
  kmeansIteration: (n, d) => benchIteration(n, d, 8, WORKERS),
  kmeansFit: () => benchFit(1_000_000, 4, WORKERS),
  kmeansSweep: () => benchSweep(100_000, 6, WORKERS, 5000),
  async makeAccounts(count) {
    await db.exec(sql`DROP VIEW IF EXISTS identities`);
    await db.exec(sql`CREATE OR REPLACE TABLE accounts AS
SELECT CAST(range AS INTEGER) AS account_key, CAST(range AS INTEGER) AS customer_key FROM range(${count})`);
    await db.exec(sql`CREATE OR REPLACE TABLE customers AS
SELECT CAST(range AS INTEGER) AS customer_key, 'M' || (10000000 + range) AS customer_id FROM range(${count})`);
    const accountIds = sql`CREATE OR REPLACE TABLE account_ids AS
SELECT CAST(range AS INTEGER) AS account_key, 'member' AS kind, 'M' || (10000000 + range) AS value FROM range(${count})
UNION ALL SELECT CAST(range AS INTEGER), 'phone', '139' || lpad(CAST(CASE WHEN range % 10 = 1 THEN range - 1 ELSE range END * 7919 % 100000000 AS VARCHAR), 8, '0') FROM range(${count})
UNION ALL SELECT CAST(range AS INTEGER), 'openid', 'o' || md5(CAST(CASE WHEN range % 10 = 3 THEN range - 1 ELSE range END AS VARCHAR)) FROM range(${count})`;
    await db.exec(accountIds);
    return printSql(accountIds);
  },
  async resolveAccounts() {
    const session = new IdentitySession(db, identityWorkers);
    const stalls = watchStalls();
    const [coldMs] = await timed(() => session.begin());
    const [warmMs] = await timed(() => session.begin());
    const { longestGapMs } = await stalls.stop();
    if (session.error !== null) throw session.error;
    return { coldMs, warmMs, longestGapMs };
  },
  async makeCustomers(count) {
    await db.exec(sql`CREATE OR REPLACE TABLE customers AS
SELECT CAST(range AS INTEGER) AS customer_key, 'C' || (10000000 + range) AS customer_id FROM range(${count})`);
    await db.exec(sql`CREATE OR REPLACE TABLE purchases AS
SELECT CAST(range AS INTEGER) AS order_key, CAST(range // 5 AS INTEGER) AS customer_key,
  TIMESTAMP '2024-01-01' + INTERVAL 1 MINUTE * (hash(range) % 1000000) AS ordered_at,
  CAST(5 + (hash(range + 1) % 50000) / 100 AS DECIMAL(18, 2)) AS amount, true AS is_purchase
FROM range(${count * 5})`);
  },
  async scoreAgain(asOf) {
    const tables = new RfmTables(db);
    await tables.prepare(scopeTo(asOf));
    const [ms, grid] = await timed(async () => {
      await tables.score(QUINTILES, RFM_DEFAULTS.rules.segments);
      return readGrid(db, tables, 'fm');
    });
    return { ms, customers: customersOf(grid) };
  },
};

(globalThis as unknown as { benchPage: BenchPage }).benchPage = benchPage;
