import type { Matrix } from './matrix';

/** Values above `above` (null = any) and up to and including `upTo` (null = any). */
export interface RuleCondition {
  /** The column. */
  readonly feature: number;
  readonly above: number | null;
  readonly upTo: number | null;
}

/** A row keeps it where it meets every condition: at most one a column, in the order of the columns. */
export interface Rule {
  readonly conditions: readonly RuleCondition[];
}

export interface RuleQuality {
  /** Share of all rows that the rules judge rightly, 0..1. */
  readonly accuracy: number;
  /** Share of the rows that keep a rule that are members; null where none keeps one. */
  readonly precision: number | null;
  /** Share of the members that keep a rule; null where there is no member. */
  readonly recall: number | null;
}

export interface TreeLimits {
  /** Splits from the root to a leaf, 1..3. */
  readonly depth: number;
  /** Rows that each side of a split must have. */
  readonly leastRows: number;
}

interface Split {
  readonly feature: number;
  readonly threshold: number;
}

const MOST_DEPTH = 3;

/**
 * Says who belongs to a cluster in a few rules: the leaves, mostly of members, of a decision tree that splits where the
 * Gini impurity falls most (on a tie the first column, the smaller threshold). A row is a member by the rules where it
 * keeps any; no two can be kept at once. Thresholds are short decimal numbers that part the same rows. There is
 * no rule where no leaf is mostly of members, and one without conditions where all rows are judged members.
 *
 * @param matrix the columns as people read them, unscaled
 * @param isMember 1 or 0 a row
 * @source Breiman, Friedman, Olshen and Stone (1984), Classification and Regression Trees
 * Cost: a sort of n rows a column, and depth passes of n d: take a sample of more than some 100,000 rows, and judge
 * the rules on all with `judgeRules`.
 */
export function rulesOfMembers(
  matrix: Matrix,
  isMember: Uint8Array,
  { depth, leastRows }: TreeLimits,
): readonly Rule[] {
  if (!Number.isInteger(depth) || depth < 1 || depth > MOST_DEPTH)
    throw new RangeError(`invalid depth: ${depth} (needs 1..${MOST_DEPTH})`);
  if (isMember.length !== matrix.n) throw new RangeError(`invalid isMember: ${isMember.length} (needs one a row)`);
  const orders = Array.from({ length: matrix.d }, (_, f) => sortedRows(matrix, f));
  // Nodes are numbered as in a heap: those below node i are 2 i + 1 and 2 i + 2.
  const nodes = new Uint8Array(matrix.n);
  const splits = new Map<number, Split>();
  for (let level = 0; level < depth; level++) {
    const found = bestSplits(matrix, isMember, nodes, orders, leastRows);
    found.forEach((split, node) => splits.set(node, split));
    descend(matrix, nodes, found);
  }
  const leaves = mergeAlike(sidesOf(nodes, isMember));
  return [...leaves]
    .filter(([, leaf]) => isMostlyMembers(leaf))
    .sort(([, a], [, b]) => b.members - a.members)
    .map(([node]) => ruleOf(node, splits));
}

/** Throws RangeError where there is not one answer a row. Cost: n times the conditions. */
export function judgeRules(matrix: Matrix, isMember: Uint8Array, rules: readonly Rule[]): RuleQuality {
  const { n, x } = matrix;
  if (isMember.length !== n) throw new RangeError(`invalid isMember: ${isMember.length} (needs one a row)`);
  let [kept, hits, members] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const keeps = rules.some(({ conditions }) =>
      conditions.every(({ feature, above, upTo }) => {
        const value = x[feature * n + i]!;
        return (above === null || value > above) && (upTo === null || value <= upTo);
      }),
    );
    members += isMember[i]!;
    if (!keeps) continue;
    kept++;
    hits += isMember[i]!;
  }
  return {
    accuracy: (n - kept - members + 2 * hits) / n,
    precision: kept === 0 ? null : hits / kept,
    recall: members === 0 ? null : hits / members,
  };
}

function sortedRows({ n, x }: Matrix, f: number): Int32Array {
  const start = f * n;
  return Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => x[start + a]! - x[start + b]! || a - b);
}

/** Of a node or of one side of a split. */
interface Side {
  rows: number;
  members: number;
}

