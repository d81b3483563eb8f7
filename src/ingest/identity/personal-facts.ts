import { isDay } from '../../core/dates';

const WRITTEN_DAYS: readonly RegExp[] = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/,
  /^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];

/** A day with the year first, however it is set, as `YYYY-MM-DD`; null for anything else. The text is in NFKC. */
export function normalBirthday(plain: string): string | null {
  for (const written of WRITTEN_DAYS) {
    const parts = written.exec(plain);
    if (parts === null) continue;
    const [, year = '', month = '', date = ''] = parts;
    const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
    return isDay(day) ? day : null;
  }
  return null;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_SIGNS = '10X98765432';

/** The check sign of 17 digits. Source: GB 11643-1999, ISO 7064 MOD 11-2. */
export function idCardCheckSign(digits: string): string {
  let sum = 0;
  for (const [i, weight] of WEIGHTS.entries()) sum += weight * Number(digits.charAt(i));
  return CHECK_SIGNS.charAt(sum % 11);
}

/** A mainland resident number of 18 signs whose date and check sign are true, an old one of 15 extended; else null. */
export function normalIdCard(plain: string): string | null {
  const signs = plain.replaceAll(' ', '').toUpperCase();
  const full = /^\d{15}$/.test(signs) ? withCheckSign(`${signs.slice(0, 6)}19${signs.slice(6)}`) : signs;
  if (!/^[1-9]\d{16}[\dX]$/.test(full)) return null;
  const day = `${full.slice(6, 10)}-${full.slice(10, 12)}-${full.slice(12, 14)}`;
  return isDay(day) && idCardCheckSign(full) === full.charAt(17) ? full : null;
}

const withCheckSign = (digits: string): string => digits + idCardCheckSign(digits);
