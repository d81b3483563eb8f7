import type { ChartTable } from '../../charts/chart-table';
import type { CellValue } from '../../core/delimited';
import { addMoney } from '../../core/money';
import type { I18n } from '../../i18n/i18n.svelte';
import type { SmallCells } from '../../kernels/small-cells/protect-table';
import { headerText, tableCells, type CellRows, type Column } from '../../ui/data-table';
import type { AnalysisExport, TitledStatement } from '../analysis';
import { addGrains, grainLabel } from '../grain';
import { FEW_CUSTOMERS, type BreakdownResult, type BreakdownRow, type Change } from './breakdowns';
import { overviewMessages } from './messages';
import { measureOf, type OverviewResult, type Stretch } from './overview';
import { figuresQuery, valuesQuery } from './overview.sql';
import { MEASURES, type Measure } from './overview-params';
import { formatMeasure, heldName, measureName, placeName, shareOfChange } from './overview-words';

/** The number behind a row that rests on the customers of two periods: the smaller of those that are there. */
function fewest(...counts: readonly (number | null)[]): number {
  const there = counts.filter((count) => count !== null && count > 0);
  return there.length === 0 ? 0 : Math.min(...(there as number[]));
}

/** One row a measure: now, before and the change, relative or in points. */
export function figuresTable(i18n: I18n, result: OverviewResult): ChartTable {
  const m = i18n.of(overviewMessages);
  const { now, before } = result;
  const customers = fewest(now.total.customers, before?.total.customers ?? null);
  return {
    columns: [{ label: m.figure }, { label: m.thisPeriod, numeric: true }, { label: m.before, numeric: true }],
    rows: MEASURES.map((measure) => [
      measureName(i18n, result, measure),
      measureOf(now.total, measure),
      before === null ? null : measureOf(before.total, measure),
    ]),
    smallCells: { layout: 'list', customers: MEASURES.map(() => customers), measures: [1, 2] },
  };
}

/** The stretches of both periods side by side: the first of one beside the first of the other. */
export function pairedStretches({ now, before, grain }: OverviewResult): readonly {
  readonly start: string;
  readonly now: Stretch | undefined;
  readonly before: Stretch | undefined;
}[] {
  const first = now.stretches[0]?.start;
  if (first === undefined) return [];
  const count = Math.max(now.stretches.length, before?.stretches.length ?? 0);
  return Array.from({ length: count }, (_, index) => ({
    start: addGrains(first, grain, index),
    now: now.stretches[index],
    before: before?.stretches[index],
  }));
}

/** A measure by stretch of time, beside the period before. */
export function trendTable(i18n: I18n, result: OverviewResult, measure: Measure): ChartTable {
  const m = i18n.of(overviewMessages);
  const { format } = i18n;
  const pairs = pairedStretches(result);
  const print = (value: number): string => formatMeasure(format, measure, value);
  const name = measureName(i18n, result, measure);
  const label = (stretch: Stretch | undefined): string | null =>
    stretch === undefined ? null : grainLabel(format, stretch.start, result.grain);
  const value = (stretch: Stretch | undefined): number | null =>
    stretch === undefined ? null : measureOf(stretch, measure);
  return {
    columns: [
      { label: m.stretch },
      { label: name, numeric: true, format: print },
      { label: m.customers, numeric: true, format: format.integer },
      { label: `${m.before}: ${m.stretch}` },
      { label: `${m.before}: ${name}`, numeric: true, format: print },
      { label: m.customersBefore, numeric: true, format: format.integer },
    ],
    rows: pairs.map(({ now, before }) => [
      label(now),
      value(now),
      now?.customers ?? null,
      label(before),
      value(before),
      before?.customers ?? null,
    ]),
    smallCells: {
      layout: 'list',
      customers: pairs.map(({ now, before }) => fewest(now?.customers ?? null, before?.customers ?? null)),
      measures: [1, 2, 4, 5],
    },
  };
}

/** The columns of the table of a breakdown. */
export function breakdownColumns(
  i18n: I18n,
  result: OverviewResult,
  { breakdown, values }: BreakdownResult,
): readonly Column<BreakdownRow>[] {
  const m = i18n.of(overviewMessages);
  const { format } = i18n;
  const total = result.now.total.revenue;
  const change = ({ revenue, revenueBefore }: BreakdownRow): number | null =>
    revenueBefore === null ? null : addMoney(revenue, -revenueBefore);
  const money = (key: string, label: string, value: (row: BreakdownRow) => number | null): Column<BreakdownRow> => ({
    key,
    label,
    numeric: true,
    value,
    text: (row) => format.compact(value(row) ?? Number.NaN),
    title: (row) => format.decimal(value(row) ?? Number.NaN, 2),
  });
  const isCompared = result.before !== null;
  return [
    { key: 'value', label: m[breakdown], value: ({ held }) => heldName(i18n, held, values) },
    money('revenue', m.revenue, ({ revenue }) => revenue),
    {
      key: 'share',
      label: m.share,
      numeric: true,
      value: ({ revenue }) => (total > 0 ? revenue / total : Number.NaN),
      text: ({ revenue }) => format.percent(total > 0 ? revenue / total : Number.NaN),
    },
    {
      key: 'customers',
      label: m.customers,
      numeric: true,
      value: ({ customers }) => customers,
      text: ({ customers }) => format.integer(customers),
      tone: ({ customers }) => (customers < FEW_CUSTOMERS ? 'unsure' : undefined),
    },
    ...(isCompared
      ? [
          money('before', m.before, ({ revenueBefore }) => revenueBefore),
          {
            ...money('change', m.change, change),
            text: (row: BreakdownRow) => format.compact(Math.abs(change(row) ?? Number.NaN)),
            tone: (row: BreakdownRow) => {
              const by = change(row) ?? 0;
              return by > 0 ? 'up' : by < 0 ? 'down' : undefined;
            },
          } as const,
          {
            key: 'customersBefore',
            label: m.customersBefore,
            numeric: true,
            value: ({ customersBefore }: BreakdownRow) => customersBefore,
            text: ({ customersBefore }: BreakdownRow) => format.integer(customersBefore ?? Number.NaN),
          },
        ]
      : []),
  ];
}

