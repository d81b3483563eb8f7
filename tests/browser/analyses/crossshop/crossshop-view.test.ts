import { page, userEvent } from 'vitest/browser';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { AnalysisExport, CustomerSelection, Scope } from '../../../../src/analyses/analysis';
import CrossShopView from '../../../../src/analyses/crossshop/CrossShopView.svelte';
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
  lines: () => Promise.resolve({ hasQuantity: true, hasProduct: false, labels: ['category', 'channel'] }),
  attributes: () => Promise.reject(new Error('no attributes are needed')),
};

/** 200 customers, an order of 10 in each value that divides their number: Tea by 1, Cups by 2, Salt by 3, Oil by 5. */
beforeAll(async () => {
  await db.exec(
    sql`CREATE TABLE customers AS SELECT CAST(i AS INTEGER) AS customer_key, printf('c%05d', i) AS customer_id FROM range(200) t(i)`,
  );
  await db.exec(sql`CREATE TABLE sale_lines AS
    SELECT CAST(10 * i + step AS INTEGER) AS order_key, CAST(i AS INTEGER) AS customer_key, TIMESTAMP '2024-05-01' AS ordered_at,
      CAST(10 AS DECIMAL(18, 2)) AS amount, CAST(1 AS DECIMAL(18, 0)) AS quantity, TRUE AS is_purchase, category, channel
    FROM range(200) t(i), (VALUES (1, 'Tea', 'Store'), (2, 'Cups', 'App'), (3, 'Salt', 'Mini-program'), (5, 'Oil', 'Store')) v(step, category, channel)
    WHERE i % step = 0`);
  await db.exec(
    sql`CREATE TABLE purchases AS SELECT order_key, customer_key, ordered_at, amount, is_purchase FROM sale_lines`,
  );
});
afterAll(() => db.close());
beforeEach(async () => {
  await page.viewport(1280, 900);
  document.documentElement.dataset['theme'] = 'light';
});

async function show(locale: 'en' | 'zh' = 'en', with_: SaleTables = tables) {
  const i18n = new I18n(locale);
  const onselect = vi.fn<(selection: CustomerSelection) => void>();
  const onexport = vi.fn<(request: AnalysisExport) => void>();
  const view = await render(AnalysisStage, {
    view: CrossShopView,
    i18n,
    db,
    scope,
    tables: with_,
    onselect,
    onexport,
  });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeInTheDocument();
  return { i18n, onselect, onexport, view };
}

async function count(members: Sql | undefined): Promise<number> {
  const statement = new Sql([`SELECT count(DISTINCT customer_key) AS n FROM (${printSql(members ?? sql``)})`], []);
  return (await db.query(statement, { n: 'integer' }))[0]?.n ?? -1;
}

it('begins with the three largest, and opens the customers of every figure', async () => {
  const { onselect, view } = await show();
  // Of 0 to 199, those divided by 2 or 3: 100 + 67 - 34 = 133 buy Tea and another; they are two thirds.
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('67% of the customers buy in two or more of Tea, Cups, and Salt');
  await page.getByRole('button', { name: '67% of the customers' }).click();
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(133);
  // Everyone buys Tea, so both other circles lie in its own.
  view.container.querySelector<SVGElement>('figure [data-mark="7"]')?.focus();
  await userEvent.keyboard('{Enter}');
  expect(onselect.mock.lastCall?.[0].title).toBe('Tea, Cups, and Salt');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(34);
  await page.getByRole('button', { name: /^Only Tea and Cups, Customers 66, Of customers/ }).click();
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(66);
  await page.getByRole('button', { name: /^Cups · Salt, Share 34%/ }).click();
  expect(onselect.mock.lastCall?.[0].title).toBe('Cups and Salt, whatever else');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(34);
  await page
    .getByRole('table', { name: 'By how many sets a customer buys in' })
    .getByRole('button', { name: 'In 1 of them' })
    .click();
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(67);
});

it('adds a set, counts two values as one, and goes back', async () => {
  await show();
  await page.getByLabelText('Add a set').selectOptions('Oil');
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Tea, Cups, Salt, and Oil');
  await expect.element(page.getByText('How the sets overlap')).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Remove Tea' }).click();
  await page.getByRole('button', { name: 'Remove Oil' }).click();
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('17% of the customers buy in both Cups and Salt');
  await page.getByLabelText('Count together with Cups').selectOptions('Oil');
  // Divided by 2 or 5, and by 3: 34 + 14 - 7 = 41 of 200.
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('21% of the customers buy in both Cups + Oil and Salt');
  await page.getByRole('button', { name: 'Back to the largest' }).click();
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Tea, Cups, and Salt');
});

it('sets online against store where the channels say which is which', async () => {
  const { onselect } = await show();
  await page.getByLabelText('By', { exact: true }).selectOptions('channel');
  await page.getByRole('button', { name: 'Online against store' }).click();
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('67% of the customers buy in both App + Mini-program and Store');
  await page.getByRole('button', { name: '67% of the customers' }).click();
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(133);
});

it('says which file would bring what is missing', async () => {
  const none: SaleTables = {
    ...tables,
    lines: () => Promise.resolve({ hasQuantity: false, hasProduct: false, labels: [] }),
  };
  await show('zh', none);
  await expect.element(page.getByText('订单行中没有品类、品牌或渠道')).toBeVisible();
});

it('exports its tables with the lines they read, and has nothing that axe-core objects to', async () => {
  const { i18n, onexport, view } = await show();
  await page.getByRole('button', { name: 'Export' }).click();
  expect(onexport.mock.lastCall?.[0]).toMatchObject({ reads: ['sale_lines'] });
  expect(onexport.mock.lastCall?.[0].tables.map(({ table }) => table.rows.length)).toEqual([4, 4, 6]);
  expect(await findAccessibilityViolations(view.container)).toEqual([]);
  i18n.setLocale('zh');
  document.documentElement.dataset['theme'] = 'dark';
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('67% 的客户在Tea、Cups和Salt中的两项及以上购买');
  await Promise.all(document.getAnimations().map(({ finished }) => finished));
  expect(await findAccessibilityViolations(view.container)).toEqual([]);
});
