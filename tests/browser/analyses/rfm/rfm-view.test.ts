import { page, userEvent } from 'vitest/browser';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { AnalysisExport, CustomerSelection, Scope, SelectionWords } from '../../../../src/analyses/analysis';
import RfmView from '../../../../src/analyses/rfm/RfmView.svelte';
import { printSql, sql, Sql } from '../../../../src/core/sql';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import { spawnClassicWorker, watchWorker } from '../../../../src/workers/spawn';
import { findAccessibilityViolations } from '../../gallery/accessibility';
import AnalysisStage from '../AnalysisStage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const scope: Scope = { asOf: '2024-07-01', from: null, audience: null };

/** 2,000 customers over two years: frequency and spending differ, a fifth have stopped coming. */
beforeAll(async () => {
  await db.exec(
    sql`CREATE TABLE customers AS SELECT CAST(i AS INTEGER) AS customer_key, printf('c%05d', i) AS customer_id FROM range(2010) t(i)`,
  );
  await db.exec(sql`CREATE TABLE purchases AS
    SELECT CAST(c * 20 + o AS INTEGER) AS order_key, CAST(c AS INTEGER) AS customer_key,
      TIMESTAMP '2022-07-01' + to_days(CAST(hash(c * 31 + o) % (CASE WHEN c % 5 = 0 THEN 500 ELSE 730 END) AS INTEGER)) AS ordered_at,
      CAST(((hash(c * 7 + o) % 9000) + 500) * (1 + c % 9) / 100 AS DECIMAL(18, 2)) AS amount, TRUE AS is_purchase
    FROM range(2000) customers(c), range(12) orders(o) WHERE o <= c % 12`);
});
afterAll(() => db.close());
beforeEach(async () => {
  await page.viewport(1280, 900);
  document.documentElement.dataset['theme'] = 'light';
});

