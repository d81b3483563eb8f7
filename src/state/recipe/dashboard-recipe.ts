import * as v from 'valibot';
import { countSettingsWithValues, settingsForOthers } from '../../analyses/params-for-others';
import { analysesSchema, UNSETTLED, type AnalysesSettings } from '../../analyses/params-schemas';
import { ANALYSES, type AnalysisId } from '../../analyses/registry';
import { findPersonalSpans } from '../../core/personal-spans';

/** More than anyone reads on one page. */
export const MOST_CHARTS = 60;
export const LONGEST_TITLE = 200;
export const LONGEST_NOTE = 4000;

const title = v.pipe(v.string(), v.maxLength(LONGEST_TITLE));

/** An analysis' parameters in their one form, by which two are the same; null where they hold a mistake. */
export function settledParams(analysis: AnalysisId, params: unknown): object | null {
  const read = v.safeParse(analysesSchema.entries[analysis], params);
  return read.success ? read.output : null;
}

const pinnedChartSchema = v.pipe(
  v.object({
    /** Tells the charts of a dashboard apart; never shown. */
    id: v.pipe(v.string(), v.regex(/^c\d{1,9}$/)),
    analysis: v.picklist(ANALYSES),
    /** Which of the analysis' charts. */
    chart: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,59}$/)),
    params: v.unknown(),
    /** '' = as the chart calls itself. */
    title,
    note: v.pipe(v.string(), v.maxLength(LONGEST_NOTE)),
    width: v.picklist(['half', 'full']),
  }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const { analysis, params } = dataset.value;
    const settled = settledParams(analysis, params);
    if (settled !== null) return { ...dataset.value, params: settled };
    const place = {
      type: 'object',
      origin: 'value',
      input: { ...dataset.value },
      key: 'params',
      value: params,
    } as const;
    addIssue({ message: 'invalid parameters of a chart', path: [place] });
    return NEVER;
  }),
);

/** A chart as it was put on the dashboard: which, of what parameters, and the words beside it. */
export type PinnedChart = v.InferOutput<typeof pinnedChartSchema>;

export const dashboardSchema = v.object({
  /** '' = as the page calls itself. */
  title,
  charts: v.pipe(
    v.array(pinnedChartSchema),
    v.maxLength(MOST_CHARTS),
    v.check(
      (charts) => new Set(charts.map(({ id }) => id)).size === charts.length,
      'invalid charts: an id stands twice',
    ),
  ),
});

/** The page a person composed of charts, as the recipe keeps it: in the order in which it is read. */
export type DashboardRecipe = v.InferOutput<typeof dashboardSchema>;

export const EMPTY_DASHBOARD: DashboardRecipe = { title: '', charts: [] };

/** The dashboard for others: no word in it that names somebody, and no setting that was taken from a value of the data. */
export function dashboardForOthers(dashboard: DashboardRecipe): DashboardRecipe {
  const impersonal = (text: string): string => (namesSomebody(text) ? '' : text);
  return {
    title: impersonal(dashboard.title),
    charts: dashboard.charts.map((chart) => ({
      ...chart,
      params: settingsForOthers(settingsOf(chart))[chart.analysis] ?? chart.params,
      title: impersonal(chart.title),
      note: impersonal(chart.note),
    })),
  };
}

/** How many of its words and choices `dashboardForOthers` takes out. */
export function valuesInDashboard({ title: heading, charts }: DashboardRecipe): number {
  const words = [heading, ...charts.flatMap((chart) => [chart.title, chart.note])].filter(namesSomebody);
  return charts.reduce((sum, chart) => sum + countSettingsWithValues(settingsOf(chart)), words.length);
}

function settingsOf({ analysis, params }: PinnedChart): AnalysesSettings {
  return { ...UNSETTLED, [analysis]: params };
}

function namesSomebody(text: string): boolean {
  return findPersonalSpans(text).length > 0;
}
