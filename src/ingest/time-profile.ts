import { DAY_MS, startOfDay } from '../core/dates';
import type { TimeFormat } from './file-preview';
import { READ } from './values/cell';
import { TimeReader } from './values/times';

/** The filled cells of one column, for reading them again in another format. */
export interface CellRun {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * Which numbers may be times. Counts and serials look like any other number, so they are believed
 * where the header speaks of a time (`hinted`), or, in a file without a header, as counts alone and
 * within few years (`unnamed`). Otherwise only digits that spell a day are (`none`), and not even
 * those under the name of an id (`id`): order numbers often begin with the day.
 */
export type CountTrust = 'hinted' | 'unnamed' | 'none' | 'id';

export interface TimeProfile {
  readonly format: TimeFormat;
  /** Share of the filled cells that read as a time in this format, 0..1. */
  readonly share: number;
  readonly orderUnclear: boolean;
  readonly hasZone: boolean;
  /** The first and the last time read, wall-clock epoch milliseconds. */
  readonly spanMs: readonly [first: number, last: number];
}

const WRITTEN: readonly TimeFormat[] = ['ymd', 'dmy', 'mdy', 'named'];
const DIGIT_FORMATS: Readonly<Record<CountTrust, readonly TimeFormat[]>> = {
  hinted: ['compact', 'epochS', 'epochMs', 'excel'],
  unnamed: ['compact', 'epochS', 'epochMs'],
  none: ['compact'],
  id: [],
};
const PROBED_CELLS = 200;
const PROBED_SHARE = 0.5;
/** Digits alone are a time only when nearly all of them make a plausible one. */
const DIGITS_SHARE = 0.95;
/** Formats that read nearly as many cells are weighed by what they make of them. */
const NEARLY = 0.98;
const PLAUSIBLE = [startOfDay('1990-01-01'), startOfDay('2101-01-01')] as const;
const UNNAMED_PLAUSIBLE = [startOfDay('2000-01-01'), startOfDay('2041-01-01')] as const;
const UNNAMED_SPAN_MS = 20 * 366 * DAY_MS;

interface Reading {
  readonly format: TimeFormat;
  readonly read: number;
  /** Sum of the read times, which is the same for formats that read every cell alike. */
  readonly sumMs: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly years: number;
  /** True when the days never turn back from one row to the next, or never forward. */
  readonly monotone: boolean;
}

/** The format in which the cells are most plausibly times; null when they are none. */
export function profileTimes(cells: CellRun, trust: CountTrust): TimeProfile | null {
  const count = cells.starts.length;
  if (count === 0) return null;
  const written = WRITTEN.filter((format) => probe(cells, format) >= PROBED_SHARE).map((format) => read(cells, format));
  const best = bestWritten(written);
  const digits = best === null ? bestDigits(cells, trust) : null;
  const reading = best?.reading ?? digits;
  if (reading === null) return null;
  const isWritten = WRITTEN.includes(reading.format) || reading.format === 'compact';
  return {
    format: reading.format,
    share: reading.read / count,
    orderUnclear: best?.orderUnclear ?? false,
    hasZone: isWritten && dependsOnZone(cells, reading.format),
    spanMs: [reading.firstMs, reading.lastMs],
  };
}

function bestWritten(readings: readonly Reading[]): { reading: Reading; orderUnclear: boolean } | null {
  const most = Math.max(0, ...readings.map((reading) => reading.read));
  if (most === 0) return null;
  const of = (format: TimeFormat): Reading | undefined =>
    readings.find((reading) => reading.format === format && reading.read >= NEARLY * most);
  const named = of('named');
  if (named !== undefined) return { reading: named, orderUnclear: false };
  const ymd = of('ymd');
  const yearLast = settleOrder(of('dmy'), of('mdy'));
  if (ymd === undefined) return yearLast;
  if (yearLast === null || ymd.sumMs === yearLast.reading.sumMs) return { reading: ymd, orderUnclear: false };
  // Of two readings of 01/09/21 the one that takes a day for a year finds many years.
  return ymd.years < yearLast.reading.years ? { reading: ymd, orderUnclear: false } : yearLast;
}

/** Day first or month first: by the values that only one of them can read, else by the order of the rows. */
function settleOrder(dmy: Reading | undefined, mdy: Reading | undefined) {
  if (dmy === undefined || mdy === undefined) {
    const only = dmy ?? mdy;
    return only === undefined ? null : { reading: only, orderUnclear: false };
  }
  if (dmy.read !== mdy.read) return { reading: dmy.read > mdy.read ? dmy : mdy, orderUnclear: false };
  if (dmy.monotone !== mdy.monotone) return { reading: dmy.monotone ? dmy : mdy, orderUnclear: false };
  return { reading: dmy, orderUnclear: true };
}

function bestDigits(cells: CellRun, trust: CountTrust): Reading | null {
  for (const format of DIGIT_FORMATS[trust]) {
    const isCount = format !== 'compact';
    const range = isCount && trust === 'unnamed' ? UNNAMED_PLAUSIBLE : PLAUSIBLE;
    if (probe(cells, format, range) < PROBED_SHARE) continue;
    const reading = read(cells, format, range);
    if (reading.read < DIGITS_SHARE * cells.starts.length) continue;
    if (isCount && trust === 'unnamed' && !isNarrow(reading)) continue;
    return reading;
  }
  return null;
}

/** Numbers of unknown meaning are taken as times when they differ and lie within two decades. */
function isNarrow(reading: Reading): boolean {
  const span = reading.lastMs - reading.firstMs;
  return span > 0 && span < UNNAMED_SPAN_MS;
}

/** Share of some cells, spread over all of them, that read in the format, 0..1. */
function probe(cells: CellRun, format: TimeFormat, range?: readonly [number, number]): number {
  const count = cells.starts.length;
  const step = Math.max(1, Math.floor(count / PROBED_CELLS));
  const reader = new TimeReader(format, 0);
  let probed = 0;
  let hits = 0;
  for (let i = 0; i < count; i += step) {
    probed++;
    if (reads(reader, cells, i, range)) hits++;
  }
  return hits / probed;
}

function read(cells: CellRun, format: TimeFormat, range?: readonly [number, number]): Reading {
  const reader = new TimeReader(format, 0);
  const years = new Set<number>();
  let count = 0;
  let sumMs = 0;
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  let lastDay = Number.NaN;
  let forward = 0;
  let back = 0;
  for (let i = 0; i < cells.starts.length; i++) {
    if (!reads(reader, cells, i, range)) continue;
    const { wallMs } = reader;
    const day = Math.floor(wallMs / DAY_MS);
    count++;
    sumMs += wallMs;
    firstMs = Math.min(firstMs, wallMs);
    lastMs = Math.max(lastMs, wallMs);
    years.add(new Date(wallMs).getUTCFullYear());
    if (day > lastDay) forward++;
    else if (day < lastDay) back++;
    lastDay = day;
  }
  const monotone = Math.min(forward, back) === 0 && forward + back > 1;
  return { format, read: count, sumMs, firstMs, lastMs, years: years.size, monotone };
}

function reads(reader: TimeReader, cells: CellRun, i: number, range?: readonly [number, number]): boolean {
  if (reader.read(cells.bytes, cells.starts[i] ?? 0, cells.ends[i] ?? 0) !== READ) return false;
  return range === undefined || (reader.wallMs >= range[0] && reader.wallMs < range[1]);
}

/** True when some cell reads differently in another zone, which is to say that it carries an offset. */
function dependsOnZone(cells: CellRun, format: TimeFormat): boolean {
  const here = new TimeReader(format, 0);
  const there = new TimeReader(format, 60);
  return cells.starts.some((_, i) => reads(here, cells, i) && reads(there, cells, i) && here.wallMs !== there.wallMs);
}
