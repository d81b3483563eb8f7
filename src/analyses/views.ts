import type { Component } from 'svelte';
import type { ViewProps } from './analysis';
import type { AnalysisId } from './registry';

/** The view of each analysis, loaded when it is first shown. */
const VIEWS: Readonly<Record<AnalysisId, () => Promise<{ readonly default: Component<never> }>>> = {
  overview: () => import('./overview/OverviewView.svelte'),
  change: () => import('./change/ChangeView.svelte'),
  cohort: () => import('./cohort/CohortView.svelte'),
  lifecycle: () => import('./lifecycle/LifecycleView.svelte'),
  rhythm: () => import('./rhythm/RhythmView.svelte'),
  rfm: () => import('./rfm/RfmView.svelte'),
  crossfilter: () => import('./crossfilter/CrossfilterView.svelte'),
  concentration: () => import('./concentration/ConcentrationView.svelte'),
  crossshop: () => import('./crossshop/CrossShopView.svelte'),
};

/** The parameters that a view is given are those it gave: their type is its own business. */
export async function loadView(id: AnalysisId): Promise<Component<ViewProps<object>>> {
  const { default: view } = await VIEWS[id]();
  return view as Component<ViewProps<object>>;
}
