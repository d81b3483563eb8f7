import { isDay } from './dates';

/** True for digits whose last one is the check digit of ISO/IEC 7812-1 (Luhn); false for anything but digits. */
export function hasLuhnCheck(digits: string): boolean {
  if (!/^\d{2,}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** A payment card's number: 13 to 19 digits in groups or not, a first digit that issuers use, the Luhn check digit. */
export function isBankCard(text: string): boolean {
  const digits = text.replaceAll(/[ -]/g, '');
  return /^(?:[3-6]\d{12,18}|2[2-7]\d{14})$/.test(digits) && hasLuhnCheck(digits);
}

const RESIDENT = /^([1-8]\d)\d{4}(\d{4})(\d{2})(\d{2})\d{3}([\dX])$/;
const OLD_RESIDENT = /^([1-8]\d)\d{4}(\d{2})(\d{2})(\d{2})\d{3}$/;
/** The first two digits of GB/T 2260: provinces, Taiwan (71, 83), Hong Kong (81), Macau (82). */
const REGIONS = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);
/** Weights and check characters of ISO 7064 MOD 11-2, which GB 11643-1999 prescribes. */
const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_CHECKS = '10X98765432';

/**
 * A mainland resident number with its check character (GB 11643-1999): 18 characters, or the 15 digits
 * used before 1999, which have none. Region and date of birth must exist.
 */
export function isResidentNumber(text: string): boolean {
  const value = text.toUpperCase();
  const old = OLD_RESIDENT.exec(value);
  if (old !== null) {
    const [, region = '', year = '', month = '', day = ''] = old;
    return REGIONS.has(region) && isDay(`19${year}-${month}-${day}`);
  }
  const match = RESIDENT.exec(value);
  if (match === null) return false;
  const [, region = '', year = '', month = '', day = '', check] = match;
  return REGIONS.has(region) && isDay(`${year}-${month}-${day}`) && residentCheck(value) === check;
}

/** The check character that belongs to the first 17 digits. */
export function residentCheck(digits: string): string {
  const sum = RESIDENT_WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return RESIDENT_CHECKS[sum % 11] ?? '';
}

const HONG_KONG = /^([A-Z]{1,2})(\d{6})\(?([\dA])\)?$/;
const LETTER_A = 'A'.charCodeAt(0);

/** A Hong Kong identity card: one or two letters, six digits, the check character with or without brackets. */
export function isHongKongId(text: string): boolean {
  const match = HONG_KONG.exec(text.toUpperCase());
  if (match === null) return false;
  const [, letters = '', digits = '', check = ''] = match;
  // A missing first letter counts as 36, letters from A as 10.
  const values = [...letters.padStart(2, ' ')].map((letter) =>
    letter === ' ' ? 36 : letter.charCodeAt(0) - LETTER_A + 10,
  );
  const all = [...values, ...[...digits].map(Number), check === 'A' ? 10 : Number(check)];
  return all.reduce((sum, value, i) => sum + value * (9 - i), 0) % 11 === 0;
}

const TAIWAN = /^([A-Z])([1289A-D])(\d{8})$/;
/** The numbers of the letters, in which I, O, W and Z stand out of order. */
const TAIWAN_LETTERS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

/** A Taiwanese identity card or resident certificate: a letter, the sex, eight digits of which the last checks. */
export function isTaiwanId(text: string): boolean {
  const match = TAIWAN.exec(text.toUpperCase());
  if (match === null) return false;
  const [, letter = '', sex = '', rest = ''] = match;
  const area = 10 + TAIWAN_LETTERS.indexOf(letter);
  // The resident certificates of before 2021 have a letter here, of which the last digit counts.
  const second = /\d/.test(sex) ? Number(sex) : TAIWAN_LETTERS.indexOf(sex) % 10;
  const digits = [Math.floor(area / 10), area % 10, second, ...[...rest].map(Number)];
  const weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1];
  return digits.reduce((sum, digit, i) => sum + digit * (weights[i] ?? 0), 0) % 10 === 0;
}
