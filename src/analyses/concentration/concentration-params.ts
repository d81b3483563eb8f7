import type { Mistake } from '../analysis';

/** What is concentrated. */
export const MEASURES = ['revenue', 'orders'] as const;
export type Measure = (typeof MEASURES)[number];

/** From those who bring the most. */
export const CLASS_IDS = ['heavy', 'medium', 'light'] as const;
export type ClassId = (typeof CLASS_IDS)[number];

/** Up to which percent of the customers, from the top, the heavy and the medium ones go. */
export type CutPercents = readonly [heavy: number, medium: number];

export interface ConcentrationParams {
  readonly measure: Measure;
  readonly cutPercents: CutPercents;
}

export const CONCENTRATION_DEFAULTS: ConcentrationParams = { measure: 'revenue', cutPercents: [20, 50] };

/** Dragging moves a cut by a quarter of a percent: every such place is a point of the curve, and its share exact. */
export const CUT_STEP_PERCENT = 0.25;

/** The curve has at most this many points beside its start and the limits. */
export const CURVE_POINTS = 400;

/** Cuts are read to a hundredth of a percent. */
const HUNDREDTHS = 100;

export function validateConcentration({ cutPercents: [heavy, medium] }: ConcentrationParams): readonly Mistake[] {
  const isBetween = 0 < heavy && heavy < medium && medium < 100;
  return isBetween ? [] : [{ field: 'cutPercents', message: 'not-ascending' }];
}

/** A percent in hundredths, whole. */
export function hundredthsOf(percent: number): number {
  return Math.round(percent * HUNDREDTHS);
}

/** How many customers the first `percent` of them are: rounded up, so that 20 % of 7 are 2. */
export function customersWithin(percent: number, customers: number): number {
  return Math.ceil((customers * hundredthsOf(percent)) / (100 * HUNDREDTHS));
}
