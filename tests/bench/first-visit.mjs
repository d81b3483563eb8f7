import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/**
 * One visit with nothing cached: the built app is opened, then its sample.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {string} origin
 */
export async function measureFirstVisit(browser, origin) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  const requested = new Set();
  context.on('request', (request) => {
    // What the service worker stores for later is no part of what a visit waits for.
    if (request.serviceWorker() === null && request.url().startsWith(origin))
      requested.add(new URL(request.url()).pathname);
  });
  const page = await context.newPage();
  await page.goto(origin, { waitUntil: 'load' });
  const sample = page.getByRole('button', { name: 'Open the sample' });
  await sample.waitFor();
  const firstPaintMs = await page.evaluate(async () => {
    const find = () => performance.getEntriesByName('first-contentful-paint')[0];
    while (find() === undefined) await new Promise((next) => requestAnimationFrame(next));
    return find().startTime;
  });
  const beforeSample = [...requested];
  const start = performance.now();
  await sample.click();
  await page.waitForURL(/#\/rfm$/);
  await page.getByRole('heading', { level: 1 }).and(page.locator('main *')).first().waitFor();
  await page.locator('main svg[aria-label]').first().waitFor();
  const sampleMs = performance.now() - start;
  const all = [...requested];
  await context.close();
  return { firstPaintMs, sampleMs, beforeSample, all };
}

/** What those visits fetch, as it lies on the server and as a server may send it. */
export function downloadSizes(dist, { beforeSample, all }) {
  const sum = (paths, encode) =>
    paths.reduce(
      (bytes, path) => bytes + encode(readFileSync(join(dist, path === '/' ? 'index.html' : path))).length,
      0,
    );
  const encodings = {
    raw: (bytes) => bytes,
    gzip: (bytes) => gzipSync(bytes, { level: 9 }),
    brotli: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  };
  return Object.entries(encodings).flatMap(([encoding, encode]) => [
    { name: `downloaded for the first screen (${encoding})`, bytes: sum(beforeSample, encode) / 1000, unit: 'KB' },
    { name: `downloaded up to the sample's segments (${encoding})`, bytes: sum(all, encode) / 1000, unit: 'KB' },
  ]);
}
