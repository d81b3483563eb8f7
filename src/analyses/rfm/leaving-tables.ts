import type { ChartTable } from '../../charts/chart-table';
import { addMoney } from '../../core/money';
import type { I18n } from '../../i18n/i18n.svelte';
import { headerText, tableCells } from '../../ui/data-table';
import type { AnalysisExport } from '../analysis';
import { groupCells, groupColumns } from './group-columns';
import { groupName } from './group-texts';
import { rfmMessages } from './messages';
import type { Migration } from './migration';
import type { RfmResult } from './rfm';

/** The table of groups as it is on the page, for a file. */
function groupTable(i18n: I18n, result: RfmResult, migration: Migration | null): ChartTable {
  const columns = groupColumns(i18n, migration);
  return {
    columns: columns.map((column) => ({ label: headerText(column), numeric: column.numeric })),
    rows: tableCells(columns, result.groups),
    smallCells: groupCells(columns),
  };
}

/** Who moved from which group to which: one row a pair, pairs of nobody left out. */
export function migrationTable(i18n: I18n, result: RfmResult, migration: Migration): ChartTable {
  const m = i18n.of(rfmMessages);
  return {
    columns: [
      { label: migration.compareWith },
      { label: result.scope.asOf },
      { label: m.customers, numeric: true, format: (value) => i18n.format.integer(value) },
      { label: m.revenueChange, numeric: true, format: (value) => i18n.format.compact(value) },
    ],
    rows: migration.flows.map((flow) => [
      flow.before === null ? m.newcomers : groupName(i18n, flow.before),
      flow.now === null ? m.gone : groupName(i18n, flow.now),
      flow.customers,
      addMoney(flow.revenueNow, -flow.revenueBefore),
    ]),
    smallCells: { layout: 'pairs', dimensions: [0, 1], count: 2, measures: [3] },
  };
}

/** The tables of figures that the page has, for taking along. */
export function leavingTables(i18n: I18n, result: RfmResult, migration: Migration | null): AnalysisExport['tables'] {
  const m = i18n.of(rfmMessages);
  const groups = { title: m.tableCaption, table: groupTable(i18n, result, migration) };
  if (migration === null) return [groups];
  const title = m.migrationTitle(migration.compareWith, result.scope.asOf);
  return [groups, { title, table: migrationTable(i18n, result, migration) }];
}
