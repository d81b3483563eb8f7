import { page, userEvent } from 'vitest/browser';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { AnalysisExport, CustomerSelection, Scope, SharedSettings } from '../../../../src/analyses/analysis';
import RhythmView from '../../../../src/analyses/rhythm/RhythmView.svelte';
import { confirmedSql, printSql, sql, type Sql } from '../../../../src/core/sql';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import { spawnClassicWorker, watchWorker } from '../../../../src/workers/spawn';
import { findAccessibilityViolations } from '../../gallery/accessibility';
import AnalysisStage from '../AnalysisStage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const scope: Scope = { asOf: '2025-01-01', from: null, audience: null };

/** A year of 400 customers who buy at random by day and hour, with a holiday and a campaign. */
beforeAll(async () => {
  await db.exec(sql`CREATE TABLE purchases AS
    SELECT CAST(o AS INTEGER) AS order_key, CAST(hash(o) % 400 AS INTEGER) AS customer_key,
      TIMESTAMP '2024-01-01' + to_hours(CAST(hash(o * 7) % 8700 AS INTEGER)) AS ordered_at,
      CAST(1 + hash(o * 3) % 200 AS DECIMAL(18, 2)) AS amount, TRUE AS is_purchase
    FROM range(3000) orders(o)`);
  await db.exec(sql`CREATE TABLE external_series AS
    SELECT TIMESTAMP '2024-05-01' AS starts_at, CAST(NULL AS TIMESTAMP) AS ends_at, 'Labour Day' AS series, CAST(NULL AS DECIMAL(18, 1)) AS value
    UNION ALL SELECT TIMESTAMP '2024-11-01', TIMESTAMP '2024-11-11', '<b>Double 11</b>', 25`);
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
  const setChurnWindow = vi.fn<(days: number | null) => void>();
  const shared: SharedSettings = { churnWindowDays: null, setChurnWindow, audiences: [] };
  const props = { view: RhythmView, i18n, db, scope: at, shared, onselect, onexport };
  const view = await render(AnalysisStage, props);
  await expect.element(page.getByRole('heading', { level: 1 })).toBeInTheDocument();
  return { onselect, onexport, setChurnWindow, view };
}

async function count(members: Sql | undefined): Promise<number> {
  const statement = sql`SELECT count(DISTINCT customer_key) AS n FROM (${confirmedSql(printSql(members ?? sql``))})`;
  return (await db.query(statement, { n: 'integer' }))[0]?.n ?? -1;
}

const customersOf = (mark: Element | null): number =>
  Number(/customers ([\d,]+)/.exec(mark?.getAttribute('aria-label') ?? '')?.[1]?.replaceAll(',', ''));

it('says within how many days four in five come back, and follows the line while it is moved', async () => {
  const { setChurnWindow } = await show();
  const verdict = page.getByRole('heading', { level: 1 });
  await expect
    .element(verdict)
    .toHaveTextContent(
      /^Of those who came back, 8\d% did so within \d+ days\. After a first purchase, \d+% bought again; after purchase 3, \d+%\.$/,
    );
  const line = page.getByRole('slider');
  const days = Number(line.element().getAttribute('aria-valuenow'));
  (line.element() as SVGElement).focus();
  await userEvent.keyboard('{PageDown}');
  await expect.element(verdict).toHaveTextContent(new RegExp(`within ${days - 10} days`));
  expect(setChurnWindow.mock.lastCall).toEqual([days - 10]);
  await expect.element(page.getByRole('spinbutton')).toHaveValue(days - 10);
  await page.getByRole('button', { name: `Use the data’s ${days} days` }).click();
  expect(setChurnWindow.mock.lastCall).toEqual([null]);
  await expect.element(verdict).toHaveTextContent(new RegExp(`8\\d% did so within ${days} days`));
});

it('takes a window that is typed, and none that is no number of days', async () => {
  const { setChurnWindow } = await show();
  const field = page.getByRole('spinbutton');
  await field.fill('30');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => setChurnWindow.mock.lastCall).toEqual([30]);
  await expect.element(page.getByText('Set by hand. It holds on every page.')).toBeVisible();
  await expect.element(page.getByText(/n-th purchase is at least 30 days old/)).toBeVisible();
  await field.fill('0');
  await userEvent.keyboard('{Enter}');
  expect(setChurnWindow.mock.lastCall).toEqual([30]);
});

it('opens from a bar, an hour and a day as many customers as they say', async () => {
  const { onselect, view } = await show();
  const frames = [...view.container.querySelectorAll('figure')];
  const titles = frames.map((frame) => frame.querySelector('.title')?.textContent);
  expect(titles).toEqual([
    'Days between purchases',
    'Purchases per customer',
    'Chance of a next purchase',
    'Hour and weekday',
    'Day by day',
  ]);
  for (const [frame, key] of [
    [0, '2'],
    [1, '4'],
    [2, '1'],
    [3, '3/14'],
    [4, '2024-05-01'],
  ] as const) {
    const mark = frames[frame]?.querySelector<SVGElement>(`[data-mark="${key}"]`) ?? null;
    mark?.focus();
    await userEvent.keyboard('{Enter}');
    const said = frame === 2 ? customersOfChance(mark) : customersOf(mark);
    expect(said).toBeGreaterThan(0);
    expect(await count(onselect.mock.lastCall?.[0].members)).toBe(said);
  }
});

function customersOfChance(mark: Element | null): number {
  return Number(/· ([\d,]+)$/.exec(mark?.getAttribute('aria-label') ?? '')?.[1]?.replaceAll(',', ''));
}

it('frames the days with a name and sets them against usual ones; their names are text', async () => {
  const { view, onselect } = await show();
  const day = view.container.querySelector('[data-mark="2024-05-01"]');
  expect(day?.getAttribute('aria-label')).toMatch(/^2024-05-01, Wed, orders \d+, .*holiday Labour Day$/);
  expect(day?.querySelector('.strong')).not.toBeNull();
  expect(view.container.querySelectorAll('.weak').length).toBe(12);
  const row = page.getByRole('row', { name: /<b>Double 11<\/b>/ });
  await row.getByRole('button').click();
  const [bought] = await db.query(
    sql`SELECT count(DISTINCT customer_key) AS n FROM purchases WHERE ordered_at >= TIMESTAMP '2024-11-01' AND ordered_at < TIMESTAMP '2024-11-12'`,
    { n: 'integer' },
  );
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(bought?.n);
});

it('offers everything to take along, in statements that run as they stand', async () => {
  const { onexport } = await show();
  await page.getByRole('button', { name: 'Export' }).click();
  const request = onexport.mock.lastCall?.[0];
  expect(request?.tables.length).toBe(6);
  expect(request?.reads).toEqual(['external_series']);
  for (const { statement } of request?.statements ?? []) await db.exec(confirmedSql(printSql(statement)));
});

it('says so where there is nothing to measure', async () => {
  await show('zh', { ...scope, asOf: '2023-01-01' });
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('这段时间没有人购买，因此没有节奏可看。');
});

it.each([
  ['light', 'en', 1280],
  ['dark', 'zh', 390],
] as const)('is accessible and fits: %s, %s, %d px', async (theme, locale, width) => {
  document.documentElement.dataset['theme'] = theme;
  await page.viewport(width, 900);
  const { view } = await show(locale);
  await expect.poll(() => view.container.querySelectorAll('figure').length).toBe(5);
  expect(await findAccessibilityViolations(document.body)).toEqual([]);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
});
