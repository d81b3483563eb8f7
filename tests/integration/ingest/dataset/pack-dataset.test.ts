import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ident, sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { TableLayout } from '../../../../src/db/schema';
import { importDataset } from '../../../../src/ingest/dataset/import-dataset';
import { packDataset, planPacking, unpackDataset, type PackedPart } from '../../../../src/ingest/dataset/pack-dataset';
import { inProcessReader } from '../../../../src/ingest/dataset/source-reader';
import { factsFile, ordersFile } from './files';

/** Enough rows for several pieces of the lines. */
const ROWS = 1_300_000;

function bigOrders(): Blob {
  const lines = Array.from({ length: 13 }, (_, part) => {
    const text = Array.from({ length: ROWS / 13 }, (__, i) => {
      const n = part * (ROWS / 13) + i;
      return `${n},M${n % 40_009},2024-01-${String(1 + (n % 28)).padStart(2, '0')},${((n * 37) % 100_000) / 100}`;
    });
    return `${text.join('\n')}\n`;
  });
  return new Blob(['order,member,time,amount\n', ...lines]);
}

const MEMBERS = factsFile(
  'members',
  ['member', 'name', 'phone'],
  ['member,name,phone', 'M1,张三,13800000001', 'M2,𠮷田,'],
);

let kept: Db;
let opened: Db;
let layout: TableLayout;

beforeAll(async () => {
  kept = createNodeDb();
  opened = createNodeDb();
  const orders = ordersFile(['orderId', 'customerId', 'orderedAt', 'amount'], [], 'member');
  ({ layout } = await importDataset(kept, inProcessReader, [{ ...orders, blob: bigOrders() }, MEMBERS]));
});

afterAll(async () => {
  await kept.close();
  await opened.close();
});

const TABLES = sql`SELECT table_name AS name FROM duckdb_tables() WHERE database_name = 'memory' ORDER BY name`;

/** Every table with its number of rows and a sum over their contents and places. */
async function contentOf(db: Db): Promise<readonly string[]> {
  const tables = await db.query(TABLES, { name: 'text' });
  const contents: string[] = [];
  for (const { name } of tables) {
    const [row] = await db.query(
      sql`SELECT count(*) AS n, CAST(coalesce(sum(hash(t::VARCHAR, place)), 0) AS VARCHAR) AS sum
FROM (SELECT t, row_number() OVER () AS place FROM ${ident(name)} t)`,
      { n: 'integer', sum: 'text' },
    );
    contents.push(`${name} ${row?.n} ${row?.sum}`);
  }
  return contents;
}

async function pack(): Promise<readonly PackedPart[]> {
  const parts: PackedPart[] = [];
  for await (const part of packDataset(kept, await planPacking(kept))) parts.push(part);
  return parts;
}

async function* given(parts: readonly PackedPart[]): AsyncGenerator<PackedPart> {
  for (const { name, bytes } of parts) yield { name, bytes: bytes.slice() };
}

describe('a packed dataset', () => {
  it('is the same in another engine, row for row and in the same order', async () => {
    const plan = await planPacking(kept);
    const parts = await pack();
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(plan.estimatedBytes);
    await unpackDataset(opened, given(parts), layout);
    expect(await contentOf(opened)).toEqual(await contentOf(kept));
  });

  it('takes the place of the one in force, of which nothing is left', async () => {
    await opened.exec(sql`CREATE OR REPLACE TABLE purchases AS SELECT 1 AS order_key`);
    await opened.exec(sql`CREATE OR REPLACE TABLE customer_profiles AS SELECT 1 AS customer_key`);
    await unpackDataset(opened, given(await pack()), layout);
    expect(await contentOf(opened)).toEqual(await contentOf(kept));
  });

  it('leaves the one in force alone when it is cancelled, breaks off or is none', async () => {
    const parts = await pack();
    const before = await contentOf(opened);
    const stop = new AbortController();
    async function* cancelled(): AsyncGenerator<PackedPart> {
      yield* given(parts.slice(0, 1));
      stop.abort();
      yield* given(parts.slice(1));
    }
    await expect(unpackDataset(opened, cancelled(), layout, { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    async function* broken(): AsyncGenerator<PackedPart> {
      yield* given(parts.slice(0, 1));
      throw new Error('no more');
    }
    await expect(unpackDataset(opened, broken(), layout)).rejects.toThrow('no more');
    await expect(unpackDataset(opened, given([]), layout)).rejects.toMatchObject({ code: 'library-damaged' });
    expect(await contentOf(opened)).toEqual(before);
  });

  it('is refused when its lines have not the columns that the layout says', async () => {
    const wrong = { ...layout, hasProduct: true };
    await expect(unpackDataset(opened, given(await pack()), wrong)).rejects.toMatchObject({ code: 'library-damaged' });
  });

  it('is not finished when its tables are replaced meanwhile', async () => {
    const packing = packDataset(kept, await planPacking(kept));
    await packing.next();
    await kept.exec(sql`CREATE OR REPLACE TABLE accounts AS FROM accounts`);
    const rest = async (): Promise<void> => {
      while ((await packing.next()).done !== true);
    };
    await expect(rest()).rejects.toMatchObject({ code: 'cancelled' });
  });
});
