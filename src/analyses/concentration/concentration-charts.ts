import type { AnalysisCharts } from '../charts';
import type { ConcentrationParams } from './concentration-params';
import { ConcentrationSession } from './concentration-session.svelte';
import CurveChart from './CurveChart.svelte';
import { concentrationMessages } from './messages';

export const concentrationCharts: AnalysisCharts<ConcentrationParams, ConcentrationSession> = {
  createSession: (source, params) => new ConcentrationSession(source, params),
  charts: { curve: { title: (i18n) => i18n.of(concentrationMessages).chartTitle, view: CurveChart } },
};
