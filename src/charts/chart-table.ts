import type { CellValue } from '../core/delimited';

/** The numbers of a chart as a table: its text alternative, and what "copy" and "CSV" give. */
export interface ChartTable {
  readonly columns: readonly ChartTableColumn[];
  /** Raw values, one array a row. */
  readonly rows: readonly (readonly CellValue[])[];
}

export interface ChartTableColumn {
  /** With its unit. */
  readonly label: string;
  readonly numeric?: boolean | undefined;
  /** How a value is shown; copies stay raw. */
  readonly format?: ((value: number) => string) | undefined;
}

/** Header and rows, as the writers of delimited text take them. */
export function chartTableRows(table: ChartTable): CellValue[][] {
  return [table.columns.map((column) => column.label), ...table.rows.map((row) => [...row])];
}

export function shownValue(column: ChartTableColumn | undefined, value: CellValue): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number' && column?.format !== undefined) return column.format(value);
  return String(value);
}
