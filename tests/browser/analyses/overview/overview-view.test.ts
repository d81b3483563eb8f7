import { page, userEvent } from 'vitest/browser';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { AnalysisExport, CustomerSelection, Scope } from '../../../../src/analyses/analysis';
import OverviewView from '../../../../src/analyses/overview/OverviewView.svelte';
import type { OverviewParams } from '../../../../src/analyses/overview/overview-params';
import { printSql, sql, Sql } from '../../../../src/core/sql';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import type { SaleTables } from '../../../../src/ingest/sale-tables/sale-tables';
import { spawnClassicWorker, watchWorker } from '../../../../src/workers/spawn';
import { findAccessibilityViolations } from '../../gallery/accessibility';
import AnalysisStage from '../AnalysisStage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const scope: Scope = { asOf: '2025-01-01', from: null, audience: null };
const tables: SaleTables = {
  lines: () => Promise.resolve({ hasQuantity: true, hasProduct: false, labels: ['category', 'channel'] }),
  attributes: () => Promise.resolve({ texts: [], hasBirthday: false, hasAge: false, hasRegisteredAt: false }),
};

/** Two years of 600 customers and of orders without one; the app's orders double in the second year, tea's fall. */
beforeAll(async () => {
  await db.exec(sql`CREATE TABLE sale_lines AS
    SELECT CAST(o AS INTEGER) AS order_key, CASE WHEN o % 11 = 0 THEN NULL ELSE CAST(hash(o) % 600 AS INTEGER) END AS customer_key,
      TIMESTAMP '2023-01-01' + to_days(CAST(o % 731 AS INTEGER)) AS ordered_at,
      CAST((1 + hash(o * 7 + l) % 200) * CASE WHEN o % 731 < 365 AND o % 3 = 0 THEN 0.5 WHEN o % 731 >= 365 AND l = 1 THEN 0.6 ELSE 1 END AS DECIMAL(18, 2)) AS amount,
      CAST(1 + hash(o + l) % 3 AS DECIMAL(18, 0)) AS quantity, TRUE AS is_purchase,
      CASE WHEN o % 3 = 0 THEN 'app' ELSE 'store' END AS channel,
      CASE WHEN l = 1 THEN 'tea' ELSE 'kind ' || hash(o * 3 + l) % 14 END AS category
    FROM range(6000) orders(o), range(2) lines(l)`);
  await db.exec(sql`CREATE TABLE purchases AS
    SELECT order_key, any_value(customer_key) AS customer_key, any_value(ordered_at) AS ordered_at,
      CAST(sum(amount) AS DECIMAL(18, 2)) AS amount, TRUE AS is_purchase
    FROM sale_lines GROUP BY order_key`);
});
afterAll(() => db.close());
beforeEach(async () => {
  await page.viewport(1280, 900);
  document.documentElement.dataset['theme'] = 'light';
});

async function show(locale: 'en' | 'zh' = 'en', params: OverviewParams | null = null, known = tables) {
  const i18n = new I18n(locale);
  const onselect = vi.fn<(selection: CustomerSelection) => void>();
  const onexport = vi.fn<(request: AnalysisExport) => void>();
  const view = await render(AnalysisStage, {
    view: OverviewView,
    i18n,
    db,
    tables: known,
    scope,
    params,
    onselect,
    onexport,
  });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeInTheDocument();
  return { onselect, onexport, view };
}

const number = (text: string | null | undefined): number => Number((text ?? '').replaceAll(/[^0-9]/g, ''));
const nameOf = (mark: Element | null): string => mark?.getAttribute('aria-label') ?? '';

async function count(members: Sql | undefined): Promise<number> {
  const statement = new Sql([`SELECT count(DISTINCT customer_key) AS n FROM (${printSql(members ?? sql``)})`], []);
  return (await db.query(statement, { n: 'integer' }))[0]?.n ?? -1;
}

it('says the revenue, its change and where that comes from, and opens the customers of that place', async () => {
  const { onselect } = await show();
  const verdict = page.getByRole('heading', { level: 1 });
  await expect
    .element(verdict)
    .toHaveTextContent(
      /^From 2024-01-01 through 2024-12-31, revenue came to [\d.]+K in 2,928 orders, [\d.]+% (more|less) than the [\d.]+K of the period before\. Most of the fall comes from channel store: −[\d.]+K, more than all of it, because others went the other way\.$/,
    );
  const place = verdict.getByRole('button');
  await place.click();
  expect(onselect.mock.lastCall?.[0].title).toBe('Channel: store · 2023-01-01 – 2023-12-31');
  const members = await db.query(
    sql`SELECT count(DISTINCT customer_key) AS n FROM sale_lines WHERE channel = 'store' AND ordered_at < TIMESTAMP '2024-01-01'`,
    { n: 'integer' },
  );
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(members[0]?.n);
});

it('opens from a figure as many customers as it says, and those who came back from the repeat rate', async () => {
  const { onselect, view } = await show();
  const customers = view.container.querySelector<SVGElement>('[data-mark="customers"]');
  const printed = number(/^Customers, ([\d,]+)/.exec(nameOf(customers))?.[1]);
  expect(printed).toBeGreaterThan(500);
  customers?.focus();
  await userEvent.keyboard('{Enter}');
  expect(onselect.mock.lastCall?.[0].title).toBe('Customers with an order · 2024-01-01 – 2024-12-31');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(printed);
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{Enter}');
  expect(onselect.mock.lastCall?.[0].title).toBe('Customers with two orders or more · 2024-01-01 – 2024-12-31');
  const rate = Number(
    /^Repeat rate, ([\d.]+)%/.exec(nameOf(view.container.querySelector('[data-mark="repeatRate"]')))?.[1],
  );
  expect(((await count(onselect.mock.lastCall?.[0].members)) / printed) * 100).toBeCloseTo(rate, 1);
});

