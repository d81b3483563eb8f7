import * as naming from '../audiences/audience';
import type { Audience, AudienceOrigin, NameMistake } from '../audiences/audience';
import * as members from '../audiences/audience-members.sql';
import type { SetOperation } from '../audiences/audience-members.sql';
import type { CustomerSelection } from '../analyses/analysis';
import type { Day } from '../core/dates';
import { AppError } from '../core/errors';
import { printSql, type Sql } from '../core/sql';
import type { CallOptions, Db } from '../db/db';
import type { UndoLine } from './undo-line.svelte';

/** An audience and the ids of its members, which outlive the engine. */
export interface KeptAudience {
  readonly audience: Audience;
  /** Bundles of ids as `bundlesOfIds` makes them. */
  readonly bundles: readonly string[];
}

/** The audiences of the dataset in force, each frozen in the engine's table audience_members. */
export class AudienceStore {
  readonly #db: Db;
  readonly #edits: UndoLine | undefined;
  #past: readonly (readonly KeptAudience[])[] = [];
  #future: readonly (readonly KeptAudience[])[] = [];
  #kept = $state.raw<readonly KeptAudience[]>([]);
  readonly #list = $derived(this.#kept.map(({ audience }) => audience));
  #removed = $state.raw<{ readonly kept: KeptAudience; readonly index: number } | null>(null);
  #lastId: string | null = null;

  /** @param edits where changes made by hand are noted, for undo over the whole recipe */
  constructor(db: Db, edits?: UndoLine) {
    this.#db = db;
    this.#edits = edits;
  }

  /** In the order they were saved. */
  get list(): readonly Audience[] {
    return this.#list;
  }

  /** The same with their members, as they are kept. */
  get kept(): readonly KeptAudience[] {
    return this.#kept;
  }

  /** The audience that `undoRemove` would bring back. */
  get removed(): Audience | null {
    return this.#removed?.kept.audience ?? null;
  }

  get(id: string): Audience | undefined {
    return this.#list.find((audience) => audience.id === id);
  }

  /** The members as a SELECT of customer_key. */
  membersOf(id: string): Sql {
    return members.audienceMembers(id);
  }

