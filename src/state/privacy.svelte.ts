import type { SmallCellLimit } from '../charts/small-cell-limit.svelte';
import type { Day } from '../core/dates';
import { AppError, isCancel, toAppError } from '../core/errors';
import type { PersonalKind } from '../core/personal-kinds';
import type { Db } from '../db/db';
import { withoutIds } from '../exports/id-form.sql';
import type { RowsSource } from '../exports/table-pages';
import { readAgeBands } from '../ingest/privacy/age-bands';
import { cellMask, kindMask, type CellMask, type SeenColumn } from '../ingest/privacy/cell-mask';
import { generalise } from '../ingest/privacy/generalise';
import {
  DEFAULT_MASKING_POLICY,
  MOST_LEAST_CUSTOMERS,
  treatmentOf,
  withColumn,
  type IdForm,
  type MaskingPolicy,
  type Treatment,
} from '../ingest/privacy/masking-policy';
import { protectedRows, type TreatedColumn } from '../ingest/privacy/protected-table.sql';
import { keyFingerprint } from '../ingest/privacy/pseudonym';
import { scanForPersonalData, type FoundColumn, type PersonalSource } from '../ingest/privacy/scan';
import type { ValueWorker } from '../ingest/privacy/value-worker';
import type { PseudonymKey, PseudonymKeys } from '../library/pseudonym-key';
import type { Reveal, RevealLog } from './reveals.svelte';
import { TreatedValues, type WorkOptions } from './treated-values';
import { UndoHistory } from './undo-history.svelte';
import type { UndoLine } from './undo-line.svelte';

export interface PrivacyParts {
  readonly db: Db;
  readonly keys: PseudonymKeys;
  readonly values: ValueWorker;
  readonly reveals: RevealLog;
  /** Epoch milliseconds, for the notes of what was shown. */
  readonly now: () => number;
  /** Where changes made by hand are noted, for undo over the whole recipe. */
  readonly edits?: UndoLine;
}

/** The key as the page may speak of it. */
export interface KeyFacts {
  readonly fingerprint: string;
  readonly madeAt: number;
  readonly isKept: boolean;
}

/** A personal column with what is done with it. */
export interface TreatedPersonalColumn extends FoundColumn {
  readonly treatment: Treatment;
  /** True where the column has a treatment of its own. */
  readonly isOwn: boolean;
}

