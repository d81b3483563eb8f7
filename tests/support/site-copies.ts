import { cpSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeServiceWorker } from '../../.ci/service-worker';
import { ROOT } from './e2e-setup';

const BUILT = join(ROOT, '.cache', 'e2e', 'dist');

/** A copy of the built site under a name of its own, to be changed by a test. Returns its folder. */
export function copySite(name: string): string {
  const folder = join(ROOT, '.cache', 'e2e', name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(BUILT, folder, { recursive: true });
  return folder;
}

/** Makes a site what the next build of a changed program is: scripts under other names, the older ones gone. */
export async function makeNextVersion(folder: string): Promise<void> {
  const scripts = readdirSync(join(folder, 'assets')).filter((name) => /^(index|IdentityRoom)-.*\.js$/.test(name));
  for (const name of scripts) renameSync(join(folder, 'assets', name), join(folder, 'assets', nextName(name)));
  for (const path of ['index.html', ...readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`)]) {
    if (!/\.(html|js)$/.test(path)) continue;
    const text = readFileSync(join(folder, path), 'utf8');
    const changed = scripts.reduce((all, name) => all.replaceAll(name, nextName(name)), text);
    writeFileSync(join(folder, path), changed.replace('<html lang="en">', '<html lang="en" data-version="next">'));
  }
  await writeServiceWorker(folder);
}

function nextName(name: string): string {
  return name.replace('.js', '-next.js');
}
