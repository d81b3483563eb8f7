import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountNumbers } from '../../../../src/ingest/kinds/account-numbers';

const NONE = -1;

describe('accounts', () => {
  it('are numbered by combination in the order of first sight; a row without ids has none', () => {
    const accounts = new AccountNumbers(2);
    const keys = new Int32Array(6);
    accounts.number([Int32Array.of(0, 0, NONE, NONE, 1, 0), Int32Array.of(NONE, 0, 0, NONE, 0, NONE)], 6, keys);
    expect([...keys]).toEqual([0, 1, 2, NONE, 3, 0]);
    expect([...accounts.ids(0, 0)]).toEqual([0, 0, NONE, 1]);
    expect([...accounts.ids(1, 2)]).toEqual([0, 0]);
  });

  it('are the same as those of a list of combinations, whatever the batches', () => {
    const code = fc.integer({ min: NONE, max: 3 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(code, code, code), { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (rows, size) => {
          const accounts = new AccountNumbers(3);
          const known = new Map<string, number>();
          const expected = rows.map((row) => {
            const name = row.join();
            if (row.every((each) => each === NONE)) return NONE;
            if (!known.has(name)) known.set(name, known.size);
            return known.get(name);
          });
          const found: number[] = [];
          for (let from = 0; from < rows.length; from += size) {
            const batch = rows.slice(from, from + size);
            const keys = new Int32Array(batch.length);
            accounts.number(
              [0, 1, 2].map((kind) => Int32Array.from(batch, (row) => row[kind] ?? NONE)),
              batch.length,
              keys,
            );
            found.push(...keys);
          }
          expect(found).toEqual(expected);
          expect(accounts.count).toBe(known.size);
        },
      ),
    );
  });
});
