import type { StringPool } from '../../db/arrow-ipc';
import { GrowingInt32 } from '../columns/growing';
import { GrowingTexts } from '../columns/growing-texts';
import { isExcerptReason } from '../excerpt/excerpt';
import type { RecordView } from '../readers/record';

/** Rows and bytes of left-out rows that are kept in full; what comes after is only counted. */
export const LEFT_OUT_ROW_CAP = 200_000;
export const LEFT_OUT_BYTE_CAP = 64 << 20;

/** The left-out rows as columns; texts lie one after the other, text i in [starts[i], starts[i + 1]). */
export interface LeftOutRows {
  readonly lines: Int32Array;
  /** Places in the list of reasons. */
  readonly reasons: Int32Array;
  /** Column of the offending cell, -1 where the whole row is the trouble. */
  readonly columns: Int32Array;
  readonly values: StringPool;
  readonly raws: StringPool;
}

/** Keeps why rows are not in the tables: each with its line, cell and text, up to a cap. */
export class LeftOutLog<Reason extends string> {
  readonly #lines = new GrowingInt32();
  readonly #reasons = new GrowingInt32();
  readonly #columns = new GrowingInt32();
  readonly #values = new GrowingTexts();
  readonly #raws = new GrowingTexts();
  readonly #possible: readonly Reason[];
  readonly #counts: Float64Array;
  readonly #rowCap: number;
  readonly #byteCap: number;
  #notKept = 0;

  /** `reasons` are all there are, in the order in which they are counted out. */
  constructor(reasons: readonly Reason[], rowCap = LEFT_OUT_ROW_CAP, byteCap = LEFT_OUT_BYTE_CAP) {
    this.#possible = reasons;
    this.#counts = new Float64Array(reasons.length);
    this.#rowCap = rowCap;
    this.#byteCap = byteCap;
  }

  /** Rows that were counted but could not be kept. */
  get notKept(): number {
    return this.#notKept;
  }

  /** All rows, kept or not, and those left out by choice. */
  get total(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** True when rows were left out by choice. */
  get isByChoice(): boolean {
    return this.#possible.some((reason, i) => isExcerptReason(reason) && (this.#counts[i] as number) > 0);
  }

  /** The reasons that occurred, in their order. */
  counts(): { readonly reason: Reason; readonly rows: number }[] {
    return this.#possible.map((reason, i) => ({ reason, rows: this.#counts[i] ?? 0 })).filter(({ rows }) => rows > 0);
  }

  /** Counts a record that is left out by choice: nobody has to look it up. */
  count(reason: Reason): void {
    const code = this.#possible.indexOf(reason);
    this.#counts[code] = (this.#counts[code] ?? 0) + 1;
  }

  /** Notes the record; `cell` is the offending one, -1 when none is. */
  add(record: RecordView, reason: Reason, cell: number): void {
    this.count(reason);
    const start = cell < 0 ? 0 : (record.starts[cell] ?? 0);
    const end = cell < 0 ? 0 : (record.ends[cell] ?? 0);
    const size = end - start + record.rawEnd - record.rawStart;
    if (this.#lines.length >= this.#rowCap || this.#values.size + this.#raws.size + size > this.#byteCap) {
      this.#notKept++;
      return;
    }
    this.#lines.push(record.line);
    this.#reasons.push(this.#possible.indexOf(reason));
    this.#columns.push(cell);
    this.#values.push(record.bytes, start, end);
    this.#raws.push(record.bytes, record.rawStart, record.rawEnd);
  }

  rows(): LeftOutRows {
    return {
      lines: this.#lines.view(),
      reasons: this.#reasons.view(),
      columns: this.#columns.view(),
      values: this.#values.view(),
      raws: this.#raws.view(),
    };
  }
}
