import {
  Bool,
  Decimal,
  Dictionary,
  Field,
  Int32,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
  makeData,
  makeVector,
  type Data,
} from 'apache-arrow';

/** Byte strings one after the other: string c lies in bytes [starts[c], starts[c + 1]). */
export interface StringPool {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
}

/**
 * A column on its way into a table, as typed arrays of the batch's length. `integer`, `text` and
 * `label`: a negative number is NULL where `nullable`. `decimal`: value * 10^scale, NaN is NULL.
 * `time`: wall-clock epoch milliseconds. `strings` are the pool's, one after the other. `text` and
 * `label` hold codes into the pool; `label` sends the pool once and the codes, for few different ones.
 */
export type BatchColumn =
  | { readonly kind: 'integer'; readonly values: Int32Array; readonly nullable?: boolean }
  | { readonly kind: 'decimal'; readonly mantissas: Float64Array; readonly scale: number }
  | { readonly kind: 'time'; readonly wallMs: Float64Array }
  | { readonly kind: 'boolean'; readonly values: Uint8Array }
  | { readonly kind: 'strings'; readonly pool: StringPool }
  | { readonly kind: 'text' | 'label'; readonly codes: Int32Array; readonly pool: StringPool };

/** DECIMAL(18, scale) is what the canonical tables hold. */
const DECIMAL_DIGITS = 18;
const WORD = 2 ** 32;

/** The columns as one Arrow IPC stream of one batch, ready for Db.append. Cost: one copy of the values. */
export function encodeBatch(columns: Readonly<Record<string, BatchColumn>>, length: number): Uint8Array {
  const names = Object.keys(columns);
  const data = Object.values(columns).map((column, i) => encodeColumn(column, length, i));
  const schema = new Schema(names.map((name, i) => new Field(name, (data[i] as Data).type, true)));
  const struct = makeData({ type: new Struct(schema.fields), length, nullCount: 0, children: data });
  const writer = new RecordBatchStreamWriter();
  writer.write(new RecordBatch(schema, struct));
  writer.finish();
  return writer.toUint8Array(true);
}

/** `position` tells the dictionaries of one batch apart. */
function encodeColumn(column: BatchColumn, length: number, position: number): Data {
  switch (column.kind) {
    case 'integer': {
      const { values } = column;
      const nulls = column.nullable === true ? validity(length, (i) => (values[i] as number) >= 0) : ALL_VALID;
      return makeData({ type: new Int32(), length, ...nulls, data: values });
    }
    case 'decimal': {
      const { mantissas, scale } = column;
      const nulls = validity(length, (i) => !Number.isNaN(mantissas[i]));
      return makeData({
        type: new Decimal(scale, DECIMAL_DIGITS, 128),
        length,
        ...nulls,
        data: decimalWords(mantissas),
      });
    }
    case 'time':
      return makeData({ type: new TimestampMicrosecond(), length, nullCount: 0, data: microseconds(column.wallMs) });
    case 'boolean': {
      const { values } = column;
      return makeData({ type: new Bool(), length, nullCount: 0, data: bits(length, (i) => values[i] === 1).bitmap });
    }
    case 'strings':
      return encodeStrings(column.pool, length);
    case 'text':
      return encodeText(column.codes, column.pool, length);
    case 'label':
      return encodeLabels(column.codes, column.pool, length, position);
  }
}

interface Nulls {
  readonly nullCount: number;
  readonly nullBitmap?: Uint8Array;
}

const ALL_VALID: Nulls = { nullCount: 0 };

function validity(length: number, isValid: (i: number) => boolean): Nulls {
  const { bitmap, count } = bits(length, isValid);
  return count === length ? ALL_VALID : { nullCount: length - count, nullBitmap: bitmap };
}

function bits(length: number, isSet: (i: number) => boolean): { bitmap: Uint8Array; count: number } {
  const bitmap = new Uint8Array((length + 7) >> 3);
  let count = 0;
  for (let i = 0; i < length; i++) {
    if (!isSet(i)) continue;
    bitmap[i >> 3] = (bitmap[i >> 3] as number) | (1 << (i & 7));
    count++;
  }
  return { bitmap, count };
}

/** 128-bit two's complement words, low first. */
function decimalWords(mantissas: Float64Array): Uint32Array {
  const words = new Int32Array(mantissas.length * 4);
  for (let i = 0; i < mantissas.length; i++) {
    const mantissa = mantissas[i] as number;
    const high = Math.floor(mantissa / WORD);
    const sign = mantissa < 0 ? -1 : 0;
    words[4 * i] = mantissa - high * WORD;
    words[4 * i + 1] = high;
    words[4 * i + 2] = sign;
    words[4 * i + 3] = sign;
  }
  return new Uint32Array(words.buffer);
}

/** 64-bit two's complement words written as pairs, because a BigInt a row costs ten times as much. */
function microseconds(wallMs: Float64Array): BigInt64Array {
  const words = new Int32Array(wallMs.length * 2);
  for (let i = 0; i < wallMs.length; i++) {
    const micros = (wallMs[i] as number) * 1000;
    const high = Math.floor(micros / WORD);
    words[2 * i] = micros - high * WORD;
    words[2 * i + 1] = high;
  }
  return new BigInt64Array(words.buffer);
}

function encodeStrings({ bytes, starts }: StringPool, length: number): Data<Utf8> {
  const first = starts[0] as number;
  const valueOffsets = first === 0 ? starts : starts.map((start) => start - first);
  const data = bytes.subarray(first, starts[length]);
  return makeData({ type: new Utf8(), length, nullCount: 0, valueOffsets, data });
}

function encodeText(codes: Int32Array, pool: StringPool, length: number): Data<Utf8> {
  const { starts } = pool;
  const valueOffsets = new Int32Array(length + 1);
  let size = 0;
  for (let i = 0; i < length; i++) {
    const code = codes[i] as number;
    if (code >= 0) size += (starts[code + 1] as number) - (starts[code] as number);
    valueOffsets[i + 1] = size;
  }
  const bytes = new Uint8Array(size);
  let to = 0;
  for (let i = 0; i < length; i++) {
    const code = codes[i] as number;
    if (code < 0) continue;
    const end = starts[code + 1] as number;
    // Short strings: a loop is faster than a view and a set for each.
    for (let from = starts[code] as number; from < end; from++) bytes[to++] = pool.bytes[from] as number;
  }
  const nulls = validity(length, (i) => (codes[i] as number) >= 0);
  return makeData({ type: new Utf8(), length, ...nulls, valueOffsets, data: bytes });
}

function encodeLabels(
  codes: Int32Array,
  { bytes, starts }: StringPool,
  length: number,
  id: number,
): Data<Dictionary<Utf8, Int32>> {
  const count = starts.length - 1;
  const strings = makeData({ type: new Utf8(), length: count, nullCount: 0, valueOffsets: starts, data: bytes });
  const nulls = validity(length, (i) => (codes[i] as number) >= 0);
  return makeData({
    type: new Dictionary(new Utf8(), new Int32(), id),
    length,
    ...nulls,
    data: codes,
    dictionary: makeVector(strings),
  });
}
