import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { LibraryHarness } from '../e2e/harness/library-harness';
import { chromiumFlags, findChromium } from '../support/chromium.mjs';

/** A page that holds the harness of the library. */
export type LibraryPage = Page;

/** What `page.evaluate` finds in a page of the harness. */
export interface HarnessGlobal {
  readonly libraryHarness: LibraryHarness;
}

/** The browser that was last started with each profile. */
const running = new Map<string, ChildProcess>();

/** A Chromium with a profile that outlives it. Playwright's own cannot be killed with its profile kept. */
export class ProfileBrowser {
  readonly #process: ChildProcess;
  readonly #browser: Browser;

  private constructor(process: ChildProcess, browser: Browser) {
    this.#process = process;
    this.#browser = browser;
  }

  static async start(profile: string): Promise<ProfileBrowser> {
    const portFile = join(profile, 'DevToolsActivePort');
    const flags = [...chromiumFlags, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
    for (;;) {
      rmSync(portFile, { force: true });
      // A process group of its own, so that all of the browser's processes die in the same moment.
      const child = spawn(findChromium() ?? chromium.executablePath(), flags, { stdio: 'ignore', detached: true });
      running.set(profile, child);
      const address = `http://127.0.0.1:${await portIn(portFile)}`;
      // Now and then a starting browser never answers, or shows no context: that is the tool's, not ours.
      const browser = await chromium.connectOverCDP(address, { timeout: 20_000 }).catch(() => undefined);
      if (browser?.contexts().length === 1) return new ProfileBrowser(child, browser);
      await killGroup(child);
    }
  }

  /**
   * A new tab with the harness, its library opened.
   *
   * @param quotaBytes what the origin may store; the browser looks again after half a minute only, so it
   *   is set before anything is opened
   */
  async openLibrary(origin: string, quotaBytes?: number): Promise<LibraryPage> {
    const page = await this.open(origin);
    if (quotaBytes !== undefined) {
      const session = await page.context().newCDPSession(page);
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: quotaBytes });
    }
    await page.evaluate(() => (globalThis as unknown as HarnessGlobal).libraryHarness.library.open());
    return page;
  }

  /** A new tab with the harness, in which nothing has been opened. */
  async open(origin: string): Promise<LibraryPage> {
    // The first context is the profile's own; any other would keep nothing.
    const page = await this.#browser.contexts()[0]!.newPage();
    await page.goto(`${origin}/library.html`);
    await page.waitForFunction(() => 'libraryHarness' in globalThis);
    return page;
  }

  /** At once, as when the power goes. */
  async kill(): Promise<void> {
    await killGroup(this.#process);
    await this.#browser.close().catch(() => undefined);
  }

  /** As a person closes it: everything is written. */
  async close(): Promise<void> {
    const gone = exitOf(this.#process);
    const session = await this.#browser.newBrowserCDPSession();
    await session.send('Browser.close').catch(() => undefined);
    await gone;
  }
}

/** Runs `use` with an empty profile; afterwards that is deleted, and a browser that still uses it is killed. */
export async function withProfile<T>(use: (profile: string) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'silhouette-profile-'));
  try {
    return await use(profile);
  } finally {
    const left = running.get(profile);
    running.delete(profile);
    if (left !== undefined) await killGroup(left);
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

async function killGroup(browser: ChildProcess): Promise<void> {
  if (browser.exitCode !== null || browser.signalCode !== null || browser.pid === undefined) return;
  const gone = exitOf(browser);
  process.kill(-browser.pid, 'SIGKILL');
  await gone;
}

function exitOf(browser: ChildProcess): Promise<void> {
  return new Promise((resolve) => browser.once('exit', () => resolve()));
}

/** The browser writes the file when it listens. */
async function portIn(file: string): Promise<number> {
  for (;;) {
    try {
      const port = Number(readFileSync(file, 'utf8').split('\n')[0]);
      if (port > 0) return port;
    } catch {
      // Not there yet.
    }
    await new Promise((next) => setTimeout(next, 20));
  }
}
