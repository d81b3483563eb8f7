import { SHOWN, type CountTable, type WithheldCells } from '../../../../src/kernels/small-cells/withhold';

export interface Known {
  readonly least: number;
  readonly most: number;
}

/**
 * What a reader can infer of each cell by looking at every table that fits what is published: withheld cells
 * are at least 1, totals that are shown or known must come out. Written without the solver's ideas: plain
 * enumeration. Where everything is withheld for want of a better choice a cell may be 0 as well.
 */
export function attack(
  table: CountTable,
  withheld: WithheldCells,
  k: number,
): { readonly cells: readonly (Known | undefined)[] } {
  const { rows, columns, counts } = table;
  const least = withheld.protectable ? 1 : 0;
  const rowTotals = totalsOf(rows, (row, add) => each(columns, (column) => add(counts[row * columns + column] ?? 0)));
  const columnTotals = totalsOf(columns, (column, add) =>
    each(rows, (row) => add(counts[row * columns + column] ?? 0)),
  );
  const grand = rowTotals.reduce((sum, total) => sum + total, 0);
  const knownRows = rowTotals.map((total, row) =>
    seen(total, table.rowTotals, withheld.rowTotals[row], lacks(rowTotals, table.rowTotals, k)[row]),
  );
  const knownColumns = columnTotals.map((total, column) =>
    seen(total, table.columnTotals, withheld.columnTotals[column], lacks(columnTotals, table.columnTotals, k)[column]),
  );
  const knownGrand = seen(grand, table.grandTotal, withheld.grandTotal, grand < k);

  const found: (Known | undefined)[] = Array.from({ length: rows * columns });
  const current = new Array<number>(rows * columns).fill(0);
  // Where a small cell falls to 1, one other rises by k - 1 at most; further ones need not be tried.
  const highest = Math.max(k, ...Array.from(counts)) + k - 1;
  const sumRow = (row: number): number => current.slice(row * columns, (row + 1) * columns).reduce((a, b) => a + b, 0);

  const fits = (): boolean => {
    const fitsColumns = knownColumns.every((total, column) => {
      if (total === null) return true;
      let sum = 0;
      each(rows, (row) => (sum += current[row * columns + column] ?? 0));
      return sum === total;
    });
    return fitsColumns && (knownGrand === null || current.reduce((a, b) => a + b, 0) === knownGrand);
  };

  const place = (at: number): void => {
    if (at === current.length) {
      if (!fits()) return;
      current.forEach((value, i) => {
        const before = found[i];
        found[i] = { least: Math.min(before?.least ?? value, value), most: Math.max(before?.most ?? value, value) };
      });
      return;
    }
    const row = Math.floor(at / columns);
    const isLast = at % columns === columns - 1;
    const total = knownRows[row] ?? null;
    const next = (value: number): void => {
      current[at] = value;
      if (!isLast || total === null || sumRow(row) === total) place(at + 1);
      current[at] = 0;
    };
    if (withheld.cells[at] === SHOWN) {
      next(counts[at] ?? 0);
      return;
    }
    if (isLast && total !== null) {
      current[at] = 0;
      const rest = total - sumRow(row);
      if (rest >= least) next(rest);
      return;
    }
    for (let value = least; value <= highest; value++) next(value);
  };
  place(0);
  return { cells: found };
}

/**
 * The withheld cells that follow from the published numbers by linear algebra alone, every total that is not
 * withheld being an equation (so it assumes more than a reader has of totals that are merely known): a cell is
 * determined when its unit vector lies in the span of the equations. Exact, in fractions of whole numbers.
 */
