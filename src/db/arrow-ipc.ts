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
import { DECIMAL_WORDS, LONG_WORDS, NO_DECIMAL, NO_LONG } from './words';

/** Byte strings one after the other: string c lies in bytes [starts[c], starts[c + 1]). */
export interface StringPool {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
}

/**
 * A column on its way into a table, in the form in which it is sent; arrays may be longer than the
 * batch. `integer`, `text` and `label`: a negative number is NULL. `decimal`: value * 10^scale as words
 * of words.ts, NO_DECIMAL is NULL. `time`: wall-clock epoch microseconds as words, NO_LONG is NULL.
 * `isComplete` says that no value is NULL, which spares looking for one. `boolean`: a bit each, the
 * lowest first. `strings` are the pool's, one after the other. `text` and `label` hold codes into the
 * pool; `label` sends the pool once and the codes, for few different ones.
 */
export type BatchColumn =
  | { readonly kind: 'integer'; readonly values: Int32Array }
  | { readonly kind: 'decimal'; readonly words: Int32Array; readonly scale: number; readonly isComplete?: boolean }
  | { readonly kind: 'time'; readonly words: Int32Array; readonly isComplete?: boolean }
  | { readonly kind: 'boolean'; readonly bits: Uint8Array }
  | { readonly kind: 'strings'; readonly pool: StringPool }
  | { readonly kind: 'text' | 'label'; readonly codes: Int32Array; readonly pool: StringPool };

/** DECIMAL(18, scale) is what the canonical tables hold. */
const DECIMAL_DIGITS = 18;

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
    case 'integer':
      return makeData({ type: new Int32(), length, ...codeNulls(column.values, length), data: column.values });
    case 'decimal': {
      const { words, scale } = column;
      const type = new Decimal(scale, DECIMAL_DIGITS, 128);
      return makeData({
        type,
        length,
        ...(column.isComplete === true ? ALL_VALID : wordNulls(words, DECIMAL_WORDS, NO_DECIMAL, length)),
        data: new Uint32Array(words.buffer, words.byteOffset, words.length),
      });
    }
    case 'time': {
      const { words } = column;
      const data = new BigInt64Array(words.buffer, words.byteOffset, words.length / LONG_WORDS);
      return makeData({
        type: new TimestampMicrosecond(),
        length,
        ...(column.isComplete === true ? ALL_VALID : wordNulls(words, LONG_WORDS, NO_LONG, length)),
        data,
      });
    }
    case 'boolean':
      return makeData({ type: new Bool(), length, nullCount: 0, data: column.bits });
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

function codeNulls(codes: Int32Array, length: number): Nulls {
  let signs = 0;
  for (let i = 0; i < length; i++) signs |= codes[i] as number;
  return signs >= 0 ? ALL_VALID : validity(length, (i) => (codes[i] as number) >= 0);
}

/** Values of `size` words each, of which the last tells that there is none. */
function wordNulls(words: Int32Array, size: number, none: number, length: number): Nulls {
  for (let at = size - 1; at < length * size; at += size) {
    if (words[at] === none) return validity(length, (i) => words[(i + 1) * size - 1] !== none);
  }
  return ALL_VALID;
}

function validity(length: number, isValid: (i: number) => boolean): Nulls {
  const nullBitmap = new Uint8Array((length + 7) >> 3);
  let count = 0;
  for (let i = 0; i < length; i++) {
    if (!isValid(i)) continue;
    nullBitmap[i >> 3] = (nullBitmap[i >> 3] as number) | (1 << (i & 7));
    count++;
  }
  return { nullCount: length - count, nullBitmap };
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
  return makeData({ type: new Utf8(), length, ...codeNulls(codes, length), valueOffsets, data: bytes });
}

function encodeLabels(
  codes: Int32Array,
  { bytes, starts }: StringPool,
  length: number,
  id: number,
): Data<Dictionary<Utf8, Int32>> {
  const count = starts.length - 1;
  const strings = makeData({ type: new Utf8(), length: count, nullCount: 0, valueOffsets: starts, data: bytes });
  return makeData({
    type: new Dictionary(new Utf8(), new Int32(), id),
    length,
    ...codeNulls(codes, length),
    data: codes,
    dictionary: makeVector(strings),
  });
}
