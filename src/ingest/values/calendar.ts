import { DAY_MS } from '../../core/dates';

/** Years that an order can have; others are placeholders such as 0001-01-01 or 9999-12-31. */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2199;

const DAYS_IN_MONTH = new Uint8Array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
/** Days of a year that is no leap year before the month begins. */
const DAYS_BEFORE_MONTH = new Int32Array(13);
for (let month = 2; month <= 12; month++) {
  DAYS_BEFORE_MONTH[month] = (DAYS_BEFORE_MONTH[month - 1] as number) + (DAYS_IN_MONTH[month - 1] as number);
}
/** Days from 1970-01-01 to the first of January of each year from FIRST_YEAR on. */
const YEAR_STARTS = new Int32Array(LAST_YEAR - FIRST_YEAR + 1);
for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
  YEAR_STARTS[year - FIRST_YEAR] = Date.UTC(year, 0, 1) / DAY_MS;
}

/**
 * Days since 1970-01-01 of a day of the Gregorian calendar; NaN when there is no such day or the
 * year is out of range.
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  // Written so that NaN fails as well.
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const leapDay = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  if (!(day <= (DAYS_IN_MONTH[month] as number) + (month === 2 ? leapDay : 0))) return Number.NaN;
  const ofYear = (DAYS_BEFORE_MONTH[month] as number) + (month > 2 ? leapDay : 0) + day - 1;
  return (YEAR_STARTS[year - FIRST_YEAR] as number) + ofYear;
}

/** A two-digit year as POSIX reads it: 69..99 in the twentieth century, 00..68 in the next. */
export function fullYear(year: number, digits: number): number {
  if (digits > 2) return year;
  return year >= 69 ? 1900 + year : 2000 + year;
}

/** Milliseconds of a time of day; NaN when there is no such time. */
export function timeOfDayMs(hour: number, minute: number, second: number): number {
  if (!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second < 60)) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

const EARLIEST_MS = daysFromCivil(FIRST_YEAR, 1, 1) * DAY_MS;
const LATEST_MS = (daysFromCivil(LAST_YEAR, 12, 31) + 1) * DAY_MS;

/** True for wall-clock milliseconds within the years that an order can have. */
export function isInRange(wallMs: number): boolean {
  return wallMs >= EARLIEST_MS && wallMs < LATEST_MS;
}