async function show(locale: 'en' | 'zh' = 'en') {
  const i18n = new I18n(locale);
  const onselect = vi.fn<(selection: CustomerSelection, words?: SelectionWords) => void>();
  const onexport = vi.fn<(request: AnalysisExport) => void>();
  const view = await render(AnalysisStage, {
    view: RfmView,
    i18n,
    db,
    scope,
    revision: 1,
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

it('opens from a row of the table as many customers as the row says, and marks the segment in the charts', async () => {
  const { onselect, view } = await show();
  const row = page.getByRole('table', { name: 'The segments in figures' }).getByRole('row', { name: /^Champions/ });
  const printed = number(row.element().querySelectorAll('td')[1]?.textContent);
  await row.getByRole('button', { name: 'Champions' }).click();
  expect(onselect.mock.lastCall?.[0]).toMatchObject({ title: 'Champions', color: 'var(--seg-1)' });
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(printed);
  expect(onselect.mock.lastCall?.[1]?.advice).toContain('Thank them by name');
  expect(view.container.querySelector('[data-mark="champions"][aria-pressed="true"]')).not.toBeNull();
  expect(view.container.querySelectorAll('.mark.dimmed').length).toBeGreaterThan(10);
});

it('opens from a square of the grid the customers of that pair of scores', async () => {
  const { onselect, view } = await show();
  const mark = view.container.querySelector<SVGElement>('[data-mark="5/5"]');
  mark?.focus();
  await userEvent.keyboard('{Enter}');
  expect(onselect.mock.lastCall?.[0].title).toBe('R 5 · FM 5');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(
    number(/Customers ([\d,]+)/.exec(mark?.getAttribute('aria-label') ?? '')?.[1]),
  );
});

it('opens from a bar of a histogram the customers it counts, under the values it stands for', async () => {
  const { onselect } = await show();
  const frequency = page.getByRole('group', { name: 'Frequency', exact: true });
  const once = frequency.getByRole('button', { name: /^1, Customers/ });
  await expect.element(once).toBeInTheDocument();
  (once.element() as SVGElement).focus();
  await userEvent.keyboard('{Enter}');
  expect(onselect.mock.lastCall?.[0].title).toBe('Frequency · 1');
  const printed = number(/Customers ([\d,]+)/.exec(once.element().getAttribute('aria-label') ?? '')?.[1]);
  expect(printed).toBeGreaterThan(0);
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(printed);
  await userEvent.keyboard('{ArrowRight}{Enter}');
  expect(onselect.mock.lastCall?.[0].title).toBe('Frequency · 2');
});

it('turns equal parts into thresholds when a cut is moved by the keyboard, and names customers anew', async () => {
  await show();
  const slider = page.getByRole('group', { name: 'Recency', exact: true }).getByRole('slider').first();
  await expect.element(slider).toBeVisible();
  const before = slider.element().getAttribute('aria-valuenow');
  (slider.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(page.getByRole('radio', { name: 'thresholds' })).toBeChecked();
  await expect.element(slider).toHaveAttribute('aria-valuenow', String(Number(before) + 1));
  await page.getByRole('button', { name: 'Use the recommendation' }).click();
  await expect.element(page.getByRole('radio', { name: 'equal parts' })).toBeChecked();
});

it('compares with an earlier date, and opens who moved', async () => {
  const { onselect, view } = await show();
  await page.getByLabelText('Compare with').fill('2024-01-01');
  await expect.element(page.getByRole('heading', { name: /Who moved, January 1, 2024 to July 1, 2024/ })).toBeVisible();
  const flow = view.container.querySelector<SVGElement>(
    'figure [data-mark*="champions"][aria-label*="→"], figure [role="button"][aria-label*="→"]',
  );
  flow?.focus();
  await userEvent.keyboard('{Enter}');
  expect(onselect.mock.lastCall?.[0].title).toContain(' → ');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBeGreaterThan(0);
});

it('finds the gap that an edited rule leaves, keeps its customers in sight and restores the standard rules', async () => {
  await show();
  await page.getByText('The rules behind the names').click();
  await expect.element(page.getByText('All 125 combinations of scores have exactly one name.')).toBeVisible();
  await page.getByLabelText('New: Recency, to').selectOptions('4');
  await expect.element(page.getByText(/combinations have no name/)).toBeVisible();
  await expect
    .element(page.getByRole('table', { name: 'The segments in figures' }).getByRole('row', { name: /^No rule/ }))
    .toBeVisible();
  await page.getByRole('button', { name: 'Back to the standard rules' }).click();
  await expect.element(page.getByText('All 125 combinations of scores have exactly one name.')).toBeVisible();
});

it('reads in Chinese with the eight classes, and in another language when it changes', async () => {
  const { i18n } = await show('zh');
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('五分之一的客户带来');
  await expect
    .element(page.getByRole('table', { name: '分群数据表' }).getByRole('row', { name: /重点挽留/ }))
    .toBeVisible();
  i18n.setLocale('en');
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('A fifth of the customers bring');
});

it('prints the statement behind each figure and the method, and offers the export', async () => {
  const { onexport } = await show();
  await page.getByRole('button', { name: 'Show SQL' }).click();
  await expect.element(page.getByText('FROM purchases').first()).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await page.getByRole('button', { name: 'Method' }).click();
  await expect.element(page.getByText('How RFM is computed here')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await page.getByRole('button', { name: 'Export' }).click();
  expect(onexport.mock.lastCall?.[0].segmentNames).toMatchObject({
    'cant-lose': "Can't lose",
    prospects: 'No order yet',
  });
});

it('has nothing that axe-core objects to, in both themes and languages', async () => {
  const { i18n, view } = await show();
  await page.getByText('The rules behind the names').click();
  await page.getByText('What a cut decides').click();
  for (const [locale, theme] of [
    ['en', 'light'],
    ['zh', 'dark'],
  ] as const) {
    i18n.setLocale(locale);
    document.documentElement.lang = locale;
    document.documentElement.dataset['theme'] = theme;
    // Colours fade from one theme to the other; what counts is where they arrive.
    await Promise.all(document.getAnimations().map(({ finished }) => finished));
    expect(await findAccessibilityViolations(view.container)).toEqual([]);
  }
});

it('says so when the engine has no memory left for it, what to choose instead, and runs again once there is', async () => {
  // Fills the engine with ever smaller pieces, until not one more block has room.
  await db.exec(sql`CREATE TABLE ballast (text VARCHAR)`);
  for (const megabytes of [200, 20, 2, 1]) {
    const fill = () =>
      db.exec(sql`INSERT INTO ballast SELECT repeat('x', 250000) || range FROM range(${4 * megabytes})`);
    let isFull = false;
    while (!isFull)
      isFull = await fill().then(
        () => false,
        () => true,
      );
  }
  const onselect = vi.fn<(selection: CustomerSelection, words?: SelectionWords) => void>();
  const view = await render(AnalysisStage, {
    view: RfmView,
    i18n: new I18n('en'),
    db,
    scope,
    revision: 1,
    onselect,
  });
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(
      'There was not enough memory for this. What is loaded is intact. Choose a shorter period or an audience',
    );
  expect(page.getByRole('progressbar').elements()).toEqual([]);
  await db.exec(sql`DROP TABLE ballast`);
  await page.getByRole('alert').getByRole('button').click();
  await expect.element(page.getByRole('table', { name: 'The segments in figures' })).toBeVisible();
  expect(page.getByRole('alert').elements()).toEqual([]);
  await view.unmount();
});
