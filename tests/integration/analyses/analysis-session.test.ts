import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Analysis, Scope } from '../../../src/analyses/analysis';
import { AnalysisSession } from '../../../src/analyses/analysis-session.svelte';
import { createDeferred } from '../../../src/core/deferred';
import type { Db } from '../../../src/db/db';
import { createNodeDb } from '../../../src/db/duckdb-node';
import { DEFAULT_POLICY } from '../../../src/ingest/policy';
import { createSaleTables } from '../../../src/ingest/sale-tables/make-sale-tables';
import { SMALL_LAYOUT } from '../../support/small-shop';

let db: Db;
beforeAll(() => {
  db = createNodeDb();
});
afterAll(() => db.close());

const SCOPE: Scope = { asOf: '2024-06-17', from: null, audience: null };

it('does not show how a run failed that a newer one has superseded', async () => {
  const runs = [createDeferred<{ readonly of: string }>(), createDeferred<{ readonly of: string }>()] as const;
  let begun = 0;
  const slow: Analysis<object, { readonly of: string }> = {
    id: 'slow',
    defaults: {},
    validate: () => [],
    run: () => runs[begun++ === 0 ? 0 : 1].promise,
  };
  const tables = createSaleTables(db, () => ({ policy: DEFAULT_POLICY, layout: SMALL_LAYOUT, revision: 1 }));
  const session = new AnalysisSession(slow, { db, tables });
  session.setScope(SCOPE, 1);
  session.setScope(SCOPE, 2);
  runs[0].reject(new Error('the tables before are gone'));
  runs[1].resolve({ of: 'revision 2' });
  await expect.poll(() => session.running).toBe(false);
  expect(session.error).toBeNull();
  expect(session.result).toEqual({ of: 'revision 2' });
  session.close();
});
