import { afterAll, beforeEach, expect, test } from 'vitest';
import { UNSETTLED } from '../../../../src/analyses/params-schemas';
import { sql } from '../../../../src/core/sql';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { CLEANING_VERSION } from '../../../../src/ingest/cleaning/step';
import { importDataset } from '../../../../src/ingest/dataset/import-dataset';
import { inProcessReader } from '../../../../src/ingest/dataset/source-reader';
import { WHOLE } from '../../../../src/ingest/excerpt/excerpt';
import { DEFAULT_MASKING_POLICY } from '../../../../src/ingest/privacy/masking-policy';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, type KeptDocument } from '../../../../src/state/keeping/kept-document';
import { DatasetPlace } from '../../../../src/state/keeping/project-place';
import { ProjectFileSession } from '../../../../src/state/project-file.svelte';
import { EMPTY_DASHBOARD } from '../../../../src/state/recipe/dashboard-recipe';
import { RECIPE_FORMAT, RECIPE_VERSION, type FileRecipe } from '../../../../src/state/recipe/recipe';
import { readProject, writeProject } from '../../../support/project-parts';
import { ordersFile } from '../../ingest/dataset/files';

const [here, elsewhere] = [createNodeDb(), createNodeDb()];
const PLAN = ordersFile(['orderId', 'customerId', 'orderedAt', 'amount'], [], 'customer').plan;
const PASSPHRASE = 'four random words';

/** A file whose cleaning and rules hold SQL that somebody wrote, and a step that does not. */
const FILE: FileRecipe = {
  fingerprint: 'f1',
  name: 'orders.csv',
  table: null,
  columns: ['o', 'c', 't', 'a'],
  plan: PLAN,
  cleaning: {
    version: CLEANING_VERSION,
    steps: [
      { id: 's1', on: true, action: { do: 'keep-rows', expression: 'a > 0' } },
      { id: 's2', on: true, action: { do: 'distinct-rows' } },
    ],
  },
  rules: [{ id: 'r1', isOn: true, isOwn: true, check: { kind: 'expression', expression: 'a > 0' } }],
};

let open: KeptDocument | null;
let delivered: File[];

/** Imports orders of so many customers and says what the pages would know of them. */
async function importOrders(customers: number): Promise<void> {
  const lines = Array.from({ length: customers }, (_, i) => `${i},张三${i},2024-01-0${1 + (i % 9)},${i}.50`);
  const blob = new Blob([['o,c,t,a', ...lines].join('\n')]);
  const made = await importDataset(here, inProcessReader, [{ blob, name: 'orders.csv', plan: PLAN }]);
  const { layout, report, files, join, renamed } = made;
  if (report === null) throw new Error('orders have a report');
  open = {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    dataset: { name: 'orders.csv', layout, report, files, join, renamed, excerpt: WHOLE, isSample: false },
    cards: [],
    recipe: {
      format: RECIPE_FORMAT,
      version: RECIPE_VERSION,
      name: 'orders',
      files: [FILE],
      excerpt: WHOLE,
      policy: null,
      identity: null,
      privacy: DEFAULT_MASKING_POLICY,
      scope: { asOf: null, from: null },
      analyses: UNSETTLED,
      dashboard: EMPTY_DASHBOARD,
      audiences: [{ name: '张三', title: 'one', statement: 'SELECT 0 AS customer_key' }],
    },
    audiences: [],
    profile: [],
  };
}

/** Another machine, where nothing or something else is open; what happens there is noted. */
function machine(db = elsewhere) {
  const adopted: KeptDocument[] = [];
  const offered: unknown[] = [];
  const heard: string[] = [];
  const place = new DatasetPlace({
    db,
    document: { capture: () => open, adopt: (kept) => Promise.resolve(void adopted.push(kept)) },
    recipes: { offer: (json) => void offered.push(json) },
    keeper: {
      keepsNext: true,
      hold: () => Promise.resolve(() => void heard.push('released')),
      begin: (keeps) => Promise.resolve(void heard.push(`begun ${keeps}`)),
    },
    reveals: { note: ({ title, act }) => heard.push(`revealed ${title} ${act}`) },
    now: () => 0,
    onPlaced: (hasData) => heard.push(`placed ${hasData}`),
  });
  const session = new ProjectFileSession(place, (file, name) => delivered.push(new File([file], name)));
  return { session, adopted, offered, heard };
}

