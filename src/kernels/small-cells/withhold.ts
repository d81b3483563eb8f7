import { Circulation, type Arc } from './circulation';

/**
 * What a reader has of a kind of totals. `shown`: they stand beside the counts and can be withheld with
 * them. `known`: the reader has them from another table, in which the small ones were withheld by the same
 * rule; a grand total below k counts as not known. `hidden`: nobody has them.
 */
export type TotalUse = 'shown' | 'known' | 'hidden';

/** Counts of customers by one or two dimensions; a list is a table of one column. */
export interface CountTable {
  readonly rows: number;
  readonly columns: number;
  /** rows × columns whole numbers >= 0, row by row. */
  readonly counts: ArrayLike<number>;
  readonly rowTotals: TotalUse;
  readonly columnTotals: TotalUse;
  readonly grandTotal: TotalUse;
}

export const SHOWN = 0;
/** Withheld because it rests on fewer than k customers. */
export const SMALL = 1;
/** Withheld so that the totals do not give a small one back. */
export const COMPLEMENTARY = 2;
export type Withholding = typeof SHOWN | typeof SMALL | typeof COMPLEMENTARY;

export interface WithheldCells {
  readonly cells: Uint8Array;
  readonly rowTotals: Uint8Array;
  readonly columnTotals: Uint8Array;
  readonly grandTotal: Withholding;
  readonly small: number;
  readonly complementary: number;
  /** False when no choice of cells protects the small ones: then every cell and every total shown is withheld. */
  readonly protectable: boolean;
}

/** Totals are dearer than cells: a table without its totals says less than one with a hole. */
const TOTAL_WEIGHT = 16;

/**
 * Which counts must not be published so that none of fewer than k customers (and more than none) can
 * be read or worked out. Every withheld cell gets one and the same mark, so a reader knows of it that it
 * is at least 1; zeros are published. The promise, against a reader who solves the equations of all
 * totals exactly: every small cell could as well be 1 or any number up to k or more, a small total k or more,
 * and no withheld number is determined.
 *
 * Cells are chosen greedily, for each small cell the cheapest cycle of cells (few and small ones) along which
 * it can move as far as promised. The answer is the same for the same table. Cost: for each small cell a few
 * shortest paths over rows + columns nodes.
 *
 * Throws RangeError for counts that are no whole numbers >= 0, or k that is none >= 1 (1 withholds nothing).
 *
 * @source M. Fischetti, J. J. Salazar-González (2000), Models and algorithms for optimizing cell suppression in
 *   tabular data with linear constraints, JASA 95, for the attacker's problem and the protection levels
 */
export function withholdSmallCells(table: CountTable, k: number): WithheldCells {
  checkTable(table, k);
  const plan = new Plan(table, k);
  const small = plan.arcs.flatMap((arc, i) => (arc.value > 0 && arc.value < k && !plan.isHidden(i) ? [i] : []));
  const isSmall = new Set(small);
  const isProtected = small
    .toSorted((a, b) => (plan.arcs[a]?.value ?? 0) - (plan.arcs[b]?.value ?? 0) || a - b)
    .every((index) => protect(plan.circulation, index, k, index < plan.cellCount));
  return read(plan, isSmall, isProtected);
}

function protect(circulation: Circulation, index: number, k: number, isCell: boolean): boolean {
  const value = circulation.arcs[index]?.value ?? 0;
  return circulation.widen(index, 1, k - value) && (!isCell || circulation.widen(index, -1, value - 1));
}

/** The table's numbers as arcs: the cells first, then row totals, column totals and the grand total. */
class Plan {
  readonly cellCount: number;
  readonly rows: number;
  readonly columns: number;
  readonly arcs: readonly Arc[];
  readonly circulation: Circulation;
  readonly table: CountTable;

