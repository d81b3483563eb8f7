import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test, type Page } from '../support/e2e';
import { expectSegments, goTo, openApp, openSample, verdict } from '../support/journeys';

const GROUP = 'Champions';

/** Opens the customers of the group from the table; returns how many the table says they are. */
async function openGroup(page: Page): Promise<number> {
  const row = page.getByRole('table', { name: 'The segments in figures' }).getByRole('row', { name: GROUP });
  const cells = await row.getByRole('cell').allTextContents();
  const customers = cells
    .map((text) => Number(text.replaceAll(',', '')))
    .find((count) => Number.isInteger(count) && count > 0);
  await row.click();
  await expect(page.getByRole('dialog', { name: GROUP })).toBeVisible();
  return customers ?? Number.NaN;
}

async function exported(page: Page, format: string): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  await page.getByRole('dialog', { name: GROUP, exact: true }).getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: format, exact: true }).click(),
  ]);
  await page.keyboard.press('Escape');
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('from a cold start to named segments, an audience, a filter and the list', async ({ page, sites }) => {
  await openApp(page, sites.app);
  await openSample(page, '12000');
  const customers = await openGroup(page);
  const panel = page.getByRole('dialog', { name: GROUP, exact: true });
  const printed = customers.toLocaleString('en-US');
  await expect(panel).toContainText(`${printed} customers`);

  await panel.getByRole('button', { name: 'Save as audience' }).click();
  await panel.getByRole('textbox', { name: 'Name of the audience' }).fill('Spring call list');
  await panel.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(panel.getByRole('status')).toContainText(`Saved: Spring call list, ${printed} customers.`);

  const csv = await exported(page, 'CSV');
  expect([...csv.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = strFromU8(csv.bytes.subarray(3)).trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^Customer,/);
  expect(lines.length - 1).toBe(customers);
  const ids = lines.slice(1).map((line) => line.split(',')[0]);
  expect(new Set(ids).size).toBe(customers);

  const xlsx = unzipSync((await exported(page, 'Excel workbook (XLSX)')).bytes);
  const sheet = strFromU8(xlsx['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(sheet.match(/<row /g)?.length).toBe(customers + 1);
  // An id as a number would lose its leading zeros and its last digits.
  expect(sheet.match(/<c r="A2"[^>]*t="(s|inlineStr|str)"/)).not.toBeNull();

  await page.keyboard.press('Escape');
  await goTo(page, 'Audiences');
  await expect(verdict(page)).toHaveText('One audience, frozen as it was saved.');
  await page.getByRole('switch', { name: 'Filter every page by Spring call list' }).click();
  await goTo(page, 'RFM segments');
  await expectSegments(page);
  await expect(page.getByRole('banner')).toContainText('only Spring call list');
  await expect(page.locator('main')).toContainText(`${printed} customers`);
});

test('segments are read in Chinese with the eight classes', async ({ page, sites }) => {
  await openApp(page, sites.app);
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('combobox', { name: '会员数' }).selectOption('1000');
  await page.getByRole('button', { name: '打开示例' }).click();
  await expectSegments(page);
  for (const name of ['高价值', '重点保持', '重点发展', '重点挽留'])
    await expect(page.locator('main')).toContainText(name);
});

test('the as-of date governs the chart, the table and the list alike', async ({ page, sites }) => {
  await openApp(page, sites.app);
  await openSample(page);
  const before = await page.getByRole('table', { name: 'The segments in figures' }).textContent();
  await page.getByLabel('as of').fill('2025-01-01');
  await page.getByLabel('as of').press('Enter');
  await expect(page.getByRole('table', { name: 'The segments in figures' })).not.toHaveText(before ?? '');
  const customers = await openGroup(page);
  await expect(page.getByRole('dialog', { name: GROUP })).toContainText(
    `${customers.toLocaleString('en-US')} customers`,
  );
});

test('the engine is killed during a query: it is rebuilt, the data is back, and the page says so', async ({
  page,
  sites,
}) => {
  await openApp(page, sites.app);
  await openSample(page);
  const table = page.getByRole('table', { name: 'The segments in figures' });
  const before = await table.textContent();
  // The engine's is the one worker that lives on after the import.
  const engines = page.workers();
  expect(engines.length).toBeGreaterThan(0);
  await page.getByRole('radio', { name: 'mean' }).click();
  await Promise.all(engines.map((worker) => worker.evaluate(() => self.close()).catch(() => undefined)));
  await expect(page.getByText(/engine|database/i).first()).toBeVisible();
  await page.getByRole('radio', { name: 'equal parts' }).click();
  await expect(table).not.toHaveText('');
  await page.getByRole('button', { name: 'Use the recommendation' }).click();
  await expect(table).toHaveText(before ?? '');
});
