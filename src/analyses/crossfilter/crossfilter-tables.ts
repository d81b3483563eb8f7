import type { ChartTable } from '../../charts/chart-table';
import type { I18n } from '../../i18n/i18n.svelte';
import type { SmallCells } from '../../kernels/small-cells/protect-table';
import { tableCells, type Column } from '../../ui/data-table';
import type { BinFilter, FilteredFigures } from '../../kernels/crossfilter/brush-cube';
import type { AnalysisExport, TitledStatement } from '../analysis';
import type { CrossfilterResult } from './crossfilter';
import { membersQuery } from './crossfilter.sql';
import { binText, dimensionTitle } from './dimension-words';
import { binCount, DIMENSION_IDS, tableOf } from './dimensions';
import { crossfilterMessages } from './messages';

/** The chosen customers, the rest of them, or everyone. */
export interface PartRow {
  readonly part: 'chosen' | 'rest' | 'everyone';
  readonly customers: number;
  readonly orders: number;
  readonly revenue: number;
}

/** The chosen and the rest, which sum to everyone; everyone where nothing is chosen. */
export function partRows(
  { everyone, moneyUnits }: CrossfilterResult,
  figures: FilteredFigures,
  isFiltered: boolean,
): readonly PartRow[] {
  const row = (part: PartRow['part'], customers: number, orders: number, money: number): PartRow => ({
    part,
    customers,
    orders,
    revenue: money / moneyUnits,
  });
  if (!isFiltered) return [row('everyone', everyone.customers, everyone.orders, everyone.money)];
  return [
    row('chosen', figures.customers, figures.orders, figures.money),
    row(
      'rest',
      everyone.customers - figures.customers,
      everyone.orders - figures.orders,
      everyone.money - figures.money,
    ),
  ];
}

/** NaN where there is nothing above zero to share. */
function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : Number.NaN;
}

export function partColumns(i18n: I18n, { everyone, moneyUnits }: CrossfilterResult): readonly Column<PartRow>[] {
  const m = i18n.of(crossfilterMessages);
  const { integer, decimal, percent } = i18n.format;
  const number = (
    key: string,
    label: string,
    value: (row: PartRow) => number,
    print: (value: number) => string,
  ): Column<PartRow> => ({ key, label, numeric: true, value, text: (row) => print(value(row)) });
  const money = (value: number): string => decimal(value, 2);
  return [
    { key: 'part', label: m.part, value: ({ part }) => m[part] },
    number('customers', m.rowCustomers, ({ customers }) => customers, integer),
    number('customer-share', m.customerShare, ({ customers }) => customers / everyone.customers, percent),
    number('orders', m.rowOrders, ({ orders }) => orders, integer),
    number('revenue', m.rowRevenue, ({ revenue }) => revenue, money),
    number('revenue-share', m.revenueShare, ({ revenue }) => share(revenue * moneyUnits, everyone.money), percent),
    number('per-head', m.rowPerHead, ({ revenue, customers }) => revenue / customers, money),
    number(
      'orders-each',
      m.rowOrdersEach,
      ({ orders, customers }) => orders / customers,
      (value) => decimal(value, 2),
    ),
    number('order-value', m.rowOrderValue, ({ revenue, orders }) => share(revenue, orders), money),
  ];
}

/** Every figure of a row rests on the customers in its second column. */
export function partCells(columns: readonly Column<PartRow>[]): SmallCells {
  return { layout: 'list', count: 1, measures: columns.map((_, place) => place).slice(2) };
}

function partTable(i18n: I18n, result: CrossfilterResult, figures: FilteredFigures, isFiltered: boolean): ChartTable {
  const columns = partColumns(i18n, result);
  return {
    columns: columns.map(({ label, numeric }) => ({ label, numeric })),
    rows: tableCells(columns, partRows(result, figures, isFiltered)),
    smallCells: partCells(columns),
  };
}

/** The fewer of the customers whom the others' filters let pass in a bin and of those whom they do not; 0 in an empty one. */
function fewerOf(left: number, all: number): number {
  const parts = [left, all - left].filter((customers) => customers > 0);
  return parts.length === 0 ? 0 : Math.min(...parts);
}

/** The bins of a dimension, with what passes the filters of the others. A row tells of those who do not pass as well. */
export function dimensionTable(
  i18n: I18n,
  result: CrossfilterResult,
  figures: FilteredFigures,
  place: number,
): ChartTable {
  const m = i18n.of(crossfilterMessages);
  const { format } = i18n;
  const dimension = result.dimensions[place];
  const [left, all] = [figures.dimensions[place], result.everyone.dimensions[place]];
  if (dimension === undefined || left === undefined || all === undefined)
    throw new RangeError(`invalid dimension: ${place}`);
  const money = (value: number): string => format.decimal(value, 2);
  return {
    columns: [
      { label: m.bin },
      { label: m.leftCustomers, numeric: true, format: format.integer },
      { label: m.allCustomers, numeric: true, format: format.integer },
      { label: m.leftRevenue, numeric: true, format: money },
      { label: m.allRevenue, numeric: true, format: money },
    ],
    rows: Array.from({ length: binCount(dimension) }, (_, bin) => [
      binText(i18n, dimension, bin),
      left.customers[bin],
      all.customers[bin],
      (left.money[bin] ?? 0) / result.moneyUnits,
      (all.money[bin] ?? 0) / result.moneyUnits,
    ]),
    smallCells: {
      layout: 'list',
      customers: Array.from(all.customers, (customers, bin) => fewerOf(left.customers[bin] ?? 0, customers)),
      measures: [1, 2, 3, 4],
    },
  };
}

export function crossfilterStatements(
  i18n: I18n,
  result: CrossfilterResult,
  filters: readonly BinFilter[],
): readonly TitledStatement[] {
  const m = i18n.of(crossfilterMessages);
  return [
    { title: m.sqlMembers, statement: membersQuery(result.scope, result.dimensions, filters) },
    { title: m.sqlCustomers, statement: result.statement },
  ];
}

export function crossfilterExport(
  i18n: I18n,
  result: CrossfilterResult,
  figures: FilteredFigures,
  filters: readonly BinFilter[],
): AnalysisExport {
  return {
    title: i18n.of(crossfilterMessages).title,
    scope: result.scope,
    population: result.population,
    segmentNames: null,
    tables: [
      {
        title: i18n.of(crossfilterMessages).tableTitle,
        table: partTable(
          i18n,
          result,
          figures,
          filters.some((filter) => filter !== null),
        ),
      },
      ...result.dimensions.map(({ id }, place) => ({
        title: dimensionTitle(i18n, id),
        table: dimensionTable(i18n, result, figures, place),
      })),
    ],
    statements: crossfilterStatements(i18n, result, filters),
    reads: (['sale_lines', 'customer_attributes'] as const).filter((table) =>
      DIMENSION_IDS.some((id) => tableOf(id) === table && !result.missing.includes(id)),
    ),
  };
}
