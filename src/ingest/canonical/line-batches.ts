import { encodeBatch, type BatchColumn } from '../../db/arrow-ipc';
import type { TableLayout } from '../../db/schema';
import type { ReadStep } from '../read-step';
import type { LineColumns } from './line-columns';
import { OrderNumbers } from './order-numbers';
import { BATCH_ROWS, orderBatches } from './table-batches';
import { NormalisedPool } from './text-pool';

/** A dictionary with more entries than this share of the lines is not worth sending along with them. */
const MOST_DICTIONARY_SHARE = 0.25;

/** Turns lines into batches of order_lines and orders, as soon as there are enough of them. */
export class LineBatches {
  readonly orders = new OrderNumbers();
  readonly #lines: LineColumns;
  readonly #orderKeys = new Int32Array(BATCH_ROWS);
  readonly #labelTexts: readonly NormalisedPool[];
  #layout: TableLayout | undefined;
  #ordersSent = 0;

  /** `lines` are filled by others, up to BATCH_ROWS of them. */
  constructor(lines: LineColumns) {
    this.#lines = lines;
    this.#labelTexts = lines.labels.map(() => new NormalisedPool());
  }

  /** The steps for the lines there are, which may be filled anew then; with `last`, also those for orders held back. */
  flush(last: boolean): ReadStep[] {
    const lines = this.#lines;
    const steps: ReadStep[] = [];
    if (lines.count > 0) {
      const { layout } = lines;
      if (!isAlike(layout, this.#layout)) steps.push({ kind: 'layout', layout });
      this.#layout = layout;
      const ipc = encodeBatch(this.#columns(), lines.count);
      steps.push({ kind: 'batch', batch: { table: 'order_lines', rows: lines.count, ipc } });
      lines.restart();
    }
    if (lines.orders === null) return steps;
    const codes = this.orders.codes();
    const ready = last ? codes.length : codes.length - ((codes.length - this.#ordersSent) % BATCH_ROWS);
    for (const batch of orderBatches(codes, lines.orders.dictionary, this.#ordersSent, ready)) {
      steps.push({ kind: 'batch', batch });
    }
    this.#ordersSent = ready;
    return steps;
  }

  #columns(): Record<string, BatchColumn> {
    const lines = this.#lines;
    const { count, times } = lines;
    const accounts = lines.accounts.codes();
    this.orders.number({ count, orders: lines.orders?.codes() ?? null, accounts, times }, this.#orderKeys);
    const columns: Record<string, BatchColumn> = {
      order_key: { kind: 'integer', values: this.#orderKeys },
      account_key: { kind: 'integer', values: accounts },
      ordered_at: { kind: 'time', words: times, isComplete: true },
      amount: { kind: 'decimal', words: lines.amounts.words, scale: lines.amounts.scale, isComplete: true },
      cancel_mark: { kind: 'boolean', bits: lines.cancelMarks },
      source_row: { kind: 'integer', values: lines.sourceRows },
    };
    if (lines.products !== null) columns['product_key'] = { kind: 'integer', values: lines.products.codes() };
    if (lines.quantities !== null) {
      columns['quantity'] = { kind: 'decimal', words: lines.quantities.words, scale: lines.quantities.scale };
    }
    lines.labels.forEach(({ label, column }, i) => {
      const { dictionary } = column;
      const pool = (this.#labelTexts[i] as NormalisedPool).of(dictionary.pool());
      const kind = dictionary.count > MOST_DICTIONARY_SHARE * count ? 'text' : 'label';
      columns[label] = { kind, codes: column.codes(), pool };
    });
    return columns;
  }
}

function isAlike(layout: TableLayout, before: TableLayout | undefined): boolean {
  return layout.moneyScale === before?.moneyScale && layout.quantityScale === before.quantityScale;
}
