import { LONG_WORDS, setLong } from '../../db/words';
import type { LineLabel, TableLayout } from '../../db/schema';
import { CodedColumn } from '../columns/coded-column';
import { DecimalColumn } from '../columns/decimal-column';

/** Which optional columns the lines have. */
export type LineParts = Pick<TableLayout, 'hasOrderId' | 'hasProduct' | 'hasQuantity' | 'labels'>;

/**
 * One batch of lines, column by column in the form in which they are sent. What does not fit into the
 * form of a line, such as the dictionaries of the ids, is of all batches.
 */
export class LineColumns {
  readonly accounts: CodedColumn;
  readonly orders: CodedColumn | null;
  readonly products: CodedColumn | null;
  readonly labels: readonly { readonly label: LineLabel; readonly column: CodedColumn }[];
  readonly amounts: DecimalColumn;
  readonly quantities: DecimalColumn | null;
  /** Wall-clock epoch microseconds as words. */
  readonly times: Int32Array;
  /** 1-based number of the record among those of the file, header and blank lines not counted. */
  readonly sourceRows: Int32Array;
  /** A bit a line: its order id has the form of a cancellation. */
  readonly cancelMarks: Uint8Array;
  readonly #capacity: number;
  readonly #parts: LineParts;
  #count = 0;
  #marked = 0;

  /** `capacity` is the most lines in a batch. */
  constructor(parts: LineParts, capacity: number) {
    this.#parts = parts;
    this.#capacity = capacity;
    this.accounts = new CodedColumn(capacity);
    this.orders = parts.hasOrderId ? new CodedColumn(capacity) : null;
    this.products = parts.hasProduct ? new CodedColumn(capacity) : null;
    this.labels = parts.labels.map((label) => ({ label, column: new CodedColumn(capacity) }));
    this.amounts = new DecimalColumn(capacity);
    this.quantities = parts.hasQuantity ? new DecimalColumn(capacity) : null;
    this.times = new Int32Array(capacity * LONG_WORDS);
    this.sourceRows = new Int32Array(capacity);
    this.cancelMarks = new Uint8Array((capacity + 7) >> 3);
  }

  /** Lines in the batch. */
  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === this.#capacity;
  }

  /** Lines of all batches whose order id has the form of a cancellation. */
  get marked(): number {
    return this.#marked;
  }

  /** What the lines so far need of their table. */
  get layout(): TableLayout {
    return { ...this.#parts, moneyScale: this.amounts.scale, quantityScale: this.quantities?.scale ?? 0 };
  }

  /** Ends a line, of which every other column has been given a value or a gap. */
  endLine(wallMs: number, sourceRow: number, isMarked: boolean): void {
    const line = this.#count++;
    setLong(this.times, line, wallMs * 1000);
    this.sourceRows[line] = sourceRow;
    if (!isMarked) return;
    this.cancelMarks[line >> 3] = (this.cancelMarks[line >> 3] as number) | (1 << (line & 7));
    this.#marked++;
  }

  /** Begins the next batch. */
  restart(): void {
    const ids = [this.accounts, this.orders, this.products, ...this.labels.map(({ column }) => column)];
    for (const column of [...ids, this.amounts, this.quantities]) column?.restart();
    this.cancelMarks.fill(0);
    this.#count = 0;
  }
}
