/** What a field of the two heat maps counts. */
export const RHYTHM_MEASURES = ['orders', 'revenue', 'customers'] as const;
export type RhythmMeasure = (typeof RHYTHM_MEASURES)[number];

export interface RhythmParams {
  readonly hourMeasure: RhythmMeasure;
  readonly dayMeasure: RhythmMeasure;
}

export const RHYTHM_DEFAULTS: RhythmParams = { hourMeasure: 'orders', dayMeasure: 'orders' };
