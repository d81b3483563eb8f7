import type { CategoryId } from './catalogue';

export const CHANNELS = ['store', 'app', 'mini'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a customer is in truth, before chance: retail.md has the same table in words. */
export interface CustomerType {
  readonly id: string;
  readonly share: number;
  /** Orders a year while alive: gamma with this shape and mean. */
  readonly rateShape: number;
  readonly ratePerYear: number;
  /** Constant hazard of leaving for good, a year; the time until then is exponential. */
  readonly dropOutPerYear: number;
  /** What a basket aims at: lognormal over people, median in cents and sigma of the logarithm. */
  readonly basketCents: number;
  readonly basketSigma: number;
  /** How strongly campaigns and festivals move them: 0 not at all, 1 like the average. */
  readonly seasonSensitivity: number;
  /** Mean share of campaign orders paid with a coupon, 0..1. */
  readonly discountLove: number;
  readonly buysOnRegistering: number;
  /** Weights in the order of CHANNELS. */
  readonly channels: readonly [number, number, number];
  readonly categories: Readonly<Record<CategoryId, number>>;
  readonly refundShare: number;
  /** Mean of the 0..10 answer to "would you recommend us". */
  readonly satisfaction: number;
  /** Visits to the app or the mini-program without an order. */
  readonly browsesPerMonth: number;
}

export const CUSTOMER_TYPES: readonly CustomerType[] = [
  {
    id: 'loyal',
    share: 0.12,
    rateShape: 5,
    ratePerYear: 12,
    dropOutPerYear: 0.12,
    basketCents: 22_000,
    basketSigma: 0.45,
    seasonSensitivity: 0.6,
    discountLove: 0.25,
    buysOnRegistering: 0.9,
    channels: [0.45, 0.35, 0.2],
    categories: { tea: 4, snacks: 3, kitchen: 3, bedding: 2, care: 3, clothes: 2, digital: 1, stationery: 1 },
    refundShare: 0.03,
    satisfaction: 9,
    browsesPerMonth: 0.8,
  },
  {
    id: 'regular',
    share: 0.27,
    rateShape: 3,
    ratePerYear: 5,
    dropOutPerYear: 0.3,
    basketCents: 15_000,
    basketSigma: 0.5,
    seasonSensitivity: 0.9,
    discountLove: 0.35,
    buysOnRegistering: 0.85,
    channels: [0.5, 0.2, 0.3],
    categories: { tea: 2, snacks: 4, kitchen: 2, bedding: 1, care: 3, clothes: 2, digital: 1, stationery: 2 },
    refundShare: 0.035,
    satisfaction: 8.1,
    browsesPerMonth: 0.5,
  },
  {
    id: 'bargain',
    share: 0.2,
    rateShape: 2.5,
    ratePerYear: 3.5,
    dropOutPerYear: 0.35,
    basketCents: 13_000,
    basketSigma: 0.5,
    seasonSensitivity: 2,
    discountLove: 0.85,
    buysOnRegistering: 0.7,
    channels: [0.15, 0.45, 0.4],
    categories: { tea: 1, snacks: 4, kitchen: 2, bedding: 1, care: 4, clothes: 4, digital: 2, stationery: 1 },
    refundShare: 0.05,
    satisfaction: 7.6,
    browsesPerMonth: 1,
  },
  {
    id: 'occasional',
    share: 0.23,
    rateShape: 2,
    ratePerYear: 1.5,
    dropOutPerYear: 0.5,
    basketCents: 14_000,
    basketSigma: 0.6,
    seasonSensitivity: 1,
    discountLove: 0.4,
    buysOnRegistering: 0.75,
    channels: [0.6, 0.15, 0.25],
    categories: { tea: 1, snacks: 2, kitchen: 3, bedding: 3, care: 2, clothes: 2, digital: 2, stationery: 2 },
    refundShare: 0.04,
    satisfaction: 7.7,
    browsesPerMonth: 0.3,
  },
  {
    id: 'passer-by',
    share: 0.12,
    rateShape: 1.5,
    ratePerYear: 0.5,
    dropOutPerYear: 3,
    basketCents: 11_000,
    basketSigma: 0.6,
    seasonSensitivity: 1.2,
    discountLove: 0.5,
    buysOnRegistering: 0.7,
    channels: [0.4, 0.1, 0.5],
    categories: { tea: 1, snacks: 4, kitchen: 1, bedding: 1, care: 2, clothes: 2, digital: 3, stationery: 3 },
    refundShare: 0.05,
    satisfaction: 7.2,
    browsesPerMonth: 0.2,
  },
  {
    id: 'unhappy-active',
    share: 0.06,
    rateShape: 5,
    ratePerYear: 9,
    dropOutPerYear: 0.1,
    basketCents: 18_000,
    basketSigma: 0.45,
    seasonSensitivity: 0.7,
    discountLove: 0.3,
    buysOnRegistering: 0.9,
    channels: [0.4, 0.4, 0.2],
    categories: { tea: 2, snacks: 3, kitchen: 3, bedding: 2, care: 2, clothes: 3, digital: 1, stationery: 1 },
    refundShare: 0.1,
    satisfaction: 3.2,
    browsesPerMonth: 1,
  },
];

/** The type at a position of CUSTOMER_TYPES. Throws RangeError for any other position. */
export function customerType(position: number): CustomerType {
  const type = CUSTOMER_TYPES[position];
  if (type === undefined) throw new RangeError(`invalid customer type: ${position}`);
  return type;
}
