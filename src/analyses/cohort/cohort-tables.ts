import type { ChartTable } from '../../charts/chart-table';
import type { I18n } from '../../i18n/i18n.svelte';
import type { SmallCells } from '../../kernels/small-cells/protect-table';
import { headerText, tableCells, type Column } from '../../ui/data-table';
import type { AnalysisExport, TitledStatement } from '../analysis';
import { isOfTime, type CohortParams } from './cohort-params';
import type { Cohort, CohortResult } from './cohort';
import type { CohortSession } from './cohort-session.svelte';
import { cohortMessages } from './messages';
import type { Cell, Triangle, TriangleRow } from './triangle';
import { FEW_CUSTOMERS } from './verdict';
import { cohortLabel, formatValue, stepLabel, triangleTitle, valueName, withinText } from './words';

/** A cohort in one period, as a row of a table. */
export interface CellRow {
  readonly row: TriangleRow;
  readonly cell: Cell;
}

/** Every cell there is, or those that are kept, by cohort and period. */
export function cellRows({ rows }: Triangle, keeps: (row: CellRow) => boolean = () => true): readonly CellRow[] {
  return rows.flatMap((row) => row.cells.flatMap((cell) => (cell === null ? [] : [{ row, cell }]))).filter(keeps);
}

/** The columns of tables of cells. */
export function cellColumns(
  i18n: I18n,
  session: Pick<CohortSession, 'audienceName'>,
  params: CohortParams,
  triangle: Triangle,
): readonly Column<CellRow>[] {
  const m = i18n.of(cohortMessages);
  const { format } = i18n;
  const unsure = ({ row }: CellRow): 'unsure' | undefined =>
    row.cohort.customers < FEW_CUSTOMERS ? 'unsure' : undefined;
  const withMoney = params.measure !== 'customers';
  const hasInterval = triangle.rows.some(({ cells }) => cells.some((cell) => cell !== null && cell.interval !== null));
  const count = (key: string, label: string, value: (row: CellRow) => number): Column<CellRow> => ({
    key,
    label,
    numeric: true,
    value,
    text: (row) => format.integer(value(row)),
  });
  const limit = (key: 'low' | 'high', label: string): Column<CellRow> => ({
    key,
    label,
    numeric: true,
    value: ({ cell }) => cell.interval?.[key],
    text: ({ cell }) => format.percent(cell.interval?.[key] ?? Number.NaN),
    tone: unsure,
  });
  return [
    {
      key: 'cohort',
      label: m.cohort,
      value: ({ row }) => cohortLabel(i18n, params, row.cohort, (id) => session.audienceName(id)),
    },
    { key: 'period', label: m.period, value: ({ cell }) => stepLabel(i18n, params, cell.step), sortable: false },
    count('customers', m.customers, ({ row }) => row.cohort.customers),
    count(
      'bought',
      params.criterion === 'on-or-after' && !withMoney ? m.boughtThenOrLater : m.bought,
      ({ cell }) => cell.customers,
    ),
    ...(withMoney ? [count('orders', m.orders, ({ row, cell }) => row.cohort.orders[cell.step] ?? 0)] : []),
    ...(withMoney
      ? [
          {
            key: 'revenue',
            label: m.revenue,
            numeric: true,
            value: ({ row, cell }: CellRow) => row.cohort.revenue[cell.step],
            text: ({ row, cell }: CellRow) => format.compact(row.cohort.revenue[cell.step] ?? 0),
            title: ({ row, cell }: CellRow) => format.decimal(row.cohort.revenue[cell.step] ?? 0, 2),
          },
        ]
      : []),
    ...(triangle.isShare || params.measure === 'value'
      ? [
          {
            key: 'value',
            label: valueName(i18n, params, triangle),
            numeric: true,
            value: ({ cell }: CellRow) => cell.value,
            text: ({ cell }: CellRow) => formatValue(i18n, params, triangle, cell.value),
            tone: unsure,
          },
        ]
      : []),
    ...(hasInterval ? [limit('low', m.lowest), limit('high', m.highest)] : []),
    { key: 'complete', label: m.complete, value: ({ cell }) => (cell.complete ? m.yes : m.no) },
  ];
}

