import { afterAll, describe, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import {
  DEFAULT_CHOICES,
  identityChoicesSchema,
  type AccountName,
  type IdentityChoices,
  type KeyChoice,
  type KeyKind,
} from '../../../../src/ingest/identity/identity-choices';
import { identityInProcess } from '../../../../src/ingest/identity/identity-work';
import { prepareIdentity } from '../../../../src/ingest/identity/prepare-identity';
import { resolveIdentity } from '../../../../src/ingest/identity/resolve-identity';
import { candidatesOf, mergeProfiles } from '../../../../src/ingest/identity/survivorship';
import { openAccounts, type TestAccount } from '../../../support/identity-tables';
import * as v from 'valibot';

const db = createNodeDb();
afterAll(() => db.close());

const ids = (...list: (readonly [string, string])[]): TestAccount => ({ ids: list });

async function resolve(accounts: readonly TestAccount[], choices: IdentityChoices = DEFAULT_CHOICES) {
  await openAccounts(db, accounts);
  const prepared = await prepareIdentity(db, identityInProcess, choices);
  return { prepared, resolved: await resolveIdentity(db, identityInProcess, prepared, choices, null) };
}

async function customers(): Promise<Record<string, number[]>> {
  const rows = await db.query(
    sql`SELECT customer_key, customer_id, account_key FROM customers JOIN accounts USING (customer_key) ORDER BY customer_key, account_key`,
    { customer_key: 'integer', customer_id: 'text', account_key: 'integer' },
  );
  const found: Record<string, number[]> = {};
  for (const row of rows) (found[row.customer_id] ??= []).push(row.account_key);
  return found;
}

function withKey(key: KeyKind, change: Partial<KeyChoice>): IdentityChoices {
  return {
    ...DEFAULT_CHOICES,
    keys: DEFAULT_CHOICES.keys.map((choice) => (choice.key === key ? { ...choice, ...change } : choice)),
  };
}

const FAMILY: readonly TestAccount[] = [
  ids(['member', 'M1'], ['phone', '15400000011']),
  ids(['customer', 'M1']),
  ids(['member', 'M2'], ['phone', '+86 154-0000-0011'], ['email', 'Ann@Shop.example']),
  ids(['member', 'M3'], ['email', 'ann@shop.example']),
  ids(['member', 'M4'], ['phone', '13800000000']),
  ids(['member', 'M5'], ['phone', '13800000000'], ['email', '无']),
];

describe('resolveIdentity', () => {
  it('joins accounts by number, telephone and address however they are written, and not by placeholders', async () => {
    const { prepared, resolved } = await resolve(FAMILY);
    expect(await customers()).toEqual({ M1: [0, 1, 2, 3], M4: [4], M5: [5] });
    expect(resolved).toMatchObject({ accounts: 6, customers: 3, merged: 1, largest: 4, culpritCount: 0 });
    expect(prepared.unusable).toEqual([
      { kind: 'phone', value: '13800000000', unusable: 'placeholder', accounts: 2 },
      { kind: 'email', value: '无', unusable: 'placeholder', accounts: 1 },
    ]);
  });

  it('numbers customers densely in the byte order of their ids', async () => {
    await resolve([ids(['member', '李']), ids(['member', 'b']), ids(['member', 'B']), ids(['member', '10'])]);
    expect(Object.keys(await customers())).toEqual(['10', 'B', 'b', '李']);
    const rows = await db.query(sql`SELECT customer_key FROM customers ORDER BY customer_id`, {
      customer_key: 'integer',
    });
    expect(rows.map(({ customer_key }) => customer_key)).toEqual([0, 1, 2, 3]);
  });

  it('takes apart again what it put together when a key is switched off', async () => {
    await resolve(FAMILY, withKey('phone', { isOn: false }));
    expect(await customers()).toEqual({ M1: [0, 1], M2: [2, 3], M4: [4], M5: [5] });
  });

  it('treats customer numbers as another numbering when told so', async () => {
    await resolve(FAMILY, { ...DEFAULT_CHOICES, sameNumbers: false });
    expect(await customers()).toEqual({ M1: [0, 2, 3], 'M1 #1': [1], M4: [4], M5: [5] });
  });

  it('lists the telephone that too many share, does not use it, and uses it once it is allowed', async () => {
    const counter = [1, 2, 3, 4, 5, 6].map((i) => ids(['member', `M${i}`], ['phone', '154 9999 0001']));
    const { resolved } = await resolve(counter);
    expect(Object.keys(await customers())).toHaveLength(6);
    expect(resolved.culprits).toEqual([
      { kind: 'phone', value: '15499990001', refusal: 'shared', accounts: 6, customers: 6 },
    ]);
    const allowed: IdentityChoices = {
      ...DEFAULT_CHOICES,
      decisions: { allowedValues: [{ kind: 'phone', value: '15499990001' }], pairs: [] },
    };
    await resolve(counter, allowed);
    expect(await customers()).toEqual({ M1: [0, 1, 2, 3, 4, 5] });
  });

  it('never names a customer after a value that another one has too', async () => {
    const shared = [1, 2, 3, 4, 5, 6].map(() => ids(['phone', '15499990001']));
    await resolve([...shared, ids(['phone', '15499990001'], ['email', 'own@shop.example'])]);
    expect(Object.keys(await customers())).toEqual(['#0', '#1', '#2', '#3', '#4', '#5', 'own@shop.example']);
  });

  it('attaches visits without signing in to the one who signed in on the device, and to nobody where two did', async () => {
    await resolve([
      ids(['member', 'M1'], ['device', 'D1']),
      ids(['device', 'D1']),
      ids(['member', 'M2'], ['device', 'D2']),
      ids(['member', 'M3'], ['device', 'D2']),
      ids(['device', 'D2']),
    ]);
    expect(await customers()).toEqual({ M1: [0, 1], M2: [2], M3: [3], '#4': [4] });
  });

  it('keeps two identity cards apart behind one telephone, and reports two birthdays', async () => {
    // Check signs by hand, GB 11643: 11010519491231002X is the standard's own example; 440524188001010014 another.
    const cards = ['11010519491231002X', '440524188001010014'];
    const { resolved } = await resolve([
      ids(['phone', '15400000011'], ['id-card', cards[0]!]),
      ids(['phone', '15400000011'], ['id-card', cards[1]!]),
      ids(['email', 'ann@shop.example'], ['birthday', '1990-01-02']),
      ids(['email', 'ann@shop.example'], ['birthday', '1990年2月1日']),
    ]);
    expect(await customers()).toEqual({ [cards[0]!]: [0], [cards[1]!]: [1], 'ann@shop.example': [2, 3] });
    expect(resolved.culprits.map(({ kind, refusal }) => [kind, refusal])).toEqual([['phone', 'conflict']]);
    expect([...resolved.conflicts.birthday]).toEqual([2]);
  });

  it('obeys decisions on pairs, which are kept by what the accounts are called', async () => {
    const name = (place: number): AccountName =>
      FAMILY[place]!.ids.map(([kind, value]) => [kind, value] as const) as unknown as AccountName;
    const decided: IdentityChoices = {
      ...DEFAULT_CHOICES,
      decisions: {
        allowedValues: [],
        pairs: [
          { left: name(0), right: name(2), verdict: 'different' },
          { left: name(4), right: name(5), verdict: 'same' },
          { left: [['member', 'gone']], right: name(0), verdict: 'same' },
        ],
      },
    };
    const { resolved } = await resolve(FAMILY, decided);
    expect(await customers()).toEqual({ M1: [0, 1], M2: [2, 3], M4: [4, 5] });
    expect(resolved.decisionsWithoutAccounts).toBe(1);
    expect(v.parse(identityChoicesSchema, JSON.parse(JSON.stringify(decided)))).toEqual(decided);
  });

  it('says who is known by what, each value once a customer', async () => {
    await resolve(FAMILY);
    const rows = await db.query(
      sql`SELECT kind, value, customer_id FROM identities JOIN customers USING (customer_key) ORDER BY kind, value, customer_id`,
      { kind: 'text', value: 'text', customer_id: 'text' },
    );
    expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
      'email ann@shop.example M1',
      'member M1 M1',
      'member M2 M1',
      'member M3 M1',
      'member M4 M4',
      'member M5 M5',
      'phone 15400000011 M1',
    ]);
  });

  it('leaves everything as it was when it is cancelled or the names cannot be written', async () => {
    const { prepared } = await resolve(FAMILY);
    const before = await customers();
    const options = { signal: AbortSignal.abort() };
    await expect(
      resolveIdentity(db, identityInProcess, prepared, withKey('phone', { isOn: false }), null, options),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(await customers()).toEqual(before);
  });

  it('takes quotes, blanks and nobody at all', async () => {
    await resolve([
      ids(['member', "O'Brien; DROP TABLE customers"]),
      ids(['member', "  O'Brien; DROP TABLE customers "]),
      ids(),
    ]);
    expect(await customers()).toEqual({ '#2': [2], "O'Brien; DROP TABLE customers": [0, 1] });
    await resolve([]);
    expect(await customers()).toEqual({});
  });

  it('works on a file of orders alone, whose customers have no other identifiers', async () => {
    await openAccounts(db, [ids(), ids()]);
    await db.exec(sql`DROP TABLE account_ids`);
    const prepared = await prepareIdentity(db, identityInProcess, DEFAULT_CHOICES);
    await resolveIdentity(db, identityInProcess, prepared, DEFAULT_CHOICES, null);
    expect(await customers()).toEqual({ 'before-0': [0], 'before-1': [1] });
  });
});

