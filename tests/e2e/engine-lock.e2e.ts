import { hostileStatements } from '../support/hostile-statements';
import { expect, test, type Page } from '../support/e2e';
import type { EngineHarness, RunText } from './harness/engine-harness';

interface HarnessWindow {
  readonly engineHarness: EngineHarness;
}

/** Runs every hostile statement; returns the names of those that were not refused. */
async function runHostile(page: Page, engine: keyof EngineHarness, port: number): Promise<readonly string[]> {
  await page.waitForFunction(() => 'engineHarness' in globalThis);
  const run = await page.evaluateHandle(
    (kind) => (globalThis as unknown as HarnessWindow).engineHarness[kind](),
    engine,
  );
  const accepted: string[] = [];
  for (const { name, text, inert } of hostileStatements(`http://127.0.0.1:${port}`)) {
    const refusal = await run.evaluate((runText: RunText, statement) => runText(statement), text);
    if (refusal === null && inert === undefined) accepted.push(name);
  }
  return accepted;
}

const BLOCKED = /Content Security Policy|policy: connect-src/;

test('with lock and policy, every hostile statement is refused and nothing gets out', async ({
  page,
  sites,
  listener,
}) => {
  await page.goto(`${sites.harness}guarded.html`);
  expect(await runHostile(page, 'locked', listener.port)).toEqual([]);
  expect(listener.hits()).toEqual([]);
});

test('with the lock alone, on a page without the policy, nothing gets out', async ({ page, sites, listener }) => {
  await page.goto(`${sites.harness}open.html`);
  expect(await runHostile(page, 'locked', listener.port)).toEqual([]);
  expect(listener.hits()).toEqual([]);
});

test('with the policy alone, around an engine without the lock, nothing gets out', async ({
  page,
  sites,
  listener,
  watch,
}) => {
  watch.expectProblem(BLOCKED);
  watch.expectProblem(/^request to /);
  await page.goto(`${sites.harness}guarded.html`);
  await runHostile(page, 'unlocked', listener.port);
  expect(listener.hits()).toEqual([]);
});

test('without lock and policy the same statements are heard, so the listener can hear them', async ({
  page,
  sites,
  listener,
  watch,
}) => {
  watch.expectProblem(/./);
  await page.goto(`${sites.harness}open.html`);
  await runHostile(page, 'unlocked', listener.port);
  const heard = watch.takeHits().join('\n');
  expect(heard).toContain('/leak.csv');
  expect(heard).toContain('evil.example');
  // The watch of the journeys sees a worker's requests too.
  expect(watch.problems().filter((problem) => problem.startsWith('request to https://evil.example'))).not.toEqual([]);
});
