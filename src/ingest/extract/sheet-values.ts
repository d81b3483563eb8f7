import type { NumberKind } from './number-formats';

const DAY_MS = 86_400_000;
/** Days from 1899-12-30, day 0 of the 1900 system from March 1900 on, to 1970-01-01. */
const EPOCH_1900 = 25_569;
/** The system of 1904 counts from its first day. */
const DAYS_1904_AFTER_1900 = 1_462;
/** The 1900 system has a 29 February in 1900, which never was; days before it are one off. */
const DAY_THAT_NEVER_WAS = 60;
/** The last day that a spreadsheet knows, 9999-12-31. */
const LAST_DAY = 2_958_465;
/** A spreadsheet keeps and shows 15 digits; what a double has beyond them is noise. */
const KEPT_DIGITS = 15;

/**
 * A number as the shortest decimal of at most 15 significant digits, without an exponent. Whole numbers
 * keep all the digits that the double holds. '' for what is no finite number.
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '';
  if (Number.isInteger(value)) return plainDecimal(String(value === 0 ? 0 : value));
  return plainDecimal(String(Number(value.toPrecision(KEPT_DIGITS))));
}

/** The number as the file writes it, when that is a whole number; such an id may be longer than a double keeps. */
export function writtenNumberText(written: string): string {
  return /^-?(0|[1-9]\d*)$/.test(written) ? (written === '-0' ? '0' : written) : numberText(Number(written));
}

/**
 * True for a whole number whose last digits are not those that were once typed: a spreadsheet has made
 * all beyond the fifteenth zeros, or the double could not hold them. `written` is the number as the
 * file writes it, where that is known; it may be longer than a double keeps.
 */
export function hasLostDigits(text: string, written: string | null): boolean {
  if (text.length <= KEPT_DIGITS) return false;
  return /^-?\d{15}0+$/.test(text) || (text !== written && Math.abs(Number(text)) > Number.MAX_SAFE_INTEGER);
}

/** The digits of a decimal moved to where its exponent says. */
function plainDecimal(text: string): string {
  const [mantissa = '', exponent] = text.split('e');
  if (exponent === undefined) return text;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}

/**
 * A serial day as a sheet shows it: a date, a date with its time, or a time alone where the format has
 * no date and the number no whole day. A date with a time of day keeps it though its format hides it.
 * Numbers that are no day of the calendar come back as numbers.
 */
export function serialText(serial: number, kind: NumberKind, is1904: boolean): string {
  if (kind === 'number' || !Number.isFinite(serial) || serial < 0) return numberText(serial);
  const ms = wholeSeconds(Math.round(serial * DAY_MS));
  if (kind === 'elapsed') return elapsedText(ms);
  if (ms < DAY_MS && !is1904) return kind === 'time' || ms > 0 ? elapsedText(ms) : numberText(serial);
  if (ms < DAY_MS && kind === 'time') return elapsedText(ms);
  const days = Math.floor(ms / DAY_MS) + (is1904 ? DAYS_1904_AFTER_1900 : 0);
  if (days > LAST_DAY) return numberText(serial);
  const time = ms % DAY_MS;
  if (kind === 'date' && time === 0) return dayText(days);
  return `${dayText(days)} ${elapsedText(time)}`;
}

/** A double of a day's fraction is off by less than a millisecond; no till writes 10:29:59.999. */
function wholeSeconds(ms: number): number {
  const second = Math.round(ms / 1000) * 1000;
  return Math.abs(ms - second) <= 1 ? second : ms;
}

/** A table of some years has a thousand days and a million dates. */
const knownDays = new Map<number, string>();
const MOST_KNOWN_DAYS = 40_000;

function dayText(days: number): string {
  const known = knownDays.get(days);
  if (known !== undefined) return known;
  const text = writeDay(days);
  if (knownDays.size < MOST_KNOWN_DAYS) knownDays.set(days, text);
  return text;
}

function writeDay(days: number): string {
  if (days === DAY_THAT_NEVER_WAS) return '1900-02-29';
  const shifted = days < DAY_THAT_NEVER_WAS ? days + 1 : days;
  return new Date((shifted - EPOCH_1900) * DAY_MS).toISOString().slice(0, 10);
}

function elapsedText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return ms % 1000 === 0 ? text : `${text}.${String(ms % 1000).padStart(3, '0')}`;
}
