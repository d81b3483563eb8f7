import type { Population } from '../../analyses/analysis';
import { frameMessages } from '../../analyses/frame-messages';
import { leavingTable, shownValue, type ChartTable } from '../../charts/chart-table';
import type { ShownChart } from '../../charts/chart-page';
import { lightDrawing } from '../../charts/export-image';
import { chartMessages } from '../../charts/messages';
import type { Day } from '../../core/dates';
import { drawing } from '../../exports/drawing-markup';
import type { Report, ReportChart, ReportTable } from '../../exports/html-report';
import type { I18n } from '../../i18n/i18n.svelte';
import type { PinnedChart } from '../../state/recipe/dashboard-recipe';
import { dashboardMessages } from './messages';

/** What the figures of a report are of. */
export interface ReportFacts {
  readonly datasetName: string;
  readonly asOf: Day;
  /** null = from the first order. */
  readonly from: Day | null;
  /** null = everyone. */
  readonly audienceName: string | null;
  /** null where it is not known yet. */
  readonly population: Population | null;
  /** The day on which the report is made. */
  readonly today: Day;
}

export interface ReportChoice {
  /** Puts the numbers of each chart under it. */
  readonly withTables: boolean;
  /** Numbers that rest on fewer customers are withheld from the tables. */
  readonly leastCustomers: number;
}

export interface ShownPin {
  readonly pin: PinnedChart;
  readonly shown: ShownChart;
}

/** The charts as they are on the page, in the reader's language, as a report. Touches the page only to read. */
export function dashboardReport(
  i18n: I18n,
  title: string,
  pins: readonly ShownPin[],
  facts: ReportFacts,
  choice: ReportChoice,
): Report {
  const m = i18n.of(dashboardMessages);
  const { format } = i18n;
  const withheld = choice.withTables && choice.leastCustomers > 1 ? m.footWithheld(choice.leastCustomers) : '';
  return {
    language: i18n.locale === 'zh' ? 'zh-CN' : 'en',
    title,
    facts: [
      { label: m.factDataset, value: facts.datasetName },
      { label: m.factFrom, value: facts.from === null ? m.firstOrder : format.longDay(facts.from) },
      { label: m.factAsOf, value: format.longDay(facts.asOf) },
      { label: m.factAudience, value: facts.audienceName ?? m.everyone },
      ...(facts.population === null
        ? []
        : [{ label: m.factPopulation, value: populationText(i18n, facts.population) }]),
    ],
    charts: pins.map(({ pin, shown }) => chartOf(i18n, pin, shown, choice)),
    foot: [m.foot(format.longDay(facts.today)), withheld].filter((text) => text !== '').join(' '),
  };
}

/** What everything rests on, in one line. */
export function populationText(i18n: I18n, population: Population): string {
  const m = i18n.of(frameMessages);
  return [
    m.populationCustomers(population.customers),
    m.populationOrders(population.orders),
    m.populationRevenue(i18n.format.compact(population.revenue)),
  ].join(' · ');
}

function chartOf(
  i18n: I18n,
  { note, width }: PinnedChart,
  { title, subtitle, summary, table, drawing: svg }: ShownChart,
  choice: ReportChoice,
): ReportChart {
  return {
    title,
    subtitle,
    note,
    width,
    summary,
    drawing: svg === null ? null : drawing(lightDrawing(svg), summary),
    table: choice.withTables ? tableOf(i18n, table, choice.leastCustomers) : null,
  };
}

function tableOf(i18n: I18n, table: ChartTable, leastCustomers: number): ReportTable {
  const c = i18n.of(chartMessages);
  const { rows, withheld } = leavingTable(table, leastCustomers, c.withheld);
  return {
    columns: table.columns.map(({ label, numeric }) => ({ label, numeric: numeric === true })),
    // The first row is the header, which the columns have.
    rows: rows.slice(1).map((row) => row.map((value, place) => shownValue(table.columns[place], value))),
    withheld: withheld === 0 ? '' : c.cellsWithheld(withheld, leastCustomers),
  };
}
