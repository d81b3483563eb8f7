import { gzipSync } from 'node:zlib';
import { dropFiles, expect, test } from '../support/e2e';
import { expectSegments, goTo, importOpenFile, openApp, openSample, verdict } from '../support/journeys';
import { encodeGbk, orderFile, orderRows, ORDER_CUSTOMERS, ORDER_ROWS } from '../support/order-files';

const allRowsUsed = `All ${ORDER_ROWS} rows are used.`;

test("a shop's export in GBK is dropped, confirmed and read into segments", async ({ page, sites }) => {
  await openApp(page, sites.app);
  await dropFiles(page, [{ name: '订单导出.csv', content: encodeGbk(orderFile('zh')) }]);
  await expect(page).toHaveURL(/#\/open$/);
  await expect(verdict(page)).toHaveText('订单导出.csv has what is needed: who bought, when, and for how much.');
  await expect(page.getByRole('combobox', { name: 'Encoding' })).toHaveValue('gb18030');
  await expect(page.getByRole('combobox', { name: 'Meaning of 客户编号' })).toHaveValue('customerId');
  await expect(page.getByRole('combobox', { name: 'Meaning of 下单时间' })).toHaveValue('orderedAt');
  await expect(page.getByRole('combobox', { name: 'Meaning of 实付金额' })).toHaveValue('amount');
  await expect(page.getByRole('combobox', { name: 'Meaning of 订单号' })).toHaveValue('orderId');
  await importOpenFile(page);
  await goTo(page, 'Rows in and out');
  await expect(verdict(page)).toHaveText(allRowsUsed);
  await expect(page.locator('main')).toContainText(`${ORDER_CUSTOMERS}`);
  await goTo(page, 'RFM segments');
  await expectSegments(page);
});

test('a gzipped file is read like the file inside it', async ({ page, sites }) => {
  await openApp(page, sites.app);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'orders.csv.gz',
      mimeType: 'application/gzip',
      buffer: gzipSync(orderFile('en')),
    });
  await expect(verdict(page)).toContainText('orders.csv.gz has what is needed');
  await importOpenFile(page);
  await goTo(page, 'Rows in and out');
  await expect(verdict(page)).toHaveText(allRowsUsed);
});

test('rows pasted from a spreadsheet are read like a file', async ({ page, sites }) => {
  await openApp(page, sites.app);
  await page.getByRole('button', { name: 'Paste rows' }).click();
  const cells = [
    'Customer ID\tOrder time\tAmount',
    ...orderRows().map(([, customer, time, amount]) => `${customer}\t${time}\t${amount}`),
  ];
  await page.getByRole('textbox', { name: /Copy the range|Paste rows/ }).fill(cells.join('\n'));
  await page.getByRole('button', { name: 'Use these rows' }).click();
  await importOpenFile(page);
  await goTo(page, 'Rows in and out');
  await expect(verdict(page)).toHaveText(allRowsUsed);
});

