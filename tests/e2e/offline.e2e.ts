import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Response } from '@playwright/test';
import { CONTENT_SECURITY_POLICY } from '../../.ci/content-security-policy';
import { dropFiles, expect, test, type Page, type Watch } from '../support/e2e';
import { expectSegments, goTo, importOpenFile, openApp, openSample, verdict } from '../support/journeys';
import { orderFile, orderRows, ORDER_ROWS } from '../support/order-files';
import { copySite, makeNextVersion } from '../support/site-copies';
import { serveFolder } from '../support/static-server.mjs';
import { shared, writeXlsxFile } from '../support/xlsx-file';

const STORED = 'Works without a network';
const POLICY_HEADER = 'content-security-policy';

/** Serves a copy of the site that the test may change or stop; its requests are no leak. */
async function serveCopy(
  name: string,
  watch: Watch,
): Promise<{ folder: string; origin: string; close: () => Promise<void> }> {
  const folder = copySite(name);
  const server = await serveFolder(folder);
  watch.expectProblem(new RegExp(`^request to ${server.origin}/`));
  return { folder, ...server };
}

async function visit(page: Page, origin: string): Promise<void> {
  await openApp(page, `${origin}/`);
  await expect(page.getByText(STORED)).toBeVisible();
}

async function download(page: Page, format: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: format, exact: true }).click(),
  ]);
  return file.suggestedFilename();
}

/** The answers to the context's pages and workers that did not come from the service worker with the policy on them. */
function answersWithoutPolicy(context: BrowserContext): readonly string[] {
  const found: string[] = [];
  context.on('response', (response: Response) => {
    if (!response.url().startsWith('http') || response.request().serviceWorker() !== null) return;
    if (!response.fromServiceWorker() || response.headers()[POLICY_HEADER] !== CONTENT_SECURITY_POLICY)
      found.push(response.url());
  });
  return found;
}

test('after one visit the whole journey goes on with the network off and the server gone', async ({
  page,
  context,
  watch,
}) => {
  const site = await serveCopy('offline', watch);
  await visit(page, site.origin);
  await site.close();
  await context.setOffline(true);
  await expect(page.getByText('No network now, and none needed')).toBeVisible();
  const withoutPolicy = answersWithoutPolicy(context);
  await openSample(page);
  await page.getByRole('table', { name: 'The segments in figures' }).getByRole('row', { name: 'Champions' }).click();
  await page.getByRole('dialog', { name: 'Champions', exact: true }).getByRole('button', { name: 'Export' }).click();
  expect(await download(page, 'CSV')).toMatch(/\.csv$/);
  expect(await download(page, 'Excel workbook (XLSX)')).toMatch(/\.xlsx$/);

  await page.reload();
  await dropFiles(page, [{ name: 'orders.csv', content: orderFile('en') }]);
  await expect(verdict(page)).toContainText('orders.csv has what is needed');
  await importOpenFile(page);
  await expect(verdict(page)).toHaveText(`All ${ORDER_ROWS} rows are used.`);

  const rows = [['Order', 'Customer ID', 'Order time', 'Amount'], ...orderRows()];
  const book = writeXlsxFile({ sheets: [{ name: 'Orders', rows: rows.map((cells) => cells.map(shared)) }] });
  await dropFiles(page, [{ name: 'orders.xlsx', content: Buffer.from(book) }]);
  await expect(verdict(page)).toContainText('orders.xlsx has what is needed');
  await importOpenFile(page);
  await goTo(page, 'RFM segments');
  await expectSegments(page);
  expect(withoutPolicy).toEqual([]);

  const head = await page.evaluate(async () => {
    const address = document.querySelector('script[src]')?.getAttribute('src') ?? '';
    const whole = await (await fetch(address)).text();
    const part = await fetch(address, { headers: { range: 'bytes=0-9' } });
    const answer = await fetch(address, { method: 'HEAD' });
    return {
      length: Number(answer.headers.get('content-length')) - new TextEncoder().encode(whole).length,
      body: await answer.text(),
      part: part.status === 200 && (await part.text()) === whole,
    };
  });
  expect(head).toEqual({ length: 0, body: '', part: true });
});

