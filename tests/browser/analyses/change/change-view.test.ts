import { page, userEvent } from 'vitest/browser';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { AnalysisExport, CustomerSelection, Scope } from '../../../../src/analyses/analysis';
import ChangeView from '../../../../src/analyses/change/ChangeView.svelte';
import { printSql, sql, Sql } from '../../../../src/core/sql';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import type { SaleTables } from '../../../../src/ingest/sale-tables/sale-tables';
import { spawnClassicWorker, watchWorker } from '../../../../src/workers/spawn';
import { findAccessibilityViolations } from '../../gallery/accessibility';
import AnalysisStage from '../AnalysisStage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const scope: Scope = { asOf: '2024-05-01', from: null, audience: null };
const tables: SaleTables = {
  lines: () => Promise.resolve({ hasQuantity: true, hasProduct: false, labels: ['category', 'channel'] }),
  attributes: () => Promise.resolve({ texts: [], hasBirthday: false, hasAge: false, hasRegisteredAt: false }),
};

/** 900 customers over four months in two lines an order; April is busier, tea gives way to cups, some orders are of nobody. */
beforeAll(async () => {
  await db.exec(
    sql`CREATE TABLE customers AS SELECT CAST(i AS INTEGER) AS customer_key, printf('c%05d', i) AS customer_id FROM range(900) t(i)`,
  );
  await db.exec(sql`CREATE TABLE sale_lines AS
    SELECT CAST(o AS INTEGER) AS order_key, CASE WHEN o % 17 = 0 THEN NULL ELSE CAST(hash(o) % 900 AS INTEGER) END AS customer_key,
      TIMESTAMP '2024-01-01' + to_days(CAST(floor(sqrt(o / 4000.0) * 121) AS INTEGER)) AS ordered_at,
      CAST(((hash(o * 7 + part) % 9000) + 500) / 100 AS DECIMAL(18, 2)) AS amount,
      CAST(1 + hash(o + part) % 3 AS DECIMAL(18, 0)) AS quantity, TRUE AS is_purchase,
      CASE WHEN hash(o * 3 + part) % 4000 < o THEN 'Cups' WHEN part = 0 THEN 'Tea' ELSE 'Bob''s "snacks"' END AS category,
      CASE WHEN o % 3 = 0 THEN '网店' ELSE 'Shop' END AS channel
    FROM range(4000) orders(o), range(2) lines(part)`);
  await db.exec(sql`CREATE TABLE purchases AS
    SELECT order_key, any_value(customer_key) AS customer_key, any_value(ordered_at) AS ordered_at,
      CAST(sum(amount) AS DECIMAL(18, 2)) AS amount, TRUE AS is_purchase
    FROM sale_lines GROUP BY order_key ORDER BY customer_key, ordered_at`);
});
afterAll(() => db.close());
beforeEach(async () => {
  await page.viewport(1280, 900);
  document.documentElement.dataset['theme'] = 'light';
});

async function show(locale: 'en' | 'zh' = 'en', within: Partial<Scope> = {}) {
  const i18n = new I18n(locale);
  const onselect = vi.fn<(selection: CustomerSelection) => void>();
  const onexport = vi.fn<(request: AnalysisExport) => void>();
  const view = await render(AnalysisStage, {
    view: ChangeView,
    i18n,
    db,
    scope: { ...scope, ...within },
    tables,
    onselect,
    onexport,
  });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeInTheDocument();
  return { i18n, onselect, onexport, view };
}

const number = (text: string | null | undefined): number => Number((text ?? '').replaceAll(/[^0-9]/g, ''));

async function count(members: Sql | undefined): Promise<number> {
  const rows = await db.query(
    new Sql([`SELECT count(DISTINCT customer_key) AS n FROM (${printSql(members ?? sql``)})`], []),
    { n: 'integer' },
  );
  return rows[0]?.n ?? -1;
}

/** Presses Enter on a mark of a chart and returns what its spoken name says after `word`. */
async function press(chart: string, key: string, word: RegExp): Promise<number> {
  const found = page.getByRole('group', { name: chart, exact: true }).first();
  await expect.element(found).toBeInTheDocument();
  const mark = found.element().querySelector<SVGElement>(`[data-mark="${key}"]`);
  mark?.focus();
  await userEvent.keyboard('{Enter}');
  return number(word.exec(mark?.getAttribute('aria-label') ?? '')?.[1]);
}

