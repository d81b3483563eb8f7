import { page, userEvent } from 'vitest/browser';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { CustomerSelection, Keep, Scope } from '../../../../src/analyses/analysis';
import { COHORT_DEFAULTS } from '../../../../src/analyses/cohort/cohort-params';
import { RFM_DEFAULTS, type RfmParams } from '../../../../src/analyses/rfm/rfm-params';
import { printSql, sql, Sql } from '../../../../src/core/sql';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import { Dashboard } from '../../../../src/state/dashboard.svelte';
import type { PinnedChart } from '../../../../src/state/recipe/dashboard-recipe';
import { spawnClassicWorker, watchWorker } from '../../../../src/workers/spawn';
import { findAccessibilityViolations } from '../../gallery/accessibility';
import DashboardStage from './DashboardStage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const scope: Scope = { asOf: '2024-07-01', from: null, audience: null };
/** Limits given by hand, so that a test knows what is moved. */
const BY_CUTS: RfmParams = {
  ...RFM_DEFAULTS,
  scoring: {
    method: 'thresholds',
    bins: 3,
    cuts: { recency: [30, 180], frequency: [2, 5], money: [100, 400] },
  },
};

/** 400 customers over two years; every fifth has stopped coming. */
beforeAll(async () => {
  await db.exec(
    sql`CREATE TABLE customers AS SELECT CAST(i AS INTEGER) AS customer_key, printf('c%05d', i) AS customer_id FROM range(400) t(i)`,
  );
  await db.exec(sql`CREATE TABLE purchases AS
    SELECT CAST(c * 20 + o AS INTEGER) AS order_key, CAST(c AS INTEGER) AS customer_key,
      TIMESTAMP '2022-07-01' + to_days(CAST(hash(c * 31 + o) % (CASE WHEN c % 5 = 0 THEN 500 ELSE 730 END) AS INTEGER)) AS ordered_at,
      CAST(((hash(c * 7 + o) % 9000) + 500) * (1 + c % 9) / 100 AS DECIMAL(18, 2)) AS amount, TRUE AS is_purchase
    FROM range(400) customers(c), range(12) orders(o) WHERE o <= c % 12`);
});
const kept = new Map<string, { close(): void }>();
afterEach(() => closeKept());
afterAll(() => db.close());

/** As when another dataset takes the place of this one. */
function closeKept(): void {
  kept.forEach((session) => session.close());
  kept.clear();
}

beforeEach(async () => {
  await page.viewport(1280, 900);
  document.documentElement.dataset['theme'] = 'light';
});

function pinned(...charts: string[]): Dashboard {
  const dashboard = new Dashboard();
  for (const chart of charts) dashboard.pin({ analysis: 'rfm', chart, params: BY_CUTS });
  return dashboard;
}

async function show(dashboard: Dashboard, within: Scope = scope, locale: 'en' | 'zh' = 'en') {
  const keep: Keep = (name, make) => {
    const there = kept.get(name) ?? make();
    kept.set(name, there);
    return there as ReturnType<typeof make>;
  };
  const onselect = vi.fn<(selection: CustomerSelection) => void>();
  const onopen = vi.fn<(pin: PinnedChart) => void>();
  const onsave = vi.fn<(file: Blob, name: string) => void>();
  const view = await render(DashboardStage, {
    i18n: new I18n(locale),
    db,
    dashboard,
    scope: within,
    keep,
    onselect,
    onopen,
    onsave,
  });
  return { onselect, onopen, onsave, view };
}

const titles = (): string[] =>
  [...document.querySelectorAll('figcaption .title')].map((title) => title.textContent.trim());

/** Waits until the last of so many charts is there. */
async function drawn(count: number): Promise<void> {
  await expect.element(page.getByRole('figure').nth(count - 1)).toBeVisible();
}

async function choose(chart: string, command: string): Promise<void> {
  await page.getByRole('button', { name: `Arrange ${chart}` }).click();
  await page.getByRole('menuitem', { name: command, exact: true }).click();
}

it('says how to pin where nothing is pinned yet', async () => {
  await show(new Dashboard());
  await expect.element(page.getByRole('heading', { level: 1, name: 'Nothing is pinned yet' })).toBeVisible();
  await expect.element(page.getByText('Pin to my dashboard')).toBeVisible();
});

