import type { AnalysisCharts } from '../charts';
import type { CrossShopParams } from './crossshop-params';
import { CrossShopSession } from './crossshop-session.svelte';
import { crossshopMessages } from './messages';
import OverlapChart from './OverlapChart.svelte';
import UpSetChart from './UpSetChart.svelte';
import VennChart from './VennChart.svelte';

export const crossshopCharts: AnalysisCharts<CrossShopParams, CrossShopSession> = {
  createSession: (source, params) => new CrossShopSession(source, params),
  charts: {
    venn: { title: (i18n) => i18n.of(crossshopMessages).vennTitle, view: VennChart },
    upset: { title: (i18n) => i18n.of(crossshopMessages).upsetTitle, view: UpSetChart },
    overlap: { title: (i18n) => i18n.of(crossshopMessages).overlapTitle, view: OverlapChart },
  },
};
