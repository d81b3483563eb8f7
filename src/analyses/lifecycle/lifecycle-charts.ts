import type { AnalysisCharts } from '../charts';
import ColumnsChart from './ColumnsChart.svelte';
import FlowsChart from './FlowsChart.svelte';
import type { LifecycleParams } from './lifecycle-params';
import { LifecycleSession } from './lifecycle-session.svelte';
import { lifecycleMessages } from './messages';
import PulseChart from './PulseChart.svelte';

/** The charts of the life cycle, each by the name it has in its frame. */
export const lifecycleCharts: AnalysisCharts<LifecycleParams, LifecycleSession> = {
  createSession: (source, params) => new LifecycleSession(source, params),
  charts: {
    columns: { title: (i18n) => i18n.of(lifecycleMessages).columnsTitle, view: ColumnsChart },
    pulse: { title: (i18n) => i18n.of(lifecycleMessages).pulseTitle, view: PulseChart },
    flows: { title: (i18n) => i18n.of(lifecycleMessages).flowsTitle, view: FlowsChart },
  },
};
