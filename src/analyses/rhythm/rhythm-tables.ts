import type { ChartTable } from '../../charts/chart-table';
import type { I18n } from '../../i18n/i18n.svelte';
import type { SmallCells } from '../../kernels/small-cells/protect-table';
import { headerText, tableCells, type Column } from '../../ui/data-table';
import type { AnalysisExport, TitledStatement } from '../analysis';
import { withOpenAt, shareWithin, type NextChance, type PurchaseCount } from './gaps';
import { rhythmMessages } from './messages';
import type { OccasionEffect } from './occasions';
import type { RhythmResult } from './rhythm';

/** Purchases above this many stand in one row. */
export const MOST_ROWS = 12;

/** The bars, and beside each what share had come back by its end. */
export function gapTable(i18n: I18n, { bins, gaps, shares }: RhythmResult): ChartTable {
  const m = i18n.of(rhythmMessages);
  const integer = (value: number): string => i18n.format.integer(value);
  const percent = (value: number): string => i18n.format.percent(value);
  return {
    columns: [
      { label: m.gapsAxis },
      { label: m.gaps, numeric: true, format: integer },
      { label: m.customers, numeric: true, format: integer },
      { label: m.share, numeric: true, format: percent },
      { label: m.shareOpen, numeric: true, format: percent },
    ],
    rows: bins.map(({ from, to, gaps: count, customers }) => [
      m.gapDays(from, to),
      count,
      customers,
      shareWithin(gaps, to),
      withOpenAt(shares, to),
    ]),
    smallCells: { layout: 'list', count: 2, measures: [1, 3, 4] },
  };
}

export function purchaseTable(i18n: I18n, counts: readonly PurchaseCount[]): ChartTable {
  const m = i18n.of(rhythmMessages);
  return {
    columns: [
      { label: m.purchases },
      { label: m.customers, numeric: true, format: (value) => i18n.format.integer(value) },
    ],
    rows: counts.map(({ purchases, isOrMore, customers }) => [m.times(purchases, isOrMore), customers]),
    smallCells: { layout: 'list', count: 1, measures: [] },
  };
}

export function nextTable(i18n: I18n, chances: readonly NextChance[]): ChartTable {
  const m = i18n.of(rhythmMessages);
  const integer = (value: number): string => i18n.format.integer(value);
  const percent = (value: number): string => i18n.format.percent(value);
  return {
    columns: [
      { label: m.purchases },
      { label: m.customers, numeric: true, format: integer },
      { label: m.cameBack, numeric: true, format: integer },
      { label: m.chance, numeric: true, format: percent },
      { label: m.low, numeric: true, format: percent },
      { label: m.high, numeric: true, format: percent },
    ],
    rows: chances.map(({ purchases, customers, cameBack, chance, interval }) => [
      m.afterNth(purchases),
      customers,
      cameBack,
      chance,
      interval.low,
      interval.high,
    ]),
    smallCells: {
      layout: 'list',
      // The few who came back, and the few who did not, are told by the same row.
      customers: chances.map(({ customers, cameBack }) =>
        Math.min(...[cameBack, customers - cameBack].filter((some) => some > 0)),
      ),
      measures: [1, 2, 3, 4, 5],
    },
  };
}

export function hourTable(i18n: I18n, { hours }: RhythmResult): ChartTable {
  const m = i18n.of(rhythmMessages);
  const integer = (value: number): string => i18n.format.integer(value);
  return {
    columns: [
      { label: m.weekdayColumn },
      { label: m.hourColumn, numeric: true },
      { label: m.customers, numeric: true, format: integer },
      { label: m.orders, numeric: true, format: integer },
      { label: m.revenue, numeric: true, format: (value) => i18n.format.decimal(value, 2) },
    ],
    rows: hours.map(({ weekday, hour, customers, orders, revenue }) => [
      m.weekday(weekday),
      hour,
      customers,
      orders,
      revenue,
    ]),
    smallCells: { layout: 'pairs', dimensions: [0, 1], count: 2, measures: [3, 4] },
  };
}

export function dayTable(i18n: I18n, { days }: RhythmResult): ChartTable {
  const m = i18n.of(rhythmMessages);
  const integer = (value: number): string => i18n.format.integer(value);
  return {
    columns: [
      { label: m.day },
      { label: m.customers, numeric: true, format: integer },
      { label: m.orders, numeric: true, format: integer },
      { label: m.revenue, numeric: true, format: (value) => i18n.format.decimal(value, 2) },
    ],
    rows: days.map(({ day, customers, orders, revenue }) => [day, customers, orders, revenue]),
    smallCells: { layout: 'list', count: 1, measures: [2, 3] },
  };
}

