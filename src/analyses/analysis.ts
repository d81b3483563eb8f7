import type { Day } from '../core/dates';
import type { Sql } from '../core/sql';
import type { ChartTable } from '../charts/chart-table';
import type { Db } from '../db/db';
import type { SaleTables } from '../ingest/sale-tables/sale-tables';

/** The parts of the top bar that govern every analysis. */
export interface Scope {
  /** Orders before the start of this day count; recency is measured to it. */
  readonly asOf: Day;
  /** First day that counts; null = from the first order. */
  readonly from: Day | null;
  /** SELECT of one column customer_key; null = everyone. */
  readonly audience: Sql | null;
}

/** What analyses read. */
export interface Source {
  readonly db: Db;
  readonly tables: SaleTables;
}

export interface RunContext extends Source {
  readonly scope: Scope;
  /** Days without a purchase after which a customer counts as lost, as the reader has set it; null = what the data says. */
  readonly churnWindowDays: number | null;
  readonly signal?: AbortSignal | undefined;
}

/** What a result rests on. Printed under every analysis; its parts sum to the whole file. */
export interface Population {
  readonly customers: number;
  readonly orders: number;
  readonly revenue: number;
  /** Revenue of all orders in scope, with and without a known customer. */
  readonly revenueOfAll: number;
  /** revenue / revenueOfAll, 0..1; NaN when there is none. */
  readonly identifiedShare: number;
}

/** A set of customers that a mark on the screen stands for. */
export interface CustomerSelection {
  /** The name as the reader sees it, e.g. "Can't lose" or "R 1-2 · FM 5". */
  readonly title: string;
  /** A SELECT of one column customer_key, runnable on the canonical tables. */
  readonly members: Sql;
  /** The colour of the mark it came from, as a CSS value. */
  readonly color?: string | undefined;
  /** What the analysis calls the group, where the customers are one of its groups. */
  readonly group?: string | undefined;
}

/** What an analysis says of a selection beside its customers, in the reader's language. */
export interface SelectionWords {
  /** Names of the groups by id. */
  readonly groupNames: Readonly<Record<string, string>>;
  /** What to do with these customers; undefined where they are none of its groups. */
  readonly advice: string | undefined;
}

/** A mistake in the parameters, as data: the field and what it needs. */
export interface Mistake {
  readonly field: string;
  readonly message: string;
}

/** One analysis: parameters in, plain readonly result out. */
export interface Analysis<P, R> {
  readonly id: string;
  readonly defaults: P;
  validate(params: P): readonly Mistake[];
  run(context: RunContext, params: P): Promise<R>;
}

/** Holds something from one visit of a view to the next: what was kept under the name, else what `make` makes. */
export type Keep = <T extends { close(): void }>(name: string, make: () => T) => T;

/** What is settled once for every analysis. */
export interface SharedSettings {
  /** See RunContext. */
  readonly churnWindowDays: number | null;
  setChurnWindow(days: number | null): void;
  /** The audiences there are, by the ids of the table `audience_members`. */
  readonly audiences: readonly { readonly id: string; readonly name: string }[];
}

/** What an analysis offers to take along. */
export interface AnalysisExport {
  /** The name of the analysis in the reader's language. */
  readonly title: string;
  readonly scope: Scope;
  readonly population: Population;
  /** Names of the groups that RFM gave its customers; null where there is no list beyond the customers' totals. */
  readonly segmentNames: Readonly<Record<string, string>> | null;
  /** The tables of figures that the page shows, in the reader's language, with how they count customers. */
  readonly tables: readonly { readonly title: string; readonly table: ChartTable }[];
  readonly statements: readonly TitledStatement[];
  /** Tables beside customers, purchases and audience_members that the statements read. */
  readonly reads: readonly ('sale_lines' | 'customer_attributes' | 'external_series')[];
}

export interface TitledStatement {
  readonly title: string;
  readonly statement: Sql;
}

/** What the page of an analysis is given and whom it tells. */
export interface ViewProps<P> extends Source {
  readonly scope: Scope;
  /** Grows when the tables themselves have changed, e.g. by another policy. */
  readonly revision: number;
  readonly keep: Keep;
  /** What the panel shows; null once it is closed. */
  readonly selection: CustomerSelection | null;
  /** To begin with; null for the defaults. */
  readonly params: P | null;
  readonly shared: SharedSettings;
  readonly onparams: (params: P) => void;
  readonly onselect: (selection: CustomerSelection, words?: SelectionWords) => void;
  readonly onexport: (request: AnalysisExport) => void;
}
