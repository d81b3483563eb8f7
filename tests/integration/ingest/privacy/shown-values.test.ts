import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../../../src/core/sql';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { fillShownValues } from '../../../../src/ingest/privacy/shown-values';
import { pseudonymsOf } from '../../../../src/ingest/privacy/pseudonym';
import { NAUGHTY_IDS } from '../../../support/small-shop';

const db = createNodeDb();
afterAll(() => db.close());
let key: CryptoKey;

beforeAll(async () => {
  key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
  await db.exec(sql`CREATE TABLE source_1 (source_row INTEGER, c0 VARCHAR)`);
  for (const [row, id] of NAUGHTY_IDS.entries()) {
    await db.exec(sql`INSERT INTO source_1 VALUES (${row}, ${id}), (${row + 1000}, ${id})`);
  }
  await db.exec(sql`INSERT INTO source_1 VALUES (1, NULL)`);
});

async function shownIn(table: 'shown_a' | 'shown_b'): Promise<ReadonlyMap<string, string>> {
  const from = table === 'shown_a' ? sql`shown_a` : sql`shown_b`;
  const rows = await db.query(sql`SELECT value, shown FROM ${from}`, { value: 'text', shown: 'text' });
  expect(new Set(rows.map(({ value }) => value)).size).toBe(rows.length);
  return new Map(rows.map(({ value, shown }) => [value, shown]));
}

describe('the table of what is shown', () => {
  test('holds each different value once with its pseudonym, whatever characters it has', async () => {
    const progress: number[] = [];
    await fillShownValues(db, 'shown_a', sql`SELECT c0 FROM source_1`, (ids) => pseudonymsOf(key, ids), {
      onProgress: ({ values, ofValues }) => progress.push(values / ofValues),
    });
    const shown = await shownIn('shown_a');
    const expected = await pseudonymsOf(key, NAUGHTY_IDS);
    expect([...shown.keys()].toSorted()).toEqual(NAUGHTY_IDS.toSorted());
    expect(NAUGHTY_IDS.map((id) => shown.get(id))).toEqual(expected);
    expect(progress).toEqual([0, 1]);
  });

  test('is added to, not made again, when more is asked for', async () => {
    const asked: string[] = [];
    const show = async (values: readonly string[]): Promise<readonly string[]> => {
      asked.push(...values);
      return values.map(() => '*');
    };
    await fillShownValues(db, 'shown_b', sql`SELECT c0 FROM source_1 WHERE c0 = '000123'`, show);
    await fillShownValues(db, 'shown_b', sql`SELECT c0 FROM source_1 WHERE c0 IN ('000123', 'NULL')`, show);
    expect(asked).toEqual(['000123', 'NULL']);
    expect((await shownIn('shown_b')).size).toBe(2);
  });

  test('a cancel leaves no half batch and nothing behind', async () => {
    const run = new AbortController();
    run.abort();
    const filling = fillShownValues(db, 'shown_b', sql`SELECT c0 FROM source_1`, async (values) => values, {
      signal: run.signal,
    });
    await expect(filling).rejects.toMatchObject({ code: 'cancelled' });
    expect((await shownIn('shown_b')).size).toBe(2);
    const left = await db.query(sql`SELECT count(*) AS n FROM duckdb_tables() WHERE table_name LIKE '%_wanted'`, {
      n: 'integer',
    });
    expect(left[0]?.n).toBe(0);
  });
});
