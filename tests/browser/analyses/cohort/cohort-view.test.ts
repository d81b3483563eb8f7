import { page, userEvent } from 'vitest/browser';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { AnalysisExport, CustomerSelection, Scope } from '../../../../src/analyses/analysis';
import { COHORT_DEFAULTS, type CohortParams } from '../../../../src/analyses/cohort/cohort-params';
import CohortView from '../../../../src/analyses/cohort/CohortView.svelte';
import { printSql, sql, Sql } from '../../../../src/core/sql';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import { spawnClassicWorker, watchWorker } from '../../../../src/workers/spawn';
import { findAccessibilityViolations } from '../../gallery/accessibility';
import AnalysisStage from '../AnalysisStage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
/** June is half over. */
const scope: Scope = { asOf: '2024-06-15', from: null, audience: null };

/**
 * 40 customers in each month from July 2022 to June 2024, first on the 10th for 10.00. Of each 40, number j comes back one
 * month later if 2 divides it, two months later if 3 does, three if 4 does, for 20.00: 20, 14 and 10 customers, 27 in all.
 */
beforeAll(async () => {
  await db.exec(
    sql`CREATE TABLE customers AS SELECT CAST(i AS INTEGER) AS customer_key, printf('c%05d', i) AS customer_id FROM range(960) t(i)`,
  );
  await db.exec(sql`CREATE TABLE purchases AS
    SELECT CAST(i * 4 + k AS INTEGER) AS order_key, CAST(i AS INTEGER) AS customer_key,
      TIMESTAMP '2022-07-10 12:00:00' + to_months(CAST(i % 24 + k AS INTEGER)) AS ordered_at,
      CAST(CASE WHEN k = 0 THEN 10 ELSE 20 END AS DECIMAL(18, 2)) AS amount, TRUE AS is_purchase
    FROM range(960) customers(i), range(4) later(k) WHERE (i // 24) % (k + 1) = 0`);
});
afterAll(() => db.close());
beforeEach(async () => {
  await page.viewport(1280, 900);
  document.documentElement.dataset['theme'] = 'light';
});

const heading = page.getByRole('heading', { level: 1 });

async function show(params: CohortParams | null = null, locale: 'en' | 'zh' = 'en') {
  const i18n = new I18n(locale);
  const onselect = vi.fn<(selection: CustomerSelection) => void>();
  const onexport = vi.fn<(request: AnalysisExport) => void>();
  const view = await render(AnalysisStage, { view: CohortView, i18n, db, scope, params, onselect, onexport });
  await expect.element(heading).toBeInTheDocument();
  const cell = (key: string): SVGElement => {
    const mark = view.container.querySelector<SVGElement>(`figure [data-mark="${key}"]`);
    if (mark === null) throw new Error(`no cell ${key}`);
    return mark;
  };
  return { i18n, onselect, onexport, view, cell };
}

async function count(members: Sql | undefined): Promise<number> {
  const statement = new Sql([`SELECT count(DISTINCT customer_key) AS n FROM (${printSql(members ?? sql``)})`], []);
  return (await db.query(statement, { n: 'integer' }))[0]?.n ?? -1;
}

/** July 2022 in months since January 1900. */
const JULY_2022 = 122 * 12 + 6;

it('says who came back, and opens from a cell of the triangle as many customers as it counts', async () => {
  const { onselect, cell } = await show();
  await expect
    .element(heading)
    .toHaveTextContent(
      'Of 800 customers who first bought from July 1, 2022 to February 29, 2024, 68% came back within 3 months; newest and oldest differ no more than chance would have it (68% and 68%).',
    );
  const first = cell(`${JULY_2022}/1`);
  // Wilson for 20 of 40: 0.3520 to 0.6480.
  expect(first.getAttribute('aria-label')).toBe(
    '2022-07 · 40 · 1, Of the first period 50.0%, Bought 20 of 40, 95% interval 35.2% to 64.8%',
  );
  first.focus();
  await userEvent.keyboard('{Enter}');
  expect(onselect.mock.lastCall?.[0].title).toBe('2022-07 · Month 1');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(20);
  await userEvent.keyboard('{ArrowRight}{Enter}');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(14);
  // What was clicked is what the charts below and the table look at.
  await expect.element(page.getByRole('heading', { name: 'Month 2, cohort by cohort' })).toBeVisible();
  await page
    .getByRole('table', { name: 'The cohorts in figures, Month 2' })
    .getByRole('button', { name: '2022-08' })
    .click();
  expect(onselect.mock.lastCall?.[0].title).toBe('2022-08 · Month 2');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(14);
});

it('hatches what is not over and turns to the later periods, twelve at a time', async () => {
  const { cell, view } = await show();
  const may = cell(`${JULY_2022 + 22}/1`);
  expect(may.getAttribute('aria-label')).toContain('the period is not over for the whole cohort');
  expect(may.querySelector('[fill^="url("]')).not.toBeNull();
  expect(cell(`${JULY_2022 + 21}/1`).querySelector('[fill^="url("]')).toBeNull();
  await page.getByRole('button', { name: 'Later periods' }).click();
  await expect.element(page.getByText('12 to 23 of 24 periods')).toBeVisible();
  expect(cell(`${JULY_2022}/23`)).not.toBeNull();
  expect(view.container.querySelector(`[data-mark="${JULY_2022 + 12}/12"]`)).toBeNull();
});

