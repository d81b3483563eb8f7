import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { build } from 'vite';
import { writeZip } from '../../.ci/zip.mjs';
import { serveFolder } from './static-server.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, '.cache', 'e2e');

/** Builds the app once as it ships, the engine harness beside it, and serves both as a plain host would. */
export default async function setUp(): Promise<() => Promise<void>> {
  const dist = join(CACHE, 'dist');
  const zip = join(CACHE, 'dist.zip');
  const unzipped = join(CACHE, 'unzipped');
  const harness = join(CACHE, 'harness');
  rmSync(CACHE, { recursive: true, force: true });
  await build({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: dist, emptyOutDir: true },
  });
  writeZip(dist, zip);
  unpack(zip, unzipped);
  await build({
    configFile: join(ROOT, 'tests/e2e/harness/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: harness, emptyOutDir: true },
  });
  const servers = {
    SILHOUETTE_APP: await serveFolder(dist, ['/', '/some/fork/']),
    SILHOUETTE_UNZIPPED: await serveFolder(unzipped, ['/customers/']),
    SILHOUETTE_HARNESS: await serveFolder(harness),
  };
  // Playwright starts its workers after this with the environment as it is then.
  for (const [name, server] of Object.entries(servers)) process.env[name] = server.origin;
  return async () => {
    for (const server of Object.values(servers)) await server.close();
  };
}

function unpack(zip: string, folder: string): void {
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}
