import type { ScopeFacts } from './facts';
import { type QuantileScoring, type Scoring } from './rfm-params';

/** Why a scoring is recommended; messages.ts has the words. */
export interface Recommendation {
  readonly scoring: Scoring;
  /** `frequency-one`: at least half bought once, so fifths of frequency do not exist. `ties-kept`: the usual case. */
  readonly reason: 'frequency-one' | 'ties-kept';
  /** Share of the customers with a single purchase, 0..1; NaN without customers. */
  readonly frequencyOneShare: number;
}

/** From this share on, most cut points of frequency coincide at 1. */
export const FREQUENCY_ONE_LIMIT = 0.5;

export const KEEP_TIES: QuantileScoring = { method: 'quantile', bins: 5, ties: 'together' };

/**
 * Quintiles that keep equal values together, unless half or more bought just once: then fifths of the
 * customers would part people who behave alike, so frequency gets thresholds (1, then quarters of those
 * who came back) while recency and money keep their fifths as thresholds.
 */
export function recommend(facts: ScopeFacts): Recommendation {
  const { customers } = facts.population;
  const frequencyOneShare = customers === 0 ? Number.NaN : facts.buyersWithOne / customers;
  if (!(frequencyOneShare >= FREQUENCY_ONE_LIMIT))
    return { scoring: KEEP_TIES, reason: 'ties-kept', frequencyOneShare };
  const quartiles = facts.repeatQuartiles.length === 3 ? facts.repeatQuartiles : [2, 3, 4];
  return {
    scoring: {
      method: 'thresholds',
      bins: 5,
      cuts: {
        recency: ascending(facts.fifths.recency, 1),
        frequency: ascending([1, ...quartiles], 1),
        money: ascending(facts.fifths.money, 0.01),
      },
    },
    reason: 'frequency-one',
    frequencyOneShare,
  };
}

/** The cuts with coinciding ones moved up by a step each, so that every score can be reached. */
export function ascending(cuts: readonly number[], step: number): readonly number[] {
  const moved: number[] = [];
  for (const cut of cuts) {
    const previous = moved.at(-1);
    const next = previous === undefined || cut > previous ? cut : previous + step;
    moved.push(Math.round(next * 1e6) / 1e6);
  }
  return moved;
}
