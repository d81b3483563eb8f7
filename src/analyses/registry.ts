import { rfm } from './rfm/rfm';
import { concentration } from './concentration/concentration';

/** Every analysis, in the order of the navigation. */
export const ANALYSES = [rfm, concentration] as const;

export type AnalysisId = (typeof ANALYSES)[number]['id'];