it('shows every chart with its settings, and opens from a mark as many customers as it says', async () => {
  const { onselect } = await show(pinned('bars', 'recency'));
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('2 charts of 400 customers');
  const bar = page.getByRole('group', { name: 'Recency', exact: true }).getByRole('button').first();
  await expect.element(bar).toBeInTheDocument();
  const said = Number(/Customers (\d+)/.exec(bar.element().getAttribute('aria-label') ?? '')?.[1]);
  (bar.element() as SVGElement).focus();
  await userEvent.keyboard('{Enter}');
  const members = onselect.mock.lastCall?.[0].members ?? sql``;
  const [row] = await db.query(new Sql([`SELECT count(*) AS n FROM (${printSql(members)})`], []), { n: 'integer' });
  expect(said).toBeGreaterThan(0);
  expect(row?.n).toBe(said);
});

it('calls audiences by their names where a chart tells them apart', async () => {
  await db.exec(sql`CREATE TABLE IF NOT EXISTS audience_members (audience_id VARCHAR, customer_key INTEGER)`);
  await db.exec(sql`INSERT INTO audience_members SELECT 'a1', CAST(i AS INTEGER) FROM range(200) t(i)`);
  const dashboard = new Dashboard();
  dashboard.pin({ analysis: 'cohort', chart: 'triangle', params: { ...COHORT_DEFAULTS, by: 'audience' } });
  await show(dashboard);
  await expect.element(page.getByRole('figure')).toBeVisible();
  await expect.poll(() => page.getByRole('figure').element().textContent).toContain('Regulars & co · ');
});

it('is put in order by the arrow keys on the grip, and says where the chart is now', async () => {
  const dashboard = pinned('bars', 'recency', 'money');
  await show(dashboard);
  await drawn(3);
  const grip = page.getByRole('button', { name: /^Move Money/ });
  await expect.element(grip).toBeVisible();
  (grip.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowUp}{ArrowUp}');
  await expect.poll(titles).toEqual(['Money', 'Where the revenue sits', 'Recency']);
  await expect.element(grip).toHaveFocus();
  await expect.element(page.getByRole('status').first()).toHaveTextContent('Money is number 1 of 3.');
});

it('is put in order by dragging a grip onto another chart', async () => {
  const dashboard = pinned('bars', 'recency');
  await show(dashboard);
  await drawn(2);
  const target = page.getByRole('figure', { name: 'Where the revenue sits' });
  await page.getByRole('button', { name: /^Move Recency/ }).dropTo(target);
  await expect.poll(titles).toEqual(['Recency', 'Where the revenue sits']);
});

it('keeps title, note and width, and gives a removed chart back with them', async () => {
  const dashboard = pinned('bars', 'recency');
  await show(dashboard);
  await choose('Recency', 'Title and note');
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('How long ago');
  await page.getByRole('textbox', { name: 'Note' }).fill('Two lines\nof <b>text</b>');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect.element(page.getByRole('heading', { name: 'How long ago' })).toBeVisible();
  await choose('How long ago', 'Full width');
  await choose('How long ago', 'Remove from the dashboard');
  await expect.poll(titles).toEqual(['Where the revenue sits']);
  const undo = page.getByRole('button', { name: 'Undo' }).nth(1);
  await expect.element(undo).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('of <b>text</b>')).toBeVisible();
  expect(dashboard.charts[1]).toMatchObject({
    title: 'How long ago',
    note: 'Two lines\nof <b>text</b>',
    width: 'full',
  });
});

