import { page, userEvent } from 'vitest/browser';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { AnalysisExport, CustomerSelection, Scope } from '../../../../src/analyses/analysis';
import CrossfilterView from '../../../../src/analyses/crossfilter/CrossfilterView.svelte';
import { printSql, sql, Sql } from '../../../../src/core/sql';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import type { SaleTables } from '../../../../src/ingest/sale-tables/sale-tables';
import { spawnClassicWorker, watchWorker } from '../../../../src/workers/spawn';
import { findAccessibilityViolations } from '../../gallery/accessibility';
import AnalysisStage from '../AnalysisStage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const scope: Scope = { asOf: '2024-07-01', from: null, audience: null };
const tables: SaleTables = {
  lines: async () => ({ hasQuantity: false, hasProduct: false, labels: ['channel'] }),
  attributes: async () => ({ texts: ['gender'], hasBirthday: false, hasAge: false, hasRegisteredAt: false }),
};

/**
 * 400 customers, the even ones through the app: the first 100 with three orders of 20, the last 41 days ago; the others
 * with one of 10, 182 days ago. A fourth of each is of unknown gender. One has a refund alone.
 */
beforeAll(async () => {
  await db.exec(
    sql`CREATE TABLE customers AS SELECT CAST(i AS INTEGER) AS customer_key, printf('c%05d', i) AS customer_id FROM range(401) t(i)`,
  );
  await db.exec(sql`CREATE TABLE purchases AS
    SELECT CAST(i * 3 + o AS INTEGER) AS order_key, CAST(i AS INTEGER) AS customer_key,
      CASE WHEN i < 100 THEN TIMESTAMP '2024-05-01' + to_days(CAST(o * 10 AS INTEGER)) ELSE TIMESTAMP '2024-01-01' END AS ordered_at,
      CAST(CASE WHEN i < 100 THEN 20 WHEN i < 400 THEN 10 ELSE -5 END AS DECIMAL(18, 2)) AS amount, i < 400 AS is_purchase
    FROM range(401) customers(i), range(3) orders(o) WHERE o = 0 OR i < 100`);
  await db.exec(sql`CREATE TYPE sale_channel AS ENUM ('app', 'store')`);
  await db.exec(sql`CREATE TABLE sale_lines AS
    SELECT *, CAST(CASE WHEN customer_key % 2 = 0 THEN 'app' ELSE 'store' END AS sale_channel) AS channel FROM purchases`);
  await db.exec(sql`CREATE TABLE customer_attributes AS
    SELECT customer_key, CASE WHEN customer_key % 4 < 3 THEN 'F' END AS gender FROM customers`);
});
afterAll(() => db.close());
beforeEach(async () => {
  await page.viewport(1280, 900);
  document.documentElement.dataset['theme'] = 'light';
});

async function show(locale: 'en' | 'zh' = 'en', given: SaleTables = tables) {
  const i18n = new I18n(locale);
  const onselect = vi.fn<(selection: CustomerSelection) => void>();
  const onexport = vi.fn<(request: AnalysisExport) => void>();
  const onparams = vi.fn<(params: object) => void>();
  const view = await render(AnalysisStage, {
    view: CrossfilterView,
    i18n,
    db,
    scope,
    tables: given,
    onselect,
    onexport,
    onparams,
  });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeInTheDocument();
  return { i18n, onselect, onexport, onparams, view };
}

async function count(members: Sql | undefined): Promise<number> {
  const statement = new Sql([`SELECT count(DISTINCT customer_key) AS n FROM (${printSql(members ?? sql``)})`], []);
  return (await db.query(statement, { n: 'integer' }))[0]?.n ?? -1;
}

const heading = () => page.getByRole('heading', { level: 1 });

