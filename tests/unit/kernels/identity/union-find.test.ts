import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnionFind } from '../../../../src/kernels/identity/union-find';

/** The same by walking the graph: the smallest node that can be reached. */
function reachable(n: number, edges: readonly (readonly [number, number])[]): number[] {
  const labels = Array.from({ length: n }, (_, i) => i);
  for (let changed = true; changed;) {
    changed = false;
    for (const [a, b] of edges) {
      const least = Math.min(labels[a]!, labels[b]!);
      changed ||= labels[a] !== least || labels[b] !== least;
      labels[a] = labels[b] = least;
    }
  }
  return labels;
}

const graphs = fc.integer({ min: 1, max: 30 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    edges: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 60 }),
  }),
);

describe('UnionFind', () => {
  it('labels each element with the smallest one it is connected to', () => {
    fc.assert(
      fc.property(graphs, ({ n, edges }) => {
        const sets = new UnionFind(n);
        for (const [a, b] of edges) sets.union(a, b);
        expect([...sets.labels()]).toEqual(reachable(n, edges));
      }),
    );
  });

  it('gives the same labels whatever the order of the unions', () => {
    fc.assert(
      fc.property(graphs, ({ n, edges }) => {
        const [there, back] = [new UnionFind(n), new UnionFind(n)];
        for (const [a, b] of edges) there.union(a, b);
        for (const [a, b] of edges.toReversed()) back.union(b, a);
        expect(there.labels()).toEqual(back.labels());
      }),
    );
  });

  it('counts the members of a set', () => {
    const sets = new UnionFind(5);
    sets.union(0, 3);
    sets.union(3, 4);
    expect([0, 1, 2, 3, 4].map((i) => sets.sizeOf(i))).toEqual([3, 1, 1, 3, 3]);
  });

  it('holds nothing when it is empty and refuses a size that is none', () => {
    expect([...new UnionFind(0).labels()]).toEqual([]);
    expect(() => new UnionFind(-1)).toThrow(RangeError);
    expect(() => new UnionFind(1.5)).toThrow(RangeError);
  });

  it('stays quick on a chain of a million', () => {
    const sets = new UnionFind(1_000_000);
    for (let i = 1; i < sets.n; i++) sets.union(i - 1, i);
    expect(sets.labels().every((label) => label === 0)).toBe(true);
  });
});
