import type { Delimiter, TopLine } from './file-preview';
import { cellValue, rawText, type RecordView } from './readers/record';
import type { TextSample } from './readers/sample';
import { SampleTable, scanSample, usualCellCount } from './sample-table';
import { trimStart } from './values/cell';

/** The rows of a sample: the first ones as text, and those of the usual width for profiling. */
export interface SampleRows {
  readonly table: SampleTable;
  /** The first records of the file as cells, titles among them. */
  readonly topLines: readonly TopLine[];
  /** The first records behind the skipped lines as cells, whatever their number of cells; the header among them, if there is one. */
  readonly firstCells: readonly (readonly string[])[];
  /** Records in the skipped lines. */
  readonly recordsSkipped: number;
  /** Records behind the skipped lines and before the one that is row 0 of the table: of another width, or titles. */
  readonly recordsBefore: number;
  /** Physical lines before row 0 of the table. */
  readonly linesBefore: number;
  /** True when every record of the text is in the table or of another width. */
  readonly allInTable: boolean;
  /** Records of the head and the bytes they take, for extrapolating. */
  readonly headRecords: number;
  readonly headBytes: number;
}

const MOST_ROWS = 20_000;
/** Of these, so many are kept for each part from the middle and the end. */
const STRETCH_ROWS = 3_000;
/** One more than is shown, since the first may be the header. */
const FIRST_RECORDS = 51;
const WIDTH_BYTES = 256 << 10;
/** In narrower tables a single name or value beside a gap is nothing unusual. */
const LEAST_TITLED_CELLS = 3;

/** Records that a person looks through for the header. */
const TOP_LINES = 20;

/**
 * Reads the rows of a sample. The width is that of most records near the beginning.
 *
 * @param skipLines physical lines that a person has chosen to skip; what follows is taken as it is, titles or not
 */
export function readSampleRows(sample: TextSample, delimiter: Delimiter, skipLines: number | undefined): SampleRows {
  const skipped = skipLines ?? 0;
  const table = new SampleTable(usualWidth(sample, delimiter, skipped));
  const topLines: TopLine[] = [];
  const firstCells: string[][] = [];
  let recordsSkipped = 0;
  let records = 0;
  let recordsBefore = 0;
  let linesBefore = 0;
  const headRows = MOST_ROWS - STRETCH_ROWS * sample.stretches.length;
  const head = scanSample(sample.head, delimiter, sample.whole, (record) => {
    if (topLines.length < TOP_LINES) topLines.push({ line: record.line, cells: cellsOf(record) });
    if (record.line <= skipped) {
      recordsSkipped++;
      return;
    }
    if (firstCells.length < FIRST_RECORDS) firstCells.push(cellsOf(record));
    records++;
    if (!isUsual(record, table) || table.rowCount === headRows) return;
    if (table.rowCount === 0) {
      if (skipLines === undefined && isTitle(record)) return;
      recordsBefore = records - 1;
      linesBefore = record.line - 1;
    }
    table.add(record);
  });
  for (const stretch of sample.stretches) addSpread(table, stretch, delimiter);
  return {
    table,
    topLines,
    firstCells,
    recordsSkipped,
    recordsBefore,
    linesBefore,
    allInTable: table.rowCount < headRows,
    headRecords: head.records,
    headBytes: head.bytes,
  };
}

/** Adds rows spread evenly over the stretch, its last one among them. */
function addSpread(table: SampleTable, stretch: Uint8Array, delimiter: Delimiter): void {
  const { records } = scanSample(stretch, delimiter, false, () => undefined);
  const step = Math.max(1, Math.ceil(records / STRETCH_ROWS));
  let left = records;
  scanSample(stretch, delimiter, false, (record) => {
    left--;
    if (left % step === 0 && isUsual(record, table)) table.add(record);
  });
}

function usualWidth(sample: TextSample, delimiter: Delimiter, skipped: number): number {
  const counts = new Map<number, number>();
  const whole = sample.whole && sample.head.length <= WIDTH_BYTES;
  scanSample(sample.head.subarray(0, WIDTH_BYTES), delimiter, whole, (record) => {
    if (record.line > skipped && !record.unclosedQuote) counts.set(record.count, (counts.get(record.count) ?? 0) + 1);
  });
  return usualCellCount(counts);
}

function isUsual(record: RecordView, table: SampleTable): boolean {
  return !record.unclosedQuote && record.count === table.columnCount;
}

/** True for one filled cell in the row of a sheet, as a title merged over its columns is exported. */
function isTitle({ bytes, starts, ends, count }: RecordView): boolean {
  if (count < LEAST_TITLED_CELLS) return false;
  let filled = 0;
  for (let cell = 0; cell < count; cell++) {
    const end = ends[cell] ?? 0;
    if (trimStart(bytes, starts[cell] ?? 0, end) < end) filled++;
  }
  return filled === 1;
}

function cellsOf(record: RecordView): string[] {
  if (record.unclosedQuote) return [rawText(record)];
  return Array.from({ length: record.count }, (_, cell) => cellValue(record, cell));
}
