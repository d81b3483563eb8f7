/**
 * Disjoint sets over 0..n-1: union by size, path halving. A set's root is an implementation detail;
 * `labels` names each set by its smallest member, which does not depend on the order of unions.
 *
 * @source Tarjan and van Leeuwen (1984), Worst-case analysis of set union algorithms
 * Cost: n Int32 twice; m operations take O(m a(n)), a the inverse Ackermann function.
 */
export class UnionFind {
  readonly #parent: Int32Array;
  readonly #size: Int32Array;

  /** Throws RangeError unless n is a whole number of 0 or more. */
  constructor(n: number) {
    if (!Number.isInteger(n) || n < 0) throw new RangeError(`invalid n: ${n} (needs a whole number from 0)`);
    this.#parent = new Int32Array(n);
    for (let i = 0; i < n; i++) this.#parent[i] = i;
    this.#size = new Int32Array(n).fill(1);
  }

  get n(): number {
    return this.#parent.length;
  }

  /** The root of i's set. */
  find(i: number): number {
    const parent = this.#parent;
    let at = i;
    while (parent[at] !== at) {
      const grandparent = parent[parent[at] as number] as number;
      parent[at] = grandparent;
      at = grandparent;
    }
    return at;
  }

  /** Members of i's set. */
  sizeOf(i: number): number {
    return this.#size[this.find(i)] as number;
  }

  /** Puts the sets of a and b together; returns the root of the whole. Of equal sizes the smaller root stays. */
  union(a: number, b: number): number {
    const [first, second] = [this.find(a), this.find(b)];
    if (first === second) return first;
    const [sizeFirst, sizeSecond] = [this.#size[first] as number, this.#size[second] as number];
    const firstStays = sizeFirst > sizeSecond || (sizeFirst === sizeSecond && first < second);
    const [root, child] = firstStays ? [first, second] : [second, first];
    this.#parent[child] = root;
    this.#size[root] = sizeFirst + sizeSecond;
    return root;
  }

  /** The smallest member of each element's set. */
  labels(): Int32Array {
    const { n } = this;
    const smallest = new Int32Array(n).fill(-1);
    const labels = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      const root = this.find(i);
      if ((smallest[root] as number) < 0) smallest[root] = i;
      labels[i] = smallest[root] as number;
    }
    return labels;
  }
}
