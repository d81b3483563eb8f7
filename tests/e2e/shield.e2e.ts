import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { accessibilityProblems, dropFiles, expect, test, type Page } from '../support/e2e';
import { importOpenFile, openApp, openSample } from '../support/journeys';
import { orderFile } from '../support/order-files';

const REFUSED = /policy: connect-src|Content Security Policy/;

async function openShield(page: Page, tab: string): Promise<Locator> {
  await page.getByRole('button', { name: /requests to others/ }).click();
  const shield = page.getByRole('dialog', { name: 'The shield' });
  await shield.getByRole('tab', { name: tab }).click();
  return shield;
}

function databaseNames(page: Page): Promise<readonly unknown[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
}

/** Opens a file of one's own, whose mapping is then kept. */
async function keepSomething(page: Page): Promise<void> {
  await dropFiles(page, [{ name: 'orders.csv', content: orderFile('en') }]);
  await importOpenFile(page);
  await expect.poll(() => databaseNames(page)).toContain('silhouette-mappings');
}

test('the ledger has the requests of page and workers, and what the policy refused either of them', async ({
  page,
  sites,
  watch,
}) => {
  watch.expectProblem(REFUSED);
  watch.expectProblem(/^request to /);
  await openApp(page, sites.app);
  await openSample(page);
  const shield = await openShield(page, 'Requests');
  await expect(shield.getByText('None went to another origin.')).toBeVisible();
  await expect(shield.getByText('Nothing had to be refused so far.')).toBeVisible();
  const engine = shield.getByRole('group').filter({ hasText: 'The query engine' });
  await engine.locator('summary').click();
  await expect(engine.getByRole('listitem')).toHaveText([/duckdb-.*worker.*by a background task/, /duckdb-.*\.wasm/]);
  const leak = (): Promise<unknown> => fetch('https://example.invalid/').then(String, () => undefined);
  await page.evaluate(leak);
  for (const worker of page.workers()) await worker.evaluate(leak);
  const refusals = shield.getByText(/^connect-src: .*example\.invalid/);
  await expect(refusals).toHaveCount(1 + page.workers().length);
  await expect(page.getByRole('button', { name: '0 requests to others' })).toBeAttached();
});

test('policy and engine are read back from where they are in force', async ({ page, sites }) => {
  await openApp(page, sites.app);
  const shield = await openShield(page, 'Policy');
  await expect(shield.getByText("connect-src 'self'")).toBeVisible();
  await shield.getByRole('tab', { name: 'Engine' }).click();
  await shield.getByRole('button', { name: 'Load the engine and ask it' }).click();
  await expect(shield.getByText('lock_configuration = true')).toBeVisible();
  await expect(shield.getByText(/"lock_configuration" - the configuration has been locked/)).toBeVisible();
});

test('no part of the shield has an accessibility problem', async ({ page, sites }) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await openApp(page, sites.app);
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('button', { name: /个对外请求/ }).click();
  const shield = page.getByRole('dialog', { name: '防护' });
  for (const tab of await shield.getByRole('tab').all()) {
    await tab.click();
    expect(await accessibilityProblems(page), await tab.innerText()).toEqual([]);
  }
});

test('erasing everything leaves nothing of ours, and gives a receipt that says so', async ({ page, sites }) => {
  await openApp(page, sites.app);
  await keepSomething(page);
  const shield = await openShield(page, 'On this device');
  await shield.getByRole('button', { name: 'Erase everything…' }).click();
  const asking = page.getByRole('dialog', { name: 'Erase everything' });
  await expect(asking.getByRole('row', { name: /How columns of your files were mapped/ })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await asking.getByRole('button', { name: 'Erase everything' }).click();
  const done = page.getByRole('dialog', { name: 'Erased' });
  await expect(done.getByText(/things are gone/)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    done.getByRole('button', { name: 'Save the receipt' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toContain(
    '- How columns of your files were mapped: silhouette-mappings',
  );
  expect(await databaseNames(page)).toEqual([]);
  expect(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])).toEqual([]);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  await done.getByRole('button', { name: 'Start afresh' }).click();
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
});

test('on a shared computer a second page changes nothing, and the visit after the last has closed finds nothing', async ({
  page,
  context,
  sites,
}) => {
  await openApp(page, sites.app);
  await keepSomething(page);
  const shield = await openShield(page, 'On this device');
  await shield.getByText('Forget when I close').click();
  const second = await context.newPage();
  await openApp(second, sites.app);
  expect(await databaseNames(second)).toContain('silhouette-mappings');
  await page.close();
  await second.close();
  const next = await context.newPage();
  await openApp(next, sites.app);
  expect(await databaseNames(next)).not.toContain('silhouette-mappings');
  expect(await next.evaluate(() => localStorage.getItem('silhouette.forget'))).toBe('on-close');
});

test('where the offline helper is at work, closing the last page is enough', async ({
  page,
  context,
  sites,
  watch,
}) => {
  // The browser asks for an icon of the picture that stands in for a page of someone else's.
  watch.expectProblem(/404/);
  await openApp(page, sites.app);
  await keepSomething(page);
  await expect(page.getByText('Works without a network')).toBeVisible();
  const shield = await openShield(page, 'On this device');
  await shield.getByText('Forget when I close').click();
  const witness = await context.newPage();
  await witness.goto(`${sites.app}logo.svg`);
  expect(await databaseNames(witness)).toContain('silhouette-mappings');
  await page.close();
  await expect.poll(() => databaseNames(witness)).toEqual([]);
});