function sidesOf(nodes: Uint8Array, isMember: Uint8Array): Map<number, Side> {
  const sides = new Map<number, Side>();
  nodes.forEach((node, i) => {
    const side = sides.get(node) ?? { rows: 0, members: 0 };
    side.rows++;
    side.members += isMember[i]!;
    sides.set(node, side);
  });
  return sides;
}

function isMostlyMembers({ rows, members }: Side): boolean {
  return members * 2 > rows;
}

/** Takes back the splits, from the last, whose two sides are judged alike: they would only make the rules longer. */
function mergeAlike(leaves: Map<number, Side>): Map<number, Side> {
  for (let node = 2 ** MOST_DEPTH - 2; node >= 0; node--) {
    const left = leaves.get(2 * node + 1);
    const right = leaves.get(2 * node + 2);
    if (left === undefined || right === undefined || isMostlyMembers(left) !== isMostlyMembers(right)) continue;
    leaves.set(node, { rows: left.rows + right.rows, members: left.members + right.members });
    leaves.delete(2 * node + 1);
    leaves.delete(2 * node + 2);
  }
  return leaves;
}

/** Rows times Gini impurity, halved: what a split must lower. */
function impurity({ rows, members }: Side): number {
  return rows === 0 ? 0 : (members * (rows - members)) / rows;
}

/** The best split of each node that any split makes purer. */
function bestSplits(
  { n, x }: Matrix,
  isMember: Uint8Array,
  nodes: Uint8Array,
  orders: readonly Int32Array[],
  leastRows: number,
): Map<number, Split> {
  const totals = sidesOf(nodes, isMember);
  const best = new Map<number, Split & { gain: number }>();
  orders.forEach((order, feature) => {
    const left = new Map([...totals.keys()].map((node) => [node, { rows: 0, members: 0, last: -Infinity }]));
    for (const i of order) {
      const node = nodes[i]!;
      const side = left.get(node)!;
      const total = totals.get(node)!;
      const value = x[feature * n + i]!;
      if (value > side.last && side.rows >= leastRows && total.rows - side.rows >= leastRows) {
        const right = { rows: total.rows - side.rows, members: total.members - side.members };
        const gain = impurity(total) - impurity(side) - impurity(right);
        // A gain beyond rounding, and beyond what another column gives alike.
        if (gain > (best.get(node)?.gain ?? 0) + 1e-9)
          best.set(node, { feature, threshold: shortestBetween(side.last, value), gain });
      }
      side.rows++;
      side.members += isMember[i]!;
      side.last = value;
    }
  });
  return best;
}

/** Moves the rows of split nodes to the node below. */
function descend({ n, x }: Matrix, nodes: Uint8Array, splits: ReadonlyMap<number, Split>): void {
  for (let i = 0; i < n; i++) {
    const split = splits.get(nodes[i]!);
    if (split !== undefined) nodes[i] = 2 * nodes[i]! + (x[split.feature * n + i]! <= split.threshold ? 1 : 2);
  }
}

/** A number of as few digits as will do, from `low` up to but not including `high`: near their middle, or `low`. */
function shortestBetween(low: number, high: number): number {
  for (let digits = 1; digits <= 17; digits++) {
    for (const number of [low / 2 + high / 2, low]) {
      const candidate = Number(number.toPrecision(digits));
      if (candidate >= low && candidate < high) return candidate;
    }
  }
  return low;
}

/** The way from the root to the node, the narrowest bounds of each column. */
function ruleOf(leaf: number, splits: ReadonlyMap<number, Split>): Rule {
  const conditions = new Map<number, RuleCondition>();
  for (let node = leaf; node > 0; node = Math.floor((node - 1) / 2)) {
    const { feature, threshold } = splits.get(Math.floor((node - 1) / 2))!;
    const { above, upTo } = conditions.get(feature) ?? { above: null, upTo: null };
    const isLeft = node % 2 === 1;
    conditions.set(feature, {
      feature,
      above: isLeft ? above : Math.max(above ?? -Infinity, threshold),
      upTo: isLeft ? Math.min(upTo ?? Infinity, threshold) : upTo,
    });
  }
  return { conditions: [...conditions.values()].sort((a, b) => a.feature - b.feature) };
}