export function solvedCells(table: CountTable, withheld: WithheldCells): readonly number[] {
  const { rows, columns, counts } = table;
  const unknown = [...withheld.cells.keys()].filter((i) => withheld.cells[i] !== SHOWN);
  const equation = (holds: (row: number, column: number) => boolean): bigint[] =>
    unknown.map((i) => (holds(Math.floor(i / columns), i % columns) ? 1n : 0n));
  const rowTotals = totalsOf(rows, (row, add) => each(columns, (column) => add(counts[row * columns + column] ?? 0)));
  const columnTotals = totalsOf(columns, (column, add) =>
    each(rows, (row) => add(counts[row * columns + column] ?? 0)),
  );
  const lackingRows = lacks(rowTotals, table.rowTotals, 5);
  const lackingColumns = lacks(columnTotals, table.columnTotals, 5);
  const system = [
    ...rowTotals.flatMap((_, row) =>
      withheld.rowTotals[row] === SHOWN && lackingRows[row] !== true ? [equation((at) => at === row)] : [],
    ),
    ...columnTotals.flatMap((_, column) =>
      withheld.columnTotals[column] === SHOWN && lackingColumns[column] !== true
        ? [equation((_row, at) => at === column)]
        : [],
    ),
    ...(withheld.grandTotal === SHOWN ? [equation(() => true)] : []),
  ];
  const reduced = reduce(system);
  return unknown.filter((_, at) =>
    reduced.some((row) => row.every((value, i) => (i === at ? value !== 0n : value === 0n))),
  );
}

/** Gauss and Jordan without fractions: each row keeps whole numbers, pivots are alone in their column. */
function reduce(system: readonly bigint[][]): readonly bigint[][] {
  const rows = system.map((row) => [...row]);
  let rank = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0) && rank < rows.length; column++) {
    const pivotAt = rows.findIndex((row, i) => i >= rank && row[column] !== 0n);
    if (pivotAt < 0) continue;
    [rows[rank], rows[pivotAt]] = [rows[pivotAt] ?? [], rows[rank] ?? []];
    const pivot = rows[rank] ?? [];
    const lead = pivot[column] ?? 1n;
    for (const [i, row] of rows.entries()) {
      const factor = row[column] ?? 0n;
      if (i === rank || factor === 0n) continue;
      rows[i] = row.map((value, at) => value * lead - (pivot[at] ?? 0n) * factor);
    }
    rank++;
  }
  return rows;
}

/** The total as the reader has it; null where they do not. */
function seen(
  total: number,
  use: CountTable['grandTotal'],
  mark: number | undefined,
  lacking: boolean | undefined,
): number | null {
  if (use === 'hidden') return null;
  if (use === 'shown') return mark === SHOWN ? total : null;
  return lacking === true ? null : total;
}

/**
 * The totals that are lacking in another table of them alone: small ones, and where one of those could be told
 * the smallest others, until by enumeration each small one could be anything from 1 to k.
 */
function lacks(totals: readonly number[], use: CountTable['grandTotal'], k: number): readonly boolean[] {
  if (use !== 'known') return totals.map(() => false);
  const lacking = totals.map((total) => total > 0 && total < k);
  if (!lacking.includes(true)) return lacking;
  const sum = (): number => totals.reduce((all, total, i) => all + (lacking[i] === true ? total : 0), 0);
  const grand = totals.reduce((all, total) => all + total, 0);
  // n lacking totals of at least 1 that add up to s leave each of them 1..s - n + 1.
  const isFree = (): boolean => grand < k || sum() - lacking.filter(Boolean).length + 1 >= k;
  while (!isFree()) {
    const next = totals
      .map((total, i) => ({ total, i }))
      .filter(({ total, i }) => total > 0 && lacking[i] !== true)
      .sort((a, b) => a.total - b.total || a.i - b.i)[0];
    if (next === undefined) return totals.map(() => true);
    lacking[next.i] = true;
  }
  return lacking;
}

function totalsOf(length: number, addUp: (at: number, add: (value: number) => void) => void): number[] {
  return Array.from({ length }, (_, at) => {
    let total = 0;
    addUp(at, (value) => (total += value));
    return total;
  });
}

function each(length: number, visit: (i: number) => void): void {
  for (let i = 0; i < length; i++) visit(i);
}