/** What is personal in the data, what may be seen of it and how it leaves, with undo and redo. */
export class PrivacySession implements SmallCellLimit {
  readonly #parts: PrivacyParts;
  readonly #history = new UndoHistory<MaskingPolicy>(DEFAULT_MASKING_POLICY);
  #found = $state.raw<readonly FoundColumn[]>([]);
  #columnsScanned = $state(0);
  #scanned = $state.raw<{ readonly columns: number; readonly ofColumns: number } | null>(null);
  #isScanned = $state(false);
  #key = $state.raw<KeyFacts | null>(null);
  #error = $state.raw<AppError | null>(null);
  #running: AbortController | null = null;
  readonly #treated: TreatedValues;
  readonly #columns = $derived(
    this.#found.map((found): TreatedPersonalColumn => {
      const { policy } = this;
      return {
        ...found,
        treatment: treatmentOf(policy, found.file, found.name, kindOf(found)),
        isOwn: policy.columns.some(({ file, column }) => file === found.file && column === found.name),
      };
    }),
  );

  constructor(parts: PrivacyParts) {
    this.#parts = parts;
    this.#treated = new TreatedValues(parts.db, parts.values);
  }

  get policy(): MaskingPolicy {
    return this.#history.present;
  }

  get leastCustomers(): number {
    return this.policy.leastCustomers;
  }

  get exportIds(): IdForm {
    return this.policy.exportIds;
  }

  /** The columns with personal data, in the order of the files. */
  get columns(): readonly TreatedPersonalColumn[] {
    return this.#columns;
  }

  /** Columns looked through, personal or not. */
  get columnsScanned(): number {
    return this.#columnsScanned;
  }

  /** How far the looking has come; null when it is not going on. */
  get scanProgress(): { readonly columns: number; readonly ofColumns: number } | null {
    return this.#scanned;
  }

  /** False until the files have been looked through once. */
  get isScanned(): boolean {
    return this.#isScanned;
  }

  /** Null until openKey. */
  get key(): KeyFacts | null {
    return this.#key;
  }

  get reveals(): readonly Reveal[] {
    return this.#parts.reveals.list;
  }

  get error(): AppError | null {
    return this.#error;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  undo(): void {
    if (this.#history.undo()) this.#parts.edits?.tookBack(this);
  }

  redo(): void {
    if (this.#history.redo()) this.#parts.edits?.didAgain(this);
  }

  /** Takes a policy over, as from a recipe; what was undone or done before is gone. */
  adopt(policy: MaskingPolicy): void {
    this.#history.reset(policy);
    this.#parts.edits?.forget(this);
  }

  #set(policy: MaskingPolicy): void {
    this.#history.set(policy);
    this.#parts.edits?.note(this);
  }

  /** Looks the tables through for personal data. A newer call supersedes an older one; the policy stays. */
  async scan(sources: readonly PersonalSource[]): Promise<void> {
    await this.#run(async (signal) => {
      this.#scanned = { columns: 0, ofColumns: sources.reduce((sum, { columns }) => sum + columns.length, 0) };
      const { found, columnsScanned } = await scanForPersonalData(this.#parts.db, sources, {
        signal,
        onProgress: (columns, ofColumns) => (this.#scanned = { columns, ofColumns }),
      });
      this.#found = found;
      this.#columnsScanned = columnsScanned;
      this.#isScanned = true;
    });
    if (this.#running === null) this.#scanned = null;
  }

  cancel(): void {
    this.#running?.abort();
    this.#running = null;
    this.#scanned = null;
  }

  /** Another treatment for a column; null goes back to that of its kind. Showing it in full is noted. */
  setTreatment(column: FoundColumn, treatment: Treatment | null): void {
    this.#set(withColumn(this.policy, column.file, column.name, treatment));
    if (treatment?.do === 'show') this.#note('column', `${column.file} · ${column.name}`, Number.NaN);
  }

  /** Shows a column of birthdays as age bands, neighbours joined until each band has k people or nobody. */
  async fitAgeBands(column: FoundColumn, asOf: Day): Promise<void> {
    await this.#told(async () => {
      const from = await readAgeBands(this.#parts.db, column, asOf, this.leastCustomers);
      this.setTreatment(column, { do: 'generalise', how: { to: 'age-band', from } });
    });
  }

  /** Throws `invalid-parameter` for anything but a whole number from 1 to 1000. */
  setLeastCustomers(leastCustomers: number): void {
    if (!Number.isInteger(leastCustomers) || leastCustomers < 1 || leastCustomers > MOST_LEAST_CUSTOMERS) {
      throw new AppError('invalid-parameter', {
        field: 'k',
        value: leastCustomers,
        needs: `1..${MOST_LEAST_CUSTOMERS}`,
      });
    }
    if (leastCustomers !== this.leastCustomers) this.#set({ ...this.policy, leastCustomers });
  }

  setExportIds(exportIds: IdForm): void {
    if (exportIds !== this.exportIds) this.#set({ ...this.policy, exportIds });
  }

  /** How the cells of a file's column are seen: as its treatment says where it has one, else by what is known of it. */
  maskOf(file: string, column: SeenColumn, asOf: Day): CellMask {
    return this.treatedMask(file, column.name, asOf) ?? cellMask(column);
  }

  /**
   * How the cells are seen of a column in which personal data was found when the files were looked through; null for
   * any other. What has a pseudonym in files is masked here, for it says nothing to a reader.
   */
  treatedMask(file: string, name: string, asOf: Day): CellMask | null {
    const found = this.#columns.find((each) => each.file === file && each.name === name);
    if (found === undefined) return null;
    const { kinds, treatment } = found;
    if (treatment.do === 'show') return (cell) => cell;
    if (treatment.do === 'drop') return () => '';
    if (treatment.do === 'generalise') return (cell) => generalise(cell, treatment.how, asOf) ?? '****';
    return kindMask(kindOf(found), kinds.length);
  }

  /** Makes the key known to the page; it is made when there is none yet. */
  async openKey(): Promise<void> {
    await this.#told(async () => {
      await this.#factsOf(await this.#parts.keys.current());
    });
  }

  /** A new key. Files that left under the old one can no longer be joined with later ones. */
  async renewKey(): Promise<void> {
    await this.#told(async () => {
      await this.#factsOf(await this.#parts.keys.renew());
    });
  }

  /**
   * The file in the form of ids that the policy asks for, its pseudonyms made. Ids in full are noted under the
   * title. Cost: about ten seconds for a million customers under a new key, once. Throws `cancelled`.
   */
  async release(source: RowsSource, title: string, options: WorkOptions = {}): Promise<RowsSource> {
    const form = this.exportIds;
    if (form === 'plain') this.noteFile(title);
    else if (form === 'pseudonym') await this.fillPseudonyms(source, options);
    return form === 'plain' ? source : withoutIds(source, form);
  }

  /** Notes that ids left in full. */
  noteFile(title: string): void {
    this.#note('file', title, Number.NaN);
  }

  /** Makes the pseudonyms of a file's customers, as far as the engine does not hold them. Throws `cancelled`. */
  async fillPseudonyms(source: RowsSource, options: WorkOptions = {}): Promise<void> {
    const current = await this.#parts.keys.current();
    const { fingerprint } = await this.#factsOf(current);
    await this.#treated.fillPseudonyms(source, { key: current.key, fingerprint }, options);
  }

  /** A table of a file with every personal column treated as the policy says, ready to be written. Throws `cancelled`. */
  async releaseTable(source: PersonalSource, asOf: Day, options: WorkOptions = {}): Promise<RowsSource> {
    const columns = source.columns.map(({ column, name }): TreatedColumn => {
      const found = this.#columns.find((candidate) => candidate.file === source.file && candidate.name === name);
      return found === undefined
        ? { column, name, kind: null, treatment: { do: 'show' } }
        : { column, name, kind: kindOf(found), treatment: found.treatment };
    });
    const { key } = await this.#parts.keys.current();
    for (const column of columns) await this.#treated.fillColumn(source.table, column, key, options);
    for (const { kind, name, treatment } of columns) {
      if (kind !== null && treatment.do === 'show') this.noteFile(`${source.file} · ${name}`);
    }
    return protectedRows(source.table, columns, asOf);
  }

  async #factsOf({ key, madeAt, isKept }: PseudonymKey): Promise<KeyFacts> {
    const facts = { fingerprint: await keyFingerprint(key), madeAt, isKept };
    this.#key = facts;
    return facts;
  }

  #note(act: 'file' | 'column', title: string, customers: number): void {
    this.#parts.reveals.note({ revealedAt: this.#parts.now(), title, customers, act });
  }

  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    await this.#told(
      () => work(run.signal),
      () => run === this.#running,
    );
    if (run === this.#running) this.#running = null;
  }

  async #told(work: () => Promise<void>, isCurrent: () => boolean = () => true): Promise<void> {
    this.#error = null;
    try {
      await work();
    } catch (error) {
      if (isCurrent() && !isCancel(error)) this.#error = toAppError(error);
    }
  }
}

/** The kind that decides how a column is treated: the surest. */
function kindOf({ kinds }: FoundColumn): PersonalKind {
  return kinds[0]?.kind ?? 'id';
}
