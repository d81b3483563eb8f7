import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a Chromium in a container needs, and what keeps it from calling home. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/** The Chromium to test with: CHROMIUM_PATH, then the usual names on PATH; undefined = Playwright's own. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') return named;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

/** What Playwright's launch takes to start the Chromium that was found. */
export function chromiumLaunch(flags = []) {
  const executablePath = findChromium();
  return { args: [...chromiumFlags, ...flags], ...(executablePath === undefined ? {} : { executablePath }) };
}

/**
 * Makes sure that a Chromium starts, installing one where there is none: Debian's package as root,
 * Playwright's own elsewhere.
 *
 * @returns {Promise<string | undefined>} undefined, or one line saying why there is none and what to do
 */
export async function ensureChromium() {
  const { chromium } = await import('@playwright/test');
  if (starts(findChromium() ?? chromium.executablePath())) return undefined;
  if (process.env.CHROMIUM_PATH)
    return `CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which does not start: point it at a Chromium.`;
  const asRoot = process.getuid?.() === 0;
  if (asRoot && isDebian()) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  } else {
    run('npx', ['playwright', 'install', 'chromium']);
  }
  if (starts(findChromium() ?? chromium.executablePath())) return undefined;
  return 'No Chromium: set CHROMIUM_PATH to one, or run `apt-get install chromium` (Debian, as root) or `npx playwright install chromium`.';
}

function run(command, args) {
  console.log(`Installing a Chromium for the tests: ${command} ${args.join(' ')}`);
  spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** A stub that only tells how to install the real one is on PATH too, so the version is asked for. */
function starts(path) {
  if (!existsSync(path)) return false;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 60_000 }).status === 0;
}

function isDebian() {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