describe('mergeProfiles', () => {
  const CARDS: readonly TestAccount[] = [
    {
      ids: [
        ['member', 'M1'],
        ['name', '王小明'],
        ['phone', '15400000011'],
      ],
      city: '上海',
      registeredAt: '2023-01-01 00:00:00',
    },
    {
      ids: [
        ['member', 'M1'],
        ['name', '王小明'],
        ['phone', '15400000022'],
      ],
      city: '杭州',
      registeredAt: '2025-01-01 00:00:00',
    },
    {
      ids: [
        ['member', 'M1'],
        ['name', '王明'],
        ['phone', '13800000000'],
      ],
      city: '上海',
      registeredAt: '2024-01-01 00:00:00',
    },
  ];

  it.each([
    ['latest', { name: '王小明', phone: '15400000022', city: '杭州' }],
    ['first-source', { name: '王小明', phone: '15400000011', city: '上海' }],
    ['most-frequent', { name: '王小明', phone: '15400000022', city: '上海' }],
    ['longest', { name: '王小明', phone: '15400000011', city: '上海' }],
  ] as const)('%s', async (rule, expected) => {
    await resolve(CARDS);
    const rules = { ...DEFAULT_CHOICES.survivorship, name: rule, phone: rule, city: rule };
    const counts = await mergeProfiles(db, rules);
    const rows = await db.query(sql`SELECT name, phone, city, email FROM customer_profiles`, {
      name: 'text?',
      phone: 'text?',
      city: 'text?',
      email: 'text?',
    });
    expect(rows).toEqual([{ ...expected, email: null }]);
    expect(counts).toEqual([
      { attribute: 'name', customers: 1, disagreeing: 1, passedOver: 1 },
      { attribute: 'phone', customers: 1, disagreeing: 1, passedOver: 1 },
      { attribute: 'city', customers: 1, disagreeing: 1, passedOver: 1 },
    ]);
    const candidates = await candidatesOf(db, 0);
    expect(candidates.filter(({ attribute }) => attribute === 'city')).toEqual([
      {
        attribute: 'city',
        value: expected.city,
        accounts: expected.city === '上海' ? 2 : 1,
        notedAt: expected.city === '上海' ? Date.UTC(2024, 0, 1) : Date.UTC(2025, 0, 1),
        survives: true,
      },
      expect.objectContaining({ value: expected.city === '上海' ? '杭州' : '上海', survives: false }),
    ]);
  });
});
