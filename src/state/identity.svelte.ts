import { isCancel, throwIfAborted, toAppError, type AppError } from '../core/errors';
import type { Db } from '../db/db';
import { withAllowed, withKey, withKeyMoved, withSplit } from '../ingest/identity/choice-edits';
import { identityCoverage, orderCoverage, type IdentityCoverage } from '../ingest/identity/coverage';
import { namesOfAccounts } from '../ingest/identity/customer-evidence';
import { findProbablePairs } from '../ingest/identity/find-pairs';
import {
  DEFAULT_CHOICES,
  type AccountName,
  type AllowedValue,
  type IdentityChoices,
  type KeyChoice,
  type KeyKind,
  type PairDecision,
} from '../ingest/identity/identity-choices';
import type { IdentityWork } from '../ingest/identity/identity-work';
import type { ProbablePairs } from '../ingest/identity/pair-finder';
import { prepareIdentity, type PreparedIdentity } from '../ingest/identity/prepare-identity';
import { resolveIdentity, type ResolvedIdentity } from '../ingest/identity/resolve-identity';
import { mergeProfiles, type AttributeCount } from '../ingest/identity/survivorship';
import { PairReview } from './pair-review.svelte';
import { UndoHistory } from './undo-history.svelte';
import type { UndoLine } from './undo-line.svelte';

export type IdentityStage = 'normalising' | 'resolving' | 'comparing' | 'counting';

export interface IdentityProgress {
  readonly stage: IdentityStage;
  /** 0..1 of the stage, null where it cannot be known. */
  readonly share: number | null;
}

/** Who is one customer: the choices, what came of them, and the work in between, with undo and redo. */
export class IdentitySession {
  readonly #db: Db;
  readonly #work: IdentityWork;
  readonly #edits: UndoLine | undefined;
  readonly #listeners = new Set<() => void | Promise<void>>();
  readonly review: PairReview;
  #history = $state.raw(new UndoHistory<IdentityChoices>(DEFAULT_CHOICES));
  #prepared = $state.raw<PreparedIdentity | null>(null);
  #resolved = $state.raw<ResolvedIdentity | null>(null);
  #coverage = $state.raw<IdentityCoverage | null>(null);
  #attributes = $state.raw<readonly AttributeCount[]>([]);
  #pairs = $state.raw<ProbablePairs | null>(null);
  #progress = $state.raw<IdentityProgress | null>(null);
  #error = $state.raw<AppError | null>(null);
  /** The choices that the tables show; others wait to be applied. */
  #applied = $state.raw<IdentityChoices | null>(null);
  #running: AbortController | null = null;
  /** The run before: its last statements must not come between those of the next one. */
  #ended: Promise<void> = Promise.resolve();

  /** @param edits where changes made by hand are noted, for undo over the whole recipe */
  constructor(db: Db, work: IdentityWork, edits?: UndoLine) {
    this.#edits = edits;
    this.#db = db;
    this.#work = work;
    this.review = new PairReview(db, this);
  }

  get db(): Db {
    return this.#db;
  }

  get choices(): IdentityChoices {
    return this.#history.present;
  }

  get prepared(): PreparedIdentity | null {
    return this.#prepared;
  }

  /** Null until accounts have been resolved for the first time. */
  get resolved(): ResolvedIdentity | null {
    return this.#resolved;
  }

  get coverage(): IdentityCoverage | null {
    return this.#coverage;
  }

  get attributes(): readonly AttributeCount[] {
    return this.#attributes;
  }

  /** The pairs of the last search; null before the first. */
  get pairs(): ProbablePairs | null {
    return this.#pairs;
  }

  /** What is being done; null while at rest. */
  get progress(): IdentityProgress | null {
    return this.#progress;
  }

  /** Why the last choice could not be applied; the customers before it still stand. */
  get error(): AppError | null {
    return this.#error;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  get isDefault(): boolean {
    return JSON.stringify(this.choices) === JSON.stringify(DEFAULT_CHOICES);
  }

