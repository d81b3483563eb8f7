import { addDays, dayOf, type Day } from '../core/dates';
import type { Sql } from '../core/sql';
import type { TableLayout } from '../db/schema';
import type { DatasetResult, FileReport } from '../ingest/dataset/dataset-contract';
import type { Excerpt } from '../ingest/excerpt/excerpt';
import type { ImportReport } from '../ingest/file-preview';
import type { Scope } from '../analyses/analysis';

/** The dataset in the engine: what it is called, how it is laid out, what the import found. */
export interface Dataset {
  readonly name: string;
  readonly layout: TableLayout;
  readonly report: ImportReport;
  /** What became of each file, in the order they were imported. */
  readonly files: readonly FileReport[];
  /** What was taken of the files. */
  readonly excerpt: Excerpt;
  /** How heads and lines of orders met; null where they do not stand in two files. */
  readonly join: DatasetResult['join'];
  /** Numbers that stand under two names in the files and were taken for one. */
  readonly renamed: DatasetResult['renamed'];
  readonly isSample: boolean;
}

/** An audience that every page is filtered by. */
export interface AudienceFilter {
  readonly id: string;
  readonly name: string;
  readonly members: Sql;
}

/** The dataset in force and the scope that governs every page: as-of day, period, audience. */
export class Workspace {
  #dataset = $state.raw<Dataset | null>(null);
  #asOf = $state<Day>('');
  #from = $state<Day | null>(null);
  #audience = $state.raw<AudienceFilter | null>(null);
  #revision = $state(0);
  readonly #scope = $derived<Scope>({ asOf: this.#asOf, from: this.#from, audience: this.#audience?.members ?? null });

  get dataset(): Dataset | null {
    return this.#dataset;
  }

  get scope(): Scope {
    return this.#scope;
  }

  get audience(): AudienceFilter | null {
    return this.#audience;
  }

  /** Grows with every change of the tables themselves, so that pages know to ask again. */
  get revision(): number {
    return this.#revision;
  }

  /** First day with an order, and the as-of day that includes the last one. */
  get span(): { readonly first: Day; readonly asOf: Day } | null {
    const report = this.#dataset?.report;
    if (report === undefined || !Number.isFinite(report.lastOrderedAt)) return null;
    return { first: dayOf(report.firstOrderedAt), asOf: addDays(dayOf(report.lastOrderedAt), 1) };
  }

  /** Takes a dataset whose tables are in the engine. The scope starts over: everything up to now. */
  adopt(dataset: Dataset): void {
    this.#dataset = dataset;
    this.#asOf = this.span?.asOf ?? '';
    this.#from = null;
    this.#audience = null;
    this.#revision++;
  }

  /** Takes the same dataset made anew, as by other cleaning; the scope stays. */
  replace(dataset: Dataset): void {
    this.#dataset = dataset;
    this.#revision++;
  }

  /** Calls the dataset something else. */
  rename(name: string): void {
    if (this.#dataset !== null) this.#dataset = { ...this.#dataset, name };
  }

  /** The tables were rebuilt or another policy was applied; the scope stays. */
  touch(): void {
    this.#revision++;
  }

  setAsOf(day: Day): void {
    this.#asOf = day;
  }

  setFrom(day: Day | null): void {
    this.#from = day;
  }

  /** Back to everything from the first order to the day after the last. */
  resetPeriod(): void {
    this.#asOf = this.span?.asOf ?? '';
    this.#from = null;
  }

  setAudience(audience: AudienceFilter | null): void {
    this.#audience = audience;
  }
}
