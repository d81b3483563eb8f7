import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { normaliseIdentifier } from '../../../../src/ingest/identity/identifiers';
import { PERSON_ROLES } from '../../../../src/ingest/kinds/kinds';
import { identityInProcess } from '../../../../src/ingest/identity/identity-work';
import { prepareIdentity } from '../../../../src/ingest/identity/prepare-identity';
import { openAccounts } from '../../../support/identity-tables';

const db = createNodeDb();
afterAll(() => db.close());

const ID_SHAPE = { account_key: 'integer', normal: 'text', unusable: 'text?' } as const;

/** Values that are nearly plain, where the engine's short way and the long one could come apart. */
const EDGES: readonly (readonly [string, string])[] = [
  ['phone', '(021) 5555-1234'],
  ['phone', '0086-154.1234.5678'],
  ['phone', '+086154 1234 5678'],
  ['phone', '8615412345678'],
  ['phone', '861541234567'],
  ['phone', '1234567890123456789'],
  ['phone', '123456789012345678'],
  ['phone', '-- --'],
  ['phone', '15400000011\u00a0'],
  ['phone', '１５４００００００１１'],
  ['email', 'A@B.example'],
  ['email', 'a..b@c.d'],
  ['email', '@c.example'],
  ['email', 'x@c.example.'],
  ['email', 'xy@c..example'],
  ['email', 'x-y@c.ex-ample'],
  ['email', 'An.Na@GMAIL.com'],
  ['email', 'ann@Shop.Example '],
  ['name', "O'Brien Jr."],
  ['name', 'a-b c'],
  ['name', 'A  B'],
  ['name', '王'],
  ['name', '王·小'],
  ['name', '㐀王'],
  ['birthday', '1990-02-29'],
  ['birthday', '1992-02-29'],
  ['birthday', '0000-01-01'],
  ['birthday', '1900-01-01'],
  ['birthday', '１９９０-01-01'],
  ['member', 'ﬁ1'],
  ['member', '~!'],
  ['member', 'a b'],
  ['member', 'NULL'],
  ['device', 'X'],
  ['id-card', '11010519491231002x'],
];

const randomValues = fc.sample(
  fc.tuple(
    fc.constantFrom(...PERSON_ROLES),
    fc.oneof(
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789-+() .')), minLength: 1, maxLength: 20 }),
      fc.string({ unit: fc.constantFrom(...Array.from('aB1@.-_ ９Ａ王')), minLength: 1, maxLength: 12 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
      fc.constantFrom('13800000000', 'test@x.example', '无', 'null', 'n/a', '---'),
    ),
  ),
  { numRuns: 3000, seed: 20260101 },
);

describe('prepareIdentity', () => {
  it.each([false, true])(
    'makes of every value what normaliseIdentifier makes of it (gmail folded: %s)',
    async (foldGmail) => {
      const values = [...EDGES, ...randomValues].filter(([, value]) => value.trim() !== '' && !value.includes('\0'));
      await openAccounts(
        db,
        values.map((id) => ({ ids: [id] })),
      );
      await prepareIdentity(db, identityInProcess, { sameNumbers: false, foldGmail });
      const rows = await db.query(
        sql`SELECT account_key, normal, unusable FROM identity_ids ORDER BY account_key`,
        ID_SHAPE,
      );
      const found = new Map(rows.map((row) => [row.account_key, [row.normal, row.unusable]]));
      const wrong = values.flatMap(([kind, value], account) => {
        const { normal, unusable } = normaliseIdentifier(kind as (typeof PERSON_ROLES)[number], value, {
          foldGmail,
        });
        const engine = found.get(account);
        return engine?.[0] === normal && engine[1] === unusable ? [] : [{ kind, value, normal, unusable, engine }];
      });
      expect(wrong).toEqual([]);
    },
  );

  it('finds the values that several accounts hold, by kind and in order, and who holds them', async () => {
    await openAccounts(db, [
      {
        ids: [
          ['member', 'M1'],
          ['phone', '154 0000 0011'],
          ['name', '王雨'],
          ['birthday', '1990/1/2'],
        ],
      },
      {
        ids: [
          ['customer', 'M1'],
          ['email', 'ann@shop.example'],
        ],
      },
      {
        ids: [
          ['phone', '15400000011'],
          ['email', 'ANN@shop.example'],
          ['name', '王雨'],
          ['birthday', '19900102'],
        ],
      },
      {
        ids: [
          ['phone', '15400000011'],
          ['phone', '+8615400000011'],
          ['device', 'D1'],
        ],
      },
    ]);
    const prepared = await prepareIdentity(db, identityInProcess, { sameNumbers: true, foldGmail: false });
    const { holdings, keyKinds } = prepared;
    expect(keyKinds).toEqual(['email', 'member', 'name-birthday', 'phone']);
    expect([...holdings.kindStarts]).toEqual([0, 1, 2, 3, 4]);
    const held = [0, 1, 2, 3].map((value) => [
      ...holdings.holders.slice(holdings.starts[value], holdings.starts[value + 1]),
    ]);
    expect(held).toEqual([
      [1, 2],
      [0, 1],
      [0, 2],
      [0, 2, 3],
    ]);
    expect(holdings.accountCount).toBe(4);
    const left = await db.query(
      sql`SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'identity%' ORDER BY table_name`,
      { table_name: 'text' },
    );
    expect(left.map(({ table_name }) => table_name)).toEqual(['identity_holdings', 'identity_ids', 'identity_values']);
  });

  it('counts what each kind holds and what says nothing', async () => {
    await openAccounts(db, [
      {
        ids: [
          ['phone', '13800000000'],
          ['email', 'nobody'],
        ],
      },
      {
        ids: [
          ['phone', '13800000000'],
          ['email', 'ann@shop.example'],
        ],
      },
      { ids: [['phone', '15400000011']] },
    ]);
    const { kinds, unusable } = await prepareIdentity(db, identityInProcess, { sameNumbers: true, foldGmail: false });
    expect(kinds).toEqual([
      { kind: 'phone', entries: 3, distinctValues: 1, placeholders: 2, malformed: 0 },
      { kind: 'email', entries: 2, distinctValues: 1, placeholders: 0, malformed: 1 },
    ]);
    expect(unusable).toEqual([
      { kind: 'phone', value: '13800000000', unusable: 'placeholder', accounts: 2 },
      { kind: 'email', value: 'nobody', unusable: 'malformed', accounts: 1 },
    ]);
  });
});
