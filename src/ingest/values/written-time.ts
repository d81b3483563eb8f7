import { DAY_MS } from '../../core/dates';
import type { TimeFormat } from '../file-preview';
import { daysFromCivil, fullYear, timeOfDayMs } from './calendar';

/** A time as it stands in a cell, before its offset is applied. */
export interface WrittenTime {
  /** The written clock as epoch milliseconds. */
  readonly wallMs: number;
  readonly hasTimeOfDay: boolean;
  /** Minutes east of UTC when written, else null. */
  readonly offsetMinutes: number | null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_WORD =
  '(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december)\\.?';

const YEAR_FIRST = /^(\d{4}|\d{2})(?: ?年 ?| ?[-/.] ?| )(\d{1,2})(?: ?月 ?| ?[-/.] ?| )(\d{1,2})(?: ?[日号])?/;
const FOUR_DIGIT_YEAR_FIRST = /^\d{4}\D/;
const YEAR_LAST = /^(\d{1,2})(?: ?[-/.] ?| )(\d{1,2})(?: ?[-/.] ?| )(\d{4}|\d{2})(?!\d)/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})/;
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ?/i;
const DAY_MONTH_YEAR = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?[-/ ]?${MONTH_WORD},?[-/ ]?(\\d{4}|\\d{2})`, 'i');
const MONTH_DAY_YEAR = new RegExp(`^${MONTH_WORD}[-/ ]?(\\d{1,2})(?:st|nd|rd|th)?(?:, ?|[-/ ])(\\d{4})`, 'i');
const YEAR_MONTH_DAY = new RegExp(`^(\\d{4})[-/ ]?${MONTH_WORD}[-/ ]?(\\d{1,2})(?!\\d)`, 'i');

/** Digits of a time of day that follow a compact date without any mark: 0805, 080500, 080500123. */
const COMPACT_CLOCK = /^[T ]?(\d{2})(\d{2})(?:(\d{2})(?:\.?(\d{1,9}))?)?(?!\d|:)/;
const CLOCK =
  /^(?:,? ?|T|:|_|-)(?:星期.|周.)? ?(上午|下午|凌晨|早上|中午|晚上|AM|PM)? ?(\d{1,2})(?: ?[:时点h] ?(\d{1,2}))(?: ?[:分m] ?(\d{1,2})(?:[.,:](\d{1,9}))?)?(?: ?[分秒])?(?: ?([AP])\.?M\.?)?(?![\d:])/i;
const HOUR_ONLY =
  /^(?:,? ?|T)(?:星期.|周.)? ?(上午|下午|凌晨|早上|中午|晚上)? ?(\d{1,2}) ?[时点](?:整)?()()()(?: ?([AP])\.?M\.?)?(?!\d)/i;
const ZONE = /^ ?(?:(Z|UTC|GMT)|(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?)$/i;

/** Reads a date with an optional time of day and offset; null when it is not one of that format. */
export function readWrittenTime(text: string, format: TimeFormat): WrittenTime | null {
  const date = readDate(text, format);
  if (date === null) return null;
  const midnightMs = date.days * DAY_MS;
  if (date.rest === '') return { wallMs: midnightMs, hasTimeOfDay: false, offsetMinutes: null };
  const clock = readClock(date.rest, format);
  if (clock === null) return null;
  const offsetMinutes = readOffset(clock.rest);
  if (clock.rest !== '' && offsetMinutes === null) return null;
  return { wallMs: midnightMs + clock.ms, hasTimeOfDay: true, offsetMinutes };
}

interface DatePart {
  readonly days: number;
  readonly rest: string;
}

function readDate(text: string, format: TimeFormat): DatePart | null {
  switch (format) {
    case 'ymd':
      return dateOf(YEAR_FIRST.exec(text), text, [1, 2, 3]);
    case 'dmy':
    case 'mdy':
      // Four digits in front can only be a year, whatever order the rest of the column has.
      if (FOUR_DIGIT_YEAR_FIRST.test(text)) return dateOf(YEAR_FIRST.exec(text), text, [1, 2, 3]);
      return dateOf(YEAR_LAST.exec(text), text, format === 'dmy' ? [3, 2, 1] : [3, 1, 2]);
    case 'compact':
      return dateOf(COMPACT.exec(text), text, [1, 2, 3]);
    case 'named':
      return readNamed(text.replace(WEEKDAY, ''));
    default:
      return null;
  }
}

function readNamed(text: string): DatePart | null {
  return (
    dateOf(DAY_MONTH_YEAR.exec(text), text, [3, 2, 1]) ??
    dateOf(MONTH_DAY_YEAR.exec(text), text, [3, 1, 2]) ??
    dateOf(YEAR_MONTH_DAY.exec(text), text, [1, 2, 3])
  );
}

/** The date in the groups of a match, given as the places of year, month and day. */
function dateOf(
  match: RegExpExecArray | null,
  text: string,
  places: readonly [number, number, number],
): DatePart | null {
  if (match === null) return null;
  const [year = '', month = '', day = ''] = places.map((place) => match[place] ?? '');
  const days = daysFromCivil(fullYear(Number(year), year.length), monthNumber(month), Number(day));
  return Number.isNaN(days) ? null : { days, rest: text.slice(match[0].length) };
}

function monthNumber(text: string): number {
  return /^\d/.test(text) ? Number(text) : MONTHS.indexOf(text.slice(0, 3).toLowerCase()) + 1;
}

interface ClockPart {
  readonly ms: number;
  readonly rest: string;
}

function readClock(text: string, format: TimeFormat): ClockPart | null {
  const compact = format === 'compact' ? COMPACT_CLOCK.exec(text) : null;
  if (compact !== null) {
    const ms = timeOfDayMs(Number(compact[1]), Number(compact[2]), Number(compact[3] ?? 0)) + fractionMs(compact[4]);
    return Number.isNaN(ms) ? null : { ms, rest: text.slice(compact[0].length) };
  }
  const match = CLOCK.exec(text) ?? HOUR_ONLY.exec(text);
  if (match === null) return null;
  const [all, before, hourText, minute, second, fraction, behind] = match;
  const hour = hourOf(Number(hourText), before ?? '', behind ?? '');
  const ms = timeOfDayMs(hour, Number(minute || 0), Number(second || 0)) + fractionMs(fraction);
  return Number.isNaN(ms) ? null : { ms, rest: text.slice(all.length) };
}

/** The hour of the day from a clock of twelve or twenty-four hours; NaN when they contradict. */
function hourOf(hour: number, before: string, behind: string): number {
  const late = /^(下午|晚上|pm?)$/i.test(before) || /^p$/i.test(behind);
  const early = /^(上午|凌晨|早上|am?)$/i.test(before) || /^a$/i.test(behind);
  if (before === '中午') return hour < 3 ? hour + 12 : hour;
  if (late) return hour < 12 ? hour + 12 : hour;
  if (!early) return hour;
  return hour === 12 ? 0 : hour > 12 ? Number.NaN : hour;
}

function fractionMs(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(digits.padEnd(3, '0').slice(0, 3));
}

/** Minutes east of UTC; null when there is no offset. */
function readOffset(text: string): number | null {
  const match = ZONE.exec(text);
  if (match === null) return null;
  if (match[1] !== undefined) return 0;
  const hours = Number(match[3]);
  const minutes = Number(match[4] ?? 0);
  if (hours > 14 || minutes > 59) return null;
  return (match[2] === '-' ? -1 : 1) * (hours * 60 + minutes);
}
