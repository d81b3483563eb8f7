import type { CellValue } from '../core/delimited';
import { protectTable, type SmallCells } from '../kernels/small-cells/protect-table';

/** The numbers of a chart as a table: its text alternative, and what "copy" and "CSV" give. */
export interface ChartTable {
  readonly columns: readonly ChartTableColumn[];
  /** Raw values, one array a row. */
  readonly rows: readonly (readonly CellValue[])[];
  /** How the rows count customers, for withholding small numbers from copies and files; none where they count none. */
  readonly smallCells?: SmallCells | undefined;
}

/** The table as it may leave the page, and how many of its cells were withheld for it. */
export interface LeavingTable {
  readonly rows: readonly (readonly CellValue[])[];
  readonly withheld: number;
}

export interface ChartTableColumn {
  /** With its unit. */
  readonly label: string;
  readonly numeric?: boolean | undefined;
  /** How a value is shown; copies stay raw. */
  readonly format?: ((value: number) => string) | undefined;
}

/**
 * Header and rows, as the writers of delimited text take them, with `mark` in place of what rests on fewer than
 * `leastCustomers` or would give such a number back.
 */
export function leavingTable(table: ChartTable, leastCustomers: number, mark: string): LeavingTable {
  const header = table.columns.map((column) => column.label);
  if (table.smallCells === undefined) return { rows: [header, ...table.rows], withheld: 0 };
  const { rows, small, complementary } = protectTable(table.rows, table.smallCells, leastCustomers, mark);
  return { rows: [header, ...rows], withheld: small + complementary };
}

export function shownValue(column: ChartTableColumn | undefined, value: CellValue): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number' && column?.format !== undefined) return column.format(value);
  return String(value);
}
