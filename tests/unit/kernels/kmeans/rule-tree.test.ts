import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judgeRules, rulesOfMembers, type Rule } from '../../../../src/kernels/kmeans/rule-tree';
import { iris, matrixOf, type Rows } from './rows';

const keeps = (row: readonly number[], { conditions }: Rule): boolean =>
  conditions.every(
    ({ feature, above, upTo }) => row[feature]! > (above ?? -Infinity) && row[feature]! <= (upTo ?? Infinity),
  );

it('tells setosa by the length of its petals, at the shortest number that parts them', () => {
  const { rows, species } = iris();
  const isMember = Uint8Array.from(species, (kind) => (kind === 0 ? 1 : 0));
  const rules = rulesOfMembers(matrixOf(rows), isMember, { depth: 3, leastRows: 1 });
  // Petals of setosa are at most 1.9 cm long, the others' at least 3.0; their width would part them as well.
  expect(rules).toEqual([{ conditions: [{ feature: 2, above: null, upTo: 2 }] }]);
  expect(judgeRules(matrixOf(rows), isMember, rules)).toEqual({ accuracy: 1, precision: 1, recall: 1 });
});

it('puts the bounds of a column into one condition', () => {
  const rows = Array.from({ length: 90 }, (_, i) => [i % 3, i]);
  const isMember = Uint8Array.from(rows, ([, value]) => (value! >= 30 && value! < 60 ? 1 : 0));
  const rules = rulesOfMembers(matrixOf(rows), isMember, { depth: 2, leastRows: 1 });
  expect(rules).toEqual([{ conditions: [{ feature: 1, above: 29, upTo: 59 }] }]);
});

it('leaves members aside that no rule catches, and says how many', () => {
  // Ten members from 100, one alone at 3 with as many others there.
  const rows = [...Array.from({ length: 10 }, (_, i) => [100 + i]), [3], [3], ...Array.from({ length: 8 }, () => [1])];
  const isMember = Uint8Array.from(rows, (_, i) => (i <= 10 ? 1 : 0));
  const matrix = matrixOf(rows);
  const rules = rulesOfMembers(matrix, isMember, { depth: 1, leastRows: 2 });
  expect(rules).toEqual([{ conditions: [{ feature: 0, above: 50, upTo: null }] }]);
  expect(judgeRules(matrix, isMember, rules)).toEqual({ accuracy: 19 / 20, precision: 1, recall: 10 / 11 });
});

it('has no rule for members that stand nowhere apart, and one for all where all are members', () => {
  const matrix = matrixOf([[1], [1], [1], [1]]);
  const none = Uint8Array.of(1, 0, 0, 1);
  expect(rulesOfMembers(matrix, none, { depth: 3, leastRows: 1 })).toEqual([]);
  expect(judgeRules(matrix, none, [])).toEqual({ accuracy: 0.5, precision: null, recall: 0 });
  expect(rulesOfMembers(matrix, Uint8Array.of(1, 1, 1, 1), { depth: 3, leastRows: 1 })).toEqual([{ conditions: [] }]);
  expect(judgeRules(matrix, new Uint8Array(4), [])).toEqual({ accuracy: 1, precision: null, recall: null });
});

/** The least mistakes-weighted impurity that any single split leaves, by trying every one. */
function leastImpurity(rows: Rows, isMember: Uint8Array, leastRows: number): number {
  const gini = (members: readonly number[]): number => {
    const share = members.reduce((sum, value) => sum + value, 0) / members.length;
    return members.length * share * (1 - share);
  };
  const all = gini([...isMember]);
  const splits = rows.flatMap((row) =>
    row.map((threshold, f) => {
      const left = [...isMember].filter((_, i) => rows[i]![f]! <= threshold);
      const right = [...isMember].filter((_, i) => rows[i]![f]! > threshold);
      return Math.min(left.length, right.length) < leastRows ? all : gini(left) + gini(right);
    }),
  );
  return Math.min(all, ...splits);
}

it('makes the split that leaves least impurity, rules that exclude each other, and figures that a count confirms', () => {
  const row = fc.tuple(fc.integer({ min: -3, max: 6 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1));
  fc.assert(
    fc.property(fc.array(row, { minLength: 4, maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (drawn, leastRows) => {
      const rows = drawn.map(([a, b]) => [a, b]);
      const isMember = Uint8Array.from(drawn, ([, , member]) => member);
      const matrix = matrixOf(rows);
      const [first, second] = rulesOfMembers(matrix, isMember, { depth: 1, leastRows });
      expect(second).toBeUndefined();
      if (first !== undefined && first.conditions.length > 0) {
        const sides = [true, false].map((side) => [...isMember].filter((_, i) => keeps(rows[i]!, first) === side));
        const left = sides.reduce((sum, members) => {
          const share = members.reduce((total, value) => total + value, 0) / members.length;
          return sum + members.length * share * (1 - share);
        }, 0);
        expect(Math.min(...sides.map((side) => side.length))).toBeGreaterThanOrEqual(leastRows);
        expect(left).toBeCloseTo(leastImpurity(rows, isMember, leastRows), 9);
      }
      const rules = rulesOfMembers(matrix, isMember, { depth: 3, leastRows });
      const kept = rows.map((values) => rules.filter((rule) => keeps(values, rule)).length);
      expect(Math.max(...kept)).toBeLessThanOrEqual(1);
      const right = kept.filter((count, i) => count === isMember[i]).length;
      expect(judgeRules(matrix, isMember, rules).accuracy).toBeCloseTo(right / rows.length, 12);
      // Each leaf takes the side of its majority.
      expect(right * 2).toBeGreaterThanOrEqual(rows.length);
    }),
    { seed: 1984 },
  );
});

it('refuses limits and answers that do not fit', () => {
  const matrix = matrixOf([[1], [2]]);
  expect(() => rulesOfMembers(matrix, new Uint8Array(2), { depth: 4, leastRows: 1 })).toThrow('invalid depth: 4');
  expect(() => rulesOfMembers(matrix, new Uint8Array(3), { depth: 1, leastRows: 1 })).toThrow('invalid isMember: 3');
  expect(() => judgeRules(matrix, new Uint8Array(1), [])).toThrow('invalid isMember: 1');
});