it('draws another measure without asking again, and opens the customers of a month from the line', async () => {
  let runs = 0;
  const counted: SaleTables = {
    ...tables,
    lines: () => {
      runs++;
      return tables.lines();
    },
  };
  const { onselect } = await show('en', null, counted);
  await page.getByRole('combobox', { name: 'Over time' }).selectOptions('Customers');
  const line = page.getByRole('slider', { name: 'Customers by month' });
  await expect.element(line).toBeInTheDocument();
  (line.element() as SVGElement).focus();
  await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}{Enter}');
  const printed = number(/This period ([\d,]+)/.exec(line.element().getAttribute('aria-valuetext') ?? '')?.[1]);
  expect(onselect.mock.lastCall?.[0].title).toBe('Customers with an order · 2024-03 · 2024-01-01 – 2024-12-31');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(printed);
  expect(runs).toBe(1);
});

it('breaks revenue down by another label, the thirteenth and later summed up, and opens a row of it', async () => {
  const { onselect, view } = await show();
  await page.getByRole('combobox', { name: 'Broken down by' }).selectOptions('Category');
  const table = page.getByRole('table', { name: 'Revenue by category, in figures' });
  await expect.element(table).toBeInTheDocument();
  const row = table.getByRole('row', { name: /^3 others/ });
  const printed = number(row.element().querySelectorAll('td')[3]?.textContent);
  await row.getByRole('button', { name: '3 others' }).click();
  expect(onselect.mock.lastCall?.[0].title).toBe('Category: 3 others · 2024-01-01 – 2024-12-31');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(printed);
  const tea = view.container.querySelector<SVGElement>('[data-mark="=tea"]');
  tea?.focus();
  await userEvent.keyboard('{Enter}');
  expect(onselect.mock.lastCall?.[0].title).toBe('Category: tea · 2024-01-01 – 2024-12-31');
});

it('names the largest rise and fall in words; a fall opens those who bought before', async () => {
  const { onselect, view } = await show();
  // The sentence is also what the figure is described by.
  await expect
    .element(page.getByText(/^The largest rise is .+ The largest fall is channel store: −/).last())
    .toBeVisible();
  const tea = view.container.querySelector<SVGElement>('[data-mark="category/tea"]');
  const printed = number(/Customers before ([\d,]+)/.exec(nameOf(tea))?.[1]);
  tea?.focus();
  await userEvent.keyboard('{Enter}');
  expect(onselect.mock.lastCall?.[0].title).toBe('Category: tea · 2023-01-01 – 2023-12-31');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(printed);
});

it('says that there is nothing to compare with where the data begins with the period, and shows no change', async () => {
  const whole = { span: 'scope', custom: null, against: 'before', customAgainst: null } as const;
  const { view } = await show('en', { periods: whole, measure: 'revenue', breakdown: null });
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent(/no earlier period to compare it with\.$/);
  await expect
    .element(page.getByText('Nothing to compare with: the data begins with this period.').first())
    .toBeVisible();
  expect(view.container.querySelectorAll('.change').length).toBe(0);
});

it('says what is missing where nothing tells revenue apart, and that the period before is only partly there', async () => {
  const unlabelled: SaleTables = {
    ...tables,
    lines: () => Promise.resolve({ hasQuantity: false, hasProduct: false, labels: [] }),
  };
  const custom = { from: '2023-09-01', to: '2024-09-01' };
  const periods = { span: 'custom', custom, against: 'before', customAgainst: null } as const;
  await show('en', { periods, measure: 'revenue', breakdown: null }, unlabelled);
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent(/of the period before\. The data has only a part of the period before\.$/);
  await expect.element(page.getByRole('heading', { name: 'Nothing to break revenue down by' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^Lines per order/ })).toBeVisible();
});

it('offers its tables and statements to take along, and every statement runs', async () => {
  const { onexport } = await show();
  await page.getByRole('button', { name: 'Export' }).click();
  const request = onexport.mock.lastCall?.[0];
  expect(request?.scope).toEqual({ asOf: '2025-01-01', from: '2024-01-01', audience: null });
  expect(request?.tables.map(({ title }) => title)).toEqual([
    'The period in figures',
    'Revenue by month',
    'Customers by month',
    'Orders by month',
    'Average order value by month',
    'Items per order by month',
    'Repeat rate by month',
    'Revenue identified by month',
    'Revenue by channel',
    'Revenue by category',
    'What changed most',
  ]);
  for (const { statement } of request?.statements ?? []) await db.exec(new Sql([printSql(statement)], []));
  expect(request?.statements.length).toBe(6);
});

it.each([
  { theme: 'light', locale: 'en', width: 1280 },
  { theme: 'dark', locale: 'zh', width: 1280 },
  { theme: 'light', locale: 'zh', width: 390 },
  { theme: 'dark', locale: 'en', width: 390 },
] as const)('is accessible and fits: $theme, $locale, $width px', async ({ theme, locale, width }) => {
  document.documentElement.dataset['theme'] = theme;
  await page.viewport(width, 900);
  await show(locale);
  await expect.element(page.getByRole('slider')).toBeInTheDocument();
  expect(await findAccessibilityViolations(document.body)).toEqual([]);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
});
