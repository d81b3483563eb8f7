import type { AnalysisCharts } from '../charts';
import BarsChart from './BarsChart.svelte';
import FrequencyChart from './FrequencyChart.svelte';
import GridChart from './GridChart.svelte';
import { rfmMessages } from './messages';
import MigrationChart from './MigrationChart.svelte';
import MoneyChart from './MoneyChart.svelte';
import RecencyChart from './RecencyChart.svelte';
import type { RfmParams } from './rfm-params';
import { RfmSession } from './rfm-session.svelte';
import ScoreMatrix from './ScoreMatrix.svelte';
import SegmentTreemap from './SegmentTreemap.svelte';

/** The charts of RFM, each by the name it has in its frame. */
export const rfmCharts: AnalysisCharts<RfmParams, RfmSession> = {
  createSession: ({ db }, params, suffix) => new RfmSession(db, 'segments', params, suffix),
  charts: {
    grid: { title: (i18n) => i18n.of(rfmMessages).gridTitle, view: GridChart },
    bars: { title: (i18n) => i18n.of(rfmMessages).barsTitle, view: BarsChart },
    treemap: { title: (i18n) => i18n.of(rfmMessages).treemapTitle, view: SegmentTreemap },
    matrix: { title: (i18n) => i18n.of(rfmMessages).matrixTitle, view: ScoreMatrix },
    migration: { title: (i18n) => i18n.of(rfmMessages).flows, view: MigrationChart },
    recency: { title: (i18n) => i18n.of(rfmMessages).recency, view: RecencyChart },
    frequency: { title: (i18n) => i18n.of(rfmMessages).frequency, view: FrequencyChart },
    money: { title: (i18n) => i18n.of(rfmMessages).money, view: MoneyChart },
  },
};
