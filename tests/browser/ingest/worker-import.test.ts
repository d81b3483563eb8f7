import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../../src/core/sql';
import { createBrowserDb } from '../../../src/db/duckdb-browser';
import type { ColumnMapping, FileMapping, Role } from '../../../src/ingest/file-preview';
import type { ImportProgress } from '../../../src/ingest/import-contract';
import { createWorkerReader } from '../../../src/ingest/dataset/worker-reader';
import { createPreviewer } from '../../../src/ingest/previewer';
import ingestWorkerUrl from '../../../src/ingest/ingest.worker?worker&url';
import { importOrders } from '../../support/import-orders';
import { spawnClassicWorker, spawnModuleWorker, watchWorker } from '../../../src/workers/spawn';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const workers: Worker[] = [];
const reader = createWorkerReader(() => {
  const worker = spawnModuleWorker(ingestWorkerUrl);
  workers.push(worker);
  return worker;
});

const ROLES: readonly Role[] = ['orderId', 'customerId', 'orderedAt', 'amount'];
const MAPPING: FileMapping = {
  dialect: { encoding: 'utf-8', delimiter: ',', hasHeader: true },
  columns: ROLES.map((role): ColumnMapping => ({ role, timeFormat: 'ymd', numberFormat: 'point' })),
  zoneOffsetMinutes: 480,
};
const HEADER = 'order,customer,time,amount\n';

/** A file of `lines` lines of 1.25 by `customers` customers, an order each. */
function fileOf(lines: number, customers: number): Blob {
  const parts = [HEADER];
  for (let i = 0; i < lines; i++) parts.push(`${1_000_000 + i},c${i % customers},2024-01-01 08:00:00,1.25\n`);
  return new Blob(parts);
}

async function stored(): Promise<{ lines: number; orders: number; customers: number; total: string } | undefined> {
  const rows = await db.query(
    sql`SELECT (SELECT count(*) FROM order_lines) AS lines, (SELECT count(DISTINCT order_id) FROM orders) AS orders,
          (SELECT count(*) FROM customers) AS customers, (SELECT CAST(sum(amount) AS VARCHAR) FROM order_lines) AS total`,
    { lines: 'integer', orders: 'integer', customers: 'integer', total: 'text' },
  );
  return rows[0];
}

async function incomingTables(): Promise<number> {
  const rows = await db.query(sql`SELECT count(*) AS n FROM duckdb_tables() WHERE table_name LIKE '%incoming%'`, {
    n: 'integer',
  });
  return rows[0]?.n ?? -1;
}

const FIRST = { lines: 3, orders: 3, customers: 2, total: '3.75' };

beforeEach(async () => {
  await importOrders(db, fileOf(3, 2), 'first.csv', MAPPING, { reader });
});

afterAll(() => db.close());

describe('an import through the worker', () => {
  it('fills the tables from several batches and reports its progress in phases', async () => {
    const seen: ImportProgress[] = [];
    const onProgress = (progress: ImportProgress): void => void seen.push(progress);
    const { report } = await importOrders(db, fileOf(600_000, 5000), 'many.csv', MAPPING, { reader, onProgress });
    expect(report).toMatchObject({ rowsRead: 600_000, rowsUsed: 600_000, customers: 5000, orders: 600_000 });
    expect(await stored()).toEqual({ lines: 600_000, orders: 600_000, customers: 5000, total: '750000.00' });
    expect(seen.at(-1)).toEqual({ phase: 'loading', share: 1, rows: 600_000, file: 0, files: 1 });
    expect(seen.every(({ share }) => share >= 0 && share <= 1)).toBe(true);
    expect(await incomingTables()).toBe(0);
  });

  it.each(['reading', 'loading'] as const)(
    'cancelled while %s leaves the tables before and nothing else',
    async (phase) => {
      const stop = new AbortController();
      const onProgress = (progress: ImportProgress): void => {
        if (progress.phase === phase) stop.abort();
      };
      const running = importOrders(db, fileOf(1_500_000, 5000), 'many.csv', MAPPING, {
        reader,
        signal: stop.signal,
        onProgress,
      });
      await expect(running).rejects.toMatchObject({ code: 'cancelled' });
      expect(await stored()).toEqual(FIRST);
      expect(await incomingTables()).toBe(0);
      expect((await importOrders(db, fileOf(10, 3), 'after.csv', MAPPING, { reader })).report.customers).toBe(3);
    },
  );

  it('whose worker dies says so and leaves the tables before', async () => {
    const onProgress = (): void => workers.at(-1)?.terminate();
    const running = importOrders(db, fileOf(1_500_000, 5000), 'many.csv', MAPPING, { reader, onProgress });
    await expect(running).rejects.toMatchObject({ code: 'worker-lost' });
    expect(await stored()).toEqual(FIRST);
    expect(await incomingTables()).toBe(0);
  });

  it("passes on the worker's error with its code and facts", async () => {
    const broken = new Blob([HEADER, '1,a,2024-01-01,1\n', 'x'.repeat(1_100_000)]);
    await expect(importOrders(db, broken, 'broken.csv', MAPPING, { reader })).rejects.toMatchObject({
      code: 'line-too-long',
      data: { line: 3 },
    });
    expect(await stored()).toEqual(FIRST);
  });
});

it('previews a file in the worker', async () => {
  const preview = await createPreviewer(() => spawnModuleWorker(ingestWorkerUrl)).preview(
    fileOf(20, 4),
    'first.csv',
    {},
  );
  expect(preview.columns.map((column) => column.name)).toEqual(['order', 'customer', 'time', 'amount']);
  expect(preview.rows[0]).toEqual(['1000000', 'c0', '2024-01-01 08:00:00', '1.25']);
});
