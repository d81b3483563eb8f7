import type { Day } from '../../core/dates';
import type { Analysis, Population, RunContext, Scope } from '../analysis';
import { startOfGrain } from '../grain';
import { populationStatement, readPopulation } from '../population';
import { churnWindowStatement, readChurnWindow } from '../purchase-days.sql';
import { lifePeriods, type LifePeriod, type StateFigures } from './life-periods';
import { LIFECYCLE_DEFAULTS, validateLifecycle, type LifecycleGrain, type LifecycleParams } from './lifecycle-params';
import {
  firstDayStatement,
  STATE_COUNTS_SHAPE,
  stateCountsStatement,
  STATUS_SHAPE,
  statusStatement,
} from './lifecycle.sql';

/** Who bought within the churn window before as-of, and who did not. Together everyone with a purchase in scope. */
export interface LifeStatus {
  readonly windowDays: number;
  /** True where nobody has set the window: it is that of the data. */
  readonly isFromData: boolean;
  readonly active: Omit<StateFigures, 'orders'>;
  readonly lapsed: Omit<StateFigures, 'orders'>;
}

export interface LifecycleResult {
  readonly scope: Scope;
  readonly grain: LifecycleGrain;
  /** First day of the first period with anything of a customer; null without any. */
  readonly origin: Day | null;
  readonly population: Population;
  /** In order; periods without a purchase between others are there. */
  readonly periods: readonly LifePeriod[];
  /** Null where nobody came back and no window is set. */
  readonly status: LifeStatus | null;
  readonly statements: ReturnType<typeof printable>;
}

async function run(context: RunContext, { grain }: LifecycleParams): Promise<LifecycleResult> {
  const { db, scope, signal } = context;
  const options = { signal };
  const population = await readPopulation(db, scope, options);
  const [row] = await db.query(firstDayStatement(scope), { first_day: 'text?' }, options);
  const firstDay = row?.first_day ?? null;
  const origin = firstDay === null ? null : startOfGrain(firstDay, grain);
  const counts =
    origin === null ? [] : await db.query(stateCountsStatement(scope, { grain, origin }), STATE_COUNTS_SHAPE, options);
  const status = await readStatus(context);
  return {
    scope,
    grain,
    origin,
    population,
    periods: origin === null ? [] : lifePeriods(counts, scope, grain, origin),
    status,
    statements: printable(scope, grain, origin ?? scope.asOf, status?.windowDays ?? null),
  };
}

async function readStatus({ db, scope, signal, churnWindowDays }: RunContext): Promise<LifeStatus | null> {
  const windowDays = churnWindowDays ?? (await readChurnWindow(db, scope, { signal }));
  if (windowDays === null) return null;
  const [row] = await db.query(statusStatement(scope, windowDays), STATUS_SHAPE, { signal });
  if (row === undefined) throw new RangeError('invalid status: no row');
  return {
    windowDays,
    isFromData: churnWindowDays === null,
    active: { customers: row.active, revenue: row.active_revenue },
    lapsed: { customers: row.lapsed, revenue: row.lapsed_revenue },
  };
}

function printable(scope: Scope, grain: LifecycleGrain, origin: Day, windowDays: number | null) {
  return {
    states: stateCountsStatement(scope, { grain, origin }),
    status: windowDays === null ? null : statusStatement(scope, windowDays),
    churnWindow: churnWindowStatement(scope),
    population: populationStatement(scope),
  };
}

/** The period whose flow is shown: the one chosen, else the last complete one, else the last. Undefined where there is none. */
export function flowPeriod({ periods }: LifecycleResult, flowInto: Day | null): LifePeriod | undefined {
  return (
    periods.find(({ start }) => start === flowInto) ??
    periods.findLast(({ isComplete }) => isComplete) ??
    periods.at(-1)
  );
}

export const lifecycle = {
  id: 'lifecycle' as const,
  defaults: LIFECYCLE_DEFAULTS,
  validate: validateLifecycle,
  run,
} satisfies Analysis<LifecycleParams, LifecycleResult>;
