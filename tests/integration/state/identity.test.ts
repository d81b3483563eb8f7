import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '../../../src/core/sql';
import { createNodeDb } from '../../../src/db/duckdb-node';
import { DEFAULT_CHOICES } from '../../../src/ingest/identity/identity-choices';
import { identityInProcess, type IdentityWork } from '../../../src/ingest/identity/identity-work';
import { IdentitySession } from '../../../src/state/identity.svelte';
import { openAccounts, type TestAccount } from '../../support/identity-tables';

const db = createNodeDb();
afterAll(() => db.close());

const PEOPLE: readonly TestAccount[] = [
  {
    ids: [
      ['member', 'M1'],
      ['phone', '15400000011'],
      ['name', '王雨'],
      ['birthday', '1990-01-02'],
    ],
    city: '上海',
  },
  {
    ids: [
      ['member', 'M2'],
      ['phone', '154 0000 0011'],
      ['name', '王雨'],
    ],
    city: '上海',
  },
  {
    ids: [
      ['member', 'M3'],
      ['phone', '15400000012'],
      ['name', '王宇'],
      ['birthday', '1990-01-02'],
    ],
    city: '上海',
  },
  ...Array.from({ length: 60 }, (_, i): TestAccount => ({
    ids: [
      ['member', `S${i}`],
      ['phone', `164${String(i * 1_234_567 + 1_000_000).padStart(8, '0')}`],
      ['name', ['李强', '张芳', '刘洋', '陈静', '杨军'][i % 5]!],
      ['birthday', `19${60 + (i % 40)}-05-${10 + (i % 19)}`],
    ],
    city: i % 2 === 0 ? '上海' : '杭州',
  })),
];

let session: IdentitySession;
beforeEach(async () => {
  await openAccounts(db, PEOPLE);
  await db.exec(sql`CREATE OR REPLACE TABLE order_lines AS SELECT * FROM (VALUES
    (0, 0, TIMESTAMP '2024-01-01 10:00:00', CAST(10 AS DECIMAL(18, 2)))) t(order_key, account_key, ordered_at, amount)`);
  session = new IdentitySession(db, identityInProcess);
});

describe('IdentitySession', () => {
  test('A new dataset is resolved under the defaults, and those who follow it are told before the figures are read.', async () => {
    const told: boolean[] = [];
    session.onResolved(() => void told.push(session.coverage === null));
    await session.begin();
    expect(session.resolved).toMatchObject({ accounts: 63, customers: 62, merged: 1 });
    expect(session.coverage?.all.knownRevenue).toBe(10);
    expect(told).toEqual([true]);
    expect([session.progress, session.error]).toEqual([null, null]);
  });

  test('A choice, its undo and its redo change the customers each time.', async () => {
    await session.begin();
    const counts: (number | undefined)[] = [];
    await session.setKey('phone', { isOn: false });
    counts.push(session.resolved?.customers);
    await session.undo();
    counts.push(session.resolved?.customers);
    await session.redo();
    counts.push(session.resolved?.customers);
    expect(counts).toEqual([63, 62, 63]);
  });

  test('Keys are moved among those on the page, whatever stands between them.', async () => {
    await session.begin();
    await session.moveKey('phone', -1, ['member', 'phone']);
    expect(session.choices.keys.map(({ key }) => key).slice(0, 3)).toEqual(['phone', 'member', 'customer']);
    await session.moveKey('phone', 1, ['phone', 'member']);
    expect(session.choices.keys.map(({ key }) => key).slice(0, 3)).toEqual(['member', 'phone', 'customer']);
    await session.moveKey('member', -1, ['member', 'phone']);
    expect(session.choices.keys[0]?.key).toBe('member');
  });

  test('The newest of two choices wins, and nothing of the other is left.', async () => {
    await session.begin();
    const first = session.setKey('phone', { isOn: false });
    const second = session.setKey('phone', { isOn: true, mostCustomers: 9 });
    await Promise.all([first, second]);
    expect(session.resolved?.customers).toBe(62);
    expect(session.choices.keys.find(({ key }) => key === 'phone')).toMatchObject({ isOn: true, mostCustomers: 9 });
    const left = await db.query(
      sql`SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%resolved' OR table_name LIKE 'identity_names%'`,
      { table_name: 'text' },
    );
    expect(left).toEqual([]);
  });

  test('A failure is kept for the page, and the customers before it stand.', async () => {
    let fails = false;
    const work: IdentityWork = {
      ...identityInProcess,
      cluster: (...call) => (fails ? Promise.reject(new Error('broken')) : identityInProcess.cluster(...call)),
    };
    session = new IdentitySession(db, work);
    await session.begin();
    fails = true;
    await session.setKey('phone', { isOn: false });
    expect(session.error?.code).toBe('unexpected');
    expect(session.resolved?.customers).toBe(62);
    fails = false;
    await session.retry();
    expect([session.error, session.resolved?.customers]).toEqual([null, 63]);
  });

  test('A cancel ends the work silently.', async () => {
    await session.begin();
    const change = session.setKey('phone', { isOn: false });
    session.cancel();
    await change;
    expect([session.error, session.progress, session.resolved?.customers]).toEqual([null, null, 62]);
  });

  test('A decision waits until it is applied, can be taken back, and a new search heeds it.', async () => {
    await session.begin();
    await session.findPairs();
    const { review } = session;
    const pair = review.current;
    expect(pair).toMatchObject({ left: 0, right: 2 });
    await review.decide('same');
    expect([review.verdictOf(pair!.index), session.waiting, session.resolved?.customers]).toEqual(['same', 1, 62]);
    await review.go(0);
    await review.decide('same');
    expect([review.verdictOf(pair!.index), session.waiting]).toEqual([null, 0]);
    await review.go(0);
    await review.decide('different');
    await session.apply();
    expect([session.waiting, session.resolved?.customers]).toEqual([0, 62]);
    await session.findPairs();
    expect(session.review.verdictOf(session.review.queue[0]!)).toBe('different');
  });

  test('Sure pairs are joined without looking only when asked, also by choices that come from elsewhere.', async () => {
    const probable = { ...DEFAULT_CHOICES.probable, isOn: true, acceptFrom: 0.5 };
    await session.begin({ ...DEFAULT_CHOICES, probable });
    expect(session.resolved?.acceptedPairs).toBe(1);
    expect(session.resolved?.customers).toBe(61);
  });

  test('An account that is taken out stays out whatever the keys say, and comes back with undo.', async () => {
    await session.begin();
    await session.split([1], [0]);
    expect(session.resolved?.customers).toBe(63);
    expect(session.resolved?.culpritsBy.apart).toBe(1);
    await session.undo();
    expect(session.resolved?.customers).toBe(62);
  });
});
