import { overview } from './overview/overview';
import { rfm } from './rfm/rfm';
import { concentration } from './concentration/concentration';
import { crossshop } from './crossshop/crossshop';

/** Every analysis, in the order of the navigation. */
export const ANALYSES = [overview, rfm, concentration, crossshop] as const;

export type AnalysisId = (typeof ANALYSES)[number]['id'];