async function save(withData: boolean, passphrase?: string): Promise<File> {
  const { session, heard } = machine(here);
  await session.save(withData, passphrase);
  expect(session.error).toBeNull();
  expect(heard).toEqual(withData ? ['revealed orders.csv file'] : []);
  return delivered.at(-1) ?? new File([], '');
}

const ORDERS = sql`SELECT customer_id AS id, CAST(amount AS VARCHAR) AS paid
FROM order_lines JOIN accounts USING (account_key) JOIN customers USING (customer_key) ORDER BY customer_id`;
const ordersOf = (db: typeof here) => db.query(ORDERS, { id: 'text', paid: 'text' });

beforeEach(async () => {
  delivered = [];
  await importOrders(20);
});
afterAll(() => Promise.all([here.close(), elsewhere.close()]));

test('a dataset goes to another machine with every row, under a passphrase', async () => {
  const file = await save(true, PASSPHRASE);
  expect(file.name).toBe('orders.silhouette');
  expect(new TextDecoder().decode(await file.arrayBuffer())).not.toContain('张三');
  const { session, adopted, heard } = machine();
  await session.offer(file);
  await session.accept(PASSPHRASE);
  expect(session.error).toBeNull();
  expect(await ordersOf(elsewhere)).toEqual(await ordersOf(here));
  expect((await ordersOf(elsewhere)).slice(0, 2)).toEqual([
    { id: '张三0', paid: '0.5' },
    { id: '张三1', paid: '1.5' },
  ]);
  expect(adopted.map(({ dataset }) => [dataset.name, dataset.report.customers])).toEqual([['orders.csv', 20]]);
  expect(heard).toEqual(['released', 'begun true', 'placed true']);
});

test('SQL that somebody wrote arrives switched off, and the other decisions as they were', async () => {
  const { session, adopted } = machine();
  await session.offer(await save(true));
  await session.accept();
  const [file] = adopted[0]?.recipe.files ?? [];
  expect(file?.cleaning.steps.map(({ on }) => on)).toEqual([false, true]);
  expect(file?.rules.map(({ isOn }) => isOn)).toEqual([false]);
});

test('without data nothing in the file was taken from it, and its recipe is offered', async () => {
  const file = await save(false);
  const { document, parts } = await readProject(file);
  expect(parts).toEqual([]);
  expect(JSON.stringify(document)).not.toContain('张三');
  const { session, offered, heard } = machine();
  await session.offer(file);
  await session.accept();
  expect(offered).toEqual([document]);
  expect(offered[0]).toMatchObject({ format: RECIPE_FORMAT, name: 'orders' });
  expect(heard).toEqual(['placed false']);
});

test('without a dataset there is nothing to save', async () => {
  open = null;
  const { session } = machine(here);
  await session.save(true);
  expect(session.error).toMatchObject({ code: 'nothing-to-export' });
  expect(delivered).toEqual([]);
});

const forged: readonly (readonly [title: string, code: string, change: (document: object) => unknown])[] = [
  ['a document of a later version', 'project-newer', (document) => ({ ...document, version: 2 })],
  ['a document of something else', 'project-broken', () => ({ format: 'something', version: 1 })],
  ['no document', 'project-broken', () => null],
  ['a recipe that is none', 'recipe-invalid', (document) => ({ ...document, recipe: {} })],
];

test.each(forged)('a file with %s is refused, and what was open stays', async (_title, code, change) => {
  const { document, parts } = await readProject(await save(true));
  const file = new File([await writeProject(change(document as object), parts)], 'forged.silhouette');
  await importOrders(3);
  const { session, adopted } = machine(here);
  await session.offer(file);
  await session.accept();
  expect(session.error).toMatchObject({ code });
  expect(adopted).toEqual([]);
  expect(await ordersOf(here)).toHaveLength(3);
});

test.each([
  ['bytes that are no tables', [{ name: 'a', bytes: new Uint8Array(5_000).fill(7) }]],
  ['no tables at all', []],
])('a file with %s is refused, and what was open stays', async (_title, parts) => {
  const { document } = await readProject(await save(true));
  const file = new File([await writeProject(document, parts)], 'forged.silhouette');
  const { session, adopted, heard } = machine(here);
  await session.offer(file);
  await session.accept();
  expect(session.error).toMatchObject({ code: 'project-broken' });
  expect([adopted, heard]).toEqual([[], ['released']]);
  expect(await ordersOf(here)).toHaveLength(20);
});
