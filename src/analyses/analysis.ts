import type { Day } from '../core/dates';
import type { Sql } from '../core/sql';
import type { Db } from '../db/db';

/** The parts of the top bar that govern every analysis. */
export interface Scope {
  /** Orders before the start of this day count; recency is measured to it. */
  readonly asOf: Day;
  /** First day that counts; null = from the first order. */
  readonly from: Day | null;
  /** SELECT of one column customer_key; null = everyone. */
  readonly audience: Sql | null;
}

export interface RunContext {
  readonly db: Db;
  readonly scope: Scope;
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
