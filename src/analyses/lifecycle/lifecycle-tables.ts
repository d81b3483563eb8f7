import type { ChartTable } from '../../charts/chart-table';
import { addMoney } from '../../core/money';
import type { I18n } from '../../i18n/i18n.svelte';
import type { SmallCells } from '../../kernels/small-cells/protect-table';
import { headerText, tableCells, type Column } from '../../ui/data-table';
import type { AnalysisExport, TitledStatement } from '../analysis';
import { grainLabel } from '../grain';
import { LIFE_STATES, type LifePeriod } from './life-periods';
import type { LifecycleResult } from './lifecycle';
import type { LifecycleGrain } from './lifecycle-params';
import { lifecycleMessages } from './messages';
import { STATE_COLORS } from './selections';

/** A period by its name, with a word where it is not complete. */
export function periodName(i18n: I18n, grain: LifecycleGrain, { start, isComplete }: LifePeriod): string {
  const label = grainLabel(i18n.format, start, grain);
  return isComplete ? label : i18n.of(lifecycleMessages).notComplete(label);
}

export function periodColumns(i18n: I18n, grain: LifecycleGrain): readonly Column<LifePeriod>[] {
  const m = i18n.of(lifecycleMessages);
  const { format } = i18n;
  const count = (key: string, label: string, value: (row: LifePeriod) => number): Column<LifePeriod> => ({
    key,
    label,
    numeric: true,
    value,
    text: (row) => format.integer(value(row)),
  });
  const revenue = (row: LifePeriod): number => addMoney(row.active.revenue, row.refunds);
  return [
    {
      key: 'period',
      label: m.period,
      value: ({ start }) => start,
      text: (row) => periodName(i18n, grain, row),
    },
    count('active', m.active, ({ active }) => active.customers),
    ...LIFE_STATES.map((state) => ({
      ...count(state, m[state], ({ states }) => states[state].customers),
      color: () => STATE_COLORS[state],
    })),
    {
      key: 'pulse',
      label: m.pulse,
      numeric: true,
      value: ({ pulse }) => pulse,
      text: ({ pulse }) => format.decimal(pulse, 2),
    },
    {
      key: 'revenue',
      label: m.periodRevenue,
      numeric: true,
      value: revenue,
      text: (row) => format.compact(revenue(row)),
      title: (row) => format.decimal(revenue(row), 2),
    },
    {
      key: 'dormantRevenue',
      label: m.dormantRevenue,
      numeric: true,
      value: ({ states }) => states.dormant.revenue,
      text: ({ states }) => format.compact(states.dormant.revenue),
      title: ({ states }) => format.decimal(states.dormant.revenue, 2),
    },
  ];
}

/** A row is withheld whole where any of its states is of few customers: the others would give it back. */
export function periodCells(columns: readonly Column<LifePeriod>[], periods: readonly LifePeriod[]): SmallCells {
  return {
    layout: 'list',
    customers: periods.map(({ states }) => {
      const counts = LIFE_STATES.map((state) => states[state].customers).filter((customers) => customers > 0);
      return counts.length === 0 ? 0 : Math.min(...counts);
    }),
    measures: columns.flatMap(({ numeric }, place) => (numeric === true ? [place] : [])),
  };
}

/** The periods as they are on the page. */
function periodTable(i18n: I18n, { periods, grain }: LifecycleResult): ChartTable {
  const columns = periodColumns(i18n, grain);
  return {
    columns: columns.map((column) => ({ label: headerText(column), numeric: column.numeric })),
    rows: tableCells(columns, periods),
    smallCells: periodCells(columns, periods),
  };
}

/** One row a period and state. */
export function stateTable(i18n: I18n, { periods, grain }: LifecycleResult): ChartTable {
  const m = i18n.of(lifecycleMessages);
  const integer = (value: number): string => i18n.format.integer(value);
  return {
    columns: [
      { label: m.period },
      { label: m.state },
      { label: m.customers, numeric: true, format: integer },
      { label: m.orders, numeric: true, format: integer },
      { label: m.revenue, numeric: true, format: (value) => i18n.format.decimal(value, 2) },
    ],
    rows: periods.flatMap((period) =>
      LIFE_STATES.map((state) => {
        const { customers, orders, revenue } = period.states[state];
        return [periodName(i18n, grain, period), m[state], customers, orders, revenue];
      }),
    ),
    smallCells: { layout: 'pairs', dimensions: [0, 1], count: 2, measures: [3, 4] },
  };
}

export function pulseTable(i18n: I18n, { periods, grain }: LifecycleResult): ChartTable {
  const m = i18n.of(lifecycleMessages);
  return {
    columns: [{ label: m.period }, { label: m.pulse, numeric: true, format: (value) => i18n.format.decimal(value, 2) }],
    rows: periods.map((period) => [periodName(i18n, grain, period), period.pulse]),
    smallCells: { layout: 'list', customers: periods.map(({ states }) => states.dormant.customers), measures: [1] },
  };
}

export function flowTable(i18n: I18n, { flows }: LifePeriod): ChartTable {
  const m = i18n.of(lifecycleMessages);
  return {
    columns: [
      { label: m.from },
      { label: m.into },
      { label: m.customers, numeric: true, format: (value) => i18n.format.integer(value) },
    ],
    rows: flows.map(({ from, into, customers }) => [m[from], m[into], customers]),
    smallCells: { layout: 'pairs', dimensions: [0, 1], count: 2, measures: [] },
  };
}

export function lifecycleStatements(i18n: I18n, { statements }: LifecycleResult): readonly TitledStatement[] {
  const m = i18n.of(lifecycleMessages);
  return [
    { title: m.sqlStates, statement: statements.states },
    ...(statements.status === null ? [] : [{ title: m.sqlStatus, statement: statements.status }]),
    { title: m.sqlWindow, statement: statements.churnWindow },
    { title: m.sqlPopulation, statement: statements.population },
  ];
}

export function lifecycleExport(i18n: I18n, result: LifecycleResult, flow: LifePeriod | undefined): AnalysisExport {
  const m = i18n.of(lifecycleMessages);
  const flows = flow === undefined ? [] : [{ title: m.flowsTitle, table: flowTable(i18n, flow) }];
  return {
    title: m.name,
    scope: result.scope,
    population: result.population,
    segmentNames: null,
    tables: [
      { title: m.tableCaption, table: periodTable(i18n, result) },
      { title: m.longCaption, table: stateTable(i18n, result) },
      ...flows,
    ],
    statements: lifecycleStatements(i18n, result),
    reads: [],
  };
}
