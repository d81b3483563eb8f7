import { isInMask } from '../../charts/upset';
import type { ValueSet } from './crossshop-params';
import type { crossshopMessages } from './messages';

export type CrossShopTexts = ReturnType<(typeof crossshopMessages)['build']['en']>;

/** A set of one or two values by their names, of more by the first and how many follow. */
export function setName(set: ValueSet): string {
  const [first = '', second] = set;
  if (second === undefined) return first;
  return set.length === 2 ? `${first} + ${second}` : `${first} +${set.length - 1}`;
}

function namesIn(sets: readonly ValueSet[], mask: number): readonly string[] {
  return sets.filter((_, place) => isInMask(mask, place)).map(setName);
}

/** What an exact combination is called. */
export function combinationName(m: CrossShopTexts, sets: readonly ValueSet[], mask: number): string {
  const names = namesIn(sets, mask);
  if (names.length === 0) return m.none;
  return names.length === sets.length ? m.all(names) : m.only(names);
}

/** What the buyers in all sets of the mask are called, whatever else they bought. */
export function withinName(m: CrossShopTexts, sets: readonly ValueSet[], mask: number): string {
  return m.within(namesIn(sets, mask));
}

/** What the buyers in so many sets are called. */
export function setCountName(m: CrossShopTexts, count: number): string {
  return count === 0 ? m.countNone : m.countSome(count);
}
