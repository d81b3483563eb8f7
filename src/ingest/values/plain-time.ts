import { DAY_MS } from '../../core/dates';
import { daysFromCivil, fullYear, timeOfDayMs } from './calendar';

const ZERO = 0x30;
const DASH = 0x2d;
const SLASH = 0x2f;
const POINT = 0x2e;
const BLANK = 0x20;
const COLON = 0x3a;
const T = 0x54;
const Z = 0x5a;
/** Makes any year it is part of negative. A whole number, because NaN would make all of them doubles. */
const NO_PAIR = -10_000;

/**
 * The forms that nearly all files use, read from their bytes without making a string: numbers with
 * one kind of separator, and bare digits. Anything else is left to the slower reader of text.
 */
export class PlainTimeReader {
  /** Epoch milliseconds of the written clock. */
  writtenMs = 0;
  hasTimeOfDay = false;
  /** True for a trailing Z: the written clock is UTC. */
  isUtc = false;
  readonly #parts = new Int32Array(6);
  readonly #lengths = new Int32Array(6);

  /**
   * Reads 2024-01-03, 3/1/2024 8:05, 2024.1.3T08:05:00Z and the like; `year`, `month` and `day` say
   * which part is which. False when the cell is not of this form or not in the calendar.
   */
  readParted(bytes: Uint8Array, start: number, end: number, year: number, month: number, day: number): boolean {
    const parts = this.#parts;
    const lengths = this.#lengths;
    let count = 0;
    let value = 0;
    let length = 0;
    let dateMark = 0;
    this.isUtc = bytes[end - 1] === Z;
    const stop = this.isUtc ? end - 1 : end;
    for (let at = start; at < stop; at++) {
      const byte = bytes[at] as number;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        if (++length > 4) return false;
        continue;
      }
      if (length === 0 || count === 5) return false;
      if (count === 0) {
        if (byte !== DASH && byte !== SLASH && byte !== POINT) return false;
        dateMark = byte;
      } else if (count === 1 ? byte !== dateMark : count === 2 ? byte !== BLANK && byte !== T : byte !== COLON) {
        return false;
      }
      parts[count] = value;
      lengths[count++] = length;
      value = 0;
      length = 0;
    }
    if (length === 0 || (count !== 2 && count !== 4 && count !== 5)) return false;
    parts[count] = value;
    lengths[count] = length;
    const yearLength = lengths[year] as number;
    if ((yearLength !== 4 && yearLength !== 2) || (lengths[month] as number) > 2 || (lengths[day] as number) > 2)
      return false;
    const days = daysFromCivil(
      fullYear(parts[year] as number, yearLength),
      parts[month] as number,
      parts[day] as number,
    );
    return this.#keep(days, count > 2, parts[3] as number, parts[4] as number, count === 5 ? (parts[5] as number) : 0);
  }

  /** Reads 2024-01-03 08:05:00, what most programs write: readParted with every digit in its place. */
  readFull(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start !== 19) return false;
    const dateMark = bytes[start + 4];
    const timeMark = bytes[start + 10];
    if (
      (dateMark !== DASH && dateMark !== SLASH) ||
      bytes[start + 7] !== dateMark ||
      (timeMark !== BLANK && timeMark !== T) ||
      bytes[start + 13] !== COLON ||
      bytes[start + 16] !== COLON
    ) {
      return false;
    }
    const days = daysFromCivil(
      pairAt(bytes, start) * 100 + pairAt(bytes, start + 2),
      pairAt(bytes, start + 5),
      pairAt(bytes, start + 8),
    );
    this.isUtc = false;
    return this.#keep(days, true, pairAt(bytes, start + 11), pairAt(bytes, start + 14), pairAt(bytes, start + 17));
  }

  /** Reads 20240103, 202401030805 and 20240103080500. */
  readDigits(bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (length !== 8 && length !== 12 && length !== 14) return false;
    const days = daysFromCivil(
      pairAt(bytes, start) * 100 + pairAt(bytes, start + 2),
      pairAt(bytes, start + 4),
      pairAt(bytes, start + 6),
    );
    this.isUtc = false;
    if (length === 8) return this.#keep(days, false, 0, 0, 0);
    const second = length === 14 ? pairAt(bytes, start + 12) : 0;
    return this.#keep(days, true, pairAt(bytes, start + 8), pairAt(bytes, start + 10), second);
  }

  #keep(days: number, hasTimeOfDay: boolean, hour: number, minute: number, second: number): boolean {
    const writtenMs = days * DAY_MS + (hasTimeOfDay ? timeOfDayMs(hour, minute, second) : 0);
    if (Number.isNaN(writtenMs)) return false;
    this.writtenMs = writtenMs;
    this.hasTimeOfDay = hasTimeOfDay;
    return true;
  }
}

/** The value of digits with at most one point; NaN for anything else. */
export function plainNumberAt(bytes: Uint8Array, start: number, end: number): number {
  let mantissa = 0;
  let divisor = 1;
  let hasPoint = false;
  if (start >= end) return Number.NaN;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      if (hasPoint) divisor *= 10;
    } else if (bytes[at] === POINT && !hasPoint) {
      hasPoint = true;
    } else {
      return Number.NaN;
    }
  }
  return mantissa / divisor;
}

/** The number of two digits; far below zero when one of them is none. */
function pairAt(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - ZERO;
  const ones = (bytes[at + 1] as number) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NO_PAIR;
}
