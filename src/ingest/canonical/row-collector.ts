import { AppError } from '../../core/errors';
import { LINE_LABELS } from '../../db/schema';
import type { CodedColumn } from '../columns/coded-column';
import type { DecimalColumn } from '../columns/decimal-column';
import { isExcerptReason } from '../excerpt/excerpt';
import type { RowCutter } from '../excerpt/row-cutter';
import { LEFT_OUT_REASONS, type FileMapping, type LeftOutReason } from '../file-preview';
import { padRecord, type RecordView } from '../readers/record';
import { GAP, READ, isGap, isPlainValue, trimStart, valueEnd, valueStart } from '../values/cell';
import type { Decimal } from '../values/decimal-math';
import { TimeReader } from '../values/times';
import { LeftOutLog } from './left-out-log';
import { AmountReader } from './amount-reader';
import { isCancelMark } from './cancel-marks';
import { LineColumns } from './line-columns';
import { columnOf } from './roles';
import { BATCH_ROWS } from './table-batches';

/** Reads records into lines by the mapping, and notes those that cannot be used. */
export class RowCollector {
  /** The usable rows, to be taken away when they are full. */
  readonly lines: LineColumns;
  readonly leftOut = new LeftOutLog<LeftOutReason>(LEFT_OUT_REASONS);
  readonly #cutter: RowCutter | null;
  readonly #cells: number;
  /** A row without all of these cells has no time or no money. */
  readonly #neededCells: number;
  readonly #timeColumn: number;
  readonly #customerColumn: number;
  readonly #orderColumn: number;
  readonly #productColumn: number;
  readonly #labelColumns: readonly number[];
  readonly #timeReader: TimeReader;
  readonly #amountReader: AmountReader;
  readonly #cellText = new CellText();
  /** The cell that the record at hand is left out for. */
  #offendingCell = -1;
  #rowsRead = 0;
  #rowsUsed = 0;
  #rowsWithoutCustomer = 0;
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  /**
   * `cutter` leaves usable rows out by choice. Throws `mapping-incomplete` when the customer, the time or
   * the amount has no column.
   */
  constructor(mapping: FileMapping, cutter: RowCutter | null = null) {
    this.#cutter = cutter;
    this.#cells = mapping.columns.length;
    this.#timeColumn = columnOf(mapping, 'orderedAt');
    this.#customerColumn = columnOf(mapping, 'customerId');
    this.#orderColumn = columnOf(mapping, 'orderId');
    this.#productColumn = columnOf(mapping, 'productId');
    if (this.#customerColumn < 0) throw new AppError('mapping-incomplete', { missing: 'customer' });
    if (this.#timeColumn < 0) throw new AppError('mapping-incomplete', { missing: 'time' });
    this.#timeReader = new TimeReader(
      mapping.columns[this.#timeColumn]?.timeFormat ?? 'ymd',
      mapping.zoneOffsetMinutes,
    );
    this.#amountReader = new AmountReader(mapping);
    this.#neededCells = 1 + Math.max(this.#timeColumn, this.#amountReader.lastNeededCell);
    const labels = LINE_LABELS.filter((label) => columnOf(mapping, label) >= 0);
    this.#labelColumns = labels.map((label) => columnOf(mapping, label));
    const parts = {
      hasOrderId: this.#orderColumn >= 0,
      hasProduct: this.#productColumn >= 0,
      hasQuantity: this.#amountReader.hasQuantity,
      labels,
    };
    this.lines = new LineColumns(parts, BATCH_ROWS);
  }

  get rowsRead(): number {
    return this.#rowsRead;
  }

  get rowsUsed(): number {
    return this.#rowsUsed;
  }

  get rowsWithoutCustomer(): number {
    return this.#rowsWithoutCustomer;
  }

  /** The earliest time of a usable row, wall-clock epoch milliseconds. */
  get firstMs(): number {
    return this.#firstMs;
  }

  get lastMs(): number {
    return this.#lastMs;
  }

  /** Takes one record of data (not the header); the lines must not be full. */
  take(record: RecordView): void {
    this.#rowsRead++;
    this.#offendingCell = -1;
    const reason = this.#read(record);
    if (reason === null) this.#keep(record);
    else if (isExcerptReason(reason)) this.leftOut.count(reason);
    else this.leftOut.add(record, reason, this.#offendingCell);
  }

  /** Reads the record's time and money; why it cannot be used, or null once its money is in the column. */
  #read(record: RecordView): LeftOutReason | null {
    if (record.unclosedQuote) return 'unclosed-quote';
    if (record.count !== this.#cells) {
      const reason = this.#checkCount(record);
      if (reason !== null) return reason;
    }
    const amounts = this.#amountReader;
    const time = this.#timeColumn;
    const state = this.#timeReader.read(record.bytes, record.starts[time] as number, record.ends[time] as number);
    if (state !== READ) return this.#blame(time, state === GAP ? 'no-time' : 'bad-time');
    const reason = amounts.read(record);
    if (reason !== null) return this.#blame(amounts.offendingCell, reason);
    const cut = this.#cutter?.reasonFor(record, this.#timeReader.wallMs) ?? null;
    if (cut !== null) return cut;
    return this.lines.amounts.push(amounts.amount) ? null : this.#blame(amounts.amountCell, 'bad-amount');
  }

  #blame(cell: number, reason: LeftOutReason): LeftOutReason {
    this.#offendingCell = cell;
    return reason;
  }

  #keep(record: RecordView): void {
    const { lines } = this;
    this.#rowsUsed++;
    if (lines.quantities !== null) keepQuantity(lines.quantities, this.#amountReader.quantity);
    const { wallMs } = this.#timeReader;
    if (wallMs < this.#firstMs) this.#firstMs = wallMs;
    if (wallMs > this.#lastMs) this.#lastMs = wallMs;
    if (!this.#keepText(lines.accounts, record, this.#customerColumn)) this.#rowsWithoutCustomer++;
    if (lines.products !== null) this.#keepText(lines.products, record, this.#productColumn);
    for (let i = 0; i < lines.labels.length; i++) {
      this.#keepText((lines.labels[i] as { column: CodedColumn }).column, record, this.#labelColumns[i] as number);
    }
    const isMarked =
      lines.orders !== null &&
      this.#keepText(lines.orders, record, this.#orderColumn) &&
      isCancelMark(record.bytes, this.#cellText.start, this.#cellText.end);
    lines.endLine(wallMs, this.#rowsRead, isMarked);
  }

  /** Appends a cell to the column; false for a gap. */
  #keepText(column: CodedColumn, record: RecordView, cell: number): boolean {
    const text = this.#cellText;
    const isText = text.read(record, cell);
    if (isText) column.push(record.bytes, text.start, text.end);
    else column.pushNone();
    return isText;
  }

  /** Too few cells for a time and money, or too many; others may be missing at the end, or be there and empty. */
  #checkCount(record: RecordView): LeftOutReason | null {
    if (record.count < this.#neededCells) return 'too-few-cells';
    if (record.count < this.#cells) padRecord(record, this.#cells);
    for (let cell = this.#cells; cell < record.count; cell++) {
      const end = record.ends[cell] as number;
      if (trimStart(record.bytes, record.starts[cell] as number, end) < end) return this.#blame(cell, 'too-many-cells');
    }
    return null;
  }
}

function keepQuantity(column: DecimalColumn, quantity: Decimal | null): void {
  // A quantity past 2^53 beside decimals is no reason to lose a row whose money is known.
  if (quantity === null || !column.push(quantity)) column.pushNone();
}

/** Where the text of a cell lies, without the blanks and guards around it. */
class CellText {
  start = 0;
  end = 0;

  /** False for a gap. */
  read({ bytes, starts, ends }: RecordView, cell: number): boolean {
    const cellStart = starts[cell] as number;
    const cellEnd = ends[cell] as number;
    if (isPlainValue(bytes, cellStart, cellEnd)) {
      this.start = cellStart;
      this.end = cellEnd;
      return true;
    }
    this.start = valueStart(bytes, cellStart, cellEnd);
    this.end = valueEnd(bytes, cellStart, this.start, cellEnd);
    return !isGap(bytes, this.start, this.end);
  }
}
