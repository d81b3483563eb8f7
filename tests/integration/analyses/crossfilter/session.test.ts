import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { CrossfilterSession } from '../../../../src/analyses/crossfilter/crossfilter-session.svelte';
import { membersQuery } from '../../../../src/analyses/crossfilter/crossfilter.sql';
import { cubesInProcess, type CubeWork } from '../../../../src/analyses/crossfilter/cube-work';
import { binCount, type Filters } from '../../../../src/analyses/crossfilter/dimensions';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { BinFilter } from '../../../../src/kernels/crossfilter/brush-cube';
import { plainFigures } from '../../../unit/kernels/crossfilter/plain-crossfilter';
import { fillShop, FULL_TABLES, plainBin, plainCustomers, randomShop } from './plain-customers';

const SHOP = randomShop(300, 5);
const SCOPE: Scope = { asOf: '2024-07-01', from: null, audience: null };
let db: Db;
beforeAll(async () => {
  db = createNodeDb();
  await fillShop(db, SHOP);
});
afterAll(() => db.close());

async function open(makeWork: () => CubeWork = cubesInProcess): Promise<CrossfilterSession> {
  const session = new CrossfilterSession({ db, tables: FULL_TABLES }, makeWork);
  session.setScope(SCOPE, 1);
  await expect.poll(() => session.figures, { timeout: 30_000 }).not.toBeNull();
  return session;
}

function expected(session: CrossfilterSession, scope = SCOPE) {
  const dimensions = session.result?.dimensions ?? [];
  const customers = plainCustomers(SHOP, scope.asOf, scope.from ?? '');
  const chunk = {
    bins: dimensions.map((dimension) => Uint8Array.from(customers, (customer) => plainBin(dimension, customer))),
    orders: Int32Array.from(customers, ({ orders }) => orders),
    money: Float64Array.from(customers, ({ cents }) => cents),
  };
  return plainFigures(chunk, dimensions.map(binCount), session.filters);
}

/** Waits until the figures are those of the filters as they are by then. */
const settle = (session: CrossfilterSession, scope = SCOPE): Promise<void> =>
  vi.waitFor(() => expect(session.figures).toEqual(expected(session, scope)), 10_000);

it('answers moves of the brush at once, and brushes of other dimensions as soon as their cube is there', async () => {
  const session = await open();
  await settle(session);
  const [one, two, three]: readonly BinFilter[] = [[[0, 2]], [[1, 3]], [[0, 1]]];
  session.approach(1);
  session.brush(1, one ?? null);
  session.brush(1, two ?? null);
  await settle(session);
  session.brush(1, one ?? null);
  // No waiting: the cube of the dimension is there.
  expect(session.figures).toEqual(expected(session));
  session.brush(4, three ?? null);
  await settle(session);
  session.brush(6, [[0, 1]]);
  session.brush(4, null);
  await settle(session);
  session.close();
});

it('keeps a committed brush as a parameter, and takes steps back and forth', async () => {
  const session = await open();
  session.brush(1, [[1, 2]]);
  expect(session.params.filters).toEqual({});
  session.commit();
  session.commit();
  const first: Filters = session.params.filters;
  expect(first).toEqual({ frequency: { from: 2, to: 3 } });
  session.brush(6, [[0, 1]]);
  session.commit();
  session.undo();
  expect(session.params.filters).toEqual(first);
  expect(session.filters[6]).toBeNull();
  session.undo();
  expect([session.params.filters, session.isFiltered, session.canUndo]).toEqual([{}, false, false]);
  session.redo();
  session.redo();
  expect(Object.keys(session.params.filters)).toEqual(['frequency', 'gender']);
  session.clear();
  expect([session.isFiltered, session.canRedo]).toEqual([false, false]);
  session.undo();
  await settle(session);
  expect(session.isFiltered).toBe(true);
  session.close();
});

it('takes parameters from outside, and brings a choice along into another scope', async () => {
  const session = await open();
  session.adopt({ ...session.params, filters: { frequency: { from: 2, to: null } } });
  await settle(session);
  const later: Scope = { ...SCOPE, from: '2023-09-01' };
  session.setScope(later, 1);
  await expect.poll(() => session.result?.scope, { timeout: 30_000 }).toBe(later);
  await settle(session, later);
  expect(session.filters[1]?.[0]?.[0]).toBe(1);
  const [row] = await db.query(
    sql`SELECT count(*) AS n FROM (${membersQuery(later, session.result?.dimensions ?? [], session.filters)})`,
    { n: 'integer' },
  );
  expect(row?.n).toBe(session.figures?.customers);
  session.close();
});

it('reads the customers once more when their worker has ended', async () => {
  let made = 0;
  let isLost = false;
  const session = await open(() => {
    made++;
    const work = cubesInProcess();
    return {
      ...work,
      cube: (active, filters) => (isLost ? Promise.reject(new Error('lost')) : work.cube(active, filters)),
    };
  });
  await settle(session);
  isLost = true;
  session.brush(3, [[0, 2]]);
  await expect.poll(() => made, { timeout: 10_000 }).toBe(2);
  isLost = false;
  session.retry();
  await settle(session);
  expect(session.error).toBeNull();
  session.close();
});
