import type { AnalysisCharts } from '../charts';
import BreakdownChart from './BreakdownChart.svelte';
import ChangesChart from './ChangesChart.svelte';
import FiguresChart from './FiguresChart.svelte';
import { overviewMessages } from './messages';
import type { OverviewParams } from './overview-params';
import { OverviewSession } from './overview-session.svelte';
import TrendChart from './TrendChart.svelte';

/** The charts of the overview, as they stand alone. */
export const overviewCharts: AnalysisCharts<OverviewParams, OverviewSession> = {
  createSession: (source, params) => new OverviewSession(source, params),
  charts: {
    figures: { title: (i18n) => i18n.of(overviewMessages).figuresTitle, view: FiguresChart },
    trend: { title: (i18n) => i18n.of(overviewMessages).trendName, view: TrendChart },
    changes: { title: (i18n) => i18n.of(overviewMessages).changesTitle, view: ChangesChart },
    breakdown: { title: (i18n) => i18n.of(overviewMessages).breakdownName, view: BreakdownChart },
  },
};
