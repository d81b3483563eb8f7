import type { Day } from '../../core/dates';
import { sql, type Sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { Row } from '../../db/shape';
import { columnsOf } from '../../ingest/identity/pairs.sql';
import type { Analysis, Population, RunContext, Scope } from '../analysis';
import { populationStatement, readPopulation } from '../population';
import { CHURN_WINDOW_SHARE, purchaseDaysQuery } from '../purchase-days.sql';
import {
  daysForShare,
  gapBinning,
  gapBins,
  returnShares,
  type GapBin,
  type GapCount,
  type NextPurchaseCount,
  type OpenGapCount,
  type ReturnShare,
} from './gaps';
import { occasionEffects, occasionOf, type DayFigures, type Occasion, type OccasionEffect } from './occasions';
import { RHYTHM_DEFAULTS, type RhythmParams } from './rhythm-params';
import {
  calendarStatement,
  CALENDAR_SHAPE,
  daysTable,
  daysOf,
  gapCustomersStatement,
  GAP_CUSTOMERS_SHAPE,
  gapsStatement,
  GAPS_SHAPE,
  hoursStatement,
  HOURS_SHAPE,
  nextPurchasesStatement,
  NEXT_PURCHASES_SHAPE,
  occasionsStatement,
  OCCASIONS_SHAPE,
  openGapsStatement,
  OPEN_GAPS_SHAPE,
} from './rhythm.sql';

export type HourFigures = Row<typeof HOURS_SHAPE>;

export interface RhythmResult {
  readonly scope: Scope;
  readonly population: Population;
  /** By days, ascending; gaps that have ended. */
  readonly gaps: readonly GapCount[];
  /** Every customer's last purchase day, after which nothing has come yet. */
  readonly open: readonly OpenGapCount[];
  /** What share came back by each day. */
  readonly shares: readonly ReturnShare[];
  readonly bins: readonly GapBin[];
  /** Days within which 80 % of the gaps ended; null where nobody came back. */
  readonly dataWindowDays: number | null;
  readonly next: readonly NextPurchaseCount[];
  /** By weekday and hour; without orders absent. Empty where no order has a time of day. */
  readonly hours: readonly HourFigures[];
  /** Orders that have a time other than midnight. */
  readonly timedOrders: number;
  /** Days with anything, in order. */
  readonly days: readonly DayFigures[];
  /** First day of the calendar; as-of where there is none. */
  readonly firstDay: Day;
  /** Null where no file names days. */
  readonly occasions: readonly Occasion[] | null;
  readonly effects: readonly OccasionEffect[];
  readonly statements: Readonly<Record<'gaps' | 'open' | 'next' | 'hours' | 'calendar' | 'population', Sql>> & {
    readonly occasions: Sql | null;
  };
}

/** `suffix` keeps the tables of several sessions apart. */
export async function runRhythm({ db, scope, signal }: RunContext, suffix: string): Promise<RhythmResult> {
  const options = { signal };
  const table = daysTable(suffix);
  const population = await readPopulation(db, scope, options);
  await db.exec(sql`CREATE OR REPLACE TABLE ${table} AS ${purchaseDaysQuery(scope)}`, options);
  const gaps = await db.query(gapsStatement(table), GAPS_SHAPE, options);
  const gapCustomers = await db.query(
    gapCustomersStatement(table, gapBinning(gaps).widthDays),
    GAP_CUSTOMERS_SHAPE,
    options,
  );
  const open = await db.query(openGapsStatement(table, scope), OPEN_GAPS_SHAPE, options);
  const next = await db.query(nextPurchasesStatement(table, scope), NEXT_PURCHASES_SHAPE, options);
  const days = await db.query(calendarStatement(table, scope), CALENDAR_SHAPE, options);
  const timedOrders = days.reduce((sum, { timed }) => sum + timed, 0);
  const hours = timedOrders === 0 ? [] : await db.query(hoursStatement(scope), HOURS_SHAPE, options);
  const occasions = await readOccasions(db, options);
  const firstDay = days[0]?.day ?? scope.asOf;
  return {
    scope,
    population,
    gaps,
    open,
    shares: returnShares(gaps, open),
    bins: gapBins(gaps, gapCustomers),
    dataWindowDays: daysForShare(gaps, CHURN_WINDOW_SHARE),
    next,
    hours,
    timedOrders,
    days,
    firstDay,
    occasions,
    effects: occasionEffects(occasions ?? [], days, firstDay, scope.asOf),
    statements: {
      gaps: gapsStatement(daysOf(scope)),
      open: openGapsStatement(daysOf(scope), scope),
      next: nextPurchasesStatement(daysOf(scope), scope),
      hours: hoursStatement(scope),
      calendar: calendarStatement(daysOf(scope), scope),
      occasions: occasions === null ? null : occasionsStatement(),
      population: populationStatement(scope),
    },
  };
}

async function readOccasions(db: Db, options: CallOptions): Promise<readonly Occasion[] | null> {
  const columns = await db.query(columnsOf('external_series'), { column_name: 'text' }, options);
  if (columns.length === 0) return null;
  const rows = await db.query(occasionsStatement(), OCCASIONS_SHAPE, options);
  return rows.length === 0 ? null : rows.map(occasionOf);
}

export const rhythm = {
  id: 'rhythm' as const,
  defaults: RHYTHM_DEFAULTS,
  // Any pair of measures can be had.
  validate: () => [],
  run: (context) => runRhythm(context, ''),
} satisfies Analysis<RhythmParams, RhythmResult>;
