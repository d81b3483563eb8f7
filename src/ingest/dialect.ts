import { DELIMITERS, NUMBER_FORMATS, type Delimiter, type TimeFormat } from './file-preview';
import type { RecordView } from './readers/record';
import { usualCellCount, scanSample, type SampleTable } from './sample-table';
import { READ, isGap, valueEnd, valueStart } from './values/cell';
import { NumberReader } from './values/numbers';
import { TimeReader } from './values/times';

const SNIFFED_BYTES = 64 << 10;
const SNIFFED_RECORDS = 200;
/** Formats that show in a single cell; counts and serials look like any number. */
const PLAIN_TIME_FORMATS: readonly TimeFormat[] = ['ymd', 'dmy', 'mdy', 'compact', 'named'];
/** A cell that holds one of these may hold two cells of another dialect. */
const DIVIDERS = new Set([',', ';', '|', '\t', '"'].map((mark) => mark.charCodeAt(0)));
const STEADY_SHARE = 0.9;
/** The first row is the header of the file, so a delimiter that does not fit it is unlikely. */
const HEADER_MISFIT = 0.5;

interface DelimiterFit {
  readonly delimiter: Delimiter;
  readonly cells: number;
  /** Share of the records that have the usual number of cells, 0..1. */
  readonly steadiness: number;
  readonly score: number;
}

/**
 * The delimiter under which the rows have alike many cells and the cells are values: numbers, times,
 * gaps or text without any divider in it. A comma when nothing divides the rows.
 *
 * @source after G. van den Burg, A. Nazábal, C. Sutton, "Wrangling messy CSV files by detecting row
 * and type patterns" (2019): pattern score x type score, here with the share of usual rows as the pattern
 */
export function sniffDelimiter(text: Uint8Array, whole: boolean): Delimiter {
  const complete = whole && text.length <= SNIFFED_BYTES;
  const fits = DELIMITERS.map((delimiter) => fitDelimiter(text.subarray(0, SNIFFED_BYTES), delimiter, complete));
  const tab = fits.find((fit) => fit.delimiter === '\t');
  const byTabs = tab !== undefined && tab.cells > 1 && tab.steadiness >= STEADY_SHARE;
  // Runs of blanks part at tabs as well, and at the blanks inside the cells besides.
  const eligible = fits.filter((fit) => fit.delimiter !== 'whitespace' || !byTabs);
  return eligible.reduce((best, fit) => (fit.score > best.score ? fit : best)).delimiter;
}

function fitDelimiter(text: Uint8Array, delimiter: Delimiter, whole: boolean): DelimiterFit {
  const counts = new Map<number, number>();
  const values = new Map<number, number>();
  let records = 0;
  let firstCells = 0;
  scanSample(text, delimiter, whole, (record) => {
    if (record.unclosedQuote || records === SNIFFED_RECORDS) return;
    if (records === 0) firstCells = record.count;
    records++;
    counts.set(record.count, (counts.get(record.count) ?? 0) + 1);
    values.set(record.count, (values.get(record.count) ?? 0) + countValues(record));
  });
  const cells = usualCellCount(counts);
  const usual = counts.get(cells) ?? 0;
  if (records === 0 || cells < 2) return { delimiter, cells, steadiness: 0, score: 0 };
  const steadiness = usual / records;
  const valueShare = (values.get(cells) ?? 0) / (usual * cells);
  const headerFit = firstCells === cells ? 1 : HEADER_MISFIT;
  return { delimiter, cells, steadiness, score: steadiness * ((cells - 1) / cells) * valueShare * headerFit };
}

const numberReaders = NUMBER_FORMATS.map((format) => new NumberReader(format));
const timeReaders = PLAIN_TIME_FORMATS.map((format) => new TimeReader(format, 0));

function countValues({ bytes, starts, ends, count }: RecordView): number {
  let values = 0;
  for (let cell = 0; cell < count; cell++) {
    const start = starts[cell] ?? 0;
    const end = ends[cell] ?? 0;
    const from = valueStart(bytes, start, end);
    const to = valueEnd(bytes, start, from, end);
    if (isGap(bytes, from, to) || isUndivided(bytes, from, to) || isNumberOrTime(bytes, from, to)) values++;
  }
  return values;
}

function isUndivided(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (DIVIDERS.has(bytes[i] ?? 0)) return false;
  return true;
}

/** True when the import's own readers take the cell for a number or a written time. */
function isNumberOrTime(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    numberReaders.some((reader) => reader.read(bytes, start, end) === READ) ||
    timeReaders.some((reader) => reader.read(bytes, start, end) === READ)
  );
}

const HEADER_ROWS = 300;
const TYPED_SHARE = 0.8;

/**
 * True when the first row names the columns. Where a column holds numbers or times below, its first
 * cell votes: one that reads as such itself is data. Without any such column the answer is
 * `whenUnclear`, though a row is no header when one of its cells comes again below it.
 */
export function sniffHeader(table: SampleTable, whenUnclear: boolean): boolean {
  const rows = Math.min(table.rowCount, HEADER_ROWS);
  let votes = 0;
  let voters = 0;
  for (let column = 0; column < table.columnCount; column++) {
    if (typedShare(table, column, 1, rows) < TYPED_SHARE || isGapAt(table, 0, column)) continue;
    voters++;
    votes += isTypedAt(table, 0, column) ? -1 : 1;
  }
  if (voters > 0) return votes > 0;
  return whenUnclear && rows > 0 && !comesAgain(table, rows) && (rows > 1 || !isAnyTyped(table));
}

/** True when some cell of the record is a number or a time, as none in a header is. */
export function holdsValues(record: readonly string[]): boolean {
  const encoder = new TextEncoder();
  return record.some((cell) => {
    const bytes = encoder.encode(cell);
    return isNumberOrTime(bytes, 0, bytes.length);
  });
}

function isAnyTyped(table: SampleTable): boolean {
  return Array.from({ length: table.columnCount }, (_, column) => column).some((column) => isTypedAt(table, 0, column));
}

function typedShare(table: SampleTable, column: number, from: number, to: number): number {
  let typed = 0;
  let filled = 0;
  for (let row = from; row < to; row++) {
    if (isGapAt(table, row, column)) continue;
    filled++;
    if (isTypedAt(table, row, column)) typed++;
  }
  return filled === 0 ? 0 : typed / filled;
}

function comesAgain(table: SampleTable, rows: number): boolean {
  for (let column = 0; column < table.columnCount; column++) {
    if (isGapAt(table, 0, column)) continue;
    const first = table.text(0, column);
    for (let row = 1; row < rows; row++) if (table.text(row, column) === first) return true;
  }
  return false;
}

function isTypedAt(table: SampleTable, row: number, column: number): boolean {
  const cell = row * table.columnCount + column;
  return isNumberOrTime(table.bytes, table.starts[cell] ?? 0, table.ends[cell] ?? 0);
}

function isGapAt(table: SampleTable, row: number, column: number): boolean {
  const cell = row * table.columnCount + column;
  return isGap(table.bytes, table.starts[cell] ?? 0, table.ends[cell] ?? 0);
}

/**
 * The names of the columns: as written where there is a name, `#3` where there is none, and
 * `name (2)` where one came before. Names differ even when only their case does not.
 */
export function nameColumns(header: readonly string[], columnCount: number): readonly string[] {
  const taken = new Set<string>();
  return Array.from({ length: columnCount }, (_, index) => {
    const written = header[index]?.trim() ?? '';
    const base = written === '' ? `#${index + 1}` : written;
    let name = base;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base} (${number})`;
    taken.add(name.toLowerCase());
    return name;
  });
}
