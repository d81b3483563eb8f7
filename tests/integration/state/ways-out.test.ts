import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CREATE_AUDIENCE_MEMBERS } from '../../../src/audiences/audience-members.sql';
import { AppError } from '../../../src/core/errors';
import { printMaskedSql } from '../../../src/core/masked-sql';
import { sql } from '../../../src/core/sql';
import { createNodeDb } from '../../../src/db/duckdb-node';
import { describeTable, wholeTable } from '../../../src/exports/canonical-csv.sql';
import { customerTotals, ordersOf } from '../../../src/exports/customers-export.sql';
import { FileExporter } from '../../../src/exports/file-exporter';
import { createFileWriter, CSV, type FileFormat } from '../../../src/exports/file-writer';
import { tablesWithoutIds } from '../../../src/exports/id-form.sql';
import { exportMessages } from '../../../src/exports/messages';
import type { RowsSource } from '../../../src/exports/table-pages';
import { createFormat } from '../../../src/i18n/format';
import { importDataset } from '../../../src/ingest/dataset/import-dataset';
import { inProcessReader } from '../../../src/ingest/dataset/source-reader';
import { cellMask, type SeenColumn } from '../../../src/ingest/privacy/cell-mask';
import { findPersonalData } from '../../../src/ingest/privacy/personal-columns';
import { VALUES_IN_PROCESS } from '../../../src/ingest/privacy/value-worker';
import { shownValue } from '../../../src/ingest/quality/shown-value';
import { CleaningSession } from '../../../src/state/cleaning.svelte';
import { failingCsv } from '../../../src/state/failing-csv';
import { leftOutCsv, type LeftOutFile } from '../../../src/state/left-out';
import { PolicySession } from '../../../src/state/policy.svelte';
import { PrivacySession } from '../../../src/state/privacy.svelte';
import { QualitySession } from '../../../src/state/quality.svelte';
import { RevealLog } from '../../../src/state/reveals.svelte';
import { ordersFile } from '../ingest/dataset/files';
import { DEFAULT_POLICY } from '../../../src/ingest/policy';
import { createSaleTables } from '../../../src/ingest/sale-tables/make-sale-tables';
import { stageTable } from '../ingest/cleaning/staged';

/** What must not be found in anything that leaves: each stands in the file below, some in several places and forms. */
const CANARIES = [
  'CANARY-0001',
  '13912340001',
  '１３９１２３４０００１',
  'canary@example.com',
  '11010519491231002X',
  '6222021234567894',
  '司马相如',
  'ORDER-CANARY',
];
const HEADERS = ['订单号', '客户', '下单时间', '金额', '姓名', '联系方式', '备注'];
const ROLES = ['orderId', 'customerId', 'orderedAt', 'amount', 'ignore', 'ignore', 'ignore'] as const;
const REMARK = '我叫司马相如，卡号6222021234567894，身份证11010519491231002X，电话１３９１２３４０００１';
const GOOD = ['ORDER-CANARY', 'CANARY-0001', '2024-01-05', '10.00', '司马相如', '13912340001', REMARK];
const BAD = ['ORDER-7', 'CANARY-0001', 'someday', '10.00', '司马相如', 'canary@example.com', REMARK];
const WIDE = [...BAD, '13912340001'];
const COLUMNS = HEADERS.map((name, place): SeenColumn => {
  const values = [GOOD[place] ?? '', BAD[place] ?? ''];
  return { name, role: ROLES[place] ?? null, found: findPersonalData({ name, values }).kinds };
});

const db = createNodeDb();
const exporter = new FileExporter(db, (format, columns, work) => work(createFileWriter(format, columns)));
const words = exportMessages.build.en(createFormat('en'));
const reveals = new RevealLog();
let privacy: PrivacySession;

beforeAll(async () => {
  const file = ordersFile(
    [...ROLES],
    [HEADERS, GOOD, BAD, WIDE].map((row) => row.join(',')),
  );
  const { layout } = await importDataset(db, inProcessReader, [file]);
  const policy = new PolicySession(db);
  await policy.begin(layout, null);
  const tables = createSaleTables(db, () => ({ policy: policy.policy ?? DEFAULT_POLICY, layout, revision: 1 }));
  await tables.lines();
  await tables.attributes();
  await db.exec(CREATE_AUDIENCE_MEMBERS);
  await db.exec(sql`INSERT INTO audience_members SELECT 'a1', customer_key FROM customers`);
  await stageTable(db, 0, HEADERS, [GOOD, GOOD, BAD]);
  const key = await crypto.subtle.importKey('raw', new Uint8Array(32), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const current = () => Promise.resolve({ key, madeAt: 0, isKept: true });
  privacy = new PrivacySession({
    db,
    keys: { current, renew: current },
    values: VALUES_IN_PROCESS,
    reveals,
    now: () => 0,
  });
});
afterAll(() => db.close());

/** All texts of a file, whatever it is packed in. */
async function textsOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isZip
    ? Object.values(unzipSync(bytes))
        .map((part) => strFromU8(part))
        .join('\n')
    : file.text();
}

function expectNoCanary(text: string): void {
  expect(CANARIES.filter((canary) => text.includes(canary))).toEqual([]);
}