export function effectColumns(i18n: I18n): readonly Column<OccasionEffect>[] {
  const m = i18n.of(rhythmMessages);
  const { format } = i18n;
  const change = (row: OccasionEffect, of: 'orders' | 'revenue'): number =>
    row.usual === null || !(row.usual[of] > 0) ? Number.NaN : row[of] / row.usual[of] - 1;
  const perDay = (value: number, { days }: OccasionEffect): number => value / days.length;
  const changeColumn = (of: 'orders' | 'revenue', label: string): Column<OccasionEffect> => ({
    key: `${of}Change`,
    label,
    unit: m.against,
    numeric: true,
    value: (row) => change(row, of),
    text: (row) => {
      const value = change(row, of);
      return `${value > 0 ? '+' : ''}${format.percent(value, 0)}`;
    },
    tone: (row) => (change(row, of) > 0 ? 'up' : change(row, of) < 0 ? 'down' : undefined),
  });
  return [
    { key: 'name', label: m.occasion, value: ({ name }) => name },
    { key: 'kind', label: m.kind, value: ({ isHoliday }) => (isHoliday ? m.holiday : m.campaign) },
    { key: 'days', label: m.dayCount, numeric: true, value: ({ days }) => days.length },
    {
      key: 'orders',
      label: m.ordersPerDay,
      numeric: true,
      value: (row) => perDay(row.orders, row),
      text: (row) => format.decimal(perDay(row.orders, row), 1),
    },
    {
      key: 'usual',
      label: m.usualPerDay,
      numeric: true,
      value: (row) => (row.usual === null ? null : perDay(row.usual.orders, row)),
      text: (row) => format.decimal(row.usual === null ? Number.NaN : perDay(row.usual.orders, row), 1),
    },
    changeColumn('orders', m.ordersChange),
    changeColumn('revenue', m.revenueChange),
  ];
}

export function effectCells(
  columns: readonly Column<OccasionEffect>[],
  effects: readonly OccasionEffect[],
): SmallCells {
  return {
    layout: 'list',
    customers: effects.map(({ leastCustomers }) => leastCustomers),
    measures: columns.flatMap(({ key, numeric }, place) => (numeric === true && key !== 'days' ? [place] : [])),
  };
}

function effectTable(i18n: I18n, { effects }: RhythmResult): ChartTable {
  const columns = effectColumns(i18n);
  return {
    columns: columns.map((column) => ({ label: headerText(column), numeric: column.numeric })),
    rows: tableCells(columns, effects),
    smallCells: effectCells(columns, effects),
  };
}

export function rhythmStatements(i18n: I18n, { statements }: RhythmResult): readonly TitledStatement[] {
  const m = i18n.of(rhythmMessages);
  return [
    { title: m.sqlGaps, statement: statements.gaps },
    { title: m.sqlOpen, statement: statements.open },
    { title: m.sqlNext, statement: statements.next },
    { title: m.sqlHours, statement: statements.hours },
    { title: m.sqlCalendar, statement: statements.calendar },
    ...(statements.occasions === null ? [] : [{ title: m.sqlOccasions, statement: statements.occasions }]),
    { title: m.sqlPopulation, statement: statements.population },
  ];
}

export function rhythmExport(
  i18n: I18n,
  result: RhythmResult,
  counts: readonly PurchaseCount[],
  chances: readonly NextChance[],
): AnalysisExport {
  const m = i18n.of(rhythmMessages);
  return {
    title: m.name,
    scope: result.scope,
    population: result.population,
    segmentNames: null,
    tables: [
      { title: m.gapsTitle, table: gapTable(i18n, result) },
      { title: m.purchasesTitle, table: purchaseTable(i18n, counts) },
      { title: m.nextTitle, table: nextTable(i18n, chances) },
      ...(result.hours.length === 0 ? [] : [{ title: m.hoursTitle, table: hourTable(i18n, result) }]),
      { title: m.calendarTitle, table: dayTable(i18n, result) },
      ...(result.effects.length === 0 ? [] : [{ title: m.occasionsTitle, table: effectTable(i18n, result) }]),
    ],
    statements: rhythmStatements(i18n, result),
    reads: result.occasions === null ? [] : ['external_series'],
  };
}