it('says in words how far revenue moved and what moved it most, as the periods say', async () => {
  const { onselect } = await show();
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent(
      /^Revenue rose by [\d.]+% to [\d.]+K, [\d.]+K more than in the period before. What moved it most: .+, \+[\d.]+K.$/,
    );
  await page.getByRole('heading', { level: 1 }).getByRole('button').click();
  expect(onselect.mock.lastCall?.[0].title).toMatch(/^Customers · 2024-0\d-01 – /);
});

it('opens from every kind of mark as many customers as it says', async () => {
  const { onselect } = await show();
  const opened = (): Promise<number> => count(onselect.mock.lastCall?.[0].members);
  const now = await press('What revenue is made of', 'customers', /Now ([\d,]+)/);
  expect(now).toBeGreaterThan(100);
  expect(await opened()).toBe(now);
  const lapsed = await press('What they brought and took away', 'lapsed', /Customers ([\d,]+)/);
  expect(lapsed).toBeGreaterThan(0);
  expect(await opened()).toBe(lapsed);
  const repeating = await press('Who came, stayed and left', 'repeating', /Customers ([\d,]+)/);
  expect(await opened()).toBe(repeating);
  const shop = await press('Where it moved: Channel', '0', /Customers ([\d,]+)/);
  expect(await opened()).toBe(shop);
});

it('looks closer at the value whose row is pressed, with the customers behind each of its parts', async () => {
  const { onselect } = await show();
  const row = page.getByRole('table', { name: 'Gain and loss of each value' }).getByRole('row', { name: /^Tea/ });
  await row.getByRole('button', { name: 'Tea' }).click();
  const nowCustomers = number(row.element().querySelectorAll('td')[5]?.textContent);
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(nowCustomers);
  await expect.element(page.getByRole('heading', { name: 'Tea: where the change comes from' })).toBeVisible();
  const out = await press('Tea: where the change comes from', 'switchedOut', /Customers ([\d,]+)/);
  expect(out).toBeGreaterThan(0);
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(out);
  await expect.element(page.getByRole('heading', { name: 'Tea: switched from and to' })).toBeVisible();
  await press('Tea: switched from and to', '0 out', /Revenue ([\d,]+)/);
  expect(onselect.mock.lastCall?.[0].title).toBe('Tea → Cups');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBeGreaterThan(0);
});

it('takes another breakdown and another period, and says so where nothing lies before', async () => {
  await show();
  await page.getByLabelText('Broken down by').selectOptions('Category');
  await expect.element(page.getByRole('heading', { name: 'Where it moved: Category' })).toBeVisible();
  await page.getByLabelText('Broken down by').selectOptions('nothing');
  await expect.element(page.getByRole('table', { name: 'The breakdown in figures' })).not.toBeInTheDocument();
  await page.getByLabelText('Period', { exact: true }).selectOptions('As in the top bar');
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('There is no earlier period to compare with: the data begins on January 1, 2024.');
});

it('prints its statements and its method, and offers the tables', async () => {
  const { onexport } = await show();
  await page.getByRole('button', { name: 'Show SQL' }).click();
  await expect.element(page.getByText('FROM purchases').first()).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await page.getByRole('button', { name: 'Method' }).click();
  await expect.element(page.getByText('How the change between two periods is explained')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await page.getByRole('button', { name: 'Export' }).click();
  const request = onexport.mock.lastCall?.[0];
  expect(request?.tables.map(({ title }) => title)).toEqual([
    'What revenue is made of',
    'New, repeating and lapsed customers',
    'The breakdown in figures',
    'Gain and loss of each value',
    'Cups: switched from and to',
  ]);
  for (const { statement } of request?.statements ?? []) await db.exec(new Sql([printSql(statement)], []));
});

it('has nothing that axe-core objects to and fits, in both themes and languages', async () => {
  const { i18n, view } = await show();
  for (const [locale, theme, width] of [
    ['en', 'light', 1280],
    ['zh', 'dark', 390],
  ] as const) {
    i18n.setLocale(locale);
    document.documentElement.lang = locale;
    document.documentElement.dataset['theme'] = theme;
    await page.viewport(width, 900);
    // Colours fade from one theme to the other; what counts is where they arrive.
    await Promise.all(document.getAnimations().map(({ finished }) => finished));
    expect(await findAccessibilityViolations(view.container)).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  }
});
