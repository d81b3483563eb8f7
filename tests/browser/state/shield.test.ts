import { afterAll, expect, test } from 'vitest';
import type { Db } from '../../../src/db/db';
import { createBrowserDb } from '../../../src/db/duckdb-browser';
import { Shield } from '../../../src/state/shield.svelte';
import { spawnClassicWorker, watchWorker } from '../../../src/workers/spawn';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });

afterAll(() => db.close());

test('the settings are the real engine’s, and its refusals are its own words', async () => {
  const shield = new Shield(db, window);
  await shield.readEngine();
  expect(shield.error).toBeNull();
  expect(shield.engine?.settings).toEqual([
    { name: 'enable_external_access', value: 'false', isAsSet: true },
    { name: 'allowed_directories', value: '[app/]', isAsSet: true },
    { name: 'autoload_known_extensions', value: 'false', isAsSet: true },
    { name: 'lock_configuration', value: 'true', isAsSet: true },
  ]);
  expect(shield.engine?.attempts).toEqual([
    {
      text: 'SET enable_external_access = true',
      refusal: expect.stringMatching(/"enable_external_access" - the configuration has been locked/),
    },
    {
      text: 'SET lock_configuration = false',
      refusal: expect.stringMatching(/"lock_configuration" - the configuration has been locked/),
    },
  ]);
});

test('an engine that is not locked is shown as one', async () => {
  const obedient = {
    query: () => Promise.resolve([{ name: 'enable_external_access', value: 'true' }]),
    exec: () => Promise.resolve(),
  } as unknown as Db;
  const shield = new Shield(obedient, window);
  await shield.readEngine();
  expect(shield.engine?.settings.map(({ value, isAsSet }) => [value, isAsSet])).toEqual([
    ['true', false],
    ['', false],
    ['', false],
    ['', false],
  ]);
  expect(shield.engine?.attempts.map(({ refusal }) => refusal)).toEqual([null, null]);
});

test('an engine that has died is an error, not a refusal', async () => {
  const dead = createBrowserDb({
    spawn: () => {
      throw new Error('no worker');
    },
    watch: watchWorker,
  });
  const shield = new Shield(dead, window);
  await shield.readEngine();
  expect(shield.error?.code).toBe('engine-load-failed');
  expect(shield.engine).toBeNull();
});

test('a page without a policy says so', async () => {
  const shield = new Shield(db, window);
  await shield.readPolicy();
  expect(shield.policy).toEqual({ page: [], header: [] });
});

test('the rules are those of the page’s own meta element, one by one', async () => {
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = "object-src 'none'; img-src 'self' data:;";
  document.head.append(meta);
  const shield = new Shield(db, window);
  await shield.readPolicy();
  expect(shield.policy?.page).toEqual(["object-src 'none'", "img-src 'self' data:"]);
});
