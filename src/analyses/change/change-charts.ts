import type { AnalysisCharts } from '../charts';
import { ChangeSession } from './change-session.svelte';
import type { ChangeParams } from './change-params';
import GainChart from './GainChart.svelte';
import GroupsChart from './GroupsChart.svelte';
import { changeMessages } from './messages';
import PartnersChart from './PartnersChart.svelte';
import PartsChart from './PartsChart.svelte';
import StatesChart from './StatesChart.svelte';
import StepsChart from './StepsChart.svelte';
import TreeChart from './TreeChart.svelte';

/** The charts of the comparison, each by the name it has in its frame. */
export const changeCharts: AnalysisCharts<ChangeParams, ChangeSession> = {
  createSession: (source, params) => new ChangeSession(source, params),
  charts: {
    tree: { title: (i18n) => i18n.of(changeMessages).treeTitle, view: TreeChart },
    parts: { title: (i18n) => i18n.of(changeMessages).partsTitle, view: PartsChart },
    groups: { title: (i18n) => i18n.of(changeMessages).groupsAlone, view: GroupsChart },
    states: { title: (i18n) => i18n.of(changeMessages).statesTitle, view: StatesChart },
    steps: { title: (i18n) => i18n.of(changeMessages).stepsTitle, view: StepsChart },
    gain: { title: (i18n) => i18n.of(changeMessages).gainAlone, view: GainChart },
    partners: { title: (i18n) => i18n.of(changeMessages).partnersAlone, view: PartnersChart },
  },
};
