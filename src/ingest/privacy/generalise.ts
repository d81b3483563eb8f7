import * as v from 'valibot';
import { cityOf } from '../../core/places';
import { isDay, type Day } from '../../core/dates';

/** How a value is made coarser. Ages are at the as-of day, in bands that begin at `from` years and end before the next. */
export type Generalisation =
  | { readonly to: 'age-band'; readonly from: readonly number[] }
  | { readonly to: 'city' }
  | { readonly to: 'prefix'; readonly characters: number }
  | { readonly to: 'day' | 'month' | 'year' }
  | { readonly to: 'amount-band'; readonly width: number };

const OLDEST = 120;

export const generalisationSchema: v.GenericSchema<unknown, Generalisation> = v.variant('to', [
  v.object({
    to: v.literal('age-band'),
    from: v.pipe(
      v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(OLDEST))),
      v.minLength(1),
      v.check((from) => from.every((age, i) => i === 0 || age > (from[i - 1] ?? 0)), 'invalid bands: not ascending'),
    ),
  }),
  v.object({ to: v.literal('city') }),
  v.object({ to: v.literal('prefix'), characters: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)) }),
  v.object({ to: v.picklist(['day', 'month', 'year']) }),
  v.object({ to: v.literal('amount-band'), width: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e9)) }),
]);

/** The bands of a census, which most customer bases fill. */
export const AGE_BANDS: readonly number[] = [0, 18, 25, 35, 45, 55, 65];

/**
 * The coarser text of a cell, or null for a cell that cannot be read, of which nothing may be shown. The
 * same as generaliseSql on any text.
 */
export function generalise(text: string, how: Generalisation, asOf: Day): string | null {
  switch (how.to) {
    case 'age-band':
      return ageBand(text, how.from, asOf);
    case 'city':
      return cityOf(text);
    case 'prefix':
      return prefix(text, how.characters);
    case 'day':
      return dayIn(text);
    case 'month':
      return dayIn(text)?.slice(0, 7) ?? null;
    case 'year':
      return dayIn(text)?.slice(0, 4) ?? null;
    case 'amount-band':
      return amountBand(text, how.width);
  }
}

/** A day as it is written in most exports, year first; what follows, as a time of day, is passed over. */
export const PARTED_DAY = '^[ ]*([0-9]{4})[ ]*[-/.年][ ]*([0-9]{1,2})[ ]*[-/.月][ ]*([0-9]{1,2})(?:[^0-9].*)?$';
export const COMPACT_DAY = '^[ ]*([0-9]{4})([0-9]{2})([0-9]{2})(?:[^0-9].*)?$';
const DAY_FORMS = [PARTED_DAY, COMPACT_DAY].map((form) => new RegExp(form));

function dayIn(text: string): Day | null {
  for (const form of DAY_FORMS) {
    const match = form.exec(text);
    if (match === null) continue;
    const [, year = '', month = '', day = ''] = match;
    const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isDay(written) ? written : null;
  }
  return null;
}

/** Full years on the day; null before birth and beyond 120. */
export function ageOn(birthday: Day, asOf: Day): number | null {
  const age = Math.floor((numberOf(asOf) - numberOf(birthday)) / 10_000);
  return age >= 0 && age <= OLDEST ? age : null;
}

/** 19900501 for 1990-05-01: the difference of two, without its last four digits, is the age. */
function numberOf(day: Day): number {
  return Number(day.replaceAll('-', ''));
}

function ageBand(text: string, from: readonly number[], asOf: Day): string | null {
  const birthday = dayIn(text);
  const age = birthday === null ? null : ageOn(birthday, asOf);
  if (age === null) return null;
  const band = from.findLastIndex((first) => first <= age);
  return band < 0 ? `0-${(from[0] ?? 1) - 1}` : bandName(from, band);
}

export function bandName(from: readonly number[], band: number): string {
  const [first, next] = [from[band] ?? 0, from[band + 1]];
  return next === undefined ? `${first}+` : `${first}-${next - 1}`;
}

/**
 * The bands with neighbours joined until each that has anyone has at least k customers. `counts` are of the
 * bands; the first band takes in everyone younger. One band is left when there are fewer than k in all.
 */
export function joinBands(from: readonly number[], counts: readonly number[], k: number): readonly number[] {
  const bands = from.map((first, i) => ({ first, count: counts[i] ?? 0 }));
  for (let i = 0; i < bands.length && bands.length > 1;) {
    const band = bands[i];
    if (band === undefined || band.count === 0 || band.count >= k) {
      i++;
      continue;
    }
    const into = i === bands.length - 1 ? i - 1 : i;
    const [left, right] = [bands[into], bands[into + 1]];
    if (left === undefined || right === undefined) break;
    bands.splice(into, 2, { first: left.first, count: left.count + right.count });
    i = into;
  }
  return bands.map(({ first }) => first);
}

function prefix(text: string, characters: number): string | null {
  const points = Array.from(text.replace(/^ +| +$/g, ''));
  return points.length === 0 ? null : `${points.slice(0, characters).join('')}*`;
}

/** A plain number, thousands parted by commas or not. */
export const PLAIN_NUMBER =
  '^[ ]*-?[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:[.][0-9]+)?[ ]*$|^[ ]*-?[0-9]{1,15}(?:[.][0-9]+)?[ ]*$';
const NUMBER = new RegExp(PLAIN_NUMBER);

/** `100..<200`: at least 100, less than 200. */
function amountBand(text: string, width: number): string | null {
  if (!NUMBER.test(text)) return null;
  const band = Math.floor(Number(text.replaceAll(',', '')) / width) * width;
  const first = band === 0 ? 0 : band;
  return `${first}..<${first + width}`;
}
