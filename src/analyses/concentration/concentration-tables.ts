import type { ChartTable } from '../../charts/chart-table';
import type { I18n } from '../../i18n/i18n.svelte';
import type { SmallCells } from '../../kernels/small-cells/protect-table';
import { headerText, tableCells, type Column } from '../../ui/data-table';
import type { AnalysisExport } from '../analysis';
import { populationStatement } from '../population';
import type { ConcentrationResult, CustomerClass } from './concentration';
import type { ClassId } from './concentration-params';
import { concentrationMessages } from './messages';

/** Fewer customers than this: their means are greyed. */
const FEW = 30;

/** The colours of the classes. */
export const CLASS_COLORS: Readonly<Record<ClassId, string>> = {
  heavy: 'var(--ramp-3)',
  medium: 'var(--ramp-2)',
  light: 'var(--ramp-1)',
};

export function classColumns(
  i18n: I18n,
  { measure }: Pick<ConcentrationResult, 'measure'>,
): readonly Column<CustomerClass>[] {
  const m = i18n.of(concentrationMessages);
  const { format } = i18n;
  const unsure = ({ customers }: CustomerClass): 'unsure' | undefined => (customers < FEW ? 'unsure' : undefined);
  const shareColumn = (key: 'customerShare' | 'revenueShare' | 'orderShare', label: string): Column<CustomerClass> => ({
    key,
    label,
    numeric: true,
    value: (row) => row[key],
    text: (row) => format.percent(row[key]),
  });
  return [
    { key: 'class', label: m.class, value: ({ id }) => m[id], color: ({ id }) => CLASS_COLORS[id] },
    {
      key: 'customers',
      label: m.customers,
      numeric: true,
      value: (row) => row.customers,
      text: (row) => format.integer(row.customers),
    },
    shareColumn('customerShare', m.ofCustomers),
    {
      key: 'revenue',
      label: m.revenue,
      numeric: true,
      value: (row) => row.revenue,
      text: (row) => format.compact(row.revenue),
      title: (row) => format.decimal(row.revenue, 2),
    },
    shareColumn('revenueShare', m.ofRevenueColumn),
    {
      key: 'orders',
      label: m.orders,
      numeric: true,
      value: (row) => row.orders,
      text: (row) => format.integer(row.orders),
    },
    shareColumn('orderShare', m.ofOrdersColumn),
    {
      key: 'perHead',
      label: m.perHead,
      numeric: true,
      value: (row) => row.revenue / row.customers,
      text: (row) => format.compact(row.revenue / row.customers),
      title: (row) => format.decimal(row.revenue / row.customers, 2),
      tone: unsure,
    },
    {
      key: 'ordersEach',
      label: m.ordersEach,
      numeric: true,
      value: (row) => row.orders / row.customers,
      text: (row) => format.decimal(row.orders / row.customers, 1),
      tone: unsure,
    },
    {
      key: 'lowest',
      label: m.from,
      unit: measure === 'revenue' ? m.fromUnitRevenue : m.fromUnitOrders,
      numeric: true,
      value: (row) => row.lowest,
      text: (row) => (measure === 'revenue' ? format.compact(row.lowest) : format.integer(row.lowest)),
      title: (row) => format.decimal(row.lowest, 2),
    },
  ];
}

/** How the table counts customers: all figures of a class are withheld together. */
export function classCells(columns: readonly Column<CustomerClass>[]): SmallCells {
  const count = columns.findIndex(({ key }) => key === 'customers');
  const measures = columns.flatMap(({ numeric }, place) => (numeric === true && place !== count ? [place] : []));
  return { layout: 'list', count, measures };
}

/** The curve as numbers. A row rests on all customers up to it; the steps between rows are what may be few. */
export function curveTable(i18n: I18n, { curve, measure, population }: ConcentrationResult): ChartTable {
  const m = i18n.of(concentrationMessages);
  const format = (share: number): string => i18n.format.percent(share, 2);
  return {
    columns: [
      { label: m.curveCustomers, numeric: true, format },
      { label: m.curveShare(m[measure]), numeric: true, format },
    ],
    rows: curve.slice(1).map(({ x, y }) => [x, y]),
    smallCells: {
      layout: 'list',
      customers: curve.slice(1).map(({ x }, place) => Math.round((x - (curve[place]?.x ?? 0)) * population.customers)),
      measures: [0, 1],
    },
  };
}

/** The classes as they are on the page, for a file. */
export function classTable(i18n: I18n, result: ConcentrationResult): ChartTable {
  const columns = classColumns(i18n, result);
  return {
    columns: columns.map((column) => ({ label: headerText(column), numeric: column.numeric })),
    rows: tableCells(columns, result.classes),
    smallCells: classCells(columns),
  };
}

export function concentrationStatements(i18n: I18n, { scope, statement }: ConcentrationResult) {
  const m = i18n.of(concentrationMessages);
  return [
    { title: m.sqlCurve, statement },
    { title: m.sqlPopulation, statement: populationStatement(scope) },
  ];
}

export function concentrationExport(i18n: I18n, result: ConcentrationResult): AnalysisExport {
  const m = i18n.of(concentrationMessages);
  return {
    title: m.name,
    scope: result.scope,
    population: result.population,
    segmentNames: null,
    tables: [
      { title: m.tableCaption, table: classTable(i18n, result) },
      { title: m.chartTitle, table: curveTable(i18n, result) },
    ],
    statements: concentrationStatements(i18n, result),
    reads: [],
  };
}
