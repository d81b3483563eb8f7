import type { Db } from '../db/db';
import { isCancel, toAppError, type AppError } from '../core/errors';
import { pairOf } from '../ingest/identity/choice-edits';
import { namesOfAccounts } from '../ingest/identity/customer-evidence';
import { COMPARISONS, type Comparison } from '../ingest/identity/comparisons';
import { comparedAccounts, type ComparedAccount } from '../ingest/identity/find-pairs';
import type { IdentityChoices, PairDecision } from '../ingest/identity/identity-choices';
import type { ProbablePairs } from '../ingest/identity/pair-finder';
import type { ResolvedIdentity } from '../ingest/identity/resolve-identity';

export type Verdict = PairDecision['verdict'];

/** What the review needs of the session it belongs to. */
export interface ReviewedIdentity {
  readonly choices: IdentityChoices;
  readonly resolved: ResolvedIdentity | null;
  readonly pairs: ProbablePairs | null;
  decide(decision: PairDecision, replaced: PairDecision | undefined): void;
  withdraw(decision: PairDecision): void;
}

/** What a comparison brings for or against a match, in doublings of the odds. */
export interface PairWeight {
  readonly comparison: Comparison;
  /** 0 where a value is missing. */
  readonly level: number;
  readonly weight: number;
}

export interface ReviewedPair {
  /** Position among the pairs of the search. */
  readonly index: number;
  readonly left: number;
  readonly right: number;
  readonly chance: number;
  readonly priorWeight: number;
  readonly weights: readonly PairWeight[];
}

/** The queue of probable pairs: which one is looked at, what was decided. */
export class PairReview {
  readonly #db: Db;
  readonly #identity: ReviewedIdentity;
  readonly #decisions = new Map<string, PairDecision>();
  #place = $state(0);
  #records = $state.raw<ReadonlyMap<number, ComparedAccount>>(new Map());
  #error = $state.raw<AppError | null>(null);

  constructor(db: Db, identity: ReviewedIdentity) {
    this.#db = db;
    this.#identity = identity;
  }

  /** The pairs a person should look at: as likely as asked, and not taken without looking. */
  readonly queue: readonly number[] = $derived.by(() => {
    const { pairs, choices } = this.#identity;
    if (pairs === null) return [];
    const { isOn, acceptFrom, reviewFrom } = choices.probable;
    return Array.from(pairs.chances.keys()).filter((index) => {
      const chance = pairs.chances[index]!;
      return chance >= reviewFrom && !(isOn && chance >= acceptFrom && pairs.mutual[index] === 1);
    });
  });

  /** The pair that is looked at; null when the queue is empty. */
  readonly current: ReviewedPair | null = $derived.by(() => {
    const index = this.queue[this.#place];
    return index === undefined || this.#identity.pairs === null ? null : describe(this.#identity.pairs, index);
  });

  get place(): number {
    return this.#place;
  }

  /** What was compared of the current pair's accounts, by account key; without them while they are being read. */
  get records(): ReadonlyMap<number, ComparedAccount> {
    return this.#records;
  }

  get error(): AppError | null {
    return this.#error;
  }

  get decidedCount(): number {
    return this.queue.filter((index) => this.verdictOf(index) !== null).length;
  }

  /** What was decided of a pair; null for nothing. */
  verdictOf(index: number): Verdict | null {
    return this.#decisionOf(index)?.verdict ?? null;
  }

  /** Begins at the first pair again. */
  restart(): void {
    this.#decisions.clear();
    this.#place = 0;
    this.#records = new Map();
    void this.#read();
  }

  async go(place: number): Promise<void> {
    this.#place = Math.max(0, Math.min(this.queue.length - 1, place));
    await this.#read();
  }

  /** Decides the current pair and goes on to the next; the same verdict again takes it back. */
  async decide(verdict: Verdict): Promise<void> {
    const pair = this.current;
    if (pair === null) return;
    const before = this.#decisionOf(pair.index);
    if (before?.verdict === verdict) {
      this.#identity.withdraw(before);
      return;
    }
    const names = await this.#told(() => namesOfAccounts(this.#db, [pair.left, pair.right]));
    const [left, right] = [names?.get(pair.left), names?.get(pair.right)];
    if (left === undefined || right === undefined) return;
    const decision = pairOf(left, right, verdict);
    this.#decisions.set(keyOf(pair), decision);
    this.#identity.decide(decision, before);
    await this.go(this.#place + 1);
  }

  #decisionOf(index: number): PairDecision | undefined {
    const { choices, resolved, pairs } = this.#identity;
    const list = choices.decisions.pairs;
    if (pairs === null || list.length === 0) return undefined;
    const pair = { left: pairs.left[index]!, right: pairs.right[index]! };
    const made = this.#decisions.get(keyOf(pair));
    if (made !== undefined && list.includes(made)) return made;
    const known = resolved?.decided.find(
      ({ left, right }) => Math.min(left, right) === pair.left && Math.max(left, right) === pair.right,
    );
    return known !== undefined && list.includes(known.decision) ? known.decision : undefined;
  }

  async #read(): Promise<void> {
    const pair = this.current;
    if (pair === null || (this.#records.has(pair.left) && this.#records.has(pair.right))) return;
    const records = await this.#told(() => comparedAccounts(this.#db, [pair.left, pair.right]));
    if (records !== undefined) this.#records = records;
  }

  async #told<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      this.#error = null;
      return await work();
    } catch (error) {
      if (!isCancel(error)) this.#error = toAppError(error);
      return undefined;
    }
  }
}

function keyOf({ left, right }: { readonly left: number; readonly right: number }): string {
  return `${left} ${right}`;
}

function describe(pairs: ProbablePairs, index: number): ReviewedPair {
  return {
    index,
    left: pairs.left[index]!,
    right: pairs.right[index]!,
    chance: pairs.chances[index]!,
    priorWeight: pairs.model.priorWeight,
    weights: COMPARISONS.map((comparison, k) => {
      const level = pairs.levels[index * COMPARISONS.length + k]!;
      const table = pairs.model.comparisons[k]?.weights ?? [];
      return { comparison, level, weight: k === 0 ? pairs.nameWeights[index]! : (table[level] ?? 0) };
    }),
  };
}
