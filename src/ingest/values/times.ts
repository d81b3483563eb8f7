import { DAY_MS, startOfDay } from '../../core/dates';
import type { TimeFormat } from '../file-preview';
import { isInRange } from './calendar';
import { BAD, GAP, READ, isGap, valueEnd, valueStart, type ReadState } from './cell';
import { PlainTimeReader, plainNumberAt } from './plain-time';
import { simplify } from './simplify';
import { readWrittenTime } from './written-time';

const MINUTE_MS = 60_000;
/** Day 0 of the serials of Excel's 1900 system, for days after its 29 February 1900 that never was. */
const EXCEL_EPOCH_DAYS = -25_569;
const FIRST_EXCEL_SERIAL = 61;
/** Before it lie the epochs that are read in the wrong unit: seconds as milliseconds are in January 1970. */
const FIRST_EPOCH_MS = startOfDay('1971-01-01');

/**
 * Reads times from the bytes of a cell in one of the TIME_FORMATS. Times that carry an offset, and
 * epochs, become the wall clock of the dataset's zone; others are taken as that wall clock. Days that
 * are not in the calendar and years outside 1900..2199 are bad, and so are epochs before 1971.
 */
export class TimeReader {
  /** Wall-clock epoch milliseconds; finer parts are cut off. */
  wallMs = 0;
  /** True when the cell had a time of day, even midnight. */
  hasTimeOfDay = false;
  readonly #format: TimeFormat;
  readonly #zoneOffsetMs: number;
  readonly #plain = new PlainTimeReader();

  constructor(format: TimeFormat, zoneOffsetMinutes: number) {
    this.#format = format;
    this.#zoneOffsetMs = zoneOffsetMinutes * MINUTE_MS;
  }

  /** Reads bytes[start..end). The fields hold the value when the answer is READ. */
  read(bytes: Uint8Array, start: number, end: number): ReadState {
    if (this.#readPlain(bytes, start, end)) return READ;
    const from = valueStart(bytes, start, end);
    const to = valueEnd(bytes, start, from, end);
    if (isGap(bytes, from, to)) return GAP;
    if ((from > start || to < end) && this.#readPlain(bytes, from, to)) return READ;
    return this.#readText(simplify(bytes, from, to)) ? READ : BAD;
  }

  #readPlain(bytes: Uint8Array, start: number, end: number): boolean {
    const plain = this.#plain;
    switch (this.#format) {
      case 'ymd':
        return (plain.readFull(bytes, start, end) || plain.readParted(bytes, start, end, 0, 1, 2)) && this.#keepPlain();
      case 'dmy':
        return plain.readParted(bytes, start, end, 2, 1, 0) && this.#keepPlain();
      case 'mdy':
        return plain.readParted(bytes, start, end, 2, 0, 1) && this.#keepPlain();
      case 'compact':
        return plain.readDigits(bytes, start, end) && this.#keepPlain();
      case 'named':
        return false;
      default:
        return this.#keepNumber(plainNumberAt(bytes, start, end));
    }
  }

  #keepPlain(): boolean {
    const { writtenMs, hasTimeOfDay, isUtc } = this.#plain;
    return this.#keep(isUtc ? writtenMs + this.#zoneOffsetMs : writtenMs, hasTimeOfDay);
  }

  #keepNumber(value: number): boolean {
    switch (this.#format) {
      case 'epochS':
        return this.#keepEpoch(Math.floor(value * 1000));
      case 'epochMs':
        return this.#keepEpoch(Math.floor(value));
      case 'excel':
        if (value < FIRST_EXCEL_SERIAL) return false;
        return this.#keep(Math.round((value + EXCEL_EPOCH_DAYS) * DAY_MS), !Number.isInteger(value));
      default:
        return false;
    }
  }

  #keepEpoch(utcMs: number): boolean {
    return utcMs >= FIRST_EPOCH_MS && this.#keep(utcMs + this.#zoneOffsetMs, true);
  }

  #readText(text: string): boolean {
    if (/^\d+(\.\d*)?$/.test(text) && this.#keepNumber(Number(text))) return true;
    const time = readWrittenTime(text, this.#format);
    if (time === null) return false;
    const offsetMs = time.offsetMinutes === null ? 0 : this.#zoneOffsetMs - time.offsetMinutes * MINUTE_MS;
    return this.#keep(time.wallMs + offsetMs, time.hasTimeOfDay);
  }

  #keep(wallMs: number, hasTimeOfDay: boolean): boolean {
    if (!isInRange(wallMs)) return false;
    this.wallMs = wallMs;
    this.hasTimeOfDay = hasTimeOfDay;
    return true;
  }
}