  nameMistake(name: string, id?: string): NameMistake | null {
    return naming.nameMistake(name, this.#list, id);
  }

  /** A name for a new audience made from something called `wanted`. */
  suggestName(wanted: string): string {
    return naming.freeName(wanted, this.#list);
  }

  /**
   * Freezes the customers a selection stands for. Throws `invalid-parameter` for a name that cannot
   * be given (ask `nameMistake` first), and `cancelled`; then nothing was saved.
   */
  async save(selection: CustomerSelection, name: string, created: Day, options: CallOptions = {}): Promise<Audience> {
    const { title, color } = selection;
    const origin = { title, statement: printSql(selection.members), ...(color === undefined ? {} : { color }) };
    return this.#add(name, created, origin, selection.members, options);
  }

  /** Saves what a set operation makes of two audiences. */
  async combine(
    operation: SetOperation,
    first: string,
    second: string,
    named: { readonly name: string; readonly title: string; readonly created: Day },
    options: CallOptions = {},
  ): Promise<Audience> {
    const statement = members.combineMembers(operation, first, second);
    return this.#add(
      named.name,
      named.created,
      { title: named.title, statement: printSql(statement) },
      statement,
      options,
    );
  }

  rename(id: string, name: string): void {
    this.#checkName(name, id);
    this.#changeTo(
      this.#kept.map((kept) =>
        kept.audience.id === id ? { ...kept, audience: { ...kept.audience, name: naming.tidyName(name) } } : kept,
      ),
    );
  }

  /** Takes an audience away. The last one taken can be brought back. */
  async remove(id: string): Promise<void> {
    const index = this.#kept.findIndex((kept) => kept.audience.id === id);
    const kept = this.#kept[index];
    if (kept === undefined) return;
    this.#changeTo(this.#kept.filter((other) => other !== kept));
    this.#removed = { kept, index };
    await this.#db.exec(members.deleteMembers(id));
  }

  /** Brings back the audience that was removed last, in its place; null when there is none. */
  async undoRemove(): Promise<Audience | null> {
    const removed = this.#removed;
    if (removed === null) return null;
    this.#removed = null;
    const { audience, bundles } = removed.kept;
    const name = naming.freeName(audience.name, this.#list);
    const count = await this.#fill(audience.id, bundles);
    const back = { ...audience, name, count };
    this.#changeTo(this.#kept.toSpliced(removed.index, 0, { audience: back, bundles }));
    return back;
  }

  /**
   * Makes the members again from their ids: after the engine was rebuilt, or when another file was
   * imported in which the same customers stand under other keys.
   */
  async restore(): Promise<void> {
    await this.#db.exec(members.DROP_AUDIENCE_MEMBERS);
    const restored: KeptAudience[] = [];
    for (const { audience, bundles } of this.#kept) {
      restored.push({ audience: { ...audience, count: await this.#fill(audience.id, bundles) }, bundles });
    }
    this.#kept = restored;
  }

  /** Takes the audiences of a dataset that was kept, in place of those there. */
  async recall(kept: readonly KeptAudience[]): Promise<void> {
    this.clear();
    this.#kept = kept;
    await this.restore();
  }

  /** Forgets all audiences; those of another dataset mean nothing in this one. */
  clear(): void {
    this.#kept = [];
    this.#past = [];
    this.#future = [];
    this.#edits?.forget(this);
    this.#removed = null;
  }

  /** Takes the last saving, renaming or removing back. */
  async undo(): Promise<void> {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#future = [this.#kept, ...this.#future];
    this.#past = this.#past.slice(0, -1);
    await this.#show(before);
  }

  async redo(): Promise<void> {
    const [next, ...later] = this.#future;
    if (next === undefined) return;
    this.#past = [...this.#past, this.#kept];
    this.#future = later;
    await this.#show(next);
  }

  async #show(kept: readonly KeptAudience[]): Promise<void> {
    this.#kept = kept;
    this.#removed = null;
    await this.restore();
  }

  #changeTo(kept: readonly KeptAudience[]): void {
    this.#past = [...this.#past, this.#kept];
    this.#future = [];
    this.#kept = kept;
    this.#edits?.note(this);
  }

  async #add(
    name: string,
    created: Day,
    origin: AudienceOrigin,
    selected: Sql,
    options: CallOptions,
  ): Promise<Audience> {
    this.#checkName(name);
    const id = this.#nextId();
    // What another dataset's audiences left behind goes with the first one of this dataset.
    if (this.#kept.length === 0) await this.#db.exec(members.DROP_AUDIENCE_MEMBERS, options);
    await this.#db.exec(members.CREATE_AUDIENCE_MEMBERS, options);
    try {
      await this.#db.exec(members.insertMembers(id, selected), options);
      const bundles = await this.#readBundles(id, options);
      const count = await this.#count(id, options);
      const audience: Audience = { id, name: naming.tidyName(name), created, origin, count, savedCount: count };
      this.#changeTo([...this.#kept, { audience, bundles }]);
      return audience;
    } catch (error) {
      await this.#db.exec(members.deleteMembers(id)).catch(() => undefined);
      throw error;
    }
  }

  async #readBundles(id: string, options: CallOptions): Promise<string[]> {
    const rows = await this.#db.query(members.bundlesOfIds(id), { bundle: 'integer', ids: 'text' }, options);
    return rows.map(({ ids }) => ids);
  }

  async #fill(id: string, bundles: readonly string[]): Promise<number> {
    await this.#db.exec(members.CREATE_AUDIENCE_MEMBERS);
    await this.#db.exec(members.deleteMembers(id));
    for (const bundle of bundles) await this.#db.exec(members.restoreMembers(id, bundle));
    return this.#count(id, {});
  }

  async #count(id: string, options: CallOptions): Promise<number> {
    const rows = await this.#db.query(members.countMembers(id), { n: 'integer' }, options);
    return rows[0]?.n ?? 0;
  }

  #checkName(name: string, id?: string): void {
    const mistake = this.nameMistake(name, id);
    if (mistake !== null)
      throw new AppError('invalid-parameter', { field: 'name', value: name, needs: `not ${mistake}` });
  }

  #nextId(): string {
    const given = [...this.#list.map(({ id }) => id), ...(this.#lastId === null ? [] : [this.#lastId])];
    this.#lastId = naming.nextAudienceId(given);
    return this.#lastId;
  }
}