test('a file mapped once is recognised the next time', async ({ page, sites }) => {
  await openApp(page, sites.app);
  const rows = orderRows().map(([order, customer, time, amount]) => [order!, customer!, time!, amount!]);
  const file = ['A,B,C,D', ...rows.map((cells) => cells.join(','))].join('\n');
  await dropFiles(page, [{ name: 'january.csv', content: file }]);
  await page.getByRole('combobox', { name: 'Meaning of B' }).selectOption('customerId');
  await page.getByRole('combobox', { name: 'Meaning of C' }).selectOption('orderedAt');
  await page.getByRole('combobox', { name: 'Meaning of D' }).selectOption('amount');
  await page.getByRole('combobox', { name: 'Meaning of A' }).selectOption('ignore');
  await importOpenFile(page);
  await page.reload();
  await dropFiles(page, [{ name: 'february.csv', content: file }]);
  await expect(page.getByText('Recognised: mapped like last time.')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Meaning of A' })).toHaveValue('ignore');
  await expect(page.getByRole('combobox', { name: 'Meaning of B' })).toHaveValue('customerId');
});

test('a broken file keeps its good rows, and every loss has a reason, its rows and a download', async ({
  page,
  sites,
}) => {
  const good = orderFile('en');
  const broken = [
    '20269999000001,M00001,not a day,10.00',
    '20269999000002,M00001,2025-02-30 10:00:00,10.00',
    '20269999000003,M00001,2025-03-01 10:00:00,ten',
    '20269999000004,M00001',
    '20269999000005,M00001,2025-03-01 10:00:00,10.00,one,too,many',
    '20269999000006,M00001,,10.00',
    '20269999000007,M00001,2025-03-01 10:00:00,',
  ];
  await openApp(page, sites.app);
  await dropFiles(page, [{ name: 'broken.csv', content: `${good}${broken.join('\r\n')}\r\n` }]);
  await importOpenFile(page);
  await goTo(page, 'Rows in and out');
  await expect(verdict(page)).toContainText(
    `Of ${ORDER_ROWS + broken.length} rows, ${ORDER_ROWS} are used; ${broken.length} were left out`,
  );
  const expected = {
    'Time cannot be read': 2,
    'Amount cannot be read': 1,
    'Too few cells': 1,
    'Too many cells': 1,
    'No time': 1,
    'No amount': 1,
  };
  for (const [reason, rows] of Object.entries(expected)) {
    await expect(page.getByRole('row', { name: reason }).first()).toContainText(`−${rows}`);
  }
  await page.getByRole('button', { name: 'Show rows: Time cannot be read' }).click();
  await expect(page.getByText('2025-02-30 10:00:00').first()).toBeVisible();
  await page.getByRole('button', { name: 'Download all left-out rows' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('broken-left-out.csv');
});

test('what is no table of orders is told in words, and the page goes on', async ({ page, sites }) => {
  await openApp(page, sites.app);
  const png = Buffer.from([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1,
  ]);
  const cut = gzipSync(orderFile('en'));
  const bad = [
    { name: 'empty.csv', content: '' },
    { name: 'picture.csv', content: png },
    { name: 'cut.csv.gz', content: cut.subarray(0, 12) },
  ];
  for (const file of bad) {
    await dropFiles(page, [file]);
    await expect(verdict(page)).toHaveText(`${file.name} could not be shown.`);
    await expect(page.getByRole('alert').first()).toBeVisible();
  }
  await dropFiles(page, [
    {
      name: 'goods.csv',
      content: 'time,amount,product\n2025-01-01 10:00:00,10.00,tea\n2025-01-02 10:00:00,12.00,milk\n',
    },
  ]);
  await expect(verdict(page)).toHaveText('This file does not say who bought.');
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await dropFiles(page, [{ name: 'orders.csv', content: orderFile('en') }]);
  await expect(verdict(page)).toContainText('orders.csv has what is needed');
});

test('the language is switched in the middle, and nothing is lost', async ({ page, sites }) => {
  await openApp(page, sites.app);
  await dropFiles(page, [{ name: 'orders.csv', content: orderFile('en') }]);
  await page.getByRole('combobox', { name: 'Meaning of Order number' }).selectOption('ignore');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(verdict(page)).toContainText('信息齐全');
  await expect(
    page
      .locator('select')
      .filter({ has: page.locator('option[value=ignore]') })
      .first(),
  ).toHaveValue('ignore');
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await goTo(page, 'RFM 分群');
  await expect(verdict(page)).toContainText(/\d/);
  await expect(verdict(page)).toContainText(/[\u4e00-\u9fff]/);
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await expect(verdict(page)).not.toContainText(/[\u4e00-\u9fff]/);
  await expect(verdict(page)).toContainText(/\d/);
});

test('an import is cancelled, and what was open before stays as it was', async ({ page, sites }) => {
  await openApp(page, sites.app);
  await openSample(page);
  const before = await verdict(page).textContent();
  // Made in the page: a file of this size would take longer to hand over than to read.
  await page.evaluate(() => {
    const rows = Array.from(
      { length: 200_000 },
      (_, row) => `2025${String(row).padStart(10, '0')},M${row % 5000},2025-03-01 10:00:00,10.00`,
    );
    const text = `Order number,Customer ID,Order time,Amount\n${rows.join('\n')}\n`;
    const data = new DataTransfer();
    data.items.add(
      new File(
        Array.from({ length: 15 }, (_, part) => (part === 0 ? text : text.slice(text.indexOf('\n') + 1))),
        'large.csv',
      ),
    );
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled();
  await goTo(page, 'RFM segments');
  await expect(verdict(page)).toHaveText(before ?? '');
});
