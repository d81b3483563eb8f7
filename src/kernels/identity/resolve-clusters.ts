import { UnionFind } from './union-find';

/**
 * Which accounts hold which values. The values of one kind stand together: kind k has the values from
 * kindStarts[k] to before kindStarts[k + 1]. Value v is held by holders[starts[v]] to before
 * holders[starts[v + 1]], each account once.
 */
export interface Holdings {
  readonly accountCount: number;
  readonly kindStarts: Int32Array;
  readonly starts: Int32Array;
  readonly holders: Int32Array;
}

export interface KeyRule {
  /** Position of the kind in the holdings. */
  readonly kind: number;
  /** `merge` puts all holders together; `attach` only adds those without a merging key to the one who has it. */
  readonly use: 'merge' | 'attach';
  /** A value held by more customers than this, as the keys before it made them, is not used. Infinity for no limit. */
  readonly mostCustomers: number;
}

/** Something of which a person has one only. codes[account] tells values apart; negative where not known. */
export interface UniqueFact {
  readonly codes: Int32Array;
  /** True when customers that differ in it are kept apart; else they are put together and reported. */
  readonly separates: boolean;
}

export interface ClusterRules {
  /** In the order in which they count. */
  readonly keys: readonly KeyRule[];
  /** An union that would make a customer of more accounts than this is refused. */
  readonly mostAccounts: number;
  /** 1 for each value that is used whatever its number of holders. Empty for none. */
  readonly allowedValues: Uint8Array;
  /** 1 for each account that has a merging key of its own; `attach` needs it. */
  readonly strong: Uint8Array;
  readonly uniqueFacts: readonly UniqueFact[];
  /** Accounts in pairs, one after the other: put together first of all. */
  readonly together: Int32Array;
  /** Accounts in pairs, one after the other: never put together. */
  readonly apart: Int32Array;
  /** Accounts in pairs, one after the other, the surest first: put together after all keys. */
  readonly probable: Int32Array;
}

export const REFUSALS = ['shared', 'too-large', 'conflict', 'apart'] as const;
export type Refusal = (typeof REFUSALS)[number];

export interface ClusterResult {
  /** The smallest account of the same customer, for each account. */
  readonly labels: Int32Array;
  /** Values that did not put all their holders together, why first, and among how many customers they stood. */
  readonly refusedValues: Int32Array;
  /** Positions in REFUSALS. */
  readonly refusals: Uint8Array;
  readonly refusedCustomers: Int32Array;
  /** By unique fact: customers (as labels) that hold more than one value of it. */
  readonly conflicts: readonly Int32Array[];
  /** Pairs of `together` that could not be, because they are also apart; positions of the pair. */
  readonly contradictions: Int32Array;
  /** 1 for each pair of `probable` whose accounts are one customer now. */
  readonly accepted: Uint8Array;
}

/**
 * Puts accounts together into customers. First the pairs decided by hand, then key by key in their order
 * and value by value: a value shared by too many customers is passed over, and each single union is
 * refused that would break a decision, a unique fact or the size limit. The outcome depends on the order
 * of keys and values only.
 *
 * Cost: near-linear in holders and pairs; about 12 bytes an account.
 */
export function resolveClusters(holdings: Holdings, rules: ClusterRules): ClusterResult {
  const clusters = new Clusters(holdings.accountCount, rules);
  const contradictions: number[] = [];
  for (let i = 0; i < rules.together.length; i += 2) {
    if (clusters.isApart(rules.together[i]!, rules.together[i + 1]!)) contradictions.push(i / 2);
    else clusters.join(rules.together[i]!, rules.together[i + 1]!);
  }
  const refused: { value: number; refusal: Refusal; customers: number }[] = [];
  for (const rule of rules.keys) {
    const end = holdings.kindStarts[rule.kind + 1] ?? 0;
    for (let value = holdings.kindStarts[rule.kind] ?? 0; value < end; value++) {
      const roots = clusters.rootsOf(holdings.holders, holdings.starts[value]!, holdings.starts[value + 1]!);
      if (roots.length < 2) continue;
      const refusal = useValue(clusters, roots, rule, rules, rules.allowedValues[value] === 1);
      if (refusal !== null) refused.push({ value, refusal, customers: roots.length });
    }
  }
  for (let i = 0; i < rules.probable.length; i += 2) {
    clusters.joinUnlessRefused(rules.probable[i]!, rules.probable[i + 1]!, rules.mostAccounts);
  }
  const labels = clusters.labels();
  return {
    labels,
    refusedValues: Int32Array.from(refused, ({ value }) => value),
    refusals: Uint8Array.from(refused, ({ refusal }) => REFUSALS.indexOf(refusal)),
    refusedCustomers: Int32Array.from(refused, ({ customers }) => customers),
    conflicts: rules.uniqueFacts.map(({ codes }) => conflictsOf(labels, codes)),
    contradictions: Int32Array.from(contradictions),
    accepted: Uint8Array.from({ length: rules.probable.length / 2 }, (_, pair) =>
      labels[rules.probable[2 * pair]!] === labels[rules.probable[2 * pair + 1]!] ? 1 : 0,
    ),
  };
}

