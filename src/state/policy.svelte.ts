import { isCancel, toAppError, type AppError } from '../core/errors';
import type { Db } from '../db/db';
import type { TableLayout } from '../db/schema';
import type { LineClass, Policy, PolicyGroup, PolicyOutcome } from '../ingest/import-contract';
import { applyPolicy, defaultPolicy, policyGroups, policyOutcome } from '../ingest/policy';
import { UndoHistory } from './undo-history.svelte';
import type { UndoLine } from './undo-line.svelte';

/** The choices that turn order lines into purchases, applied as they are made, with undo and redo. */
export class PolicySession {
  readonly #db: Db;
  readonly #edits: UndoLine | undefined;
  readonly #listeners = new Set<() => void>();
  #layout = $state.raw<TableLayout | null>(null);
  #defaults = $state.raw<Policy | null>(null);
  #history = $state.raw<UndoHistory<Policy> | null>(null);
  #groups = $state.raw<readonly PolicyGroup[]>([]);
  #outcome = $state.raw<PolicyOutcome | null>(null);
  #before = $state.raw<PolicyOutcome | null>(null);
  #applying = $state(false);
  #error = $state.raw<AppError | null>(null);
  #running: AbortController | null = null;

  /** @param edits where changes made by hand are noted, for undo over the whole recipe */
  constructor(db: Db, edits?: UndoLine) {
    this.#db = db;
    this.#edits = edits;
  }

  /** The policy as chosen; null without a dataset. */
  get policy(): Policy | null {
    return this.#history?.present ?? null;
  }

  /** How the dataset is laid out; null without one. */
  get layout(): TableLayout | null {
    return this.#layout;
  }

  /** Rows and money that each choice is about. They do not depend on the policy. */
  get groups(): readonly PolicyGroup[] {
    return this.#groups;
  }

  /** What the policy in force makes of the lines; null until it has been worked out. */
  get outcome(): PolicyOutcome | null {
    return this.#outcome;
  }

  /** The outcome before the last change, to say what the change did. */
  get outcomeBefore(): PolicyOutcome | null {
    return this.#before;
  }

  get applying(): boolean {
    return this.#applying;
  }

  /** Why the last choice could not be applied; the purchases before it still stand. */
  get error(): AppError | null {
    return this.#error;
  }

  get canUndo(): boolean {
    return this.#history?.canUndo ?? false;
  }

  get canRedo(): boolean {
    return this.#history?.canRedo ?? false;
  }

  get isDefault(): boolean {
    return JSON.stringify(this.policy) === JSON.stringify(this.#defaults);
  }

  /** Called after a change has been applied and the purchases are others. Returns the way to stop. */
  onApplied(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Starts with the sensible policy for a dataset that has just been imported, or with one that was
   * settled before, and applies it. A status that the settled one does not know is judged by what it says.
   */
  async begin(layout: TableLayout, settled: Policy | null = null): Promise<void> {
    this.#running?.abort();
    this.#groups = await policyGroups(this.#db, layout);
    const defaults = defaultPolicy(this.#groups);
    const statusClasses = { ...defaults.statusClasses, ...settled?.statusClasses };
    this.#edits?.forget(this);
    this.#layout = layout;
    this.#defaults = defaults;
    this.#history = new UndoHistory({ ...(settled ?? defaults), statusClasses });
    this.#outcome = null;
    this.#before = null;
    await this.reapply();
  }

  /** Makes the purchases again with the policy as it stands, after the tables were rebuilt. Throws AppErrors. */
  async reapply(): Promise<void> {
    const { policy } = this;
    if (policy === null || this.#layout === null) return;
    await applyPolicy(this.#db, this.#layout, policy);
    this.#outcome = await policyOutcome(this.#db, this.#layout, policy);
  }

  /** Makes a choice and applies it; a newer choice supersedes one that is still being applied. */
  async change(choice: Partial<Policy>): Promise<void> {
    if (this.#history === null) return;
    this.#history.set({ ...this.#history.present, ...choice });
    this.#edits?.note(this);
    await this.#apply();
  }

  async setStatusClass(value: string, lineClass: LineClass): Promise<void> {
    if (this.policy === null) return;
    await this.change({ statusClasses: { ...this.policy.statusClasses, [value]: lineClass } });
  }

  async resetToDefaults(): Promise<void> {
    if (this.#defaults !== null && !this.isDefault) await this.change(this.#defaults);
  }

  async undo(): Promise<void> {
    if (this.#history?.undo() !== true) return;
    this.#edits?.tookBack(this);
    await this.#apply();
  }

  async redo(): Promise<void> {
    if (this.#history?.redo() !== true) return;
    this.#edits?.didAgain(this);
    await this.#apply();
  }

  /** Tries the choice again that could not be applied. */
  async retry(): Promise<void> {
    await this.#apply();
  }

  async #apply(): Promise<void> {
    const { policy } = this;
    const layout = this.#layout;
    if (policy === null || layout === null) return;
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    this.#applying = true;
    this.#error = null;
    try {
      const { signal } = run;
      await applyPolicy(this.#db, layout, policy, { signal });
      const outcome = await policyOutcome(this.#db, layout, policy, { signal });
      if (run !== this.#running) return;
      this.#before = this.#outcome;
      this.#outcome = outcome;
      this.#listeners.forEach((listener) => listener());
    } catch (error) {
      if (run === this.#running && !isCancel(error)) this.#error = toAppError(error);
    } finally {
      if (run === this.#running) {
        this.#running = null;
        this.#applying = false;
      }
    }
  }
}
