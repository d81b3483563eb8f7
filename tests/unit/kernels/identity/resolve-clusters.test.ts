import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  REFUSALS,
  resolveClusters,
  type ClusterResult,
  type ClusterRules,
  type Holdings,
  type KeyRule,
} from '../../../../src/kernels/identity/resolve-clusters';

/** Values by kind, each a list of the accounts that hold it. */
function holdingsOf(accountCount: number, kinds: readonly (readonly (readonly number[])[])[]): Holdings {
  const values = kinds.flat();
  const sums = (counts: readonly number[]): Int32Array => {
    let at = 0;
    return Int32Array.of(0, ...counts.map((count) => (at += count)));
  };
  return {
    accountCount,
    kindStarts: sums(kinds.map((kind) => kind.length)),
    starts: sums(values.map((value) => value.length)),
    holders: Int32Array.from(values.flat()),
  };
}

const merge = (kind: number, mostCustomers = Infinity): KeyRule => ({ kind, use: 'merge', mostCustomers });

function rules(accountCount: number, given: Partial<ClusterRules> = {}): ClusterRules {
  return {
    keys: [merge(0)],
    mostAccounts: 100,
    allowedValues: new Uint8Array(0),
    strong: new Uint8Array(accountCount),
    uniqueFacts: [],
    together: new Int32Array(0),
    apart: new Int32Array(0),
    probable: new Int32Array(0),
    ...given,
  };
}

const refusalsOf = (result: ClusterResult): (readonly [number, string, number])[] =>
  [...result.refusedValues].map((value, i) => [value, REFUSALS[result.refusals[i]!]!, result.refusedCustomers[i]!]);