const leftOut: LeftOutFile = {
  number: 0,
  name: 'orders.csv',
  delimiter: ',',
  columns: COLUMNS.map((column) => ({ name: column.name, mask: cellMask(column) })),
};
const HEADINGS = { file: 'File', line: 'Line', reason: 'Reason', column: 'Column', value: 'Value', raw: 'Raw' };
const everyone = sql`SELECT customer_key FROM customers`;
const period = { asOf: '2024-03-01', from: null };
const XLSX: FileFormat = { kind: 'xlsx', sheetName: 'rows' };

async function release(source: RowsSource, format: FileFormat): Promise<string> {
  return textsOf(await exporter.export(await privacy.release(source, 'Everyone'), format));
}

describe('nothing of a person leaves unless somebody says so', () => {
  test.each([
    ['CSV', CSV],
    ['CSV for spreadsheets', { kind: 'csv', ids: 'spreadsheet' }],
    ['XLSX', XLSX],
  ] as const)('customers and orders of an audience as %s', async (_, format) => {
    const customers = await release(customerTotals(words, period, everyone), format);
    const orders = await release(ordersOf(words, period, everyone), format);
    expect(customers).toMatch(/P-[0-9A-Z]{20}/);
    expectNoCanary(customers + orders);
  });

  test('the tables of a script', async () => {
    for (const form of ['pseudonym', 'none'] as const) {
      // A series of days and figures holds nobody, and this dataset has none.
      const { external_series: _series, ...ofPersons } = tablesWithoutIds(form);
      for (const [name, rows] of Object.entries(ofPersons)) {
        const { columns } = wholeTable(name, await describeTable(db, name));
        const text = await textsOf(await exporter.export({ columns, rows }, CSV));
        expect(text.split('\r\n').length).toBeGreaterThan(2);
        expectNoCanary(text);
      }
    }
  });

  test('the rows left out', async () => {
    const choice = { files: [leftOut], reason: null };
    const masked = await textsOf(await leftOutCsv(db, choice, HEADINGS, String, false));
    expect(masked).toContain('someday');
    expectNoCanary(masked);
    const full = await textsOf(await leftOutCsv(db, choice, HEADINGS, String, true));
    expect(full).toContain('司马相如');
  });

  test('the rows that cleaning dropped', async () => {
    const session = new CleaningSession(db, 0, HEADERS);
    await session.begin();
    await session.add({ do: 'distinct-rows' });
    const [step] = session.steps;
    const maskOf = ({ key }: { readonly key: string }) =>
      cellMask(COLUMNS[Number(key.slice(1))] ?? { name: '', role: null, found: [] });
    const masked = await textsOf(await session.droppedCsv(step?.id ?? '', maskOf));
    expect(masked).toContain('2024-01-05');
    // The number of the order stays on the list by which rows are found again.
    expectNoCanary(masked.replaceAll('ORDER-CANARY', ''));
    const full = await textsOf(await session.droppedCsv(step?.id ?? '', null));
    expect(full).toContain('13912340001');
    await session.dispose();
  });

  test('the rows that break a rule', async () => {
    const session = new QualitySession(db, '2024-03-01');
    const columns = COLUMNS.map(({ name, role }, index) => ({
      index,
      name,
      role,
      type: null,
      numberFormat: null,
      timeFormat: null,
    }));
    const table = { table: 'source_0', ragged: null, columns, zoneOffsetMinutes: 0 };
    session.open([{ number: 0, name: 'orders.csv', prepare: () => Promise.resolve(table) }]);
    await session.begin();
    const check = { kind: 'unique', columns: ['订单号'] } as const;
    await session.addRule(0, check);
    const rule = session.rulesOf(0).find((own) => JSON.stringify(own.check) === JSON.stringify(check));
    if (rule === undefined) throw new Error('the rule was added');
    session.openRule(0, rule);
    const file = await failingCsv({
      columns: session.chosen?.columns ?? [],
      lineHeading: 'Line',
      seen: shownValue,
      read: (offset, limit) => session.readFailing(offset, limit),
    });
    const masked = await textsOf(file);
    expect(masked).toContain('2024-01-05');
    expectNoCanary(masked.replaceAll('ORDER-CANARY', ''));
  });

  test('a statement on the screen and what is copied of it', () => {
    const statement = sql`SELECT * FROM customers WHERE customer_id IN (${'13912340001'}, ${'canary@example.com'}, ${'11010519491231002X'})`;
    expectNoCanary(printMaskedSql(statement));
  });

  test('a report of an error, which has its code and its facts', () => {
    const cause = new Error(`Conversion Error: '13912340001' of 司马相如`);
    const { code, data } = new AppError('query-failed', {}, cause);
    expectNoCanary(JSON.stringify({ code, data }));
  });

  test('and none of it was noted as shown', () => {
    expect(reveals.list).toEqual([]);
  });
});

test('what leaves in full by a deliberate act is noted', async () => {
  privacy.setExportIds('plain');
  expect(await release(customerTotals(words, period, everyone), CSV)).toContain('CANARY-0001');
  expect(reveals.list).toMatchObject([{ act: 'file', title: 'Everyone' }]);
});
