import type { ScopeFacts } from './facts';
import { FREQUENCY_ONE_LIMIT } from './recommendation';

export const FITNESS_CODES = [
  'few-buyers',
  'short-history',
  'no-recent-order',
  'nobody-repeats',
  'frequency-one',
  'negative-money',
  'low-identified',
  'no-customers',
] as const;
export type FitnessCode = (typeof FITNESS_CODES)[number];

/** Why a scoring rests on thin ground: what was measured, and the value from which it would be fine. */
export interface FitnessWarning {
  readonly code: FitnessCode;
  /** Customers, days or a share 0..1, as the code says. */
  readonly value: number;
  readonly limit: number;
}

const FEW_BUYERS = 500;
const SHORT_HISTORY_DAYS = 180;
const RECENT_ORDER_DAYS = 30;
const NEGATIVE_SHARE = 0.05;
const IDENTIFIED_SHARE = 0.8;

/** The warnings that apply, the weightiest first. Nothing is refused: the reader decides. */
export function checkFitness(facts: ScopeFacts): readonly FitnessWarning[] {
  const { customers, identifiedShare } = facts.population;
  if (customers === 0) return [{ code: 'no-customers', value: 0, limit: 1 }];
  const negativeShare = facts.buyersWithNegativeMoney / customers;
  const oneShare = facts.buyersWithOne / customers;
  const daysSince = facts.daysSinceLastOrder ?? 0;
  const checks: readonly (FitnessWarning & { readonly holds: boolean })[] = [
    { code: 'few-buyers', value: customers, limit: FEW_BUYERS, holds: customers < FEW_BUYERS },
    {
      code: 'short-history',
      value: facts.periodDays,
      limit: SHORT_HISTORY_DAYS,
      holds: facts.periodDays < SHORT_HISTORY_DAYS,
    },
    {
      code: 'no-recent-order',
      value: daysSince,
      limit: RECENT_ORDER_DAYS,
      holds: facts.audienceIsEveryone && daysSince > RECENT_ORDER_DAYS,
    },
    { code: 'nobody-repeats', value: facts.buyersWithThree, limit: 1, holds: facts.buyersWithThree === 0 },
    { code: 'frequency-one', value: oneShare, limit: FREQUENCY_ONE_LIMIT, holds: oneShare >= FREQUENCY_ONE_LIMIT },
    { code: 'negative-money', value: negativeShare, limit: NEGATIVE_SHARE, holds: negativeShare > NEGATIVE_SHARE },
    {
      code: 'low-identified',
      value: identifiedShare,
      limit: IDENTIFIED_SHARE,
      holds: facts.audienceIsEveryone && identifiedShare < IDENTIFIED_SHARE,
    },
  ];
  return checks.filter(({ holds }) => holds).map(({ code, value, limit }) => ({ code, value, limit }));
}