  constructor(table: CountTable, k: number) {
    const { rows, columns, counts } = table;
    this.table = table;
    this.rows = rows;
    this.columns = columns;
    this.cellCount = rows * columns;
    // Nodes: a row each, a column each, where all rows come from, where all columns lead to.
    const source = rows + columns;
    const sink = source + 1;
    const arcs: Arc[] = [];
    const rowTotals = new Float64Array(rows);
    const columnTotals = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const value = counts[row * columns + column] ?? 0;
        rowTotals[row] = (rowTotals[row] ?? 0) + value;
        columnTotals[column] = (columnTotals[column] ?? 0) + value;
        arcs.push(cellArc(row, rows + column, value, k));
      }
    }
    const grand = rowTotals.reduce((sum, value) => sum + value, 0);
    const unknownRows = unknownTotals(rowTotals, table.rowTotals, k);
    const unknownColumns = unknownTotals(columnTotals, table.columnTotals, k);
    rowTotals.forEach((value, row) => arcs.push(totalArc(source, row, value, table.rowTotals, unknownRows[row] === 1)));
    columnTotals.forEach((value, column) =>
      arcs.push(totalArc(rows + column, sink, value, table.columnTotals, unknownColumns[column] === 1)),
    );
    arcs.push(totalArc(sink, source, grand, table.grandTotal, table.grandTotal === 'hidden' || grand < k));
    this.arcs = arcs;
    this.circulation = new Circulation(rows + columns + 2, arcs);
  }

  /** True for a total that nobody has, and which therefore needs no guarding. */
  isHidden(index: number): boolean {
    const { rowTotals, columnTotals, grandTotal } = this.table;
    if (index < this.cellCount) return false;
    if (index < this.cellCount + this.rows) return rowTotals === 'hidden';
    return (index < this.arcs.length - 1 ? columnTotals : grandTotal) === 'hidden';
  }
}

/** Which totals a reader lacks: 1 for yes. Those known from another table are withheld there as in a list. */
function unknownTotals(totals: Float64Array, use: TotalUse, k: number): Uint8Array {
  if (use === 'hidden') return new Uint8Array(totals.length).fill(1);
  if (use === 'shown') return Uint8Array.from(totals, (total) => (total > 0 && total < k ? 1 : 0));
  const list = { rows: totals.length, columns: 1, counts: totals } as const;
  const { cells } = withholdSmallCells(
    { ...list, rowTotals: 'hidden', columnTotals: 'hidden', grandTotal: 'known' },
    k,
  );
  return cells.map((mark) => (mark === SHOWN ? 0 : 1));
}

function cellArc(tail: number, head: number, value: number, k: number): Arc {
  const cost = value === 0 ? Infinity : 1 + Math.log2(1 + value);
  return { tail, head, value, least: Math.min(1, value), cost, withheld: value > 0 && value < k };
}

function totalArc(tail: number, head: number, value: number, use: TotalUse, withheld: boolean): Arc {
  const cost = use === 'shown' ? TOTAL_WEIGHT * (1 + Math.log2(1 + value)) : Infinity;
  return { tail, head, value, least: 0, cost, withheld };
}

function read(
  { arcs, rows, columns, cellCount, table }: Plan,
  small: ReadonlySet<number>,
  isProtected: boolean,
): WithheldCells {
  const markOf = (index: number, use: TotalUse | 'cell'): Withholding => {
    if (use === 'hidden' || use === 'known') return SHOWN;
    if (small.has(index)) return SMALL;
    return !isProtected || arcs[index]?.withheld === true ? COMPLEMENTARY : SHOWN;
  };
  const marks = (first: number, length: number, use: TotalUse | 'cell'): Uint8Array =>
    Uint8Array.from({ length }, (_, i) => markOf(first + i, use));
  const cells = marks(0, cellCount, 'cell');
  const rowTotals = marks(cellCount, rows, table.rowTotals);
  const columnTotals = marks(cellCount + rows, columns, table.columnTotals);
  const grandTotal = markOf(cellCount + rows + columns, table.grandTotal);
  const all = [...cells, ...rowTotals, ...columnTotals, grandTotal];
  return {
    cells,
    rowTotals,
    columnTotals,
    grandTotal,
    small: all.filter((mark) => mark === SMALL).length,
    complementary: all.filter((mark) => mark === COMPLEMENTARY).length,
    protectable: isProtected,
  };
}

function checkTable({ rows, columns, counts }: CountTable, k: number): void {
  if (!Number.isSafeInteger(k) || k < 1) throw new RangeError(`invalid k: ${k} (needs a whole number >= 1)`);
  if (counts.length !== rows * columns) {
    throw new RangeError(`invalid counts: ${counts.length} (needs ${rows} × ${columns})`);
  }
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? Number.NaN;
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`invalid count: ${count} (needs whole, >= 0)`);
  }
}
