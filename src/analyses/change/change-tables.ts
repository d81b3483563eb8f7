import type { ChartTable } from '../../charts/chart-table';
import { addMoney } from '../../core/money';
import type { I18n } from '../../i18n/i18n.svelte';
import { headerText, tableCells, type Column } from '../../ui/data-table';
import type { AnalysisExport, TitledStatement } from '../analysis';
import { scopeOf } from '../periods';
import { populationStatement } from '../population';
import type { ChangeFigures, ChangeResult } from './change';
import { factorText, partName, rangeText, valueName } from './change-texts';
import { groupsQuery, statesQuery } from './change.sql';
import {
  cellsOfFewest,
  fewestOf,
  gainPartName,
  groupColumns,
  groupCounts,
  valueColumns,
  valueCounts,
  type GroupFigures,
} from './group-columns';
import { changeMessages } from './messages';
import { allRevenue, factorsOf, FACTORS } from './revenue-tree';
import type { GainLoss, Partner } from './switching';
import { GAIN_PARTS, partnersQuery, switchingQuery } from './switching.sql';

/** The factors and what else revenue is made of: both periods and what each contributed. */
export function treeTable(i18n: I18n, result: ChangeResult, { comparison, total }: ChangeFigures): ChartTable {
  const m = i18n.of(changeMessages);
  const [before, now] = [factorsOf(total.before), factorsOf(total.now)];
  const factor = (key: (typeof FACTORS)[number]) => [
    partName(i18n, key, result, total),
    before[key],
    now[key],
    total.parts[key],
  ];
  const fewest = fewestOf([total.before.customers, total.now.customers]);
  return {
    columns: [
      { label: m.part },
      {
        label: rangeText(i18n, comparison.before),
        numeric: true,
        format: (value) => factorText(i18n.format, 'pricePerItem', value),
      },
      {
        label: rangeText(i18n, comparison.now),
        numeric: true,
        format: (value) => factorText(i18n.format, 'pricePerItem', value),
      },
      { label: m.contribution, numeric: true, format: (value) => i18n.format.decimal(value, 2) },
    ],
    rows: [
      ...FACTORS.map(factor),
      [m.refunds, total.before.refunds, total.now.refunds, total.parts.refunds],
      [m.unidentified, total.before.unidentified, total.now.unidentified, total.parts.unidentified],
      [m.revenue, allRevenue(total.before), allRevenue(total.now), total.change],
    ],
    smallCells: {
      layout: 'list',
      customers: [...FACTORS.map(() => fewest), fewestOf([total.before.refunded, total.now.refunded]), 0, fewest],
      measures: [1, 2, 3],
    },
  };
}

export function statesTable(i18n: I18n, { states }: ChangeFigures): ChartTable {
  const m = i18n.of(changeMessages);
  const money = (value: number): string => i18n.format.decimal(value, 2);
  return {
    columns: [
      { label: m.state },
      { label: m.customers, numeric: true, format: (value) => i18n.format.integer(value) },
      { label: m.before, numeric: true, format: money },
      { label: m.now, numeric: true, format: money },
      { label: m.change, numeric: true, format: money },
    ],
    rows: states.map(({ state, customers, before, now }) => [
      m[state],
      customers,
      allRevenue(before),
      allRevenue(now),
      addMoney(allRevenue(now), -allRevenue(before)),
    ]),
    smallCells: { layout: 'list', count: 1, measures: [2, 3, 4] },
  };
}

function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  counts: (row: Row) => readonly number[],
): ChartTable {
  return {
    columns: columns.map((column) => ({ label: headerText(column), numeric: column.numeric })),
    rows: tableCells(columns, rows),
    smallCells: cellsOfFewest(columns, rows, counts),
  };
}

export function groupsTable(i18n: I18n, result: ChangeResult, groups: GroupFigures): ChartTable {
  return tableOf(groupColumns(i18n, result, groups), groups.rows, groupCounts);
}

function valuesTable(i18n: I18n, values: readonly GainLoss[]): ChartTable {
  return tableOf(valueColumns(i18n), values, valueCounts);
}