/** How the cells of that table count customers: all figures of a row are withheld together. */
export function breakdownCells(columns: readonly Column<BreakdownRow>[], cells: CellRows): SmallCells {
  const counts = ['customers', 'customersBefore'].map((key) => columns.findIndex((column) => column.key === key));
  const countOf = (value: CellValue): number | null => (typeof value === 'number' ? value : null);
  return {
    layout: 'list',
    customers: cells.map((row) => fewest(...counts.map((index) => countOf(row[index])))),
    measures: columns.flatMap(({ numeric }, index) => (numeric === true ? [index] : [])),
  };
}

/** The same for a chart and for a file. */
export function breakdownTable(i18n: I18n, result: OverviewResult, shown: BreakdownResult): ChartTable {
  const columns = breakdownColumns(i18n, result, shown);
  const rows = tableCells(columns, shown.rows);
  return {
    columns: columns.map((column) => ({
      label: headerText(column),
      numeric: column.numeric,
      format: column.key === 'share' ? i18n.format.percent : i18n.format.compact,
    })),
    rows,
    smallCells: breakdownCells(columns, rows),
  };
}

/** The changes named on the page. */
export function changesTable(i18n: I18n, result: OverviewResult, changes: readonly Change[]): ChartTable {
  const m = i18n.of(overviewMessages);
  const { format } = i18n;
  const numeric = { numeric: true, format: format.compact };
  return {
    columns: [
      { label: m.value },
      { label: m.change, ...numeric },
      { label: m.ofChange, numeric: true, format: format.percent },
      { label: m.revenue, ...numeric },
      { label: m.before, ...numeric },
      { label: m.customers, numeric: true, format: format.integer },
      { label: m.customersBefore, numeric: true, format: format.integer },
    ],
    rows: changes.map((change) => [
      placeName(i18n, change.breakdown, change.value),
      change.change,
      shareOfChange(result, change.change),
      change.revenue,
      change.revenueBefore,
      change.customers,
      change.customersBefore,
    ]),
    smallCells: {
      layout: 'list',
      customers: changes.map(({ customers, customersBefore }) => fewest(customers, customersBefore)),
      measures: [1, 2, 3, 4, 5, 6],
    },
  };
}

/** The statement behind each figure, runnable as printed. */
export function overviewStatements(i18n: I18n, result: OverviewResult): readonly TitledStatement[] {
  const m = i18n.of(overviewMessages);
  const { now, before, grain, breakdowns } = result;
  return [
    { title: m.sqlNow, statement: figuresQuery(now.scope, grain) },
    ...(before === null ? [] : [{ title: m.sqlBefore, statement: figuresQuery(before.scope, grain) }]),
    ...breakdowns.flatMap(({ breakdown }) => [
      { title: m.sqlBreakdown(m[breakdown]), statement: valuesQuery(breakdown, now.scope) },
      ...(before === null
        ? []
        : [{ title: m.sqlBreakdownBefore(m[breakdown]), statement: valuesQuery(breakdown, before.scope) }]),
    ]),
  ];
}

/** What the page offers to take along. */
export function overviewExport(i18n: I18n, result: OverviewResult, changes: readonly Change[]): AnalysisExport {
  const m = i18n.of(overviewMessages);
  const { breakdowns, grain } = result;
  return {
    title: m.name,
    scope: result.now.scope,
    population: result.population,
    segmentNames: null,
    tables: [
      { title: m.figuresTitle, table: figuresTable(i18n, result) },
      ...MEASURES.map((measure) => ({
        title: m.trendTitle(measureName(i18n, result, measure), m[grain]),
        table: trendTable(i18n, result, measure),
      })),
      ...breakdowns.map((shown) => ({
        title: m.breakdownTitle(m[shown.breakdown]),
        table: breakdownTable(i18n, result, shown),
      })),
      ...(changes.length === 0 ? [] : [{ title: m.changesTitle, table: changesTable(i18n, result, changes) }]),
    ],
    statements: overviewStatements(i18n, result),
    reads: breakdowns.some(({ breakdown }) => breakdown === 'customerCity')
      ? ['sale_lines', 'customer_attributes']
      : ['sale_lines'],
  };
}
