import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../../.ci/content-security-policy';
import { siteBuild, writeServiceWorker } from '../../../.ci/service-worker';

/** The example of FIPS 180-2, appendix B.1. */
const ABC = { bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' };
const INDEX = '<link rel="icon" href="./logo.svg"><script type="module" src="./assets/index-1.js"></script>';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'site-'));
  mkdirSync(join(folder, 'assets'));
  const texts = {
    '.nojekyll': '',
    'index.html': INDEX,
    'logo.svg': 'abc',
    'service-worker.js': 'of the build before',
    'assets/index-1.js': 'abc',
    'assets/later-2.js': 'abc',
  };
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(folder, path), text);
});

afterEach(() => rmSync(folder, { recursive: true }));

test('a build lists every file it serves with size and hash, and tells what the first screen needs', () => {
  const { files, policy } = siteBuild(folder);
  expect(policy).toBe(CONTENT_SECURITY_POLICY);
  expect(files.filter(({ path }) => path !== 'index.html')).toEqual([
    { path: 'assets/index-1.js', ...ABC, isShell: true },
    { path: 'assets/later-2.js', ...ABC, isShell: false },
    { path: 'logo.svg', ...ABC, isShell: true },
  ]);
  expect(files.find(({ path }) => path === 'index.html')).toMatchObject({ bytes: INDEX.length, isShell: true });
});

test('the version is that of the bytes: the same again, another for one changed byte or another name', () => {
  const { version } = siteBuild(folder);
  expect(siteBuild(folder).version).toBe(version);
  writeFileSync(join(folder, 'assets/later-2.js'), 'abd');
  const changed = siteBuild(folder).version;
  writeFileSync(join(folder, 'assets/later-2.js'), 'abc');
  writeFileSync(join(folder, 'assets/later-3.js'), 'abc');
  expect(new Set([version, changed, siteBuild(folder).version]).size).toBe(3);
});

test('the service worker is written as a classic script that keeps its comments and knows the build', async () => {
  await writeServiceWorker(folder);
  const text = readFileSync(join(folder, 'service-worker.js'), 'utf8');
  expect(() => new Script(text)).not.toThrow();
  expect(text).toContain('The service worker, whole');
  const build: unknown = new Script(`${text.slice(0, text.indexOf('};') + 2)} BUILD`).runInNewContext();
  expect(build).toEqual(siteBuild(folder));
});