/** Why not all of a value's holders are one customer now; null when they are. */
function useValue(
  clusters: Clusters,
  roots: readonly number[],
  rule: KeyRule,
  rules: ClusterRules,
  isAllowed: boolean,
): Refusal | null {
  if (!isAllowed && roots.length > rule.mostCustomers) return 'shared';
  if (rule.use === 'attach' && !isAllowed && roots.filter((root) => clusters.isStrong(root)).length > 1)
    return 'shared';
  let refusal: Refusal | null = null;
  // Against every group made so far, because a holder refused by the first may fit the second.
  const groups: number[] = [];
  for (const root of roots) {
    let joined = false;
    for (const [i, group] of groups.entries()) {
      const why = clusters.obstacle(group, root, rules.mostAccounts);
      if (why !== null) {
        refusal ??= why;
        continue;
      }
      groups[i] = clusters.join(group, root);
      joined = true;
      break;
    }
    if (!joined) groups.push(root);
  }
  return groups.length > 1 ? refusal : null;
}

/** The sets with what is known of each: kept at the roots. */
class Clusters {
  readonly #sets: UnionFind;
  readonly #strong: Uint8Array;
  readonly #facts: readonly { readonly codes: Int32Array; readonly separates: boolean }[];
  /** By root: the accounts that must stay outside. */
  readonly #apart = new Map<number, number[]>();

  constructor(accountCount: number, rules: ClusterRules) {
    this.#sets = new UnionFind(accountCount);
    this.#strong = new Uint8Array(accountCount);
    this.#strong.set(rules.strong);
    this.#facts = rules.uniqueFacts.map(({ codes, separates }) => ({ codes: codes.slice(), separates }));
    for (let i = 0; i < rules.apart.length; i += 2) {
      this.#keepApart(rules.apart[i]!, rules.apart[i + 1]!);
      this.#keepApart(rules.apart[i + 1]!, rules.apart[i]!);
    }
  }

  labels(): Int32Array {
    return this.#sets.labels();
  }

  isStrong(root: number): boolean {
    return this.#strong[root] === 1;
  }

  /** The customers of these holders, each once, by their first holder. */
  rootsOf(holders: Int32Array, start: number, end: number): readonly number[] {
    const roots = new Set<number>();
    for (let i = start; i < end; i++) roots.add(this.#sets.find(holders[i]!));
    return [...roots];
  }

  isApart(a: number, b: number): boolean {
    const [first, second] = [this.#sets.find(a), this.#sets.find(b)];
    return this.#apart.get(first)?.some((other) => this.#sets.find(other) === second) ?? false;
  }

  obstacle(a: number, b: number, mostAccounts: number): Refusal | null {
    if (this.isApart(a, b)) return 'apart';
    for (const { codes, separates } of this.#facts) {
      if (separates && codes[a]! >= 0 && codes[b]! >= 0 && codes[a] !== codes[b]) return 'conflict';
    }
    return this.#sets.sizeOf(a) + this.#sets.sizeOf(b) > mostAccounts ? 'too-large' : null;
  }

  joinUnlessRefused(a: number, b: number, mostAccounts: number): void {
    const [first, second] = [this.#sets.find(a), this.#sets.find(b)];
    if (first !== second && this.obstacle(first, second, mostAccounts) === null) this.join(first, second);
  }

  join(a: number, b: number): number {
    const [first, second] = [this.#sets.find(a), this.#sets.find(b)];
    if (first === second) return first;
    const root = this.#sets.union(first, second);
    const child = root === first ? second : first;
    this.#strong[root]! |= this.#strong[child]!;
    for (const { codes } of this.#facts) if (codes[root]! < 0) codes[root] = codes[child]!;
    const outside = this.#apart.get(child);
    if (outside !== undefined) {
      this.#apart.set(root, [...(this.#apart.get(root) ?? []), ...outside]);
      this.#apart.delete(child);
    }
    return root;
  }

  #keepApart(account: number, other: number): void {
    const known = this.#apart.get(account);
    if (known === undefined) this.#apart.set(account, [other]);
    else known.push(other);
  }
}

function conflictsOf(labels: Int32Array, codes: Int32Array): Int32Array {
  const first = new Map<number, number>();
  const conflicting = new Set<number>();
  for (let account = 0; account < codes.length; account++) {
    const code = codes[account] as number;
    if (code < 0) continue;
    const label = labels[account] as number;
    const known = first.get(label);
    if (known === undefined) first.set(label, code);
    else if (known !== code) conflicting.add(label);
  }
  return Int32Array.from(conflicting).sort();
}
