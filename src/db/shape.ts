import { AppError } from '../core/errors';

/**
 * What a column of a result must be. `integer` and `decimal` arrive as exact JS numbers (a value
 * past 2^53 is an error, not a rounding), `time` as wall-clock epoch milliseconds. A trailing `?`
 * allows NULL, which arrives as null.
 */
export type ColumnKind = 'integer' | 'decimal' | 'double' | 'text' | 'boolean' | 'time';
export type ShapeColumn = ColumnKind | `${ColumnKind}?`;
export type Shape = Readonly<Record<string, ShapeColumn>>;

type Plain<K> = K extends 'text' ? string : K extends 'boolean' ? boolean : number;
type Value<C> = C extends `${infer K}?` ? Plain<K> | null : Plain<C>;
export type Row<S extends Shape> = { readonly [K in keyof S]: Value<S[K]> };

/** Columns by name; numbers as Float64Array (NaN for NULL), everything else as plain arrays. */
export type Columns<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends `text${string}` | `boolean${string}` ? readonly Value<S[K]>[] : Float64Array;
};

export interface ShapeSpec {
  readonly kind: ColumnKind;
  readonly nullable: boolean;
}

export function specOf(column: ShapeColumn): ShapeSpec {
  const nullable = column.endsWith('?');
  return { kind: (nullable ? column.slice(0, -1) : column) as ColumnKind, nullable };
}

/** The error for a result that is not what its statement declared. */
export function shapeError(column: string, wanted: string, found: string): AppError {
  return new AppError('result-shape', { column, wanted, found });
}
