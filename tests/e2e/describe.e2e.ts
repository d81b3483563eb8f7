import { readFile } from 'node:fs/promises';
import { accessibilityProblems, expect, problemsInBothThemes, test, type Page } from '../support/e2e';
import { goTo, openApp, openSample, verdict } from '../support/journeys';

const ROOMS = [
  'Overview',
  'Why revenue moved',
  'Cohorts',
  'Life cycle',
  'Rhythm',
  'Crossfilter',
  'Concentration',
  'Cross-shop',
] as const;

async function pin(page: Page, chart: string): Promise<void> {
  const frame = page.getByRole('figure', { name: chart, exact: true });
  await frame.getByRole('button', { name: 'Save or copy this chart' }).click();
  await frame.getByRole('button', { name: 'Pin to my dashboard' }).click();
  await expect(frame.getByRole('status').first()).toHaveText('On my dashboard');
}

/** Goes to a room and waits until its figures are there. */
async function enter(page: Page, room: string): Promise<void> {
  await goTo(page, room);
  await expect(page.getByRole('article').getByRole('heading', { level: 1 })).toContainText(/\d/);
  await expect(page.getByRole('article')).toHaveAttribute('aria-busy', 'false');
}

test('charts of two analyses become a dashboard, and the dashboard a file that reads the same', async ({
  page,
  sites,
  context,
}) => {
  await openApp(page, sites.app);
  await openSample(page);
  await pin(page, 'Where the revenue sits');
  await enter(page, 'Overview');
  await pin(page, 'The period in figures');
  await goTo(page, 'My dashboard');
  await expect(verdict(page)).toContainText('2 charts of');
  const charts = ['Where the revenue sits', 'The period in figures'];
  for (const chart of charts) await expect(page.getByRole('figure', { name: chart })).toBeVisible();
  // The page may be dark: the report is for paper.
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('textbox', { name: 'Title of the dashboard' }).fill('Monday meeting');
  await page.getByRole('textbox', { name: 'Title of the dashboard' }).press('Enter');
  await page.getByRole('button', { name: 'Save as a report' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'With the numbers under each chart' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Monday-meeting.html');
  const file = await readFile(await download.path(), 'utf8');

  const report = await context.newPage();
  await report.setContent(file);
  await expect(report.getByRole('heading', { level: 1 })).toHaveText('Monday meeting');
  await expect(report.getByRole('heading', { level: 2 })).toHaveText(charts);
  await expect(report.getByRole('figure').getByRole('img')).toHaveCount(2);
  await expect(report.getByRole('table', { name: 'Where the revenue sits' })).toContainText('Champions');
  const label = report.getByRole('img').getByText('Champions');
  await expect(label).toHaveAttribute('fill', 'rgb(30, 27, 24)');
  expect(await accessibilityProblems(report)).toEqual([]);
});

test('the pages that describe the business have no accessibility problem in either theme', async ({ page, sites }) => {
  test.slow();
  await openApp(page, sites.app);
  await openSample(page);
  await pin(page, 'Where the revenue sits');
  for (const room of ROOMS) {
    await enter(page, room);
    expect.soft(await problemsInBothThemes(page), room).toEqual([]);
  }
  await goTo(page, 'My dashboard');
  await expect(page.getByRole('figure', { name: 'Where the revenue sits' })).toBeVisible();
  expect(await problemsInBothThemes(page)).toEqual([]);
});
