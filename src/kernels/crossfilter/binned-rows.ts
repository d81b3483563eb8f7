import { isSameFilter, type BinFigures, type BinFilter, type BrushCube } from './brush-cube';

/** A part of the customers, one value each in every array. */
export interface RowChunk {
  /** A dimension each: the number of the bin, from 0. */
  readonly bins: readonly Uint8Array[];
  readonly orders: Int32Array;
  /** Whole numbers of the smallest unit. */
  readonly money: Float64Array;
}

/** Bits of a row's mask of failed filters. */
const MAX_DIMENSIONS = 16;
const MAX_BINS = 256;
/** Rows that fit the inner caches with their mask and money while every dimension passes over them. */
const BLOCK = 8192;

/**
 * Customers as bin numbers, and a mask a customer of the filters that it fails. Making a cube is one pass over the
 * rows a dimension; what a brush then asks never comes back here.
 */
export class BinnedRows {
  readonly #binCounts: readonly number[];
  readonly #bins: readonly Uint8Array[];
  readonly #orders: Int32Array;
  readonly #money: Float64Array;
  readonly #failed: Uint16Array;
  readonly #filters: BinFilter[];
  #n = 0;

  /**
   * @param binCounts bins of each dimension, 1..256; at most 16 dimensions
   * @param capacity rows there will be
   * Throws RangeError for anything else.
   */
  constructor(binCounts: readonly number[], capacity: number) {
    if (binCounts.length === 0 || binCounts.length > MAX_DIMENSIONS)
      throw new RangeError(`invalid dimensions: ${binCounts.length} (needs 1..${MAX_DIMENSIONS})`);
    const wrong = binCounts.find((count) => !Number.isInteger(count) || count < 1 || count > MAX_BINS);
    if (wrong !== undefined) throw new RangeError(`invalid bins: ${wrong} (needs 1..${MAX_BINS})`);
    this.#binCounts = binCounts;
    this.#bins = binCounts.map(() => new Uint8Array(capacity));
    this.#orders = new Int32Array(capacity);
    this.#money = new Float64Array(capacity);
    this.#failed = new Uint16Array(capacity);
    this.#filters = binCounts.map(() => null);
  }

  get n(): number {
    return this.#n;
  }

  /** Adds rows. Throws RangeError where they are more than there is room for, or a bin is not of its dimension. */
  add({ bins, orders, money }: RowChunk): void {
    const { length } = orders;
    if (this.#n + length > this.#orders.length) throw new RangeError('invalid chunk: more rows than announced');
    bins.forEach((column, dimension) => {
      const count = this.#binCounts[dimension] ?? 0;
      if (column.some((bin) => bin >= count)) throw new RangeError(`invalid bin in dimension ${dimension}`);
      this.#bins[dimension]?.set(column, this.#n);
    });
    this.#orders.set(orders, this.#n);
    this.#money.set(money, this.#n);
    // Rows that come later fail what is filtered already.
    this.#filters.forEach((filter, dimension) => this.#mark(dimension, filter, this.#n, this.#n + length));
    this.#n += length;
  }

  /** The cube of one dimension under the filters of the others. Throws RangeError for a dimension that is not there. */
  cube(active: number, filters: readonly BinFilter[]): BrushCube {
    const x = this.#bins[active];
    const bins = this.#binCounts[active];
    if (x === undefined || bins === undefined) throw new RangeError(`invalid dimension: ${active}`);
    this.#binCounts.forEach((_, dimension) => {
      const filter = filters[dimension] ?? null;
      if (isSameFilter(filter, this.#filters[dimension] ?? null)) return;
      this.#mark(dimension, filter, 0, this.#n);
      this.#filters[dimension] = filter;
    });
    const totals = {
      customers: new Float64Array(bins + 1),
      orders: new Float64Array(bins + 1),
      money: new Float64Array(bins + 1),
    };
    const tables = this.#binCounts.map((count, dimension): BinFigures => {
      const cells = dimension === active ? 0 : (bins + 1) * count;
      return { customers: new Float64Array(cells), money: new Float64Array(cells) };
    });
    const passing = new PassingRows();
    for (let start = 0; start < this.#n; start += BLOCK) {
      const end = Math.min(this.#n, start + BLOCK);
      this.#gather(passing, x, 1 << active, start, end);
      this.#addTotals(passing, totals);
      tables.forEach((table, dimension) => {
        if (dimension !== active && isOpen(this.#filters[dimension])) this.#addBlock(passing, dimension, table);
      });
      tables.forEach((table, dimension) => {
        if (dimension === active || isOpen(this.#filters[dimension])) return;
        this.#gather(passing, x, (1 << active) | (1 << dimension), start, end);
        this.#addBlock(passing, dimension, table);
      });
    }
    for (const sums of Object.values(totals)) accumulate(sums, 1);
    tables.forEach((table, dimension) => {
      accumulate(table.customers, this.#binCounts[dimension] ?? 0);
      accumulate(table.money, this.#binCounts[dimension] ?? 0);
    });
    return { active, bins, totals, tables };
  }

  /** Lists the rows from `start` up to `end` that fail nothing but what is ignored. */
  #gather(passing: PassingRows, x: Uint8Array, ignored: number, start: number, end: number): void {
    const { rows, cells, money } = passing;
    const [failed, rowMoney] = [this.#failed, this.#money];
    const asked = ~ignored;
    let length = 0;
    for (let i = start; i < end; i++) {
      rows[length] = i;
      cells[length] = x[i]! + 1;
      money[length] = rowMoney[i]!;
      // Written first and kept or written over: a branch here would be guessed wrong half the time.
      length += (failed[i]! & asked) === 0 ? 1 : 0;
    }
    passing.length = length;
  }

  #addTotals({ rows, cells, money, length }: PassingRows, totals: BrushCube['totals']): void {
    const orders = this.#orders;
    for (let j = 0; j < length; j++) {
      const cell = cells[j]!;
      totals.customers[cell]!++;
      totals.orders[cell]! += orders[rows[j]!]!;
      totals.money[cell]! += money[j]!;
    }
  }

  #addBlock({ rows, cells, money, length }: PassingRows, dimension: number, table: BinFigures): void {
    const { customers, money: sums } = table;
    const y = this.#bins[dimension]!;
    const width = this.#binCounts[dimension]!;
    for (let j = 0; j < length; j++) {
      const cell = cells[j]! * width + y[rows[j]!]!;
      customers[cell]!++;
      sums[cell]! += money[j]!;
    }
  }

  /** Sets or clears a dimension's bit in the rows from `start` up to `end`. */
  #mark(dimension: number, filter: BinFilter, start: number, end: number): void {
    const bit = 1 << dimension;
    const passes = new Uint8Array(MAX_BINS);
    for (const [from, to] of filter ?? [[0, MAX_BINS]]) passes.fill(1, from, to);
    const column = this.#bins[dimension]!;
    const failed = this.#failed;
    for (let i = start; i < end; i++) failed[i] = passes[column[i]!] === 1 ? failed[i]! & ~bit : failed[i]! | bit;
  }
}

/** Rows of a block, with the active dimension's row of the tables and the money of each. */
class PassingRows {
  readonly rows = new Int32Array(BLOCK);
  readonly cells = new Uint16Array(BLOCK);
  readonly money = new Float64Array(BLOCK);
  length = 0;
}

function isOpen(filter: BinFilter | undefined): boolean {
  return filter === null || filter === undefined;
}

/** Turns rows of `width` sums into the sums of each row and all before it. */
function accumulate(sums: Float64Array, width: number): void {
  for (let i = width; i < sums.length; i++) sums[i]! += sums[i - width]!;
}
