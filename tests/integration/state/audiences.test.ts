import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '../../../src/core/sql';
import { createNodeDb } from '../../../src/db/duckdb-node';
import { UndoLine } from '../../../src/state/undo-line.svelte';
import { AudienceStore } from '../../../src/state/audiences.svelte';
import { NAUGHTY_IDS, openSmallShop } from '../../support/small-shop';

const db = createNodeDb();
afterAll(() => db.close());

const ORDERS = NAUGHTY_IDS.map((customerId, i) => ({
  orderId: `O${i}`,
  customerId,
  orderedAt: '2024-01-03 08:05:00',
  amount: `${i + 1}.50`,
}));

async function idsOf(store: AudienceStore, id: string): Promise<string[]> {
  const rows = await db.query(
    sql`SELECT customer_id FROM customers WHERE customer_key IN (${store.membersOf(id)}) ORDER BY customer_key`,
    { customer_id: 'text' },
  );
  return rows.map((row) => row.customer_id);
}

function selection(title: string, ...ids: string[]) {
  const wanted = ids.map((id) => sql`SELECT customer_key FROM customers WHERE customer_id = ${id}`);
  return { title, members: wanted.reduce((all, next) => sql`${all} UNION ALL ${next}`) };
}

const everyone = { title: 'Everyone', members: sql`SELECT customer_key FROM customers`, color: '#123456' };

let store: AudienceStore;
beforeEach(async () => {
  await db.exec(sql`DROP TABLE IF EXISTS audience_members`);
  await openSmallShop(db, ORDERS);
  store = new AudienceStore(db);
});

