import { overview } from './overview/overview';
import { rfm } from './rfm/rfm';
import { concentration } from './concentration/concentration';

/** Every analysis, in the order of the navigation. */
export const ANALYSES = [overview, rfm, concentration] as const;

export type AnalysisId = (typeof ANALYSES)[number]['id'];
