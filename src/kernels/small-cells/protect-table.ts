import { SHOWN, withholdSmallCells, type TotalUse, type WithheldCells } from './withhold';

/**
 * How the counts of customers lie in a table of rows, by positions of its columns.
 * `list`: each row is one group. `pairs`: each row is a pair of the groups named in two columns, pairs of
 * nobody may be left out. `matrix`: each row is a group, and the columns are counts by another.
 */
export type SmallCells =
  | {
      readonly layout: 'list';
      /** The customers behind each row, where no column holds them. */
      readonly customers?: readonly number[] | undefined;
      readonly count?: number | undefined;
      /** Columns that are withheld with the count: sums, shares, means of the same customers. */
      readonly measures: readonly number[];
    }
  | {
      readonly layout: 'pairs';
      readonly dimensions: readonly [number, number];
      readonly count: number;
      readonly measures: readonly number[];
      /** Whether a reader has the totals of the groups from elsewhere. Default: known. */
      readonly totals?: Exclude<TotalUse, 'shown'> | undefined;
    }
  | {
      readonly layout: 'matrix';
      readonly columns: readonly number[];
      readonly totals?: Exclude<TotalUse, 'shown'> | undefined;
    };

export interface ProtectedTable<Cell> {
  readonly rows: readonly (readonly Cell[])[];
  /** Cells that rest on fewer than k customers, and cells withheld to guard them. */
  readonly small: number;
  readonly complementary: number;
}

/** Fewer customers than this are not published unless told. */
export const DEFAULT_LEAST_CUSTOMERS = 5;

/**
 * The rows with every number in place of which `mark` must stand; see withholdSmallCells for the promise. The
 * total over all rows counts as known to the reader. k = 1 changes nothing. Tables are judged one by one:
 * two tables of the same customers cut differently can tell more together.
 */
export function protectTable<Cell>(
  rows: readonly (readonly Cell[])[],
  spec: SmallCells,
  k: number,
  mark: Cell,
): ProtectedTable<Cell> {
  if (k === 1 || rows.length === 0) return { rows, small: 0, complementary: 0 };
  switch (spec.layout) {
    case 'list':
      return protectList(rows, spec, k, mark);
    case 'pairs':
      return protectPairs(rows, spec, k, mark);
    case 'matrix':
      return protectMatrix(rows, spec, k, mark);
  }
}

type Of<Layout extends SmallCells['layout']> = Extract<SmallCells, { readonly layout: Layout }>;

function protectList<Cell>(
  rows: readonly (readonly Cell[])[],
  { customers, count, measures }: Of<'list'>,
  k: number,
  mark: Cell,
): ProtectedTable<Cell> {
  const counts = customers ?? rows.map((row) => countOf(row, count));
  const table = { rows: rows.length, columns: 1, counts, ...NO_TOTALS, grandTotal: 'known' } as const;
  const withheld = withholdSmallCells(table, k);
  const columns = new Set(count === undefined ? measures : [...measures, count]);
  return replaced(rows, withheld, mark, (row, column) => columns.has(column) && withheld.cells[row] !== SHOWN);
}

function protectPairs<Cell>(
  rows: readonly (readonly Cell[])[],
  { dimensions: [first, second], count, measures, totals = 'known' }: Of<'pairs'>,
  k: number,
  mark: Cell,
): ProtectedTable<Cell> {
  const firsts = placesOf(rows.map((row) => row[first]));
  const seconds = placesOf(rows.map((row) => row[second]));
  const counts = new Float64Array(firsts.size * seconds.size);
  const places = rows.map((row) => (firsts.get(row[first]) ?? 0) * seconds.size + (seconds.get(row[second]) ?? 0));
  if (new Set(places).size !== rows.length) throw new RangeError('invalid rows: a pair of groups stands twice');
  rows.forEach((row, i) => (counts[places[i] ?? 0] = countOf(row, count)));
  const withheld = withholdSmallCells(
    { rows: firsts.size, columns: seconds.size, counts, rowTotals: totals, columnTotals: totals, grandTotal: 'known' },
    k,
  );
  const columns = new Set([...measures, count]);
  return replaced(rows, withheld, mark, (row, column) => {
    return columns.has(column) && withheld.cells[places[row] ?? 0] !== SHOWN;
  });
}

function protectMatrix<Cell>(
  rows: readonly (readonly Cell[])[],
  { columns, totals = 'known' }: Of<'matrix'>,
  k: number,
  mark: Cell,
): ProtectedTable<Cell> {
  const counts = rows.flatMap((row) => columns.map((column) => countOf(row, column)));
  const withheld = withholdSmallCells(
    {
      rows: rows.length,
      columns: columns.length,
      counts,
      rowTotals: totals,
      columnTotals: totals,
      grandTotal: 'known',
    },
    k,
  );
  return replaced(rows, withheld, mark, (row, column) => {
    const place = columns.indexOf(column);
    return place >= 0 && withheld.cells[row * columns.length + place] !== SHOWN;
  });
}

const NO_TOTALS = { rowTotals: 'hidden', columnTotals: 'hidden' } as const;

function replaced<Cell>(
  rows: readonly (readonly Cell[])[],
  { small, complementary }: WithheldCells,
  mark: Cell,
  isWithheld: (row: number, column: number) => boolean,
): ProtectedTable<Cell> {
  return {
    rows: rows.map((row, i) => row.map((cell, column) => (isWithheld(i, column) ? mark : cell))),
    small,
    complementary,
  };
}

/** The customers in a cell; nothing there is nobody. */
function countOf(row: readonly unknown[], column: number | undefined): number {
  const value = column === undefined ? undefined : row[column];
  if (value === null || value === undefined) return 0;
  if (typeof value !== 'number') throw new RangeError(`invalid count: ${typeof value} (needs a number)`);
  return value;
}

function placesOf(values: readonly unknown[]): ReadonlyMap<unknown, number> {
  return new Map([...new Set(values)].map((value, place) => [value, place]));
}
