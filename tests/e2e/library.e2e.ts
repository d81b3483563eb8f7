import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { dropFiles, expect, test } from '../support/e2e';
import { expectOverview, expectSegments, goTo, importOpenFile, openApp, verdict } from '../support/journeys';
import { orderFile } from '../support/order-files';

const PASSPHRASE = 'correct horse battery staple';

async function importOrders(page: Page, address: string): Promise<void> {
  await openApp(page, address);
  await dropFiles(page, [{ name: 'spring.csv', content: orderFile('en') }]);
  await importOpenFile(page);
}

const expectKept = (page: Page) =>
  expect(page.getByRole('banner').getByRole('button', { name: 'kept on this device', exact: true })).toBeVisible();

/** Records of datasets in the library's database, without opening it as the app does. */
const recordsKept = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const of = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(new Error('not readable'));
      });
    const database = await of(indexedDB.open('silhouette-library'));
    const stores = database.transaction(['manifests', 'chunks']);
    const counts = await Promise.all(['manifests', 'chunks'].map((name) => of(stores.objectStore(name).count())));
    database.close();
    return counts.reduce((sum, count) => sum + count, 0);
  });

const eightClasses = (page: Page) => page.getByRole('radio', { name: '8 classes' });

/** What the page of segments says, once it has said it. */
async function segmentsSaid(page: Page): Promise<string> {
  await goTo(page, 'RFM segments');
  await expectSegments(page);
  return verdict(page).innerText();
}

test('a dataset imported once is there after a reload and in another tab, with what was decided about it', async ({
  page,
  context,
  sites,
}) => {
  await importOrders(page, sites.app);
  await expectKept(page);
  const said = await segmentsSaid(page);
  await eightClasses(page).click();
  // Decisions are written once nothing more has come for a moment.
  await page.waitForTimeout(1500);
  await page.reload();
  await expectSegments(page);
  await expect(verdict(page)).toHaveText(said);
  await expect(eightClasses(page)).toBeChecked();
  await expectKept(page);

  const tomorrow = await context.newPage();
  await openApp(tomorrow, sites.app);
  await tomorrow.getByRole('button', { name: /spring\.csv/ }).click();
  await expectOverview(tomorrow);
  await goTo(tomorrow, 'RFM segments');
  await expect(verdict(tomorrow)).toHaveText(said);
  await expect(eightClasses(tomorrow)).toBeChecked();
});

test('with the switch off nothing of a dataset touches the disk, and switching off later takes it away', async ({
  page,
  sites,
}) => {
  await openApp(page, sites.app);
  await dropFiles(page, [{ name: 'spring.csv', content: orderFile('en') }]);
  await page.getByRole('switch', { name: 'Keep on this device' }).click();
  await importOpenFile(page);
  const mark = (name: string) => page.getByRole('banner').getByRole('button', { name, exact: true });
  await expect(mark('not kept')).toBeVisible();
  expect(await recordsKept(page)).toBe(0);
  await mark('not kept').click();
  await page.getByRole('menuitem', { name: 'Keep on this device' }).click();
  await expect(mark('kept on this device')).toBeVisible();
  await mark('kept on this device').click();
  await page.getByRole('menuitem', { name: 'Keep it no longer' }).click();
  await expect(mark('not kept')).toBeVisible();
  expect(await recordsKept(page)).toBe(0);
  await goTo(page, 'Library');
  await expect(verdict(page)).toHaveText('Nothing is kept on this device.');
  await page.reload();
  await expect(page.getByRole('banner')).not.toContainText('spring.csv');
});

test('an engine that dies is built again from what is kept, without the files', async ({ page, sites, watch }) => {
  await importOrders(page, sites.app);
  await expectKept(page);
  const said = await segmentsSaid(page);
  await page.reload();
  await expect(verdict(page)).toHaveText(said);
  watch.expectProblem(/./);
  for (const worker of page.workers()) await worker.evaluate(() => self.close()).catch(() => undefined);
  await expect(page.getByText(/engine|rebuil/i).first()).toBeVisible();
  await eightClasses(page).click();
  await expect(page.locator('main')).toContainText('High value');
});

test('a library under a passphrase opens with it and with nothing else', async ({ page, sites }) => {
  await importOrders(page, sites.app);
  await expectKept(page);
  await goTo(page, 'Library');
  await page.getByRole('button', { name: 'Set a passphrase' }).click();
  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await page.getByLabel('Once more').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Seal the library' }).click();
  await expect(verdict(page)).toContainText('Only your passphrase opens it.');
  await page.reload();
  await expect(verdict(page)).toHaveText('The library is locked.');
  await expect(page.locator('body')).not.toContainText('spring.csv');
  const field = page.getByLabel('Passphrase', { exact: true });
  await field.fill('correct horse battery stable');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await field.fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('button', { name: 'Open spring.csv' }).click();
  await expectOverview(page);
});

test('a project file carries a dataset, sealed, to another machine and nowhere else', async ({
  page,
  browser,
  sites,
  watch,
}) => {
  await importOrders(page, sites.app);
  const said = await segmentsSaid(page);
  await goTo(page, 'Library');
  await page.getByRole('button', { name: 'Save a project file' }).click();
  await page.getByRole('radio', { name: /encrypted/ }).click();
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE);
  await page.getByLabel('Once more').fill(PASSPHRASE);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the project file' }).click();
  const saved = await (await download).path();

  const elsewhere = await browser.newContext();
  await watch.follow(elsewhere);
  const other = await elsewhere.newPage();
  await openApp(other, sites.app);
  await other
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'spring.silhouette',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(saved),
    });
  await other.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE);
  await other.getByRole('dialog').getByRole('button', { name: 'Open it', exact: true }).click();
  await expectOverview(other);
  await goTo(other, 'RFM segments');
  await expect(verdict(other)).toHaveText(said);
  await expectKept(other);
  await elsewhere.close();
});
