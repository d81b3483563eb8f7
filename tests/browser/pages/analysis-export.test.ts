import { deleteDB } from 'idb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { AnalysisExport } from '../../../src/analyses/analysis';
import { sql } from '../../../src/core/sql';
import { createBrowserDb } from '../../../src/db/duckdb-browser';
import { createFileWriter } from '../../../src/exports/file-writer';
import { FileExporter } from '../../../src/exports/file-exporter';
import { I18n } from '../../../src/i18n/i18n.svelte';
import { VALUES_IN_PROCESS } from '../../../src/ingest/privacy/value-worker';
import { createPseudonymKeys } from '../../../src/library/pseudonym-key';
import { PrivacySession } from '../../../src/state/privacy.svelte';
import { RevealLog } from '../../../src/state/reveals.svelte';
import { spawnClassicWorker, watchWorker } from '../../../src/workers/spawn';
import { readCsv } from '../../support/independent-csv';
import { openSmallShop } from '../../support/small-shop';
import { findings } from './import/accessibility';
import ExportStage from './ExportStage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const exporter = new FileExporter(db, (format, columns, work) => work(createFileWriter(format, columns)));
const REQUEST: AnalysisExport = {
  title: 'RFM',
  scope: { asOf: '2024-07-01', from: null, audience: null },
  population: { customers: 2, orders: 2, revenue: 120.1, revenueOfAll: 120.1, identifiedShare: 1 },
  segmentNames: {},
  tables: [
    {
      title: 'Groups',
      table: {
        columns: [{ label: 'Segment' }, { label: 'Customers', numeric: true }],
        rows: [
          ['Champions', 2],
          ['Loyal', 12],
          ['Lost', 90],
        ],
        smallCells: { layout: 'list', count: 1, measures: [] },
      },
    },
  ],
  statements: [{ title: 'a', statement: sql`SELECT count(*) FROM customers` }],
  reads: [],
};

let delivered: { file: Blob; name: string }[];

beforeAll(async () => {
  await openSmallShop(db, [
    { orderId: '1', customerId: '13812345678', orderedAt: '2024-01-05 08:30:00', amount: '100.10' },
    { orderId: '2', customerId: 'C2', orderedAt: '2024-01-06 08:30:00', amount: '20.00' },
  ]);
  await db.exec(
    sql`CREATE TABLE rfm_base AS SELECT 0 AS customer_key, 5 AS recency_days, TIMESTAMP '2024-01-05 08:30:00' AS last_ordered_at, 1 AS frequency, CAST(100.10 AS DECIMAL(18, 2)) AS money`,
  );
  await db.exec(
    sql`CREATE TABLE rfm_scores AS SELECT 0 AS customer_key, 5 AS r, 5 AS f, 5 AS m, 'champions' AS segment`,
  );
});
afterAll(() => db.close());
afterEach(async () => {
  delete document.documentElement.dataset['theme'];
  await deleteDB('silhouette-pseudonyms');
});

async function open() {
  delivered = [];
  await page.viewport(1280, 900);
  const now = (): number => 1_700_000_000_000;
  const reveals = new RevealLog();
  const privacy = new PrivacySession({ db, keys: createPseudonymKeys(now), values: VALUES_IN_PROCESS, reveals, now });
  const saveFile = (file: Blob, name: string): void => void delivered.push({ file, name });
  const screen = await render(ExportStage, {
    i18n: new I18n('en'),
    app: { db, exporter, saveFile },
    privacy,
    request: REQUEST,
  });
  return { screen, reveals, privacy };
}

const rowsOf = async (place: number): Promise<(string | null)[][]> =>
  readCsv(await (delivered[place]?.file.text() ?? Promise.resolve('')));

describe('the export of an analysis', () => {
  it('withholds small numbers from tables, says how many, and lets k be changed', async () => {
    const { screen } = await open();
    const table = screen.getByRole('region', { name: 'Groups' });
    await expect.element(table).toHaveTextContent('2 rows or cells withheld: they rest on fewer than 5 customers');
    await table.getByRole('button', { name: 'CSV' }).click();
    await expect.poll(() => delivered.length).toBe(1);
    expect(delivered[0]?.name).toBe('Groups.csv');
    expect(await rowsOf(0)).toEqual([
      ['Segment', 'Customers'],
      ['Champions', 'withheld'],
      ['Loyal', 'withheld'],
      ['Lost', '90'],
    ]);
    await screen.getByLabelText('Withhold figures of fewer than').fill('1');
    await userEvent.keyboard('{Enter}');
    await expect.element(table).toHaveTextContent('Nothing is withheld.');
    await table.getByRole('button', { name: 'CSV' }).click();
    await expect.poll(() => delivered.length).toBe(2);
    expect((await rowsOf(1))[1]).toEqual(['Champions', '2']);
  });

  it('writes customers and the tables of the script under the same pseudonyms', async () => {
    const { screen, reveals } = await open();
    await screen.getByRole('button', { name: 'CSV', exact: true }).first().click();
    await expect.poll(() => delivered.length).toBe(1);
    const id = (await rowsOf(0))[1]?.[0] ?? '';
    expect(id).toMatch(/^P-[0-9A-HJKMNP-TV-Z]{20}$/);
    await screen.getByRole('button', { name: 'Download script and tables' }).click();
    await expect.poll(() => delivered.map(({ name }) => name)).toContain('RFM.sql');
    const customers = await rowsOf(delivered.findIndex(({ name }) => name === 'customers.csv'));
    expect(customers[0]).toEqual(['customer_key', 'customer_id']);
    expect(customers.slice(1).map(([, shown]) => shown)).toContain(id);
    expect(customers.slice(1).every(([, shown]) => shown?.startsWith('P-') === true)).toBe(true);
    for (const { file } of delivered) expect(await file.text()).not.toContain('13812345678');
    expect(reveals.list).toEqual([]);
  });

  it('leaves nothing for axe-core to find', async () => {
    await open();
    expect(await findings()).toEqual([]);
  });
});
