import { AppError } from '../../core/errors';
import { LINE_LABELS, type LineLabel } from '../../db/schema';
import { CodedColumn } from '../columns/coded-column';
import { DecimalColumn } from '../columns/decimal-column';
import { GrowingFloat64, GrowingInt32 } from '../columns/growing';
import type { FileMapping, LeftOutReason } from '../file-preview';
import { padRecord, type RecordView } from '../readers/record';
import { GAP, READ, isGap, trimStart, valueEnd, valueStart } from '../values/cell';
import { TimeReader } from '../values/times';
import { LeftOutLog } from './left-out-log';
import { AmountReader } from './amount-reader';
import { columnOf } from './roles';

/** What the file holds, in its order: one entry a usable row in every column. */
export interface CollectedRows {
  readonly customers: CodedColumn;
  readonly orders: CodedColumn | null;
  readonly products: CodedColumn | null;
  readonly labels: readonly { readonly label: LineLabel; readonly column: CodedColumn }[];
  /** Wall-clock epoch milliseconds. */
  readonly times: GrowingFloat64;
  readonly amounts: DecimalColumn;
  readonly quantities: DecimalColumn | null;
  /** 1-based number of the record among those of the file, header and blank lines not counted. */
  readonly sourceRows: GrowingInt32;
  /** True when no row is earlier than the one before it. */
  readonly inTimeOrder: boolean;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Reads records into columns by the mapping, and notes those that cannot be used. */
export class RowCollector {
  readonly leftOut: LeftOutLog;
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
  readonly #customers = new CodedColumn();
  readonly #orders = new CodedColumn();
  readonly #products = new CodedColumn();
  readonly #labels: readonly { readonly label: LineLabel; readonly column: CodedColumn }[];
  readonly #times = new GrowingFloat64();
  readonly #amounts = new DecimalColumn();
  readonly #quantities = new DecimalColumn();
  readonly #sourceRows = new GrowingInt32();
  /** The cell that the record at hand is left out for. */
  #offendingCell = -1;
  #rowsRead = 0;
  #rowsWithoutCustomer = 0;
  #inTimeOrder = true;
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;
  #previousMs = Number.NEGATIVE_INFINITY;

  /** Throws `mapping-incomplete` when the customer, the time or the amount has no column. */
  constructor(mapping: FileMapping, leftOut = new LeftOutLog()) {
    this.leftOut = leftOut;
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
    this.#labels = labels.map((label) => ({ label, column: new CodedColumn() }));
    this.#labelColumns = labels.map((label) => columnOf(mapping, label));
  }

  get rowsRead(): number {
    return this.#rowsRead;
  }

  get rowsUsed(): number {
    return this.#sourceRows.length;
  }

  get rowsWithoutCustomer(): number {
    return this.#rowsWithoutCustomer;
  }

  /** The order ids so far; none where the file has no column of them. */
  get orders(): CodedColumn {
    return this.#orders;
  }

  /** Makes room for that many usable rows, so that the columns need not grow step by step. */
  reserve(rows: number): void {
    const columns = [this.#customers, this.#orders, this.#products, ...this.#labels.map(({ column }) => column)];
    for (const column of [...columns, this.#times, this.#amounts, this.#quantities, this.#sourceRows])
      column.reserve(rows);
  }

  /** Takes one record of data (not the header). */
  take(record: RecordView): void {
    this.#rowsRead++;
    this.#offendingCell = -1;
    const reason = this.#read(record);
    if (reason === null) this.#keep(record);
    else this.leftOut.add(record, reason, this.#offendingCell);
  }

  finish(): CollectedRows {
    return {
      customers: this.#customers,
      orders: this.#orderColumn < 0 ? null : this.#orders,
      products: this.#productColumn < 0 ? null : this.#products,
      labels: this.#labels,
      times: this.#times,
      amounts: this.#amounts,
      quantities: this.#amountReader.hasQuantity ? this.#quantities : null,
      sourceRows: this.#sourceRows,
      inTimeOrder: this.#inTimeOrder,
      firstMs: this.#firstMs,
      lastMs: this.#lastMs,
    };
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
    return this.#amounts.push(amounts.amount) ? null : this.#blame(amounts.amountCell, 'bad-amount');
  }

  #blame(cell: number, reason: LeftOutReason): LeftOutReason {
    this.#offendingCell = cell;
    return reason;
  }

  #keep(record: RecordView): void {
    if (this.#amountReader.hasQuantity) this.#keepQuantity();
    const { wallMs } = this.#timeReader;
    this.#times.push(wallMs);
    if (wallMs < this.#previousMs) this.#inTimeOrder = false;
    this.#previousMs = wallMs;
    if (wallMs < this.#firstMs) this.#firstMs = wallMs;
    if (wallMs > this.#lastMs) this.#lastMs = wallMs;
    if (!takeText(this.#customers, record, this.#customerColumn)) this.#rowsWithoutCustomer++;
    if (this.#orderColumn >= 0) takeText(this.#orders, record, this.#orderColumn);
    if (this.#productColumn >= 0) takeText(this.#products, record, this.#productColumn);
    for (let i = 0; i < this.#labels.length; i++) {
      takeText((this.#labels[i] as { column: CodedColumn }).column, record, this.#labelColumns[i] as number);
    }
    this.#sourceRows.push(this.#rowsRead);
  }

  #keepQuantity(): void {
    const { quantity } = this.#amountReader;
    // A quantity past 2^53 beside decimals is no reason to lose a row whose money is known.
    if (quantity === null || !this.#quantities.push(quantity)) this.#quantities.pushNone();
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

/** Appends a cell without the blanks and guards around it; false for a gap. */
function takeText(column: CodedColumn, { bytes, starts, ends }: RecordView, cell: number): boolean {
  const cellStart = starts[cell] as number;
  const cellEnd = ends[cell] as number;
  const start = valueStart(bytes, cellStart, cellEnd);
  const end = valueEnd(bytes, cellStart, start, cellEnd);
  const isText = !isGap(bytes, start, end);
  if (isText) column.push(bytes, start, end);
  else column.pushNone();
  return isText;
}