/** What a table of cells is withheld by: all its numbers go with the count of who bought. */
export function cellCells(columns: readonly Column<CellRow>[]): SmallCells {
  const count = columns.findIndex(({ key }) => key === 'bought');
  const measures = columns.flatMap(({ numeric }, i) => (numeric === true && i !== count ? [i] : []));
  return { layout: 'list', count, measures };
}

/** The cells as the table behind a chart, or for a file. */
export function cellTable(
  i18n: I18n,
  session: Pick<CohortSession, 'audienceName'>,
  params: CohortParams,
  triangle: Triangle,
  rows: readonly CellRow[],
): ChartTable {
  const columns = cellColumns(i18n, session, params, triangle);
  return {
    columns: columns.map((column) => ({
      label: headerText(column),
      numeric: column.numeric,
      format: FORMATS[column.key]?.(i18n, params, triangle),
    })),
    rows: tableCells(columns, rows),
    smallCells: cellCells(columns),
  };
}

type NumberFormat = (value: number) => string;
const PLAIN = ({ format }: I18n): NumberFormat => format.integer;
const LIMIT =
  ({ format }: I18n): NumberFormat =>
  (value) =>
    format.percent(value);
const FORMATS: Readonly<Record<string, (i18n: I18n, params: CohortParams, triangle: Triangle) => NumberFormat>> = {
  customers: PLAIN,
  bought: PLAIN,
  orders: PLAIN,
  revenue:
    ({ format }) =>
    (value) =>
      format.decimal(value, 2),
  value: (i18n, params, triangle) => (value) => formatValue(i18n, params, triangle, value),
  low: LIMIT,
  high: LIMIT,
};

/** Who came back soon; null where that is not over, or not counted. */
function returnedSoon({ age, returned }: Cohort, returnSteps: number): number | null {
  return age > returnSteps ? returned : null;
}

function fewestTold(cohort: Cohort, returnSteps: number): number {
  const returned = returnedSoon(cohort, returnSteps) ?? 0;
  return Math.min(...[returned, cohort.customers - returned].filter((some) => some > 0));
}

/** One row a cohort: how many, how many came back soon, when they had paid for themselves. */
function cohortsTable(i18n: I18n, session: CohortSession, result: CohortResult, triangle: Triangle): ChartTable {
  const m = i18n.of(cohortMessages);
  const { params } = result;
  return {
    columns: [
      { label: m.cohort },
      { label: m.customers, numeric: true },
      { label: m.returnedWithin(withinText(i18n, params, result.returnSteps)), numeric: true },
      { label: m.paidBackColumn },
    ],
    rows: triangle.rows.map(({ cohort, paidBackAt }) => [
      cohortLabel(i18n, params, cohort, (id) => session.audienceName(id)),
      cohort.customers,
      returnedSoon(cohort, result.returnSteps),
      paidBackAt === null ? null : stepLabel(i18n, params, paidBackAt),
    ]),
    smallCells: {
      layout: 'list',
      // The few who came back, and the few who did not, are told by the same row.
      customers: triangle.rows.map(({ cohort }) => fewestTold(cohort, result.returnSteps)),
      measures: [1, 2],
    },
  };
}

export function cohortStatements(i18n: I18n, { statements }: CohortResult): readonly TitledStatement[] {
  const m = i18n.of(cohortMessages);
  return [
    { title: m.sqlCohorts, statement: statements.cohorts },
    { title: m.sqlPopulation, statement: statements.population },
  ];
}

/** What the page offers to take along. */
export function cohortExport(
  i18n: I18n,
  session: CohortSession,
  result: CohortResult,
  triangle: Triangle,
): AnalysisExport {
  const m = i18n.of(cohortMessages);
  const { params, scope, population } = result;
  return {
    title: m.exportTitle,
    scope,
    population,
    segmentNames: null,
    tables: [
      { title: triangleTitle(i18n, params), table: cellTable(i18n, session, params, triangle, cellRows(triangle)) },
      { title: m.exportTitle, table: cohortsTable(i18n, session, result, triangle) },
    ],
    statements: cohortStatements(i18n, result),
    reads: readsOf(params),
  };
}

function readsOf({ by }: CohortParams): AnalysisExport['reads'] {
  if (isOfTime(by) || by === 'audience') return [];
  return by.startsWith('first-') ? ['sale_lines'] : ['customer_attributes'];
}
