import * as v from 'valibot';
import { isDay, type Day } from '../../core/dates';

/** What is taken of a dataset's files: everything, what happened in a period, or every n-th customer. */
export interface Excerpt {
  /** The first day that is taken; null = from the beginning. */
  readonly from: Day | null;
  /** The last day that is taken; null = to the end. */
  readonly to: Day | null;
  /** One customer in so many is taken, with all of their rows; 1 = all of them. */
  readonly oneIn: number;
  /** Which one of these: 0 to oneIn - 1. Each customer is in exactly one of the samples. */
  readonly residue: number;
}

export const WHOLE: Excerpt = { from: null, to: null, oneIn: 1, residue: 0 };

/** The most customers that one may stand for. */
export const MOST_IN_ONE = 1000;

const daySchema = v.nullable(v.pipe(v.string(), v.check(isDay, 'invalid day: needs YYYY-MM-DD')));

export const excerptSchema: v.GenericSchema<unknown, Excerpt> = v.pipe(
  v.object({
    from: daySchema,
    to: daySchema,
    oneIn: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_IN_ONE)),
    residue: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  v.check(({ oneIn, residue }) => residue < oneIn, 'invalid residue: needs to be less than oneIn'),
  v.check(({ from, to }) => from === null || to === null || from <= to, 'invalid period: it ends before it begins'),
);

/** True where nothing is left out by choice. */
export function isWhole({ from, to, oneIn }: Excerpt): boolean {
  return from === null && to === null && oneIn === 1;
}

/** Why a row is left out by choice: counted, not kept to be looked at. */
export const EXCERPT_REASONS = ['outside-period', 'not-in-sample'] as const;
export type ExcerptReason = (typeof EXCERPT_REASONS)[number];

export function isExcerptReason(reason: string): reason is ExcerptReason {
  return (EXCERPT_REASONS as readonly string[]).includes(reason);
}
