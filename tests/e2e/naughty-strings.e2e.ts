import { dropFiles, expect, test, type Page } from '../support/e2e';
import { goTo, openApp, verdict } from '../support/journeys';

/** Each would set a mark on the page if any view took it for more than text. */
const PAYLOADS = [
  '<script>globalThis.ran = 1</script>',
  '<img src=naughty.png onerror="globalThis.ran = 1">',
  '"><svg onload="globalThis.ran = 1">',
  "'><iframe srcdoc='<script>parent.ran = 1</script>'></iframe>",
  'javascript:globalThis.ran = 1',
  '{@html "<b>a</b>"}',
  '${globalThis.ran = 1}',
  "{{constructor.constructor('globalThis.ran = 1')()}}",
  "'; DROP TABLE customers; --",
  '" OR 1 = 1 --',
  "getvariable('bound_0')",
  '=HYPERLINK("http://evil.example","a")',
  '+1+1',
  '-2+3',
  '@SUM(1)',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '\u202Eright to left',
  'zero\u200Bwidth',
  'Z\u0351\u036B\u0343a\u0340l\u0321go',
  '👩‍👩‍👧‍👦🇨🇳',
  'ﷺ',
  '￾',
  'a'.repeat(3000),
  '00000000000000000001',
  '%s%n%p',
  '../../etc/passwd',
  'CON',
];

const HEADERS = [
  '<img src=naughty.png onerror="globalThis.ran = 1">订单号',
  '客户编号<script>globalThis.ran = 1</script>',
  '下单时间" onfocus="globalThis.ran = 1',
  '实付金额{@html 1}',
  "状态'; DROP TABLE orders; --",
  '=类目',
];
const FILE_NAME = '<img src=naughty.png onerror=globalThis.ran=1>.csv';

function naughtyFile(): string {
  const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const rows = PAYLOADS.flatMap((payload, index) =>
    Array.from({ length: 1 + (index % 7) }, (_, order) => [
      `${payload}-${order}`,
      payload,
      `2025-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + order * 3).padStart(2, '0')} 10:00:00`,
      `${10 + index}.50`,
      PAYLOADS[(index + order) % PAYLOADS.length] ?? '',
      PAYLOADS[(index * 3) % PAYLOADS.length] ?? '',
    ]),
  );
  const broken = PAYLOADS.slice(0, 8).map((payload) => ['broken', 'M1', payload, payload, payload, payload]);
  return [HEADERS, ...rows, ...broken].map((cells) => cells.map(quote).join(',')).join('\r\n');
}

/** Nothing ran, and no element was made of a payload. */
async function expectHarmless(page: Page, place: string): Promise<void> {
  const made = await page.evaluate(() => ({
    ran: 'ran' in globalThis,
    elements: [
      ...document.querySelectorAll(
        'body script:not([src]), [onerror], [onload], [onfocus], iframe, img[src*=naughty], a[href^="javascript:"]',
      ),
    ].map((element) => element.outerHTML.slice(0, 120)),
  }));
  expect(made, place).toEqual({ ran: false, elements: [] });
}

test('payloads in headers, values, the file name and audience names are shown as text in every view', async ({
  page,
  sites,
  watch,
}) => {
  await openApp(page, sites.app);
  await dropFiles(page, [{ name: FILE_NAME, content: naughtyFile() }]);
  await expect(verdict(page)).toContainText(FILE_NAME);
  await expect(page.getByText(PAYLOADS[0] ?? '', { exact: true }).first()).toBeVisible();
  await expectHarmless(page, 'preview');

  const roles = ['orderId', 'customerId', 'orderedAt', 'amount', 'status', 'category'];
  for (const [index, role] of roles.entries()) {
    await page.getByRole('combobox', { name: `Meaning of ${HEADERS[index]}` }).selectOption(role);
  }
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page).not.toHaveURL(/#\/open$/);

  await goTo(page, 'Rows in and out');
  await page.getByRole('button', { name: 'Show rows: Time cannot be read' }).click();
  await expect(page.getByText(PAYLOADS[1] ?? '').first()).toBeVisible();
  await expectHarmless(page, 'rows in and out');

  await goTo(page, 'Policy');
  await expect(page.getByText(PAYLOADS[2] ?? '', { exact: true }).first()).toBeVisible();
  await expectHarmless(page, 'policy');

  await goTo(page, 'RFM segments');
  await expect(verdict(page)).toContainText(/\d/);
  await expect(page.getByRole('banner').getByText(FILE_NAME)).toBeVisible();
  await expectHarmless(page, 'segments');

  await page.getByRole('table', { name: 'The segments in figures' }).getByRole('row').nth(1).click();
  const panel = page.getByRole('dialog').first();
  await panel.getByRole('switch', { name: 'Show ids in full' }).click();
  await expect(panel.locator('li').first()).toBeVisible();
  const shown = await panel.locator('li b').allTextContents();
  expect(shown.some((id) => PAYLOADS.includes(id))).toBe(true);
  await expectHarmless(page, 'panel');
  await panel.locator('li button').first().click();
  await expect(panel.getByRole('heading', { name: 'newest first' })).toBeVisible();
  await expectHarmless(page, 'orders of a customer');

  await panel.getByRole('button', { name: 'Show SQL' }).click();
  await expectHarmless(page, 'statement');
  await page.keyboard.press('Escape');
  await panel.getByRole('button', { name: 'Save as audience' }).click();
  await panel.getByRole('textbox', { name: 'Name of the audience' }).fill(PAYLOADS[1] ?? '');
  await panel.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(panel.getByRole('status')).toContainText('Saved: <img');
  await page.keyboard.press('Escape');
  await goTo(page, 'Audiences');
  await expect(page.getByText(PAYLOADS[1] ?? '').first()).toBeVisible();
  await expectHarmless(page, 'audiences');

  await page.getByRole('button', { name: '中文' }).click();
  for (const room of ['RFM 分群', '口径', '行数核对', '文件']) {
    await goTo(page, room);
    await expectHarmless(page, room);
  }
  expect(watch.requests().filter((address) => address.includes('naughty'))).toEqual([]);
});
