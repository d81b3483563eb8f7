import type { AnalysisId } from './registry';

/** The view of each analysis, loaded when it is first shown. */
export const ANALYSIS_VIEWS = {
  rfm: () => import('./rfm/RfmView.svelte'),
} as const satisfies Record<AnalysisId, () => Promise<unknown>>;
