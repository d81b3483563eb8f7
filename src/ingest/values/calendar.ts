import { DAY_MS } from '../../core/dates';

/** Years that an order can have; others are placeholders such as 0001-01-01 or 9999-12-31. */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2199;

const DAYS_IN_MONTH = new Uint8Array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);

/**
 * Days since 1970-01-01 of a day of the Gregorian calendar; NaN when there is no such day or the
 * year is out of range.
 *
 * @source H. Hinnant, chrono-compatible low-level date algorithms, days_from_civil
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return Number.NaN;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > (DAYS_IN_MONTH[month] as number) + (leap && month === 2 ? 1 : 0)) return Number.NaN;
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** A two-digit year as POSIX reads it: 69..99 in the twentieth century, 00..68 in the next. */
export function fullYear(year: number, digits: number): number {
  if (digits > 2) return year;
  return year >= 69 ? 1900 + year : 2000 + year;
}

/** Milliseconds of a time of day; NaN when there is no such time. */
export function timeOfDayMs(hour: number, minute: number, second: number): number {
  if (hour > 23 || minute > 59 || second >= 60) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

const EARLIEST_MS = daysFromCivil(FIRST_YEAR, 1, 1) * DAY_MS;
const LATEST_MS = (daysFromCivil(LAST_YEAR, 12, 31) + 1) * DAY_MS;

/** True for wall-clock milliseconds within the years that an order can have. */
export function isInRange(wallMs: number): boolean {
  return wallMs >= EARLIEST_MS && wallMs < LATEST_MS;
}