it('keeps a limit that is moved in one chart for all of the same settings, and takes it back', async () => {
  const dashboard = pinned('recency', 'bars');
  await show(dashboard);
  const recency = page.getByRole('group', { name: 'Recency', exact: true });
  const slider = recency.getByRole('slider').first();
  await expect.element(slider).toBeVisible();
  const limits = (): unknown => dashboard.charts.map(({ params }) => (params as RfmParams).scoring);
  const before = limits();
  (slider.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  const moved = { ...BY_CUTS.scoring, cuts: { recency: [31, 180], frequency: [2, 5], money: [100, 400] } };
  await expect.poll(limits).toEqual([moved, moved]);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.element(slider).toHaveAttribute('aria-valuenow', '30');
  expect(limits()).toEqual(before);
  expect(dashboard.canUndo).toBe(true);
});

it('saves a report with the charts in order, their numbers only where asked for, and the small ones withheld', async () => {
  const dashboard = pinned('recency', 'bars', 'migration');
  dashboard.setTitle('周一 <例会>');
  dashboard.change('c2', { note: 'Call "them"' });
  const { onsave } = await show(dashboard);
  // The third compares with no earlier day, so it has nothing to show.
  await drawn(2);
  await page.getByRole('button', { name: 'Save as a report' }).click();
  await page.getByRole('menuitem', { name: 'With the numbers under each chart' }).click();
  await expect
    .element(page.getByRole('status').first())
    .toHaveTextContent('Report of 2 charts saved; 1 with nothing to show is not in it.');
  const [file, name] = onsave.mock.lastCall ?? [];
  expect(name).toBe('周一 <例会>.html');
  const text = (await file?.text()) ?? '';
  const report = new DOMParser().parseFromString(text, 'text/html');
  expect(report.querySelector('h1')?.textContent).toBe('周一 <例会>');
  expect([...report.querySelectorAll('h2')].map((title) => title.textContent)).toEqual([
    'Recency',
    'Where the revenue sits',
  ]);
  expect([...report.querySelectorAll('dd')].map((fact) => fact.textContent)).toContain('orders & returns.csv');
  expect(report.querySelectorAll('section > figure > svg')).toHaveLength(2);
  expect(report.querySelectorAll('section > figure > svg rect').length).toBeGreaterThan(10);
  expect(report.querySelector('.note')?.textContent).toBe('Call "them"');
  expect(report.querySelectorAll('script, link, img, iframe, [onclick], [href], [src], [style]')).toHaveLength(0);
  const counts = [...report.querySelectorAll('section:first-child td:last-child')].map((cell) => cell.textContent);
  expect(
    counts.filter((count) => count !== 'withheld').every((count) => Number(count) === 0 || Number(count) >= 5),
  ).toBe(true);
  expect(report.querySelectorAll('table')).toHaveLength(2);

  await page.getByRole('button', { name: 'Save as a report' }).click();
  await page.getByRole('menuitem', { name: 'Charts and notes alone' }).click();
  const alone = new DOMParser().parseFromString((await onsave.mock.lastCall?.[0].text()) ?? '', 'text/html');
  expect(alone.querySelectorAll('table')).toHaveLength(0);
  expect(alone.querySelectorAll('section > figure > svg')).toHaveLength(2);
});

it('says so where nobody bought anything, and what cannot be made for the period', async () => {
  const none = await show(pinned('bars'), { ...scope, asOf: '2020-01-01' });
  await expect.element(page.getByText('Nobody bought anything in this period')).toBeVisible();
  expect(titles()).toEqual([]);
  await none.view.unmount();
  const dashboard = new Dashboard();
  dashboard.pin({ analysis: 'rfm', chart: 'migration', params: { ...BY_CUTS, compareWith: '2025-01-01' } });
  await show(dashboard);
  await expect.element(page.getByText('cannot be made for the period in force')).toBeVisible();
});

it('leaves none of its tables behind', async () => {
  const { view } = await show(pinned('bars'));
  await drawn(1);
  const ofPins = sql`SELECT count(*) AS n FROM duckdb_tables() WHERE contains(table_name, '_pin')`;
  const there = async (): Promise<number> => (await db.query(ofPins, { n: 'integer' }))[0]?.n ?? -1;
  expect(await there()).toBeGreaterThan(0);
  await view.unmount();
  closeKept();
  await expect.poll(there).toBe(0);
});

it.each(['en', 'zh'] as const)('has nothing that axe-core objects to, in both themes (%s)', async (locale) => {
  const dashboard = pinned('bars', 'recency');
  dashboard.change('c1', { note: 'A note', width: 'full' });
  const { view } = await show(dashboard, scope, locale);
  await drawn(2);
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset['theme'] = theme;
    // A colour that is still on its way from one theme to the other is neither's.
    await Promise.all(document.getAnimations().map(({ finished }) => finished));
    expect(await findAccessibilityViolations(view.container)).toEqual([]);
  }
});
