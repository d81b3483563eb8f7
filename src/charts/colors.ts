/** The steps of the sequential ramp, --ramp-0 to --ramp-4. */
export const RAMP_STEPS = 5;

/** The fixed colour of a category, 1..12; beyond 12 they repeat. */
export function segmentColor(position: number): string {
  return `var(--seg-${((position - 1) % 12) + 1})`;
}

export function rampColor(step: number): string {
  return `var(--ramp-${step})`;
}

/** The colour of text that stands on a fill made by segmentColor or rampColor; on any other fill, ink. */
export function inkOn(fill: string): string {
  const token = /^var\(--(seg|ramp)-(\d+)\)$/.exec(fill);
  if (token !== null) return `var(--on-${token[1]}-${token[2]})`;
  return fill === 'var(--accent)' ? 'var(--on-accent)' : 'var(--ink)';
}

/**
 * The ramp step 0..4 of a value between `low` and `high`: equal steps, values outside held to the
 * ends. A missing value, or a range without width, is step 0 except that the only value there is gets 2.
 */
export function rampStep(value: number | null, low: number, high: number): number {
  if (value === null || !Number.isFinite(value)) return 0;
  if (!(high > low)) return 2;
  const share = (value - low) / (high - low);
  return Math.max(0, Math.min(RAMP_STEPS - 1, Math.floor(share * RAMP_STEPS)));
}
