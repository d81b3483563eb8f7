import { AppError } from '../../core/errors';
import type { FileMapping, LeftOutReason } from '../file-preview';
import type { RecordView } from '../readers/record';
import { BAD, GAP, READ, type ReadState } from '../values/cell';
import { multiply, subtract, type Decimal } from '../values/decimal-math';
import { NumberReader } from '../values/numbers';
import { columnOf } from './roles';

/** One column of numbers and the reader for it. */
interface NumberCell {
  readonly column: number;
  readonly reader: NumberReader;
}

/**
 * The money of a line: its amount where the file has one, else quantity x unit price, less the
 * refunded amount (written with or without a minus). Exact; see DecimalColumn for the scale.
 */
export class AmountReader {
  /** The line's money after a successful read. Valid until the next read. */
  amount: Decimal = { mantissa: 0, scale: 0, rounded: false };
  /** The line's quantity; null where the file has none. Valid until the next read. */
  quantity: Decimal | null = null;
  /** The cell that a failed read is about. */
  offendingCell = -1;
  /** The cell the money comes from. */
  readonly amountCell: number;
  readonly #amount: NumberCell | null;
  readonly #quantity: NumberCell | null;
  readonly #unitPrice: NumberCell | null;
  readonly #refund: NumberCell | null;

  constructor(mapping: FileMapping) {
    this.#amount = numberCell(mapping, 'amount');
    this.#quantity = numberCell(mapping, 'quantity');
    this.#unitPrice = this.#amount === null ? numberCell(mapping, 'unitPrice') : null;
    this.#refund = numberCell(mapping, 'refundAmount');
    const source = this.#amount ?? this.#unitPrice;
    if (source === null || (this.#amount === null && this.#quantity === null)) {
      throw new AppError('mapping-incomplete', { missing: 'amount' });
    }
    this.amountCell = source.column;
  }

  /** The last cell without which there is no money: the amount's, or that of the quantity or price. */
  get lastNeededCell(): number {
    return this.#amount === null ? Math.max(this.amountCell, this.#quantity?.column ?? -1) : this.amountCell;
  }

  get hasQuantity(): boolean {
    return this.#quantity !== null;
  }

  /** Reads the record's money; returns why it has none, or null. */
  read(record: RecordView): LeftOutReason | null {
    const quantity = this.#quantity === null ? GAP : readCell(this.#quantity, record);
    if (quantity === BAD) return this.#refuse('bad-quantity', this.#quantity);
    this.quantity = quantity === READ ? (this.#quantity?.reader ?? null) : null;
    const reason = this.#amount === null ? this.#readProduct(record) : this.#readAmount(this.#amount, record);
    if (reason !== null || this.#refund === null) return reason;
    return this.#subtractRefund(this.#refund, record);
  }

  #readAmount(amount: NumberCell, record: RecordView): LeftOutReason | null {
    const state = readCell(amount, record);
    if (state !== READ) return this.#refuse(state === GAP ? 'no-amount' : 'bad-amount', amount);
    this.amount = amount.reader;
    return null;
  }

  #readProduct(record: RecordView): LeftOutReason | null {
    const { quantity } = this;
    if (quantity === null) return this.#refuse('no-amount', this.#quantity);
    const price = this.#unitPrice as NumberCell;
    const state = readCell(price, record);
    if (state !== READ) return this.#refuse(state === GAP ? 'no-amount' : 'bad-amount', price);
    const product = multiply(quantity, price.reader);
    if (product === null) return this.#refuse('bad-amount', price);
    this.amount = product;
    return null;
  }

  #subtractRefund(refund: NumberCell, record: RecordView): LeftOutReason | null {
    const state = readCell(refund, record);
    if (state === GAP) return null;
    if (state === BAD) return this.#refuse('bad-amount', refund);
    const { mantissa, scale, rounded } = refund.reader;
    const net = subtract(this.amount, { mantissa: Math.abs(mantissa), scale, rounded });
    if (net === null) return this.#refuse('bad-amount', refund);
    this.amount = net;
    return null;
  }

  #refuse(reason: LeftOutReason, cell: NumberCell | null): LeftOutReason {
    this.offendingCell = cell?.column ?? -1;
    return reason;
  }
}

function numberCell(
  mapping: FileMapping,
  role: 'amount' | 'quantity' | 'unitPrice' | 'refundAmount',
): NumberCell | null {
  const column = columnOf(mapping, role);
  if (column < 0) return null;
  return { column, reader: new NumberReader(mapping.columns[column]?.numberFormat ?? 'point') };
}

function readCell({ column, reader }: NumberCell, { bytes, starts, ends }: RecordView): ReadState {
  return reader.read(bytes, starts[column] as number, ends[column] as number);
}