/** Where the change of one value comes from, beginning and ending with its revenue. */
export function gainTable(i18n: I18n, value: GainLoss): ChartTable {
  const m = i18n.of(changeMessages);
  const parts = GAIN_PARTS.map((part) => [gainPartName(i18n, part), value.customers[part], value.parts[part]]);
  return {
    columns: [
      { label: valueName(i18n, value) },
      { label: m.customers, numeric: true, format: (count) => i18n.format.integer(count) },
      { label: m.change, numeric: true, format: (amount) => i18n.format.decimal(amount, 2) },
    ],
    rows: [...parts, [m.unidentified, 0, value.unidentified]],
    smallCells: { layout: 'list', count: 1, measures: [2] },
  };
}

export function partnersTable(i18n: I18n, partners: readonly Partner[]): ChartTable {
  const m = i18n.of(changeMessages);
  const integer = (count: number): string => i18n.format.integer(count);
  const money = (amount: number): string => i18n.format.decimal(amount, 2);
  return {
    columns: [
      { label: m.value },
      { label: m.came, numeric: true, format: money },
      { label: m.cameCustomers, numeric: true, format: integer },
      { label: m.went, numeric: true, format: money },
      { label: m.wentCustomers, numeric: true, format: integer },
    ],
    rows: partners.map((row) => [valueName(i18n, row), row.came, row.cameCustomers, row.went, row.wentCustomers]),
    smallCells: {
      layout: 'list',
      customers: partners.map(({ cameCustomers, wentCustomers }) => fewestOf([cameCustomers, wentCustomers])),
      measures: [1, 2, 3, 4],
    },
  };
}

export function changeStatements(i18n: I18n, result: ChangeResult, focus: GainLoss | null): readonly TitledStatement[] {
  const m = i18n.of(changeMessages);
  const { figures, periods, scope } = result;
  const population = populationStatement(periods === null ? scope : scopeOf(periods.now, scope));
  if (figures === null) return [{ title: m.sqlPopulation, statement: population }];
  const { comparison, groups, switching } = figures;
  return [
    { title: m.sqlStates, statement: statesQuery(comparison) },
    ...(groups === null ? [] : [{ title: m.sqlGroups, statement: groupsQuery(comparison, groups.by) }]),
    ...(switching === null ? [] : [{ title: m.sqlSwitching, statement: switchingQuery(comparison, switching.label) }]),
    ...(switching === null || focus === null
      ? []
      : [{ title: m.sqlPartners, statement: partnersQuery(comparison, switching.label, focus) }]),
    { title: m.sqlPopulation, statement: population },
  ];
}

/** What the page offers to take along. Its scope is that of the period looked at. */
export function changeExport(
  i18n: I18n,
  result: ChangeResult,
  focus: GainLoss | null,
  partners: readonly Partner[] | null,
): AnalysisExport {
  const m = i18n.of(changeMessages);
  const { figures, periods, scope, population } = result;
  const groups = figures?.groups ?? null;
  const switching = figures?.switching ?? null;
  return {
    title: m.name,
    scope: periods === null ? scope : scopeOf(periods.now, scope),
    population,
    segmentNames: null,
    tables: [
      ...(figures === null
        ? []
        : [
            { title: m.treeTitle, table: treeTable(i18n, result, figures) },
            { title: m.statesHeading, table: statesTable(i18n, figures) },
          ]),
      ...(groups === null ? [] : [{ title: m.groupsTable, table: groupsTable(i18n, result, groups) }]),
      ...(switching === null ? [] : [{ title: m.switchingTable, table: valuesTable(i18n, switching.values) }]),
      ...(focus === null || partners === null
        ? []
        : [{ title: m.partnersTitle(valueName(i18n, focus)), table: partnersTable(i18n, partners) }]),
    ],
    statements: changeStatements(i18n, result, focus),
    reads: groups?.by.startsWith('customer_') === true ? ['sale_lines', 'customer_attributes'] : ['sale_lines'],
  };
}
