import { readFileSync } from 'node:fs';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { chromiumLaunch } from './chromium.mjs';
import { openListener } from './listener.mjs';

export { expect, type Page };

type Listener = Awaited<ReturnType<typeof openListener>>;

/** Where the built site and its companions are served; each has an origin of its own. */
export interface Sites {
  /** The build at the top of its origin. */
  readonly app: string;
  /** The same build under a path, as a fork on GitHub Pages has it. */
  readonly fork: string;
  /** What comes out of dist.zip, under a path. */
  readonly unzipped: string;
  /** Test pages around the engine. */
  readonly harness: string;
}

/** Watches a journey; a test that provokes a problem on purpose says which. */
export interface Watch {
  /** Problems that match are part of the test: console errors, page errors, violations of the policy. */
  expectProblem(pattern: RegExp): void;
  /** Every problem so far, expected or not. */
  problems(): readonly string[];
  /** The addresses that pages and their workers asked for so far; the service worker stores the site on its own. */
  requests(): readonly string[];
  /** What has reached the listener on the other origin, and takes it as expected. */
  takeHits(): readonly string[];
  /** Also watches a context that the test opened itself. */
  follow(context: BrowserContext): Promise<void>;
}

interface TestFixtures {
  readonly watch: Watch;
}

interface WorkerFixtures {
  readonly listener: Listener;
  readonly sites: Sites;
}

/** The browser's own errands: its hosts do not resolve, so that they cannot be taken for the page's. */
const BROWSER_ERRANDS = ['*.google.com', '*.googleapis.com', '*.gstatic.com', '*.gvt1.com', '*.google'];

export const test = base.extend<TestFixtures, WorkerFixtures>({
  listener: [
    async ({}, use) => {
      const listener = await openListener();
      await use(listener);
      await listener.close();
    },
    { scope: 'worker' },
  ],

  // Whatever foreign name is asked for, the listener answers: a leak is heard, not lost in a failed look-up.
  launchOptions: [
    async ({ listener }, use) => {
      const rules = [
        ...BROWSER_ERRANDS.map((host) => `MAP ${host} ~NOTFOUND`),
        `MAP * 127.0.0.1:${listener.port}`,
        'EXCLUDE 127.0.0.1',
      ];
      await use(chromiumLaunch([`--host-resolver-rules=${rules.join(', ')}`]));
    },
    { scope: 'worker' },
  ],

  sites: [
    async ({}, use) => {
      const app = origin('SILHOUETTE_APP');
      await use({
        app: `${app}/`,
        fork: `${app}/some/fork/`,
        unzipped: `${origin('SILHOUETTE_UNZIPPED')}/customers/`,
        harness: `${origin('SILHOUETTE_HARNESS')}/`,
      });
    },
    { scope: 'worker' },
  ],

  watch: [
    async ({ context, listener, sites }, use) => {
      const problems: string[] = [];
      const requests: string[] = [];
      const expected: RegExp[] = [];
      const ours = new Set(Object.values(sites).map((address) => new URL(address).origin));
      let takenHits = listener.hits().length;

      const follow = async (followed: BrowserContext): Promise<void> => {
        followed.on('request', (request) => {
          if (request.serviceWorker() === null) requests.push(request.url());
          const { protocol, origin: from } = new URL(request.url());
          if (protocol !== 'blob:' && protocol !== 'data:' && !ours.has(from))
            problems.push(`request to ${request.url()}`);
        });
        followed.on('console', (message) => {
          if (message.type() === 'error') problems.push(`console: ${message.text()}`);
        });
        followed.on('weberror', (error) =>
          problems.push(`page error: ${error.error().stack ?? error.error().message}`),
        );
        await followed.exposeBinding(
          'reportViolation',
          (_source, text: string) => void problems.push(`policy: ${text}`),
        );
        await followed.addInitScript(() => {
          document.addEventListener('securitypolicyviolation', (event) => {
            const report = (globalThis as unknown as { reportViolation(text: string): void }).reportViolation;
            report(`${event.effectiveDirective} blocked ${event.blockedURI} ${event.sample}`);
          });
        });
      };

      await follow(context);
      await use({
        expectProblem: (pattern) => void expected.push(pattern),
        problems: () => [...problems],
        requests: () => [...requests],
        takeHits: () => {
          const hits = listener.hits().slice(takenHits);
          takenHits += hits.length;
          return hits;
        },
        follow,
      });
      expect(listener.hits().slice(takenHits), 'what reached another origin').toEqual([]);
      expect(
        problems.filter((problem) => !expected.some((pattern) => pattern.test(problem))),
        'problems in the page',
      ).toEqual([]);
    },
    { auto: true },
  ],
});

export interface DroppedFile {
  readonly name: string;
  readonly content: string | Buffer;
  readonly type?: string;
}

/** Drops files on the page as a person would, with the drag before it. */
export async function dropFiles(page: Page, files: readonly DroppedFile[], target = 'body'): Promise<void> {
  const payload = files.map(({ name, content, type = 'text/csv' }) => ({
    name,
    type,
    base64: Buffer.from(content).toString('base64'),
  }));
  const transfer = await page.evaluateHandle((items) => {
    const data = new DataTransfer();
    for (const { name, type, base64 } of items) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      data.items.add(new File([bytes], name, { type }));
    }
    return data;
  }, payload);
  for (const event of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent(target, event, { dataTransfer: transfer });
  await transfer.dispose();
}

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** What axe-core has against the page as it stands: WCAG 2.2 A and AA and its good practices, one line a node. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // A colour that is still on its way from one theme to the other is neither's.
  await page.evaluate(async () => {
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  });
  // The policy forbids foreign scripts; the protocol's evaluation is not one.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: typeof import('axe-core') }).axe;
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => {
        const { fgColor, bgColor } = (node.any[0]?.data ?? {}) as {
          readonly fgColor?: string;
          readonly bgColor?: string;
        };
        return `${id}: ${node.target.join(' ')}${fgColor === undefined ? '' : ` (${fgColor} on ${bgColor ?? ''})`}`;
      }),
    );
  });
}

/** What axe-core has against the page in each theme, with the theme in front. */
export async function problemsInBothThemes(page: Page): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    problems.push(...(await accessibilityProblems(page)).map((problem) => `${colorScheme}: ${problem}`));
  }
  return problems;
}

function origin(name: string): string {
  const address = process.env[name];
  if (address === undefined) throw new Error(`${name} is not set: run through tests/e2e/playwright.config.ts`);
  return address;
}