describe('resolveClusters', () => {
  it('puts accounts together that share a value, over several kinds', () => {
    const holdings = holdingsOf(6, [
      [
        [0, 1],
        [2, 3],
      ],
      [[1, 2]],
    ]);
    const result = resolveClusters(holdings, rules(6, { keys: [merge(0), merge(1)] }));
    expect([...result.labels]).toEqual([0, 0, 0, 0, 4, 5]);
    expect(refusalsOf(result)).toEqual([]);
  });

  it('does not use a key that is not among the rules', () => {
    const holdings = holdingsOf(4, [[[0, 1]], [[1, 2]]]);
    expect([...resolveClusters(holdings, rules(4, { keys: [merge(1)] })).labels]).toEqual([0, 1, 1, 3]);
  });

  it('passes over a value of too many customers, counted after the keys before it', () => {
    // Six accounts of three members share a telephone: three customers, not six.
    const holdings = holdingsOf(6, [
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
      [[0, 1, 2, 3, 4, 5]],
    ]);
    const keys = (most: number): KeyRule[] => [merge(0), merge(1, most)];
    const refused = resolveClusters(holdings, rules(6, { keys: keys(2) }));
    expect([...refused.labels]).toEqual([0, 0, 2, 2, 4, 4]);
    expect(refusalsOf(refused)).toEqual([[3, 'shared', 3]]);
    expect([...resolveClusters(holdings, rules(6, { keys: keys(3) })).labels]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('uses a shared value that was allowed by hand', () => {
    const holdings = holdingsOf(3, [[[0, 1, 2]]]);
    const allowed = rules(3, { keys: [merge(0, 2)], allowedValues: Uint8Array.of(1) });
    expect([...resolveClusters(holdings, allowed).labels]).toEqual([0, 0, 0]);
  });

  it('attaches accounts without a key of their own to the one customer that has one', () => {
    // A device: account 0 signed in, 1 and 2 did not. The other device was used by two members.
    const holdings = holdingsOf(7, [
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ]);
    const keys: KeyRule[] = [{ kind: 0, use: 'attach', mostCustomers: Infinity }];
    const result = resolveClusters(holdings, rules(7, { keys, strong: Uint8Array.of(1, 0, 0, 1, 1, 0, 0) }));
    expect([...result.labels]).toEqual([0, 0, 0, 3, 4, 5, 6]);
    expect(refusalsOf(result)).toEqual([[1, 'shared', 3]]);
  });

  it('refuses a customer of more accounts than the limit', () => {
    const holdings = holdingsOf(4, [
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
    ]);
    const result = resolveClusters(holdings, rules(4, { mostAccounts: 2 }));
    expect([...result.labels]).toEqual([0, 0, 2, 2]);
    expect(refusalsOf(result)).toEqual([[1, 'too-large', 2]]);
  });

  it('keeps customers apart who differ in what a person has one of, or reports them', () => {
    const holdings = holdingsOf(3, [[[0, 1, 2]]]);
    const codes = Int32Array.of(7, -1, 8);
    const separated = resolveClusters(holdings, rules(3, { uniqueFacts: [{ codes, separates: true }] }));
    expect([...separated.labels]).toEqual([0, 0, 2]);
    expect(refusalsOf(separated)).toEqual([[0, 'conflict', 3]]);
    expect(separated.conflicts.map((list) => [...list])).toEqual([[]]);
    const reported = resolveClusters(holdings, rules(3, { uniqueFacts: [{ codes, separates: false }] }));
    expect([...reported.labels]).toEqual([0, 0, 0]);
    expect(reported.conflicts.map((list) => [...list])).toEqual([[0]]);
  });

  it('obeys decisions by hand before any key, and the decision to keep apart most of all', () => {
    const holdings = holdingsOf(4, [[[0, 1, 2]]]);
    const decided = rules(4, { together: Int32Array.of(2, 3), apart: Int32Array.of(0, 3) });
    const result = resolveClusters(holdings, decided);
    expect([...result.labels]).toEqual([0, 0, 2, 2]);
    expect(refusalsOf(result)).toEqual([[0, 'apart', 3]]);
    const torn = resolveClusters(holdings, rules(4, { together: Int32Array.of(0, 3), apart: Int32Array.of(3, 0) }));
    expect([...torn.contradictions]).toEqual([0]);
    expect(torn.labels[0]).not.toBe(torn.labels[3]);
  });

  it('adds probable pairs after all keys, the surest first, under the same limits', () => {
    const holdings = holdingsOf(5, [[[0, 1]]]);
    const probable = Int32Array.of(1, 2, 3, 4, 2, 3);
    const result = resolveClusters(holdings, rules(5, { probable, mostAccounts: 3, apart: Int32Array.of(3, 4) }));
    expect([...result.labels]).toEqual([0, 0, 0, 3, 4]);
    expect([...result.accepted]).toEqual([1, 0, 0]);
  });

  it('never breaks a decision, a fact or the limit, whatever shares what', () => {
    const cases = fc.integer({ min: 2, max: 14 }).chain((n) =>
      fc.record({
        n: fc.constant(n),
        values: fc.array(fc.uniqueArray(fc.nat(n - 1), { minLength: 2, maxLength: 5 }), { maxLength: 12 }),
        apart: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 6 }),
        facts: fc.array(fc.integer({ min: -1, max: 2 }), { minLength: n, maxLength: n }),
        mostAccounts: fc.integer({ min: 1, max: 6 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ n, values, apart, facts, mostAccounts }) => {
        const outside = apart.filter(([a, b]) => a !== b);
        const result = resolveClusters(
          holdingsOf(n, [values]),
          rules(n, {
            mostAccounts,
            apart: Int32Array.from(outside.flat()),
            uniqueFacts: [{ codes: Int32Array.from(facts), separates: true }],
          }),
        );
        const label = (account: number): number => result.labels[account]!;
        for (const [a, b] of outside) expect(label(a)).not.toBe(label(b));
        for (let a = 0; a < n; a++) {
          const same = facts.flatMap((fact, b) => (label(a) === label(b) ? [{ fact, b }] : []));
          expect(same.length).toBeLessThanOrEqual(mostAccounts);
          expect(new Set(same.map(({ fact }) => fact).filter((fact) => fact >= 0)).size).toBeLessThanOrEqual(1);
          // Accounts of one customer share a value with somebody of it.
          if (same.length > 1) {
            const linked = values.some(
              (value) => value.includes(a) && value.some((b) => b !== a && label(b) === label(a)),
            );
            expect(linked).toBe(true);
          }
        }
      }),
    );
  });
});
