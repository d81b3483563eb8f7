import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { readDistributions } from '../../../../src/analyses/rfm/distributions';
import { migrationSuffix, readMigration } from '../../../../src/analyses/rfm/migration';
import { runRfm, type RfmResult } from '../../../../src/analyses/rfm/rfm';
import { RFM_DEFAULTS, type RfmParams } from '../../../../src/analyses/rfm/rfm-params';
import { RfmTables } from '../../../../src/analyses/rfm/rfm-tables';
import { readSensitivity } from '../../../../src/analyses/rfm/sensitivity';
import { readTieDifference } from '../../../../src/analyses/rfm/tie-difference';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { fillTables, raw, type PlainPurchase } from './plain-rfm';

let db: Db;
beforeAll(async () => {
  db = createNodeDb();
  const purchases = Array.from({ length: 40 }, (_, i) => i).flatMap((i) =>
    Array.from({ length: 1 + (i % 4) }, (_unused, k): PlainPurchase => {
      const at = `2024-0${1 + ((i + k) % 6)}-1${i % 10}`;
      return { customer: `c${i}`, at, cents: 1000 * (1 + ((i * 7) % 13)), isPurchase: true };
    }),
  );
  await fillTables(db, purchases);
});
afterAll(() => db.close());

const scope: Scope = { asOf: '2024-07-01', from: null, audience: null };
const quantile = (bins: 3 | 5): RfmParams => ({
  ...RFM_DEFAULTS,
  scoring: { method: 'quantile', bins, ties: 'together' },
});

/** Everything the page reads of its tables after the result. */
async function readAll(tables: RfmTables, before: RfmTables, result: RfmResult): Promise<unknown> {
  const distributions = await readDistributions(db, tables, result);
  const migration = await readMigration(db, { now: tables, before }, result, '2024-04-01');
  return {
    bins: distributions.map(({ bins }) => bins),
    flows: migration.flows,
    ties: { ...(await readTieDifference(db, tables, result)), statement: null },
    sensitivity: (await readSensitivity(db, tables, result))?.cuts,
  };
}

it('two sessions beside each other read each its own scores, and one leaves nothing behind', async () => {
  const alone = new RfmTables(db);
  const expected = await readAll(
    alone,
    new RfmTables(db, migrationSuffix),
    await runRfm(db, alone, scope, quantile(5)),
  );
  const tablesBefore = await tableNamesThere();

  const [first, second] = [new RfmTables(db, '_a'), new RfmTables(db, '_b')];
  const [firstBefore, secondBefore] = [new RfmTables(db, '_before_a'), new RfmTables(db, '_before_b')];
  const result = await runRfm(db, first, scope, quantile(5));
  const other = await runRfm(db, second, scope, quantile(3));
  const ofOther = await readAll(second, secondBefore, other);
  expect(await readAll(first, firstBefore, result)).toEqual(expected);
  expect(ofOther).not.toEqual(expected);

  for (const tables of [first, second, firstBefore, secondBefore]) await tables.drop();
  expect(await tableNamesThere()).toEqual(tablesBefore);
});

async function tableNamesThere(): Promise<readonly string[]> {
  const rows = await db.query(raw('SELECT table_name FROM duckdb_tables() ORDER BY table_name'), {
    table_name: 'text',
  });
  return rows.map(({ table_name }) => table_name);
}