describe('AudienceStore', () => {
  test('A saved audience stays as it was when the tables behind its rule change.', async () => {
    const rule = { title: 'Spent over 20', members: sql`SELECT customer_key FROM purchases WHERE amount > 20` };
    const saved = await store.save(rule, '  Big\tspenders ', '2024-02-01');
    const before = ORDERS.filter(({ amount }) => Number(amount) > 20).map(({ customerId }) => customerId);
    expect(saved).toEqual({
      id: 'a1',
      name: 'Big spenders',
      created: '2024-02-01',
      origin: { title: 'Spent over 20', statement: 'SELECT customer_key FROM purchases WHERE amount > 20' },
      count: before.length,
      savedCount: before.length,
    });
    await db.exec(sql`DELETE FROM purchases`);
    expect((await idsOf(store, 'a1')).toSorted()).toEqual(before.toSorted());
  });

  test('A customer selected twice is one member, and a key without a customer is none.', async () => {
    const doubled = { title: 'x', members: sql`SELECT 0 AS customer_key UNION ALL SELECT 0 UNION ALL SELECT 9999` };
    expect((await store.save(doubled, 'One', '2024-02-01')).count).toBe(1);
  });

  test('Saving, renaming and removing are taken back in turn, members and all.', async () => {
    const edits = new UndoLine();
    const own = new AudienceStore(db, edits);
    const { id } = await own.save(everyone, 'All', '2024-02-01');
    const members = await idsOf(own, id);
    own.rename(id, 'Everybody');
    await own.remove(id);
    await edits.undo();
    expect(own.list.map(({ name }) => name)).toEqual(['Everybody']);
    expect(await idsOf(own, id)).toEqual(members);
    await edits.undo();
    expect(own.list.map(({ name }) => name)).toEqual(['All']);
    await edits.undo();
    expect(own.list).toEqual([]);
    await edits.redo();
    expect(await idsOf(own, id)).toEqual(members);
    own.clear();
    expect(edits.canUndo || edits.canRedo).toBe(false);
  });

  test('A rule that gives a NULL key saves the others.', async () => {
    const withNull = { title: 'x', members: sql`SELECT NULL::INTEGER AS customer_key UNION ALL SELECT 3` };
    expect((await store.save(withNull, 'One', '2024-02-01')).count).toBe(1);
  });

  test('An empty selection becomes an audience of nobody that survives a rebuild.', async () => {
    await store.save(
      { title: 'none', members: sql`SELECT customer_key FROM customers WHERE false` },
      'Nobody',
      '2024-02-01',
    );
    await store.restore();
    expect(store.list.map(({ count }) => count)).toEqual([0]);
    expect(await idsOf(store, 'a1')).toEqual([]);
  });

  test('After a rebuild every member is found again by its id, whatever characters the id holds.', async () => {
    await store.save(everyone, 'All', '2024-02-01');
    await db.exec(sql`DROP TABLE audience_members`);
    await openSmallShop(db, [
      ...ORDERS,
      { orderId: 'X', customerId: '!first', orderedAt: '2024-01-01 00:00:00', amount: '1.00' },
    ]);
    await store.restore();
    expect(store.get('a1')?.count).toBe(NAUGHTY_IDS.length);
    expect((await idsOf(store, 'a1')).toSorted()).toEqual(NAUGHTY_IDS.toSorted());
  });

  test('A newer file without some of the members shows how many are left of how many.', async () => {
    await store.save(everyone, 'All', '2024-02-01');
    await openSmallShop(db, ORDERS.slice(0, 3));
    await store.restore();
    expect(store.get('a1')).toMatchObject({ count: 3, savedCount: NAUGHTY_IDS.length });
  });

  test('Union, intersection and difference are those of the two lists.', async () => {
    await store.save(selection('a', '000123', '=1+1', '王小明'), 'A', '2024-02-01');
    await store.save(selection('b', '王小明', '-5'), 'B', '2024-02-01');
    const both = async (operation: 'union' | 'intersect' | 'minus', name: string) => {
      const made = await store.combine(operation, 'a1', 'a2', { name, title: name, created: '2024-02-02' });
      return { count: made.count, ids: (await idsOf(store, made.id)).toSorted() };
    };
    expect(await both('union', 'U')).toEqual({ count: 4, ids: ['-5', '000123', '=1+1', '王小明'].toSorted() });
    expect(await both('intersect', 'I')).toEqual({ count: 1, ids: ['王小明'] });
    expect(await both('minus', 'M')).toEqual({ count: 2, ids: ['000123', '=1+1'].toSorted() });
  });

  test('A removed audience comes back in its place with its members and its id is never given again.', async () => {
    await store.save(selection('a', '000123'), 'A', '2024-02-01');
    await store.save(selection('b', '-5'), 'B', '2024-02-01');
    await store.remove('a1');
    expect(store.list.map(({ name }) => name)).toEqual(['B']);
    expect(await idsOf(store, 'a1')).toEqual([]);
    await store.save(selection('c', '=1+1'), 'C', '2024-02-01');
    await store.undoRemove();
    expect(store.list.map(({ id, name }) => `${id} ${name}`)).toEqual(['a1 A', 'a2 B', 'a3 C']);
    expect(await idsOf(store, 'a1')).toEqual(['000123']);
    expect(await store.undoRemove()).toBeNull();
  });

  test('An audience brought back takes another name when its own was given away meanwhile.', async () => {
    await store.save(selection('a', '000123'), 'A', '2024-02-01');
    await store.remove('a1');
    await store.save(selection('b', '-5'), 'a', '2024-02-01');
    expect((await store.undoRemove())?.name).toBe('A 2');
  });

  test('A rule that fails saves nothing and leaves no members behind.', async () => {
    const broken = { title: 'x', members: sql`SELECT customer_key FROM no_such_table` };
    await expect(store.save(broken, 'X', '2024-02-01')).rejects.toMatchObject({ code: 'query-failed' });
    expect(store.list).toEqual([]);
    const rows = await db.query(sql`SELECT count(*) AS n FROM audience_members`, { n: 'integer' });
    expect(rows[0]?.n).toBe(0);
  });

  test('A cancelled save saves nothing.', async () => {
    await expect(store.save(everyone, 'X', '2024-02-01', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(store.list).toEqual([]);
  });

  test('A name that is taken, empty or too long is refused, and an audience may keep its own.', async () => {
    await store.save(selection('a', '000123'), 'VIP', '2024-02-01');
    expect(store.nameMistake(' vip ')).toBe('taken');
    expect(store.nameMistake('vip', 'a1')).toBeNull();
    expect(store.nameMistake(' \n')).toBe('empty');
    expect(store.nameMistake('𠮷'.repeat(60))).toBeNull();
    expect(store.nameMistake('𠮷'.repeat(61))).toBe('too-long');
    await expect(store.save(everyone, 'VIP', '2024-02-01')).rejects.toMatchObject({ code: 'invalid-parameter' });
    store.rename('a1', 'Vip ');
    expect(store.get('a1')?.name).toBe('Vip');
  });

  test('Members over many bundles come back complete.', async () => {
    await db.exec(
      sql`CREATE OR REPLACE TABLE customers AS SELECT i::INTEGER AS customer_key, 'C' || lpad(i::VARCHAR, 7, '0') AS customer_id FROM range(45000) t(i)`,
    );
    const odd = { title: 'odd', members: sql`SELECT customer_key FROM customers WHERE customer_key % 2 = 1` };
    await store.save(odd, 'Odd', '2024-02-01');
    await db.exec(sql`UPDATE customers SET customer_key = 44999 - customer_key`);
    await store.restore();
    expect(store.get('a1')?.count).toBe(22_500);
    const rows = await db.query(
      sql`SELECT count(*) AS n FROM customers JOIN audience_members USING (customer_key) WHERE CAST(substr(customer_id, 2) AS INTEGER) % 2 = 1`,
      { n: 'integer' },
    );
    expect(rows[0]?.n).toBe(22_500);
  });
});
