import type { Day } from '../../core/dates';
import type { CallOptions } from '../../db/db';
import type { Row } from '../../db/shape';
import type { SaleLabel } from '../../ingest/sale-tables/sale-tables';
import type { Analysis, Population, RunContext, Scope } from '../analysis';
import { readDataSpan, resolvePeriods, scopeOf, type ResolvedPeriods } from '../periods';
import { readPopulation } from '../population';
import { scopeKey } from '../scope.sql';
import {
  breakdownIn,
  BREAKDOWNS,
  CHANGE_DEFAULTS,
  dimensionIn,
  validateChange,
  type Breakdown,
  type ChangeParams,
} from './change-params';
import {
  GROUPS_SHAPE,
  groupsQuery,
  STATES,
  STATES_SHAPE,
  statesQuery,
  type Comparison,
  type Side,
  type State,
  type SUMS_SHAPE,
} from './change.sql';
import { addSums, decompose, NO_SUMS, type Decomposition, type Sums } from './revenue-tree';
import { gainLossOf, type GainLoss } from './switching';
import { SWITCHING_SHAPE, switchingQuery } from './switching.sql';

/** The customers of one state and what they come to in both periods. */
export interface StateSums {
  readonly state: State;
  readonly customers: number;
  readonly before: Sums;
  readonly now: Sums;
}

/** A value of the breakdown, with its own decomposition. */
export interface Group {
  /** Null = without a value. */
  readonly name: string | null;
  readonly decomposition: Decomposition;
}

export interface ChangeFigures {
  readonly comparison: Comparison;
  readonly total: Decomposition;
  /** In the order of STATES; those without rows are absent. Their sums are those of the total. */
  readonly states: readonly StateSums[];
  /** The changes of the groups sum to that of the total; customers and orders of several values are counted in each. */
  readonly groups: { readonly by: Breakdown; readonly rows: readonly Group[] } | null;
  readonly switching: { readonly label: SaleLabel; readonly values: readonly GainLoss[] } | null;
}

export interface ChangeResult {
  readonly scope: Scope;
  /** Null where there is no order before as-of. */
  readonly periods: ResolvedPeriods | null;
  /** The first day with an order. */
  readonly firstDay: Day | null;
  /** Of the period looked at. */
  readonly population: Population;
  /** What the data can be broken down by. */
  readonly breakdowns: readonly Breakdown[];
  readonly labels: readonly SaleLabel[];
  /** False where the file says nothing of pieces: items are lines then. */
  readonly hasQuantity: boolean;
  /** Null without an earlier period to compare with. */
  readonly figures: ChangeFigures | null;
}

/** Keeps the last answer of each question, and asks again only when what it depends on is another. */
export class ChangeMemory {
  #known = new Map<string, { readonly key: string; readonly answer: unknown }>();

  /** What is still being asked is not kept either. */
  forget(): void {
    this.#known = new Map();
  }

  async recall<T>(question: string, dependsOn: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    const kept = this.#known;
    const key = JSON.stringify(dependsOn);
    const known = kept.get(question);
    if (known?.key === key) return known.answer as T;
    const answer = await ask();
    kept.set(question, { key, answer });
    return answer;
  }
}

/** Runs the comparison; `memory` may hold answers of an earlier run on the same tables. Throws `cancelled`. */
export async function runChange(
  context: RunContext,
  params: ChangeParams,
  memory: ChangeMemory,
): Promise<ChangeResult> {
  const { db, tables, scope, signal } = context;
  const options: CallOptions = { signal };
  const lines = await tables.lines(options);
  const attributes = await tables.attributes(options);
  const data = await memory.recall('data', [], () => readDataSpan(db, options));
  const periods = resolvePeriods(params.periods, scope, data);
  const populationScope = periods === null ? scope : scopeOf(periods.now, scope);
  const population = await memory.recall('population', [scopeKey(populationScope)], () =>
    readPopulation(db, populationScope, options),
  );
  const breakdowns = BREAKDOWNS.filter(
    (breakdown) =>
      lines.labels.some((label) => label === breakdown) ||
      attributes.texts.some((text) => `customer_${text}` === breakdown),
  );
  const before = periods?.before ?? null;
  return {
    scope,
    periods,
    firstDay: data?.from ?? null,
    population,
    breakdowns,
    labels: lines.labels,
    hasQuantity: lines.hasQuantity,
    figures:
      periods === null || before === null
        ? null
        : await readFigures(
            context,
            { scope, before, now: periods.now },
            breakdownIn(params.breakdown, breakdowns),
            dimensionIn(params.dimension, lines.labels),
            memory,
          ),
  };
}

async function readFigures(
  { db, signal }: RunContext,
  comparison: Comparison,
  by: Breakdown | null,
  label: SaleLabel | null,
  memory: ChangeMemory,
): Promise<ChangeFigures> {
  const rests = comparisonKey(comparison);
  const states = await memory.recall('states', [rests], async () =>
    (await db.query(statesQuery(comparison), STATES_SHAPE, { signal })).map(stateOf),
  );
  const groups =
    by === null
      ? null
      : await memory.recall('groups', [rests, by], async () =>
          (await db.query(groupsQuery(comparison, by), GROUPS_SHAPE, { signal })).map(groupOf),
        );
  const values =
    label === null
      ? null
      : await memory.recall('switching', [rests, label], async () =>
          (await db.query(switchingQuery(comparison, label), SWITCHING_SHAPE, { signal })).map(gainLossOf),
        );
  const totalOf = (side: Side): Sums => states.reduce((sum, row) => addSums(sum, row[side]), NO_SUMS);
  return {
    comparison,
    total: decompose(totalOf('before'), totalOf('now')),
    states: states.toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state)),
    groups: by === null || groups === null ? null : { by, rows: groups },
    switching: label === null || values === null ? null : { label, values },
  };
}

/** A text that is the same for comparisons that give the same figures. */
export function comparisonKey({ scope, before, now }: Comparison): string {
  return JSON.stringify([scopeKey(scope), before, now]);
}

function stateOf(row: Row<typeof STATES_SHAPE>): StateSums {
  return {
    state: row.state as State,
    customers: row.customers,
    before: sumsOf(row, 'before'),
    now: sumsOf(row, 'now'),
  };
}

function groupOf(row: Row<typeof GROUPS_SHAPE>): Group {
  return { name: row.name, decomposition: decompose(sumsOf(row, 'before'), sumsOf(row, 'now')) };
}

function sumsOf(row: Row<typeof SUMS_SHAPE>, side: Side): Sums {
  return {
    customers: row[`customers_${side}`],
    orders: row[`orders_${side}`],
    items: row[`items_${side}`],
    revenue: row[`revenue_${side}`],
    refunds: row[`refunds_${side}`],
    refunded: row[`refunded_${side}`],
    unidentified: row[`unidentified_${side}`],
  };
}

export const change = {
  id: 'change' as const,
  defaults: CHANGE_DEFAULTS,
  validate: validateChange,
  run: (context, params) => runChange(context, params, new ChangeMemory()),
} satisfies Analysis<ChangeParams, ChangeResult>;
