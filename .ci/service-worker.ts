import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformWithOxc, type Plugin } from 'vite';
import type { SiteBuild, SiteFile } from '../src/offline/offline-contract.ts';
import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts';

const SOURCE = fileURLToPath(new URL('../src/offline/service-worker.ts', import.meta.url));
const NAME = 'service-worker.js';

/** Every file of a built site but the service worker itself and hidden ones, which not every host serves. */
export function siteBuild(folder: string): SiteBuild {
  const index = readFileSync(join(folder, 'index.html'), 'utf8');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== NAME)
    .sort()
    .map((path): SiteFile => {
      const content = readFileSync(join(folder, path));
      const isShell = path === 'index.html' || index.includes(`"./${path}"`);
      return { path, bytes: content.byteLength, sha256: sha256(content), isShell };
    });
  return { version: sha256(JSON.stringify(files)).slice(0, 16), policy: CONTENT_SECURITY_POLICY, files };
}

/** Writes the service worker of a built site into its folder, readable as it was written. */
export async function writeServiceWorker(folder: string): Promise<void> {
  const { code } = await transformWithOxc(readFileSync(SOURCE, 'utf8'), SOURCE, { sourcemap: false });
  // What marks a module has no place in a classic worker, the only kind that every browser takes.
  const script = code.replace(/^export \{\};$/m, '');
  writeFileSync(join(folder, NAME), `const BUILD = ${JSON.stringify(siteBuild(folder), null, 2)};\n\n${script}`);
}

export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    writeBundle: { order: 'post', sequential: true, handler: ({ dir = 'dist' }) => writeServiceWorker(dir) },
  };
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
