import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTENT_SECURITY_POLICY } from '../../.ci/content-security-policy';
import { writeZip } from '../../.ci/zip.mjs';
import { ROOT } from '../support/e2e-setup';
import { expect, test } from '../support/e2e';

const headline = 'Know your customers. Tell no one.';

test('the page paints and answers before the engine is asked for', async ({ page, sites, watch }) => {
  await page.goto(sites.app);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(headline);
  await page.getByRole('link', { name: 'Learn', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(headline);
  expect(watch.requests().filter((address) => /\.wasm|\.worker/.test(address))).toEqual([]);
});

test('the shipped page carries the policy, and the policy refuses what is foreign', async ({
  page,
  sites,
  watch,
  listener,
}) => {
  await page.goto(sites.app);
  const policies = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .evaluateAll((metas) => metas.map((meta) => meta.getAttribute('content')));
  expect(policies).toEqual([CONTENT_SECURITY_POLICY]);
  watch.expectProblem(/Content Security Policy|TrustedHTML|^policy: |^request to http/);
  const outcomes = await page.evaluate(async (origin) => {
    const attempts = {
      fetch: () => fetch(`${origin}/leak`, { mode: 'no-cors' }),
      image: () =>
        new Promise((done, fail) => {
          const image = new Image();
          image.onload = done;
          image.onerror = () => fail(new Error('image refused'));
          image.src = `${origin}/leak.png`;
        }),
      socket: () =>
        new Promise((done, fail) => {
          const socket = new WebSocket(origin.replace('http', 'ws'));
          socket.onopen = done;
          socket.onerror = () => fail(new Error('socket refused'));
        }),
      beacon: () =>
        navigator.sendBeacon(`${origin}/leak`, 'a') ? Promise.resolve() : Promise.reject(new Error('beacon refused')),
      form: () => {
        const form = document.createElement('form');
        form.action = `${origin}/leak`;
        document.body.append(form);
        form.submit();
        return Promise.reject(new Error('form refused'));
      },
      html: () => {
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>');
        return Promise.resolve();
      },
    };
    const results: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(attempts)) {
      results[name] = await (async () => attempt())().then(
        () => 'done',
        () => 'refused',
      );
    }
    return results;
  }, `http://127.0.0.1:${listener.port}`);
  // A beacon is queued before the policy is asked; that nothing arrives is what the listener tells.
  expect({ ...outcomes, beacon: 'refused' }).toEqual({
    fetch: 'refused',
    image: 'refused',
    socket: 'refused',
    beacon: 'refused',
    form: 'refused',
    html: 'refused',
  });
  await page.waitForTimeout(500);
  // The browser opens a connection for a form before it asks the policy; not a byte is said on it.
  expect(watch.takeHits().filter((hit) => hit !== 'connected')).toEqual([]);
});

test('no peer connection can be made', async ({ page, sites }) => {
  await page.goto(sites.app);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(headline);
  expect(
    await page.evaluate(() =>
      ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel'].filter((name) => name in globalThis),
    ),
  ).toEqual([]);
});

for (const place of ['fork', 'unzipped'] as const) {
  test(`the build works under a path (${place}), workers and engine included`, async ({ page, sites }) => {
    const missing: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) missing.push(response.url());
    });
    await page.goto(sites[place]);
    await page.getByRole('combobox', { name: 'Members' }).selectOption({ index: 0 });
    await page.getByRole('button', { name: 'Open the sample' }).click();
    await expect(page).toHaveURL(/#\/rfm$/);
    await expect(page.locator('main').getByRole('heading', { level: 1 })).toContainText(/\d/);
    expect(missing).toEqual([]);
  });
}

test('the same build packs into the same bytes', () => {
  const dist = join(ROOT, '.cache/e2e/dist');
  const again = join(ROOT, '.cache/e2e/again.zip');
  writeZip(dist, again);
  expect(readFileSync(again).equals(readFileSync(join(ROOT, '.cache/e2e/dist.zip')))).toBe(true);
});
