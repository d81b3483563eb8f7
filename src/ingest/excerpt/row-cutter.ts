import { GrowingInt32 } from '../columns/growing';
import { IdDictionary } from '../columns/id-dictionary';
import type { RecordView } from '../readers/record';
import { isGap, valueEnd, valueStart } from '../values/cell';
import type { ExcerptReason } from './excerpt';
import { sampleResidue } from './sample-residue';
import { ORDER_FATES, type OrderFates, type RowCut } from './row-cut';

const TAKEN = 0;
const NOT_IN_SAMPLE = ORDER_FATES.indexOf('not-in-sample');
const OUTSIDE_PERIOD = ORDER_FATES.indexOf('outside-period');

/** Decides row by row what an excerpt takes. Cost: a hash of one id a row, and with orders to be noted a look-up. */
export class RowCutter {
  readonly #cut: RowCut;
  readonly #known: KnownOrders | null;
  readonly #noted = new IdDictionary();
  readonly #notedFates = new GrowingInt32();
  #start = 0;
  #end = 0;

  constructor(cut: RowCut) {
    this.#cut = cut;
    this.#known = cut.fates.length === 0 ? null : new KnownOrders(cut.fates);
  }

  /**
   * Why a usable record is not taken, or null where it is. To be asked once a record.
   *
   * @param wallMs when it happened, wall-clock epoch milliseconds; NaN where the file does not say
   */
  reasonFor(record: RecordView, wallMs: number): ExcerptReason | null {
    const fate = this.#fateOf(record, wallMs);
    if (this.#cut.notesOrders) this.#note(record, fate);
    const name = ORDER_FATES[fate];
    return name === undefined || name === 'taken' ? null : name;
  }

  /** What became of the orders so far. */
  orderFates(): OrderFates {
    const { bytes, starts } = this.#noted.pool();
    return {
      ids: { bytes: bytes.slice(0, starts.at(-1)), starts: starts.slice() },
      fates: Uint8Array.from(this.#notedFates.view()),
    };
  }

  #fateOf(record: RecordView, wallMs: number): number {
    const { fromMs, beforeMs } = this.#cut;
    const fate = this.#fateByPerson(record);
    // What has a time of its own goes by that, and not by the time of its order.
    if (fate === NOT_IN_SAMPLE || Number.isNaN(wallMs)) return fate;
    return (fromMs !== null && wallMs < fromMs) || (beforeMs !== null && wallMs >= beforeMs) ? OUTSIDE_PERIOD : TAKEN;
  }

  /** By whose it is, or, where it names nobody, by what became of its order. */
  #fateByPerson(record: RecordView): number {
    const { oneIn, keyColumns, orderColumn } = this.#cut;
    const { bytes, rawStart, rawEnd } = record;
    if (oneIn > 1 && keyColumns.some((column) => this.#locate(record, column))) {
      return this.#inSample(bytes, this.#start, this.#end);
    }
    if (this.#known !== null && this.#locate(record, orderColumn)) {
      const fate = this.#known.fateOf(bytes, this.#start, this.#end);
      if (fate !== undefined) return fate;
    }
    return oneIn === 1 ? TAKEN : this.#inSample(bytes, rawStart, rawEnd);
  }

  #inSample(bytes: Uint8Array, start: number, end: number): number {
    const { oneIn, residue } = this.#cut;
    return sampleResidue(bytes, start, end, oneIn) === residue ? TAKEN : NOT_IN_SAMPLE;
  }

  #note(record: RecordView, fate: number): void {
    if (!this.#locate(record, this.#cut.orderColumn)) return;
    const code = this.#noted.codeOf(record.bytes, this.#start, this.#end);
    if (code === this.#notedFates.length) this.#notedFates.push(fate);
    else if (fate === TAKEN) this.#notedFates.set(code, TAKEN);
  }

  /** Finds the value of a cell; false for a gap, and where there is no such column. */
  #locate({ bytes, starts, ends }: RecordView, column: number): boolean {
    if (column < 0) return false;
    const start = starts[column] as number;
    const end = ends[column] as number;
    this.#start = valueStart(bytes, start, end);
    this.#end = valueEnd(bytes, start, this.#start, end);
    return !isGap(bytes, this.#start, this.#end);
  }
}

/** Orders of other files by their number. */
class KnownOrders {
  readonly #ids = new IdDictionary();
  readonly #fates: number[] = [];

  constructor(files: readonly OrderFates[]) {
    for (const { ids, fates } of files) {
      fates.forEach((fate, i) => {
        const code = this.#ids.codeOf(ids.bytes, ids.starts[i] as number, ids.starts[i + 1] as number);
        // An order of which one file has a row that is taken is taken.
        if (code === this.#fates.length) this.#fates.push(fate);
        else if (fate === TAKEN) this.#fates[code] = TAKEN;
      });
    }
  }

  /** Undefined for an order of no file. */
  fateOf(bytes: Uint8Array, start: number, end: number): number | undefined {
    return this.#fates[this.#ids.codeOf(bytes, start, end)];
  }
}
