import type { ChartTable } from '../../charts/chart-table';
import type { I18n } from '../../i18n/i18n.svelte';
import type { SmallCells } from '../../kernels/small-cells/protect-table';
import { headerText, tableCells, type Column } from '../../ui/data-table';
import type { AnalysisExport, TitledStatement } from '../analysis';
import { populationStatement } from '../population';
import type { Combination, CrossShopResult, SetCount, Shoppers } from './crossshop';
import { crossshopMessages } from './messages';
import { combinationName, setCountName, setName } from './set-names';

/** Fewer customers than this: their means are greyed. */
const FEW = 30;

/** The figures of some customers, after what they are called. */
function shopperColumns<T extends Shoppers>(i18n: I18n): readonly Column<T>[] {
  const m = i18n.of(crossshopMessages);
  const { format } = i18n;
  const unsure = ({ customers }: T): 'unsure' | undefined => (customers < FEW ? 'unsure' : undefined);
  return [
    {
      key: 'customers',
      label: m.customers,
      numeric: true,
      value: (row) => row.customers,
      text: (row) => format.integer(row.customers),
    },
    {
      key: 'customerShare',
      label: m.ofCustomers,
      numeric: true,
      value: (row) => row.customerShare,
      text: (row) => format.percent(row.customerShare),
    },
    {
      key: 'revenue',
      label: m.revenue,
      numeric: true,
      value: (row) => row.revenue,
      text: (row) => format.compact(row.revenue),
      title: (row) => format.decimal(row.revenue, 2),
    },
    {
      key: 'revenueShare',
      label: m.ofRevenue,
      numeric: true,
      value: (row) => row.revenueShare,
      text: (row) => format.percent(row.revenueShare),
    },
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
  ];
}

export function combinationColumns(
  i18n: I18n,
  { sets }: Pick<CrossShopResult, 'sets'>,
): readonly Column<Combination>[] {
  const m = i18n.of(crossshopMessages);
  const name = { key: 'name', label: m.combination, value: ({ mask }: Combination) => combinationName(m, sets, mask) };
  return [name, ...shopperColumns<Combination>(i18n)];
}

export function setCountColumns(i18n: I18n): readonly Column<SetCount>[] {
  const m = i18n.of(crossshopMessages);
  const name = { key: 'name', label: m.boughtIn, value: ({ sets }: SetCount) => setCountName(m, sets) };
  return [name, ...shopperColumns<SetCount>(i18n)];
}

/** How these tables count customers: all figures of a row are withheld together. */
export const SHOPPER_CELLS: SmallCells = { layout: 'list', count: 1, measures: [2, 3, 4, 5, 6] };

function tableOf<T>(columns: readonly Column<T>[], rows: readonly T[]): ChartTable {
  return {
    columns: columns.map((column) => ({ label: headerText(column), numeric: column.numeric })),
    rows: tableCells(columns, rows),
    smallCells: SHOPPER_CELLS,
  };
}

/** The combinations, most customers first; nobody's are not among them. */
export function byCustomers(combinations: readonly Combination[]): readonly Combination[] {
  return combinations.toSorted((a, b) => b.customers - a.customers || a.mask - b.mask);
}

export function combinationTable(i18n: I18n, result: CrossShopResult): ChartTable {
  return tableOf(combinationColumns(i18n, result), byCustomers(result.combinations));
}

/** One row an ordered pair of sets. */
export function overlapTable(i18n: I18n, { sets, overlaps }: CrossShopResult): ChartTable {
  const m = i18n.of(crossshopMessages);
  const names = sets.map(setName);
  return {
    columns: [
      { label: m.overlapFirst },
      { label: m.overlapSecond },
      { label: m.overlapBoth, numeric: true, format: (value) => i18n.format.integer(value) },
      { label: m.overlapShare, numeric: true, format: (value) => i18n.format.percent(value) },
      { label: m.overlapLift, numeric: true, format: (value) => i18n.format.decimal(value, 2) },
    ],
    rows: overlaps.flatMap((row, first) =>
      row.flatMap((pair, second) =>
        pair === null ? [] : [[names[first], names[second], pair.customers, pair.share, pair.lift]],
      ),
    ),
    smallCells: { layout: 'list', count: 2, measures: [3, 4] },
  };
}

export function crossshopStatements(i18n: I18n, { scope, statements }: CrossShopResult): readonly TitledStatement[] {
  const m = i18n.of(crossshopMessages);
  return [
    ...(statements.combinations === null ? [] : [{ title: m.sqlCombinations, statement: statements.combinations }]),
    ...(statements.values === null ? [] : [{ title: m.sqlValues, statement: statements.values }]),
    { title: m.sqlPopulation, statement: populationStatement(scope) },
  ];
}

export function crossshopExport(i18n: I18n, result: CrossShopResult): AnalysisExport {
  const m = i18n.of(crossshopMessages);
  return {
    title: m.name,
    scope: result.scope,
    population: result.population,
    segmentNames: null,
    tables: [
      { title: m.combinationsCaption, table: combinationTable(i18n, result) },
      { title: m.countsCaption, table: tableOf(setCountColumns(i18n), result.setCounts) },
      { title: m.overlapTitle, table: overlapTable(i18n, result) },
    ],
    statements: crossshopStatements(i18n, result),
    reads: result.statements.values === null ? [] : ['sale_lines'],
  };
}