it('counts in brackets that the reader sets, and says what is wrong with them', async () => {
  const { cell, onselect } = await show();
  await page.getByRole('radio', { name: 'within days' }).click();
  await expect.element(heading).toHaveTextContent('came back within 90 days');
  // A month later are 28 to 31 days: a few of the 20 fall into days 8 to 30, the others into 31 to 90.
  await page.getByLabelText('Bracket 2, to day').fill('31');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Brackets must ascend and not overlap.')).toBeVisible();
  await page.getByLabelText('Bracket 3, from day').fill('32');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Brackets must ascend and not overlap.')).not.toBeInTheDocument();
  await expect
    .poll(() => cell(`${JULY_2022}/2`).getAttribute('aria-label'))
    .toContain('8–31, Of the first period 50.0%');
  cell(`${JULY_2022}/3`).focus();
  await userEvent.keyboard('{Enter}');
  expect(onselect.mock.lastCall?.[0].title).toBe('2022-07 · Days 32–90');
  // Two months later (14) fall into it; three months are 92 days.
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(14);
});

it('says when the cost of a customer is paid back', async () => {
  await show({ ...COHORT_DEFAULTS, measure: 'value', acquisitionCost: 20 });
  // 10 + 20 * 20 / 40 = 20 after one month.
  await expect.element(heading).toHaveTextContent('At 20 each, winning a customer is paid back in Month 1 on average.');
  await page.getByLabelText('Cost of a customer').fill('21');
  await userEvent.keyboard('{Enter}');
  await expect.element(heading).toHaveTextContent('At 21 each, winning a customer is paid back in Month 2 on average.');
  const table = page.getByRole('table', { name: 'The cohorts in figures, Month 1' });
  await expect.element(table.getByRole('row', { name: /2022-07/ })).toHaveTextContent(/20\s*yes\s*Month 2/);
});

it('compares at equal maturity, says what that leaves out, and shows cohorts that are picked', async () => {
  const { view, onselect } = await show();
  await page.getByText('Equal maturity', { exact: true }).click();
  await page.getByLabelText('Up to period').fill('3');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/every cohort up to Month 3; 4 younger cohorts are left out/)).toBeVisible();
  expect(view.container.querySelector('[fill^="url("]')).toBeNull();
  await page.getByRole('combobox', { name: 'Add a cohort' }).selectOptions('2023-01');
  await page.getByRole('button', { name: '2023-01', exact: true }).first().click();
  expect(onselect.mock.lastCall?.[0].title).toBe('2023-01');
  expect(await count(onselect.mock.lastCall?.[0].members)).toBe(40);
});

it('does not say that nobody came where all who did are too young to compare', async () => {
  await show({ ...COHORT_DEFAULTS, by: 'audience', horizon: 100 });
  await expect
    .element(heading)
    .toHaveTextContent('960 customers bought for the first time, but the last period compared is not over');
});

it('says of cohorts of every period whether the next one counts alone', async () => {
  const { view } = await show({ ...COHORT_DEFAULTS, by: 'active' });
  await expect.element(heading).toHaveTextContent(/were followed by another in the next month[.;]/);
  await view.unmount();
  await show({ ...COHORT_DEFAULTS, by: 'active', criterion: 'on-or-after' });
  await expect.element(heading).toHaveTextContent(/were followed by another in the next month or later[.;]/);
});

it('says which file would bring what the data does not have', async () => {
  await show();
  await page.getByRole('combobox', { name: 'Cohorts by' }).selectOptions('member level');
  await expect.element(page.getByText(/Your files say nothing of: member level\. A list of members/)).toBeVisible();
  await page.getByRole('combobox', { name: 'Cohorts by' }).selectOptions('first brand');
  await expect.element(page.getByText(/Your files say nothing of: first brand\. Order lines/)).toBeVisible();
});

it('gives its tables and a statement that runs as printed to take along', async () => {
  const { onexport } = await show();
  await page.getByRole('button', { name: 'Export' }).click();
  const request = onexport.mock.lastCall?.[0];
  const rows = request?.tables[0]?.table.rows ?? [];
  expect(rows.find(([name, period]) => name === '2022-07' && period === 'Month 2')?.slice(2, 5)).toEqual([
    40, 14, 0.35,
  ]);
  const cohorts = request?.tables[1]?.table;
  expect(cohorts?.rows[0]).toEqual(['2022-07', 40, 27, null]);
  // 27 came back and 13 did not, and the row tells both; the three months of the last cohort are not over.
  const told = [...Array.from({ length: 20 }, () => 13), 40, 40, 40, 40];
  expect(cohorts?.smallCells).toEqual({ layout: 'list', customers: told, measures: [1, 2] });
  const printed = printSql(request?.statements[0]?.statement ?? sql``);
  const answer = await db.query(new Sql([`SELECT sum(customers) AS n FROM (${printed}) WHERE part = 'cohort'`], []), {
    n: 'integer',
  });
  expect(answer[0]?.n).toBe(960);
});

it('is readable in Chinese, and for assistive technology', async () => {
  const { view } = await show(null, 'zh');
  await expect.element(heading).toHaveTextContent('首购的 800 位客户中，68% 在 3 个月内再次购买');
  expect(await findAccessibilityViolations(view.container)).toEqual([]);
});

it('fits a narrow page in the dark', async () => {
  await page.viewport(390, 900);
  document.documentElement.dataset['theme'] = 'dark';
  const { view } = await show();
  await expect.element(page.getByRole('heading', { name: 'Who bought again' })).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  expect(await findAccessibilityViolations(view.container)).toEqual([]);
});
