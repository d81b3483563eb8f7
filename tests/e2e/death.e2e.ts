import { writeFile } from 'node:fs/promises';
import { deaths, installDrill, killAt } from '../support/drill';
import { dropFiles, expect, test, type Page } from '../support/e2e';
import { expectSegments, goTo, importOpenFile, openApp, openSample, verdict } from '../support/journeys';
import { orderFile, orderRows, ORDER_CUSTOMERS, ORDER_ROWS } from '../support/order-files';
import { number, shared, writeXlsxFile } from '../support/xlsx-file';

const LOST = 'A background worker stopped. A new one is started on the next try.';
const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const orders = { name: 'orders.csv', content: orderFile('en') };
const members = {
  name: 'members.csv',
  content: [
    'Member number,Phone,Registered at,Level',
    ...Array.from(
      { length: ORDER_CUSTOMERS },
      (_, i) => `M${String(i + 1).padStart(5, '0')},1540000${String(i + 1).padStart(4, '0')},2024-01-15,Gold`,
    ),
  ].join('\n'),
};

function workbook(): Buffer {
  const rows = orderRows().map((cells) => cells.map((cell, i) => (i === 3 ? number(cell) : shared(cell))));
  const header = ['Order number', 'Customer ID', 'Order time', 'Amount'].map(shared);
  return Buffer.from(writeXlsxFile({ sheets: [{ name: 'Orders', rows: [header, ...rows] }] }));
}

/** One line says what happened, and nothing turns any more. */
async function expectTold(page: Page, text: string, died: number): Promise<void> {
  await expect(page.getByText(text).first()).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  expect(await deaths(page)).toBe(died);
}

test.beforeEach(({ page }) => installDrill(page));

test('a worker that dies while files are looked into, taken apart, read or loaded is told, and the next try works', async ({
  page,
  sites,
}) => {
  await openApp(page, sites.app);
  await killAt(page, 'preview');
  await dropFiles(page, [orders]);
  await expectTold(page, LOST, 1);
  await expect(verdict(page)).toHaveText('orders.csv could not be shown.');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(verdict(page)).toContainText('orders.csv has what is needed');

  // Its first steps are the layout and the lines, the later ones the other tables.
  for (const [died, step] of [
    [2, 1],
    [3, 4],
  ] as const) {
    await killAt(page, 'next', step);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expectTold(page, LOST, died);
    await expect(page.getByText('The import failed. What was loaded before is still there.')).toBeVisible();
  }
  await importOpenFile(page);
  await expect(verdict(page)).toContainText(`All ${ORDER_ROWS} rows are used`);

  for (const [died, method] of ['unpack', 'inspect', 'extract'].map((name, i) => [4 + i, name] as const)) {
    await killAt(page, method);
    await dropFiles(page, [{ name: 'orders.xlsx', content: workbook(), type: WORKBOOK }]);
    await expectTold(page, LOST, died);
  }
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(verdict(page)).toContainText('orders.xlsx has what is needed');
});

test('a worker that dies while customers are brought together, rows are laid out or a list is written is told as well', async ({
  page,
  sites,
}) => {
  await openApp(page, sites.app);
  await dropFiles(page, [orders, members]);
  await expect(verdict(page)).toHaveText('2 files are ready to become one dataset.');
  await killAt(page, 'nextOfKind');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expectTold(page, LOST, 1);
  await killAt(page, 'cluster');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expectTold(page, 'The customers of your files were not brought together', 2);
  await goTo(page, 'One customer');
  await expect(verdict(page)).toContainText(`${2 * ORDER_CUSTOMERS} accounts are ${ORDER_CUSTOMERS} customers`);

  await killAt(page, 'next');
  await goTo(page, 'Quality');
  await expectTold(page, LOST, 3);

  await goTo(page, 'RFM segments');
  await expectSegments(page);
  const group = page.getByRole('table', { name: 'The segments in figures' }).getByRole('row', { name: /^Champions/ });
  await group.getByRole('button', { name: 'Champions' }).click();
  const panel = page.getByRole('dialog', { name: 'Champions', exact: true });
  await killAt(page, 'finish');
  await panel.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'CSV', exact: true }).click();
  await expectTold(page, LOST, 4);
});

test('the engine that dies in an import or an analysis is rebuilt, and the person stays where they were', async ({
  page,
  sites,
}) => {
  await openApp(page, sites.app);
  await killAt(page, 'build');
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await expectTold(page, LOST, 1);
  await openSample(page);
  const before = await verdict(page).textContent();

  await killAt(page, 'START_PENDING_QUERY', 2);
  await page.getByLabel('as of').fill('2024-01-01');
  await expect(page.getByText('everything is back')).toBeVisible();
  await expect(page).toHaveURL(/#\/rfm$/);
  await page.getByRole('button', { name: 'Whole period' }).click();
  await expect(verdict(page)).toHaveText(before ?? '');
  expect(await deaths(page)).toBe(2);

  await dropFiles(page, [orders]);
  await killAt(page, 'INSERT_ARROW_FROM_IPC_STREAM', 2);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('The query engine stopped.').first()).toBeVisible();
  await goTo(page, 'RFM segments');
  await expect(verdict(page)).toHaveText(before ?? '');
  expect(await deaths(page)).toBe(3);
});

test('a file that was changed since it was opened is named, and the way to go on with it', async ({
  page,
  sites,
}, testInfo) => {
  const path = testInfo.outputPath('january.csv');
  await writeFile(path, orderFile('en'));
  await openApp(page, sites.app);
  await page.locator('input[type=file]').first().setInputFiles(path);
  await expect(verdict(page)).toContainText('january.csv has what is needed');
  await page.getByRole('switch', { name: 'Keep on this device' }).click();
  await importOpenFile(page);
  await goTo(page, 'RFM segments');
  await expectSegments(page);
  await writeFile(path, `${orderFile('en')}more`);
  await killAt(page, 'START_PENDING_QUERY');
  await page.getByLabel('as of').fill('2024-01-01');
  await expectTold(page, 'january.csv can no longer be read. It may have been moved or changed: open it again.', 1);
});
