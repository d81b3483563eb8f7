import { page, userEvent } from 'vitest/browser';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { AnalysisExport, CustomerSelection, Scope } from '../../../../src/analyses/analysis';
import ConcentrationView from '../../../../src/analyses/concentration/ConcentrationView.svelte';
import { printSql, sql, Sql } from '../../../../src/core/sql';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import { spawnClassicWorker, watchWorker } from '../../../../src/workers/spawn';
import { findAccessibilityViolations } from '../../gallery/accessibility';
import AnalysisStage from '../AnalysisStage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const scope: Scope = { asOf: '2024-07-01', from: null, audience: null };

/** 400 customers: the first 100 spend 30 each, the others 10 each, in one order; one has a refund alone. */
beforeAll(async () => {
  await db.exec(
    sql`CREATE TABLE customers AS SELECT CAST(i AS INTEGER) AS customer_key, printf('c%05d', i) AS customer_id FROM range(401) t(i)`,
  );
  await db.exec(sql`CREATE TABLE purchases AS
    SELECT CAST(i AS INTEGER) AS order_key, CAST(i AS INTEGER) AS customer_key, TIMESTAMP '2024-05-01' AS ordered_at,
      CAST(CASE WHEN i < 100 THEN 30 WHEN i < 400 THEN 10 ELSE -5 END AS DECIMAL(18, 2)) AS amount, i < 400 AS is_purchase
    FROM range(401) t(i)`);
});
afterAll(() => db.close());
beforeEach(async () => {
  await page.viewport(1280, 900);
  document.documentElement.dataset['theme'] = 'light';
});

async function show(locale: 'en' | 'zh' = 'en') {
  const i18n = new I18n(locale);
  const onselect = vi.fn<(selection: CustomerSelection) => void>();
  const onexport = vi.fn<(request: AnalysisExport) => void>();
  const view = await render(AnalysisStage, { view: ConcentrationView, i18n, db, scope, onselect, onexport });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeInTheDocument();
  return { i18n, onselect, onexport, view };
}

async function count(members: Sql | undefined): Promise<number> {
  const statement = new Sql([`SELECT count(DISTINCT customer_key) AS n FROM (${printSql(members ?? sql``)})`], []);
  return (await db.query(statement, { n: 'integer' }))[0]?.n ?? -1;
}

it('says what the top brings, and opens as many customers as each figure stands for', async () => {
  const { onselect } = await show();
  // 80 of 400 at 30 = 2,400 of 6,000; half of it, 3,000, is reached with 100.
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('The top 20% of customers bring 40% of revenue; half of the total comes from 25% of customers.');
  await page.getByRole('button', { name: 'The top 20% of customers' }).click();
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(80);
  await page.getByRole('button', { name: '25% of customers' }).click();
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(100);
  const table = page.getByRole('table', { name: 'The classes in figures' });
  await table.getByRole('button', { name: 'Medium' }).click();
  expect(onselect.mock.lastCall?.[0].title).toBe('Medium · 20–50% of customers');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(120);
  await page.getByRole('button', { name: '1 customer with refunds or cancelled orders only' }).click();
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(1);
});

it('answers a dragged limit from the page and asks the engine when it is let go', async () => {
  const { onselect } = await show();
  const query = vi.spyOn(db, 'query');
  const handle = page.getByRole('slider').first().element();
  const box = handle.getBoundingClientRect();
  const from = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, pointerId: 1, bubbles: true };
  // A synthetic pointer cannot be captured; the moves are sent to the handle itself.
  Object.assign(handle, { setPointerCapture: () => undefined });
  const send = (type: string, x: number) => handle.dispatchEvent(new PointerEvent(type, { ...from, clientX: x }));
  const percentWide = (page.getByRole('slider').nth(1).element().getBoundingClientRect().left - box.left) / 30;
  send('pointerdown', from.clientX);
  for (let percent = 1; percent <= 5; percent++) send('pointermove', from.clientX + percent * percentWide);
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('The top 25% of customers bring 50%');
  expect(query).not.toHaveBeenCalled();
  send('pointerup', from.clientX + 5 * percentWide);
  const table = page.getByRole('table', { name: 'The classes in figures' });
  await expect.element(table.getByRole('row', { name: /Heavy/ })).toHaveTextContent(/100.*50\.0%/);
  expect(query).toHaveBeenCalled();
  query.mockRestore();
  await table.getByRole('button', { name: 'Heavy' }).click();
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(100);
});

it('moves a limit by the arrow keys, opens an area by Enter, and refuses limits that run down', async () => {
  const { onselect, view } = await show();
  (page.getByRole('slider').first().element() as SVGElement).focus();
  await userEvent.keyboard('{ArrowRight}{PageUp}');
  await expect.element(page.getByLabelText('Heavy: the first')).toHaveValue(22.75);
  view.container.querySelector<SVGElement>('[data-mark="light"]')?.focus();
  await userEvent.keyboard('{Enter}');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(200);
  await page.getByLabelText('Medium: up to').fill('10');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Each limit must be above the one before it')).toBeVisible();
  await page.getByRole('button', { name: 'Back to 20 and 50%' }).click();
  await expect.element(page.getByLabelText('Heavy: the first')).toHaveValue(20);
});

it('measures orders, reads in Chinese, exports its tables, and has nothing that axe-core objects to', async () => {
  const { i18n, onexport, view } = await show();
  await page.getByRole('radio', { name: 'Orders' }).click();
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('bring 20% of orders');
  await page.getByRole('button', { name: 'Export' }).click();
  expect(onexport.mock.lastCall?.[0].tables.map(({ table }) => table.rows.length)).toEqual([3, 400]);
  expect(await findAccessibilityViolations(view.container)).toEqual([]);
  i18n.setLocale('zh');
  document.documentElement.dataset['theme'] = 'dark';
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('前 20% 的客户带来 20% 的订单');
  await Promise.all(document.getAnimations().map(({ finished }) => finished));
  expect(await findAccessibilityViolations(view.container)).toEqual([]);
});