test('a page whose policy is switched off still reaches nobody: the service worker refuses', async ({
  browser,
  watch,
  listener,
}) => {
  const site = await serveCopy('refusing', watch);
  mkdirSync(join(site.folder, 'neighbour'));
  writeFileSync(
    join(site.folder, 'neighbour/index.html'),
    '<!doctype html><title>Another site</title><link rel="icon" href="data:,">',
  );
  watch.expectProblem(/^request to |ERR_FAILED/);
  const context = await browser.newContext({ bypassCSP: true });
  await watch.follow(context);
  const page = await context.newPage();
  const ask = (): Promise<readonly string[]> =>
    page.evaluate(async (origin) => {
      const source = `fetch('${origin}/worker', { mode: 'no-cors' }).then(() => postMessage('done'), () => postMessage('refused'));`;
      const inWorker = new Promise<string>((answer) => {
        const policy = (
          globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): never } }
        ).trustedTypes.createPolicy(`test-${performance.now()}`, { createScriptURL: (url: string) => url }) as {
          createScriptURL(url: string): string;
        };
        const url = policy.createScriptURL(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
        new Worker(url).onmessage = ({ data }: MessageEvent<string>) => answer(data);
      });
      const inPage = fetch(`${origin}/page`, { mode: 'no-cors' }).then(
        () => 'done',
        () => 'refused',
      );
      return Promise.all([inPage, inWorker]);
    }, `http://127.0.0.1:${listener.port}`);

  await openApp(page, `${site.origin}/`);
  expect(await ask()).toEqual(['done', 'done']);
  expect(watch.takeHits().filter((hit) => /page|worker/.test(hit))).toHaveLength(2);
  await expect(page.getByText(STORED)).toBeVisible();
  expect(await ask()).toEqual(['refused', 'refused']);
  await page.reload();
  expect(await ask()).toEqual(['refused', 'refused']);
  expect(watch.takeHits()).toEqual([]);

  // Another site under the same path is neither answered for nor bound.
  const neighbour = await page.goto(`${site.origin}/neighbour/`);
  expect(await page.title()).toBe('Another site');
  expect([neighbour?.fromServiceWorker(), neighbour?.headers()[POLICY_HEADER]]).toEqual([false, undefined]);
  expect(await ask()).toContain('done');
  watch.takeHits();
  await context.close();
  await site.close();
});

test('a newer version waits for the click; a tab with work in it goes on with its own parts', async ({
  page,
  context,
  watch,
}) => {
  const site = await serveCopy('updated', watch);
  const cacheCount = (open: Page): Promise<number> => open.evaluate(async () => (await caches.keys()).length);
  await visit(page, site.origin);
  const working = await context.newPage();
  await openApp(working, `${site.origin}/`);
  await openSample(working);
  const before = await verdict(working).textContent();
  await working.evaluate(() => Object.assign(globalThis, { isSamePage: true }));

  await makeNextVersion(site.folder);
  await page.reload();
  const offer = page.getByText('A new version is ready.');
  await expect(offer).toHaveText('A new version is ready.');
  await expect(page.locator('html[data-version=next]')).toHaveCount(0);
  await expect(working.getByText('A new version is ready.')).toContainText('Reloading closes ');

  await page.getByRole('button', { name: 'Reload now' }).click();
  await expect(page.locator('html[data-version=next]')).toHaveCount(1);
  await expect(page.getByText(STORED)).toBeVisible();
  expect(await cacheCount(page)).toBe(2);

  await working.getByRole('button', { name: 'Dismiss' }).click();
  await goTo(working, 'One customer');
  await expect(verdict(working)).toContainText('customers');
  await goTo(working, 'RFM segments');
  await expect(verdict(working)).toHaveText(before ?? '');
  expect(await working.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
  await page.close();
  await working.getByRole('button', { name: 'New version' }).click();
  await working.getByRole('button', { name: 'Reload now' }).click();
  await expect(working.locator('html[data-version=next]')).toHaveCount(1);
  await expect.poll(() => cacheCount(working)).toBe(1);
  await site.close();
});

test('what a first visit could not store is stored by the next, and no more than that', async ({
  page,
  context,
  watch,
}) => {
  const site = await serveCopy('interrupted', watch);
  watch.expectProblem(/404/);
  const engine = readdirSync(join(site.folder, 'assets')).find((name) => name.endsWith('.wasm')) ?? '';
  const path = join(site.folder, 'assets', engine);
  renameSync(path, `${path}.away`);
  await openApp(page, `${site.origin}/`);
  await expect(page.getByText('Not all of the program is stored yet')).toBeVisible();

  renameSync(`${path}.away`, path);
  const stored: string[] = [];
  context.on('request', (request) => {
    if (request.serviceWorker() !== null) stored.push(new URL(request.url()).pathname);
  });
  await page.reload();
  await expect(page.getByText(STORED)).toBeVisible();
  const again = stored.filter((address) => address.startsWith('/assets/'));
  expect(again[0]).toBe(`/assets/${engine}`);
  expect(again.filter((address) => address < `/assets/${engine}`)).toEqual([]);
  await site.close();
});
