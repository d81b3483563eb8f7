import type { AnalysisCharts } from '../charts';
import CalendarChart from './CalendarChart.svelte';
import GapsChart from './GapsChart.svelte';
import HoursChart from './HoursChart.svelte';
import { rhythmMessages } from './messages';
import NextChart from './NextChart.svelte';
import PurchasesChart from './PurchasesChart.svelte';
import type { RhythmParams } from './rhythm-params';
import { RhythmSession } from './rhythm-session.svelte';

/** The charts of rhythm, each by the name it has in its frame. A window dragged on a dashboard holds there alone. */
export const rhythmCharts: AnalysisCharts<RhythmParams, RhythmSession> = {
  createSession: (source, params, suffix) => new RhythmSession(source, params, () => undefined, suffix),
  charts: {
    gaps: { title: (i18n) => i18n.of(rhythmMessages).gapsTitle, view: GapsChart },
    purchases: { title: (i18n) => i18n.of(rhythmMessages).purchasesTitle, view: PurchasesChart },
    next: { title: (i18n) => i18n.of(rhythmMessages).nextTitle, view: NextChart },
    hours: { title: (i18n) => i18n.of(rhythmMessages).hoursTitle, view: HoursChart },
    calendar: { title: (i18n) => i18n.of(rhythmMessages).calendarTitle, view: CalendarChart },
  },
};
