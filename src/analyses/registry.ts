import { change } from './change/change';
import { overview } from './overview/overview';
import { cohort } from './cohort/cohort';
import { crossfilter } from './crossfilter/crossfilter';
import { lifecycle } from './lifecycle/lifecycle';
import { rfm } from './rfm/rfm';
import { rhythm } from './rhythm/rhythm';
import { concentration } from './concentration/concentration';
import { crossshop } from './crossshop/crossshop';

/** Every analysis, in the order of the navigation. */
export const ANALYSES = [
  overview,
  change,
  rfm,
  concentration,
  crossshop,
  crossfilter,
  cohort,
  lifecycle,
  rhythm,
] as const;

export type AnalysisId = (typeof ANALYSES)[number]['id'];
