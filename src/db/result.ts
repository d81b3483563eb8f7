import { DataType, Type, type RecordBatch, type Schema, type Vector } from 'apache-arrow';
import { shapeError, specOf, type Columns, type ColumnKind, type Row, type Shape } from './shape';

/** Reads one cell as a plain value; null for NULL. */
type Cell = (row: number) => string | number | boolean | null;

/** Checks a result's schema against the declared shape: same names, fitting types. */
export function checkSchema(schema: Schema, shape: Shape): void {
  const wanted = Object.keys(shape);
  const found = schema.fields.map((field) => field.name);
  if (wanted.length !== found.length) throw shapeError('*', wanted.join(','), found.join(','));
  for (const field of schema.fields) {
    const type = field.type as DataType;
    const column = shape[field.name];
    if (column === undefined) throw shapeError(field.name, 'absent', typeName(type));
    const { kind } = specOf(column);
    if (!fits(type, kind)) throw shapeError(field.name, kind, typeName(type));
  }
}

const typeName = (type: DataType): string => Type[type.typeId];

function fits(type: DataType, kind: ColumnKind): boolean {
  switch (kind) {
    case 'integer':
      return DataType.isInt(type) || (DataType.isDecimal(type) && type.scale === 0);
    case 'decimal':
      return DataType.isDecimal(type) || DataType.isInt(type);
    case 'double':
      return DataType.isFloat(type);
    case 'text':
      return DataType.isUtf8(type) || DataType.isDictionary(type);
    case 'boolean':
      return DataType.isBool(type);
    case 'time':
      return DataType.isTimestamp(type) || DataType.isDate(type);
  }
}

/** The rows of a result as plain objects. */
export function toRows<S extends Shape>(batches: readonly RecordBatch[], shape: S): Row<S>[] {
  const names = Object.keys(shape);
  const rows: Row<S>[] = [];
  for (const batch of batches) {
    const cells = names.map((name) => cellsOf(batch, name, shape));
    for (let i = 0; i < batch.numRows; i++) {
      rows.push(Object.fromEntries(names.map((name, j) => [name, cells[j]?.(i) ?? null])) as Row<S>);
    }
  }
  return rows;
}

/** The result as columns. */
export function toColumns<S extends Shape>(batches: readonly RecordBatch[], shape: S): Columns<S> {
  const n = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  const columns = Object.entries(shape).map(([name, column]) => {
    const { kind } = specOf(column);
    const textual = kind === 'text' || kind === 'boolean';
    const texts: ReturnType<Cell>[] = [];
    const numbers = new Float64Array(textual ? 0 : n);
    let at = 0;
    for (const batch of batches) {
      const cell = cellsOf(batch, name, shape);
      for (let i = 0; i < batch.numRows; i++) {
        if (textual) texts.push(cell(i));
        else numbers[at++] = (cell(i) as number | null) ?? Number.NaN;
      }
    }
    return [name, textual ? texts : numbers];
  });
  return Object.fromEntries(columns) as Columns<S>;
}

function cellsOf(batch: RecordBatch, name: string, shape: Shape): Cell {
  const vector = batch.getChild(name);
  const { kind, nullable } = specOf(shape[name] ?? 'text');
  if (vector === null) throw shapeError(name, kind, 'absent');
  if (!nullable && vector.nullCount > 0) throw shapeError(name, `${kind} without NULL`, 'NULL');
  const read = readerOf(vector, kind, name);
  return vector.nullCount === 0 ? read : (row) => (vector.isValid(row) ? read(row) : null);
}

function readerOf(vector: Vector, kind: ColumnKind, name: string): Cell {
  const type = vector.type as DataType;
  if (DataType.isDecimal(type)) {
    const words = vector.data[0]?.values as Uint32Array;
    const offset = (vector.data[0]?.offset ?? 0) * 4;
    const scale = type.scale;
    const exact = kind === 'integer';
    return (row) => decimalToNumber(words, offset + row * 4, scale, exact, name);
  }
  if (DataType.isInt(type) && type.bitWidth === 64) {
    return (row) => safeInteger(vector.get(row) as bigint, name);
  }
  if (kind === 'text') return (row) => String(vector.get(row));
  return (row) => vector.get(row) as number | boolean;
}

function safeInteger(value: bigint, name: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw shapeError(name, 'integer within 2^53', 'a larger one');
  return number;
}

/** A 128-bit two's complement decimal as the nearest double; exact for mantissas below 2^53. */
function decimalToNumber(words: Uint32Array, at: number, scale: number, exact: boolean, name: string): number {
  const low = BigInt(words[at] ?? 0) | (BigInt(words[at + 1] ?? 0) << 32n);
  const high = BigInt(words[at + 2] ?? 0) | (BigInt(words[at + 3] ?? 0) << 32n);
  const mantissa = BigInt.asIntN(128, low | (high << 64n));
  if (exact || scale === 0) return safeInteger(mantissa, name);
  const number = Number(mantissa);
  return Number.isSafeInteger(number) ? number / 10 ** scale : Number(`${mantissa}e-${scale}`);
}