/** Brushes the customers of three orders and more by the keyboard. */
async function brushOrders(name = 'Orders: where the choice begins'): Promise<void> {
  const slider = page.getByRole('slider', { name });
  await expect.element(slider).toBeInTheDocument();
  (slider.element() as SVGElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
}

it('says what is chosen and what it brings, while every other chart follows', async () => {
  const { onparams } = await show();
  await expect.element(heading()).toHaveTextContent('All 401 customers, with 9K of revenue.');
  await brushOrders();
  await expect.element(heading()).toHaveTextContent('Customers with 3 or more orders: 100 (25%), 67% of revenue.');
  await expect
    .element(page.getByRole('button', { name: /^app, customers 50 of 20[01]/ }))
    .toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: /^app, customers/ }).click();
  await expect
    .element(heading())
    .toHaveTextContent('Customers with 3 or more orders, who buy mainly through app: 50 (12%), 33% of revenue.');
  // Its own chart shows whom another choice there would bring.
  await expect.element(page.getByRole('button', { name: /^store, customers 50 of 200/ })).toBeInTheDocument();
  expect(onparams.mock.lastCall?.[0]).toMatchObject({
    filters: { frequency: { from: 3, to: null }, channel: { labels: ['app'], others: false, unknown: false } },
  });
});

it('opens as many customers as the sentence and each row of the table say', async () => {
  const { onselect } = await show();
  await brushOrders();
  await page.getByRole('button', { name: /^F, customers 75 of/ }).click();
  await expect.element(heading()).toHaveTextContent(', of gender F: 75 (19%)');
  await page.getByRole('button', { name: '75 (19%)' }).click();
  expect(onselect.mock.lastCall?.[0].title).toBe('Customers with 3 or more orders, of gender F');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(75);
  const table = page.getByRole('table', { name: 'The chosen and the rest' });
  await table.getByRole('button', { name: 'The rest' }).click();
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(326);
  await expect.element(table.getByRole('row', { name: /^The rest/ })).toHaveTextContent(/326/);
  await page.getByRole('button', { name: '400 customers' }).click();
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(400);
});

it('takes choices back one by one, by their chips, or all together', async () => {
  await show();
  await brushOrders();
  await page.getByRole('button', { name: /^not known, customers 25 of/ }).click();
  await expect.element(heading()).toHaveTextContent('of gender not known: 25 (6.2%)');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.element(heading()).toHaveTextContent('Customers with 3 or more orders: 100 (25%)');
  await page.getByRole('button', { name: 'Redo' }).click();
  await page.getByRole('button', { name: 'Remove with 3 or more orders' }).click();
  await expect.element(heading()).toHaveTextContent('Customers of gender not known: 100 (25%)');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect.element(heading()).toHaveTextContent('All 401 customers');
  await expect.element(page.getByRole('button', { name: 'Clear all' })).toBeDisabled();
});

it('gives along statements that run as printed, and says what would bring the rest', async () => {
  const { onexport } = await show('en', {
    ...tables,
    attributes: async () => ({ texts: [], hasBirthday: false, hasAge: false, hasRegisteredAt: false }),
  });
  await brushOrders();
  await expect.element(page.getByText(/^Not in this data: Age, Gender/)).toHaveTextContent('A member list brings');
  await page.getByRole('button', { name: 'Export' }).click();
  const request = onexport.mock.lastCall?.[0];
  expect(request?.reads).toEqual(['sale_lines']);
  const counts = await Promise.all((request?.statements ?? []).map(({ statement }) => count(statement)));
  expect(counts).toEqual([100, 401]);
  expect(request?.tables[0]?.table.rows[0]?.slice(0, 2)).toEqual(['Chosen', 100]);
});

it.each([
  ['light', 1280],
  ['dark', 390],
])('is accessible and fits in Chinese: %s, %i px', async (theme, width) => {
  document.documentElement.dataset['theme'] = theme;
  await page.viewport(width, 900);
  const { view } = await show('zh');
  await brushOrders('订单数：选区起点');
  await expect.element(heading()).toHaveTextContent('购买 3 次及以上的客户：100 位（25%），占销售额 67%。');
  await expect.poll(() => document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  expect(await findAccessibilityViolations(view.container)).toEqual([]);
});
