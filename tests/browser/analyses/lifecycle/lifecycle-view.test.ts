import { page, userEvent } from 'vitest/browser';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { AnalysisExport, CustomerSelection, Scope } from '../../../../src/analyses/analysis';
import type { LifecycleParams } from '../../../../src/analyses/lifecycle/lifecycle-params';
import LifecycleView from '../../../../src/analyses/lifecycle/LifecycleView.svelte';
import { confirmedSql, printSql, sql, type Sql } from '../../../../src/core/sql';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import { spawnClassicWorker, watchWorker } from '../../../../src/workers/spawn';
import { findAccessibilityViolations } from '../../gallery/accessibility';
import AnalysisStage from '../AnalysisStage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const scope: Scope = { asOf: '2024-12-15', from: null, audience: null };

/** A year of 700 customers who buy at random. */
beforeAll(async () => {
  await db.exec(sql`CREATE TABLE purchases AS
    SELECT CAST(o AS INTEGER) AS order_key, CAST(hash(o) % 700 AS INTEGER) AS customer_key,
      TIMESTAMP '2024-01-01' + to_hours(CAST(hash(o * 7) % 8400 AS INTEGER)) AS ordered_at,
      CAST(1 + hash(o * 3) % 200 AS DECIMAL(18, 2)) AS amount, TRUE AS is_purchase
    FROM range(3000) orders(o)`);
});
afterAll(() => db.close());
beforeEach(async () => {
  await page.viewport(1280, 900);
  document.documentElement.dataset['theme'] = 'light';
});

async function show(locale: 'en' | 'zh' = 'en', at: Scope = scope) {
  const i18n = new I18n(locale);
  const onselect = vi.fn<(selection: CustomerSelection) => void>();
  const onexport = vi.fn<(request: AnalysisExport) => void>();
  const onparams = vi.fn<(params: object) => void>();
  const view = await render(AnalysisStage, { view: LifecycleView, i18n, db, scope: at, onselect, onexport, onparams });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeInTheDocument();
  return { onselect, onexport, onparams, view };
}

const number = (text: string | null | undefined): number =>
  Number(/([\d,]+)\D*$/.exec(text ?? '')?.[1]?.replaceAll(',', ''));

async function count(members: Sql | undefined): Promise<number> {
  const statement = sql`SELECT count(DISTINCT customer_key) AS n FROM (${confirmedSql(printSql(members ?? sql``))})`;
  return (await db.query(statement, { n: 'integer' }))[0]?.n ?? -1;
}

it('says who bought in the last complete month and who stayed away, and opens them', async () => {
  const { onselect } = await show();
  const verdict = page.getByRole('heading', { level: 1 });
  await expect
    .element(verdict)
    .toHaveTextContent(
      /^In 2024-11, \d+ customers bought: \d+ new, \d+ returning, \d+ resurrected\. Of those of the month before, \d+ stayed away: for each of them, \d\.\d\d came new or back\.$/,
    );
  for (const button of verdict.getByRole('button').all()) {
    await button.click();
    expect(await count(onselect.mock.lastCall?.[0].members)).toBe(number(button.element().textContent));
  }
  expect(onselect.mock.calls.map(([selection]) => selection.title)).toEqual(['Bought in 2024-11', 'Dormant, 2024-11']);
});

it('opens from a piece of a column, a band of the flow and a row as many customers as they say', async () => {
  const { onselect, view } = await show();
  for (const key of ['2024-06-01/resurrected', '2024-12-01/dormant', 'dormant/away']) {
    const mark = view.container.querySelector<SVGElement>(`[data-mark="${key}"]`);
    mark?.focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => mark?.getAttribute('aria-pressed')).toBe('false');
    const said = (mark?.getAttribute('aria-label') ?? '').replace(', not complete yet', '');
    expect(await count(onselect.mock.lastCall?.[0].members)).toBe(number(said));
  }
  const row = page.getByRole('row', { name: /2024-06/ });
  await row.getByRole('button').click();
  const bought = row.element().querySelectorAll('td, th')[1]?.textContent;
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(number(bought));
});

it('marks the month that is not over, counts by another period and keeps what was chosen', async () => {
  const { onparams, view } = await show();
  await expect.element(page.getByRole('row', { name: '2024-12, not complete' })).toBeInTheDocument();
  expect(view.container.querySelectorAll('[data-mark^="2024-12-01/"] [fill*="hatch"]').length).toBe(4);
  await page.getByRole('radio', { name: 'quarter' }).click();
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(/^In 2024 Q3, /);
  await page.getByRole('radio', { name: 'revenue' }).click();
  const wanted: LifecycleParams = { grain: 'quarter', measure: 'revenue', flowInto: null };
  await expect.poll(() => onparams.mock.lastCall?.[0]).toEqual(wanted);
  const piece = (): string =>
    view.container.querySelector('[data-mark="2024-07-01/new"]')?.getAttribute('aria-label') ?? '';
  await expect.poll(piece).toMatch(/^2024 Q3 · New, revenue [\d,]+\.00$/);
});

it('tells active from lapsed, and offers everything to take along', async () => {
  const { onselect, onexport } = await show();
  const active = page.getByRole('button', { name: /^\d+ active$/ });
  const lapsed = page.getByRole('button', { name: /^\d+ lapsed$/ });
  await active.click();
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(number(active.element().textContent));
  await lapsed.click();
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(number(lapsed.element().textContent));
  await page.getByRole('button', { name: 'Export' }).click();
  const request = onexport.mock.lastCall?.[0];
  expect(request?.tables.map(({ title }) => title)).toEqual([
    'The periods in figures',
    'Customers, orders and revenue by state',
    'From one period to the next',
  ]);
  for (const { statement } of request?.statements ?? []) await db.exec(confirmedSql(printSql(statement)));
});

it('says that nobody bought where nobody did', async () => {
  await show('zh', { ...scope, asOf: '2023-01-01' });
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('这段时间没有人购买，因此没有生命周期可看。');
});

it('says that nobody bought also where many had done so before', async () => {
  await show('en', { ...scope, asOf: '2026-02-01', from: '2026-01-01' });
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('Nobody bought in this period, so there is no life cycle to look at.');
});

it.each([
  ['light', 'en', 1280],
  ['dark', 'zh', 390],
] as const)('is accessible and fits: %s, %s, %d px', async (theme, locale, width) => {
  document.documentElement.dataset['theme'] = theme;
  await page.viewport(width, 900);
  const { view } = await show(locale);
  await expect.poll(() => view.container.querySelectorAll('figure').length).toBe(3);
  expect(await findAccessibilityViolations(document.body)).toEqual([]);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
});
