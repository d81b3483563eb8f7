import { readFile } from 'node:fs/promises';
import { dropFiles, expect, test, type Page } from '../support/e2e';
import { expectSegments, goTo, importOpenFile, openApp, verdict } from '../support/journeys';
import { orderFile, orderRows, ORDER_CUSTOMERS, ORDER_ROWS } from '../support/order-files';
import { number, shared, writeXlsxFile } from '../support/xlsx-file';
import { writeZipFile } from '../support/zip-file';

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The orders as a workbook, a merged title above the header. */
function workbook(): Buffer {
  const [titles, ...rows] = orderFile('zh').trimEnd().split('\r\n');
  const header = (titles ?? '').split(',').map(shared);
  const cells = rows.map((row) => {
    const [order = '', customer = '', time = '', amount = ''] = row.split(',');
    return [shared(order), shared(customer), shared(time), number(amount)];
  });
  return Buffer.from(writeXlsxFile({ sheets: [{ name: '订单', rows: [[shared('2025 年订单')], header, ...cells] }] }));
}

/** The members of the orders: each has a telephone, and number 7 a second card with the same one. */
function members(): string {
  const lines = Array.from({ length: ORDER_CUSTOMERS }, (_, i) => {
    const id = `M${String(i + 1).padStart(5, '0')}`;
    return `${id},1540000${String(i + 1).padStart(4, '0')},2024-0${1 + (i % 9)}-15,Gold`;
  });
  return ['Member number,Phone,Registered at,Level', ...lines, 'M90007,154 0000 0007,2024-03-01,Silver'].join('\n');
}

async function text(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

test('a workbook with a title above its header is read like any other file', async ({ page, sites }) => {
  await openApp(page, sites.app);
  await dropFiles(page, [{ name: '订单.xlsx', content: workbook(), type: WORKBOOK }]);
  await expect(verdict(page)).toContainText('订单.xlsx');
  await importOpenFile(page);
  await expect(verdict(page)).toContainText(ORDER_ROWS.toLocaleString('en-US'));
  await goTo(page, 'RFM segments');
  await expectSegments(page);
});

test('an archive of orders and members becomes one dataset in which two cards are one customer', async ({
  page,
  sites,
}) => {
  await openApp(page, sites.app);
  const archive = writeZipFile([
    { name: 'export/orders.csv', data: Buffer.from(orderFile('en')) },
    { name: 'export/members.csv', data: Buffer.from(members()) },
  ]);
  await dropFiles(page, [{ name: 'export.zip', content: Buffer.from(archive), type: 'application/zip' }]);
  await expect(verdict(page)).toHaveText('2 files are ready to become one dataset.');
  await expect(page.getByRole('combobox', { name: /members\.csv/ })).toHaveValue('members');
  await importOpenFile(page);
  await expect(page.getByRole('heading', { name: 'How the files meet' })).toBeVisible();
  await goTo(page, 'One customer');
  // 40 people; in the member list 41 cards.
  await expect(verdict(page)).toContainText('40 customers');
});

test('a file is cleaned by a step, and the recipe does it again on the next one', async ({ page, sites }) => {
  await openApp(page, sites.app);
  const rows = orderRows();
  const doubled = orderFile('en', [...rows, ...rows.slice(0, 5)]);
  await dropFiles(page, [{ name: 'orders.csv', content: doubled }]);
  await importOpenFile(page);
  await goTo(page, 'Cleaning');
  await expect(verdict(page)).toContainText('825');
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Remove equal rows/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add a step' }).click();
  await expect(verdict(page)).toContainText('5 of 825 rows dropped');
  await page.getByRole('button', { name: 'Apply to the dataset' }).click();
  await expect(page.getByText('The steps have changed since')).toBeHidden();
  await goTo(page, 'Rows in and out');
  await expect(verdict(page)).toContainText('820');
  await goTo(page, 'Recipe');
  await expect(verdict(page)).toContainText('1 cleaning step');
  const recipe = await text(page, 'Save the recipe');
  expect(JSON.parse(recipe)).toMatchObject({ format: 'silhouette-recipe', version: 1 });
  expect(recipe).not.toContain('M00007');

  await page.reload();
  await openApp(page, sites.app);
  await dropFiles(page, [{ name: 'monthly.recipe.json', content: recipe, type: 'application/json' }]);
  await page.getByRole('dialog').getByRole('button', { name: 'Open it', exact: true }).click();
  await expect(verdict(page)).toContainText('waits for its files');
  await dropFiles(page, [{ name: 'next.csv', content: doubled }]);
  await importOpenFile(page);
  await expect(verdict(page)).toContainText('820');
});
