import type { AnalysisCharts } from '../charts';
import type { CohortParams } from './cohort-params';
import { CohortSession } from './cohort-session.svelte';
import ColumnChart from './ColumnChart.svelte';
import CurveChart from './CurveChart.svelte';
import { cohortMessages } from './messages';
import TriangleChart from './TriangleChart.svelte';

/** The charts of cohorts, each by the name it has in its frame. */
export const cohortCharts: AnalysisCharts<CohortParams, CohortSession> = {
  createSession: (source, params) => new CohortSession(source, params),
  charts: {
    triangle: { title: (i18n) => i18n.of(cohortMessages).triangleCustomers, view: TriangleChart },
    column: { title: (i18n) => i18n.of(cohortMessages).columnName, view: ColumnChart },
    curve: { title: (i18n) => i18n.of(cohortMessages).curveTitle, view: CurveChart },
  },
};
