import { rfm } from './rfm/rfm';

/** Every analysis, in the order of the navigation. */
export const ANALYSES = [rfm] as const;

export type AnalysisId = (typeof ANALYSES)[number]['id'];
