import type { AnalysisCharts, ChartSession } from './charts';
import type { AnalysisId } from './registry';

type Charts = AnalysisCharts<object, ChartSession>;

/** The charts of each analysis, loaded when one of them is first shown on a dashboard. */
const CHARTS: Readonly<Record<AnalysisId, () => Promise<unknown>>> = {
  overview: async () => (await import('./overview/overview-charts')).overviewCharts,
  change: async () => (await import('./change/change-charts')).changeCharts,
  cohort: async () => (await import('./cohort/cohort-charts')).cohortCharts,
  lifecycle: async () => (await import('./lifecycle/lifecycle-charts')).lifecycleCharts,
  rhythm: async () => (await import('./rhythm/rhythm-charts')).rhythmCharts,
  rfm: async () => (await import('./rfm/rfm-charts')).rfmCharts,
  crossfilter: async () => (await import('./crossfilter/crossfilter-charts')).crossfilterCharts,
  concentration: async () => (await import('./concentration/concentration-charts')).concentrationCharts,
  crossshop: async () => (await import('./crossshop/crossshop-charts')).crossshopCharts,
};

/** The parameters and the session that the charts are given are their own: their types are the analysis' business. */
export async function loadCharts(id: AnalysisId): Promise<Charts> {
  return (await CHARTS[id]()) as Charts;
}
