/** Every analysis, in the order of the navigation. */
export const ANALYSES = [
  'overview',
  'change',
  'cohort',
  'lifecycle',
  'rhythm',
  'rfm',
  'crossfilter',
  'concentration',
  'crossshop',
] as const;
export type AnalysisId = (typeof ANALYSES)[number];
