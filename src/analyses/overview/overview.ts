import { dayOf, daysBetween, type Day } from '../../core/dates';
import { addMoney } from '../../core/money';
import type { CallOptions, Db } from '../../db/db';
import type { Row } from '../../db/shape';
import type { LineColumns } from '../../ingest/sale-tables/sale-tables';
import type { Analysis, Population, RunContext, Scope, Source } from '../analysis';
import { addGrains, grainsBetween, type Grain } from '../grain';
import { readDataSpan, resolvePeriods, scopeOf, type Period, type ResolvedPeriods } from '../periods';
import { populationOf } from '../population';
import { readBreakdown, revenueChanges, type BreakdownResult, type Change } from './breakdowns';
import { FIGURES_SHAPE, figuresQuery } from './overview.sql';
import {
  OVERVIEW_DEFAULTS,
  validateOverview,
  type Breakdown,
  type Measure,
  type OverviewParams,
} from './overview-params';

/** What a stretch of time comes to. Orders, revenue and items are of everyone, customers of those known by an id. */
export interface Figures {
  readonly customers: number;
  /** Customers with at least two orders. */
  readonly repeatCustomers: number;
  readonly orders: number;
  readonly identifiedOrders: number;
  readonly revenue: number;
  readonly identifiedRevenue: number;
  /** Pieces, less those that came back; lines where the file says nothing of pieces. */
  readonly items: number;
  /** Of everyone, also outside of the audience. */
  readonly revenueOfAll: number;
}

export interface Stretch extends Figures {
  readonly start: Day;
  /** False where the period begins or ends inside of it: the figures are of a part. */
  readonly isWhole: boolean;
}

export interface PeriodFigures {
  readonly scope: Scope;
  readonly total: Figures;
  /** Every stretch with a day in the period, in the order of time. */
  readonly stretches: readonly Stretch[];
}

export interface OverviewResult {
  readonly scope: Scope;
  /** The first day with an order; null without any. */
  readonly firstDay: Day | null;
  /** Null where there is no order before as-of. */
  readonly periods: ResolvedPeriods | null;
  readonly grain: Grain;
  readonly now: PeriodFigures;
  /** Null where the data has nothing to compare with. */
  readonly before: PeriodFigures | null;
  readonly population: Population;
  readonly hasQuantity: boolean;
  readonly breakdowns: readonly BreakdownResult[];
  /** Of all breakdowns, the largest first, whichever its sign. */
  readonly changes: readonly Change[];
}

/** As coarse as leaves a line something to say: days up to six weeks, weeks up to half a year, months up to five years. */
export function grainOf({ from, to }: Period): Grain {
  const days = daysBetween(from, to);
  if (days <= 45) return 'day';
  if (days <= 200) return 'week';
  return days <= 1830 ? 'month' : 'quarter';
}

/** The measure of a stretch, shares as 0..1; NaN where what it is divided by is zero. */
export function measureOf(figures: Figures, measure: Measure): number {
  const share = (part: number, whole: number): number => (whole === 0 ? Number.NaN : part / whole);
  switch (measure) {
    case 'revenue':
      return figures.revenue;
    case 'customers':
      return figures.customers;
    case 'orders':
      return figures.orders;
    case 'orderValue':
      return share(figures.revenue, figures.orders);
    case 'itemsPerOrder':
      return share(figures.items, figures.orders);
    case 'repeatRate':
      return share(figures.repeatCustomers, figures.customers);
    case 'identifiedShare':
      return share(figures.identifiedRevenue, figures.revenueOfAll);
  }
}

/** The change of revenue in money; null without a period before. */
export function revenueChange({ now, before }: OverviewResult): number | null {
  return before === null ? null : addMoney(now.total.revenue, -before.total.revenue);
}

/**
 * Where the change of revenue mainly comes from: of the values that changed in its direction the largest that does not rest on
 * few customers; null where there is none.
 */
export function mainChange(result: OverviewResult): Change | null {
  const total = revenueChange(result) ?? 0;
  return result.changes.find(({ change, isOfFew }) => !isOfFew && change * total > 0) ?? null;
}

async function runOverview({ db, tables, scope, signal }: RunContext, params: OverviewParams): Promise<OverviewResult> {
  const options = { signal };
  const data = await readDataSpan(db, options);
  const periods = resolvePeriods(params.periods, scope, data);
  const columns = await tables.lines(options);
  const breakdowns = await breakdownsOf(columns, { db, tables }, options);
  const nowScope = scopeOf(periods?.now ?? { from: scope.asOf, to: scope.asOf }, scope);
  const beforeScope = periods === null || periods.before === null ? null : scopeOf(periods.before, scope);
  const grain = periods === null ? 'day' : grainOf(periods.now);
  const now = await readFigures(db, nowScope, grain, options);
  const before = beforeScope === null ? null : await readFigures(db, beforeScope, grain, options);
  const results: BreakdownResult[] = [];
  for (const breakdown of breakdowns) {
    results.push(await readBreakdown(db, breakdown, nowScope, beforeScope, options));
  }
  const { customers, identifiedOrders, identifiedRevenue, revenueOfAll } = now.total;
  return {
    scope,
    firstDay: data?.from ?? null,
    periods,
    grain,
    now,
    before,
    population: populationOf(customers, identifiedOrders, identifiedRevenue, revenueOfAll),
    hasQuantity: columns.hasQuantity,
    breakdowns: results,
    changes: revenueChanges(results),
  };
}

/** The breakdowns that the data has, the broadest first. The city of a customer stands in where the lines name none. */
async function breakdownsOf(
  { labels }: LineColumns,
  { tables }: Source,
  options: CallOptions,
): Promise<readonly Breakdown[]> {
  const ofCustomers = labels.includes('city') ? [] : (await tables.attributes(options)).texts;
  const there = new Set<Breakdown>([...labels, ...(ofCustomers.includes('city') ? ['customerCity' as const] : [])]);
  const order: readonly Breakdown[] = ['channel', 'category', 'city', 'customerCity', 'store', 'brand', 'payment'];
  return order.filter((breakdown) => there.has(breakdown));
}

async function readFigures(db: Db, scope: Scope, grain: Grain, options: CallOptions): Promise<PeriodFigures> {
  const rows = await db.query(figuresQuery(scope, grain), FIGURES_SHAPE, options);
  const byStart = new Map(rows.map((row) => [row.stretch === null ? '' : dayOf(row.stretch), figuresOf(row)]));
  const from = scope.from ?? scope.asOf;
  return {
    scope,
    total: byStart.get('') ?? NOTHING,
    stretches: grainsBetween(from, scope.asOf, grain).map((start) => ({
      ...(byStart.get(start) ?? NOTHING),
      start,
      isWhole: start >= from && addGrains(start, grain, 1) <= scope.asOf,
    })),
  };
}

const NOTHING: Figures = {
  customers: 0,
  repeatCustomers: 0,
  orders: 0,
  identifiedOrders: 0,
  revenue: 0,
  identifiedRevenue: 0,
  items: 0,
  revenueOfAll: 0,
};

function figuresOf(row: Row<typeof FIGURES_SHAPE>): Figures {
  return {
    customers: row.customers,
    repeatCustomers: row.repeat_customers,
    orders: row.orders,
    identifiedOrders: row.identified_orders,
    revenue: row.revenue,
    identifiedRevenue: row.identified_revenue,
    items: row.items,
    revenueOfAll: row.revenue_of_all,
  };
}

export const overview = {
  id: 'overview' as const,
  defaults: OVERVIEW_DEFAULTS,
  validate: validateOverview,
  run: runOverview,
} satisfies Analysis<OverviewParams, OverviewResult>;
