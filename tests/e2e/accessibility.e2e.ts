import { dropFiles, expect, problemsInBothThemes, test } from '../support/e2e';
import { goTo, openApp, openSample, verdict } from '../support/journeys';
import { orderFile } from '../support/order-files';

const GOVERNANCE = ['Quality', 'Cleaning', 'One customer', 'Personal data', 'Recipe'] as const;

test('the pages of an empty house have no accessibility problem in either theme', async ({ page, sites }) => {
  await openApp(page, sites.app);
  for (const room of [
    'Library',
    'Files',
    'Rows in and out',
    'Quality',
    'One customer',
    'Policy',
    'Recipe',
    'RFM segments',
    'Audiences',
    'Learn',
  ]) {
    await goTo(page, room);
    await expect(page.locator('main')).toContainText(/\w/);
    expect(await problemsInBothThemes(page), room).toEqual([]);
  }
  await page.goto(sites.app);
  expect(await problemsInBothThemes(page), 'start').toEqual([]);
  await page.getByRole('button', { name: 'Paste rows' }).click();
  expect(await problemsInBothThemes(page), 'pasting').toEqual([]);
});

test('the pages of a dataset have no accessibility problem in either theme', async ({ page, sites }) => {
  await openApp(page, sites.app);
  await openSample(page);
  for (const room of ['RFM segments', 'Library', 'Files', 'Rows in and out', 'Policy', 'Audiences', ...GOVERNANCE]) {
    await goTo(page, room);
    await expect(verdict(page)).toBeVisible();
    expect(await problemsInBothThemes(page), room).toEqual([]);
  }
  await page.getByRole('button', { name: /requests? to others/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await problemsInBothThemes(page), 'ledger').toEqual([]);
});

test('the pages have no accessibility problem in Chinese and on a narrow screen', async ({ page, sites }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openApp(page, sites.app);
  await openSample(page);
  await page.getByRole('button', { name: '中文' }).click();
  for (const room of [
    'RFM 分群',
    '资料库',
    '行数核对',
    '口径',
    '人群',
    '数据质量',
    '清洗',
    '客户归一',
    '个人信息',
    '配方',
  ]) {
    await goTo(page, room);
    await expect(verdict(page)).toBeVisible();
    expect(await problemsInBothThemes(page), room).toEqual([]);
  }
});

test('a file that needs answers has no accessibility problem in either theme', async ({ page, sites }) => {
  await openApp(page, sites.app);
  await dropFiles(page, [{ name: 'orders.csv', content: orderFile('en').replace('Customer ID', 'Field 2') }]);
  await expect(verdict(page)).toBeVisible();
  expect(await problemsInBothThemes(page)).toEqual([]);
});

test('a person with a keyboard alone gets from the start to the segments', async ({ page, sites }) => {
  await openApp(page, sites.app);
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to content');
  await page.keyboard.press('Enter');
  for (let steps = 0; (await focused()) !== 'Open the sample'; steps++) {
    expect(steps, 'steps to the sample').toBeLessThan(12);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/rfm$/);
  await expect(verdict(page)).toContainText(/\d/);
  await expect(page.locator('main')).toBeFocused();
});
