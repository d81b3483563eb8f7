import { NUMBER_FORMATS, type ColumnType, type Delimiter, type NumberFormat } from './file-preview';
import type { SampleTable } from './sample-table';
import { profileTimes, type CellRun, type CountTrust, type TimeProfile } from './time-profile';
import { READ, isGap } from './values/cell';
import { NumberReader } from './values/numbers';

/** What the cells of a sampled column look like. Shares are of the filled cells, 0..1. */
export interface ColumnProfile {
  readonly index: number;
  readonly type: ColumnType;
  /** Share of the filled cells that read as `type`. */
  readonly parsedShare: number;
  readonly filled: number;
  readonly gaps: number;
  readonly distinct: number;
  readonly examples: readonly string[];
  /** The best reading as a time, also where the column is none by its type; null when there is none. */
  readonly time: TimeProfile | null;
  /** Null when fewer than half of the cells are numbers. */
  readonly numberFormat: NumberFormat | null;
  readonly numberShare: number;
  /** Share of the cells that are numbers with decimals. */
  readonly fractionShare: number;
  readonly meanAbsolute: number;
  /** Share of the different values that are codes: ASCII without blanks, at least one digit. */
  readonly codeShare: number;
}

const TYPE_SHARE = 0.8;
const CANDIDATE_SHARE = 0.5;
const EXAMPLES = 5;
/** Digits that a double holds without loss; longer ones are ids, whatever they look like. */
const EXACT_DIGITS = 15;
/** Ids are padded with zeros, quantities hardly ever. */
const PADDED_SHARE = 0.005;
const CODE = /^(?=.*\d)[\w@.#+*-]+$/;
const DIGITS = /^\d+$/;

/**
 * Profiles every column from the given row on.
 *
 * @param trustOf whether numbers of the column may be counted times, by its header
 */
export function profileColumns(
  table: SampleTable,
  firstRow: number,
  delimiter: Delimiter,
  trustOf: (column: number) => CountTrust,
): readonly ColumnProfile[] {
  const columns = Array.from({ length: table.columnCount }, (_, column) => filledCells(table, firstRow, column));
  const numbers = columns.map((cells) => NUMBER_FORMATS.map((format) => readNumbers(cells, format)));
  const usual = usualNumberFormat(numbers, delimiter);
  const timed = withUnnamedTimes(columns, trustOf);
  return columns.map((cells, index) => {
    const [point, comma] = numbers[index] ?? [];
    const best =
      (point?.read ?? 0) === (comma?.read ?? 0) ? usual : (point?.read ?? 0) > (comma?.read ?? 0) ? 'point' : 'comma';
    const reading = (best === 'point' ? point : comma) ?? NO_NUMBERS;
    return describe(table, firstRow, index, cells, reading, best, timed[index] ?? null);
  });
}

/** A column without a name is believed to hold counted times only when nothing else holds times. */
function withUnnamedTimes(
  columns: readonly CellRun[],
  trustOf: (column: number) => CountTrust,
): (TimeProfile | null)[] {
  const sure = columns.map((cells, column) => {
    const trust = trustOf(column);
    return profileTimes(cells, trust === 'unnamed' ? 'none' : trust);
  });
  if (sure.some((time) => time !== null && time.share >= TYPE_SHARE)) return sure;
  return sure.map((time, column) => {
    const cells = columns[column];
    return time === null && cells !== undefined && trustOf(column) === 'unnamed'
      ? profileTimes(cells, 'unnamed')
      : time;
  });
}

function filledCells(table: SampleTable, firstRow: number, column: number): CellRun {
  const starts = new Int32Array(Math.max(0, table.rowCount - firstRow));
  const ends = new Int32Array(starts.length);
  let filled = 0;
  for (let row = firstRow; row < table.rowCount; row++) {
    const cell = row * table.columnCount + column;
    const start = table.starts[cell] ?? 0;
    const end = table.ends[cell] ?? 0;
    if (isGap(table.bytes, start, end)) continue;
    starts[filled] = start;
    ends[filled] = end;
    filled++;
  }
  return { bytes: table.bytes, starts: starts.subarray(0, filled), ends: ends.subarray(0, filled) };
}

interface NumberReading {
  readonly read: number;
  readonly fractions: number;
  readonly sumAbsolute: number;
}

const NO_NUMBERS: NumberReading = { read: 0, fractions: 0, sumAbsolute: 0 };

function readNumbers(cells: CellRun, format: NumberFormat): NumberReading {
  const reader = new NumberReader(format);
  let read = 0;
  let fractions = 0;
  let sumAbsolute = 0;
  for (let i = 0; i < cells.starts.length; i++) {
    if (reader.read(cells.bytes, cells.starts[i] ?? 0, cells.ends[i] ?? 0) !== READ) continue;
    read++;
    if (reader.scale > 0) fractions++;
    sumAbsolute += Math.abs(reader.mantissa) / 10 ** reader.scale;
  }
  return { read, fractions, sumAbsolute };
}

/**
 * The format for columns that read alike in both (1,234 does): the one that other columns of the file
 * prove, else a comma where semicolons part the cells, as they do where commas mark decimals.
 */
function usualNumberFormat(numbers: readonly (readonly NumberReading[])[], delimiter: Delimiter): NumberFormat {
  const proves = (ours: number, theirs: number): boolean =>
    numbers.some((readings) => (readings[ours]?.read ?? 0) > (readings[theirs]?.read ?? 0));
  const point = proves(0, 1);
  const comma = proves(1, 0);
  if (point !== comma) return point ? 'point' : 'comma';
  return delimiter === ';' ? 'comma' : 'point';
}

function describe(
  table: SampleTable,
  firstRow: number,
  index: number,
  cells: CellRun,
  numbers: NumberReading,
  numberFormat: NumberFormat,
  time: TimeProfile | null,
): ColumnProfile {
  const filled = cells.starts.length;
  const values = distinctValues(cells);
  const numberShare = filled === 0 ? 0 : numbers.read / filled;
  const isTime = time !== null && time.share >= TYPE_SHARE;
  const isNumber = numberShare >= TYPE_SHARE && !looksLikeIds(values);
  const type: ColumnType = filled === 0 ? 'empty' : isTime ? 'time' : isNumber ? 'number' : 'text';
  return {
    index,
    type,
    parsedShare: type === 'time' && time !== null ? time.share : type === 'number' ? numberShare : filled === 0 ? 0 : 1,
    filled,
    gaps: table.rowCount - firstRow - filled,
    distinct: values.size,
    examples: [...values].slice(0, EXAMPLES),
    time,
    numberFormat: numberShare >= CANDIDATE_SHARE ? numberFormat : null,
    numberShare,
    fractionShare: filled === 0 ? 0 : numbers.fractions / filled,
    meanAbsolute: numbers.read === 0 ? 0 : numbers.sumAbsolute / numbers.read,
    codeShare: values.size === 0 ? 0 : countOf(values, (value) => CODE.test(value)) / values.size,
  };
}

function distinctValues(cells: CellRun): ReadonlySet<string> {
  const decoder = new TextDecoder();
  const values = new Set<string>();
  for (let i = 0; i < cells.starts.length; i++) {
    values.add(decoder.decode(cells.bytes.subarray(cells.starts[i], cells.ends[i])));
  }
  return values;
}

/** True for whole numbers that are padded with zeros or have more digits than a number can hold. */
function looksLikeIds(values: ReadonlySet<string>): boolean {
  const odd = countOf(values, (value) => {
    return DIGITS.test(value) && (value.length > EXACT_DIGITS || (value.length > 1 && value.startsWith('0')));
  });
  return odd > PADDED_SHARE * values.size;
}

function countOf(values: Iterable<string>, test: (value: string) => boolean): number {
  let count = 0;
  for (const value of values) if (test(value)) count++;
  return count;
}