  /** Decisions on pairs that have been made but not applied yet. */
  get waiting(): number {
    const before = new Set(this.#applied?.decisions.pairs ?? []);
    const now = new Set(this.choices.decisions.pairs);
    return [...now].filter((pair) => !before.has(pair)).length + [...before].filter((pair) => !now.has(pair)).length;
  }

  /**
   * Called after accounts, customers and identities were rewritten and purchases are gone: the policy
   * must be applied again. Figures are read once the listeners have settled. Returns the way to stop.
   */
  onResolved(listener: () => void | Promise<void>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts with these choices for a dataset that has just been imported, and applies them. */
  async begin(choices: IdentityChoices = DEFAULT_CHOICES): Promise<void> {
    this.#history = new UndoHistory(choices);
    this.#edits?.forget(this);
    await this.reapply();
  }

  /** Takes a dataset in which every account is a customer as it stands; `reapply` resolves it when someone asks. */
  forget(choices: IdentityChoices = DEFAULT_CHOICES): void {
    this.#running?.abort();
    this.#history = new UndoHistory(choices);
    this.#edits?.forget(this);
    this.#reset();
  }

  /** Resolves again from the start with the choices as they stand, after the tables were rebuilt. */
  async reapply(): Promise<void> {
    this.#reset();
    await this.#apply();
  }

  /** Makes a choice and applies it; a newer choice supersedes one that is still being applied. */
  async change(choice: Partial<IdentityChoices>): Promise<void> {
    this.#history.set({ ...this.choices, ...choice });
    this.#edits?.note(this);
    await this.#apply();
  }

  async setKey(key: KeyKind, change: Partial<Omit<KeyChoice, 'key'>>): Promise<void> {
    await this.change({ keys: withKey(this.choices.keys, key, change) });
  }

  /** Puts a key before (-1) or behind (+1) its neighbour among these keys, which are those the page lists. */
  async moveKey(key: KeyKind, step: -1 | 1, among: readonly KeyKind[]): Promise<void> {
    const keys = withKeyMoved(this.choices.keys, key, step, among);
    if (keys !== null) await this.change({ keys });
  }

  /** Uses a value whatever number of customers share it, or no longer. */
  async allow(value: AllowedValue, isAllowed: boolean): Promise<void> {
    await this.change({ decisions: withAllowed(this.choices.decisions, value, isAllowed) });
  }

  /** Takes a decision on a pair down, in place of an earlier one; `apply` brings it about. */
  decide(decision: PairDecision, replaced: PairDecision | undefined): void {
    this.#setPairs([...this.choices.decisions.pairs.filter((pair) => pair !== replaced), decision]);
  }

  withdraw(decision: PairDecision): void {
    this.#setPairs(this.choices.decisions.pairs.filter((pair) => pair !== decision));
  }

  /** Takes some accounts out of a customer: each is decided to be different from each that stays. */
  async split(leaving: readonly number[], staying: readonly number[]): Promise<void> {
    const names = await namesOfAccounts(this.#db, [...leaving, ...staying]);
    const namesOf = (accounts: readonly number[]): AccountName[] => accounts.map((account) => names.get(account) ?? []);
    this.#setPairs(withSplit(this.choices.decisions.pairs, namesOf(leaving), namesOf(staying)));
    await this.#apply();
  }

  /** Looks for accounts that are probably one customer though no key says so. */
  async findPairs(): Promise<void> {
    await this.#run((signal) => this.#search(signal));
  }

  /** Brings about what was decided and not applied yet. */
  async apply(): Promise<void> {
    await this.#apply();
  }

  async resetToDefaults(): Promise<void> {
    if (!this.isDefault) await this.change(DEFAULT_CHOICES);
  }

  async undo(): Promise<void> {
    if (!this.#history.undo()) return;
    this.#edits?.tookBack(this);
    await this.#apply();
  }

  async redo(): Promise<void> {
    if (!this.#history.redo()) return;
    this.#edits?.didAgain(this);
    await this.#apply();
  }

  async retry(): Promise<void> {
    await this.#apply();
  }

  /** Ends what is being done; the customers are those before it. */
  cancel(): void {
    this.#running?.abort();
  }

  #setPairs(pairs: readonly PairDecision[]): void {
    this.#history.set({ ...this.choices, decisions: { ...this.choices.decisions, pairs } });
    this.#edits?.note(this);
  }

  #reset(): void {
    this.#prepared = null;
    this.#resolved = null;
    this.#coverage = null;
    this.#attributes = [];
    this.#pairs = null;
    this.#applied = null;
  }

  async #apply(): Promise<void> {
    const { choices } = this;
    await this.#run(async (signal) => {
      const prepared = await this.#prepare(choices, signal);
      // Asked for now: the engine has nothing else to do while a worker puts the accounts together.
      const orders = this.#coverage ?? orderCoverage(this.#db, { signal });
      Promise.resolve(orders).catch(() => undefined);
      if (this.#resolved === null && choices.probable.isOn) {
        await this.#resolve(prepared, { ...choices, probable: { ...choices.probable, isOn: false } }, signal);
        await this.#search(signal);
      }
      await this.#resolve(prepared, choices, signal);
      this.#applied = choices;
      for (const listener of this.#listeners) await listener();
      this.#show('counting', null);
      this.#coverage = await identityCoverage(this.#db, { signal }, orders);
      this.#attributes = await mergeProfiles(this.#db, choices.survivorship, { signal });
    });
  }

  /** The normal forms, made again only when a choice changes them. */
  async #prepare(choices: IdentityChoices, signal: AbortSignal): Promise<PreparedIdentity> {
    const { sameNumbers, foldGmail } = choices;
    const known = this.#prepared;
    if (known?.options.sameNumbers === sameNumbers && known.options.foldGmail === foldGmail) return known;
    this.#pairs = null;
    const prepared = await prepareIdentity(
      this.#db,
      this.#work,
      { sameNumbers, foldGmail },
      { signal, onProgress: (share) => this.#show('normalising', share) },
    );
    this.#prepared = prepared;
    return prepared;
  }

  async #resolve(prepared: PreparedIdentity, choices: IdentityChoices, signal: AbortSignal): Promise<void> {
    this.#resolved = await resolveIdentity(this.#db, this.#work, prepared, choices, this.#pairs, {
      signal,
      onProgress: (share) => this.#show('resolving', share),
    });
  }

  async #search(signal: AbortSignal): Promise<void> {
    if (this.#resolved === null) return;
    const { reviewFrom } = this.choices.probable;
    this.#pairs = await findProbablePairs(this.#db, this.#work, this.#resolved, reviewFrom, {
      signal,
      onProgress: (share) => this.#show('comparing', share < 0.4 ? share : null),
    });
    this.review.restart();
  }

  #show(stage: IdentityStage, share: number | null): void {
    this.#progress = { stage, share };
  }

  /** One run at a time: a newer one ends the one before and waits until it has tidied up. */
  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    this.#error = null;
    this.#show('resolving', null);
    const ended = this.#ended.then(async () => {
      throwIfAborted(run.signal);
      await work(run.signal);
    });
    this.#ended = ended.catch(() => undefined);
    try {
      await ended;
    } catch (error) {
      if (run === this.#running && !isCancel(error)) this.#error = toAppError(error);
    } finally {
      if (run === this.#running) {
        this.#running = null;
        this.#progress = null;
      }
    }
  }
}
