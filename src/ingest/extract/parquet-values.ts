import type { SchemaElement } from 'hyparquet';
import type { DelimitedSink } from './delimited-sink';
import {
  bigEndianInteger,
  dayText,
  decimalText,
  doubleText,
  floatText,
  halfText,
  timeOfDayText,
  TimeText,
  type SecondDecimals,
} from './value-text';

/** A value as Parquet stores it, before what the schema says of its meaning. */
export type StoredValue = number | bigint | boolean | Uint8Array;

/**
 * How a leaf's values become text. `plain` gives ASCII that needs no quotes, or null for a gap (NaN);
 * `bytes` are UTF-8 as they stand; `unmarked` are bytes that the file does not call text, as some
 * older writers leave them; `none` is nothing that a table of text can hold.
 */
export type ValueForm =
  | { readonly kind: 'plain'; readonly isNumber: boolean; readonly text: (value: StoredValue) => string | null }
  | { readonly kind: 'bytes' | 'unmarked' | 'none' };

const JULIAN_DAY_OF_1970 = 2_440_588n;
const NANOS_A_DAY = 86_400_000_000_000n;
const DECIMALS = { MILLIS: 3, MICROS: 6, NANOS: 9 } as const;
/** A unit of time and whether it is an instant (UTC) or a wall clock. */
interface Moment {
  readonly decimals: SecondDecimals;
  readonly isUtc: boolean;
}

/**
 * The form of a leaf by its annotations, the newer (logical) before the older (converted) ones.
 *
 * @source Apache Parquet, LogicalTypes.md; a TIMESTAMP_* without the newer annotation is UTC by it
 */
export function formOfLeaf(element: SchemaElement): ValueForm {
  const { type, logical_type: logical, converted_type: converted } = element;
  const scale = logical?.type === 'DECIMAL' ? logical.scale : converted === 'DECIMAL' ? (element.scale ?? 0) : null;
  switch (type) {
    case 'BOOLEAN':
      return word((value) => String(value));
    case 'INT32':
      return int32Form(element, scale);
    case 'INT64':
      return int64Form(element, scale);
    case 'INT96':
      return word(int96Text());
    case 'FLOAT':
      return number((value) => floatText(Number(value)));
    case 'DOUBLE':
      return number((value) => doubleText(Number(value)));
    case 'BYTE_ARRAY':
      if (scale !== null) return number((value) => decimalText(bigEndianInteger(value as Uint8Array), scale));
      if (logical?.type === 'STRING' || logical?.type === 'ENUM' || logical?.type === 'JSON') return { kind: 'bytes' };
      if (converted === 'UTF8' || converted === 'ENUM' || converted === 'JSON') return { kind: 'bytes' };
      return { kind: logical === undefined && converted === undefined ? 'unmarked' : 'none' };
    case 'FIXED_LEN_BYTE_ARRAY':
      if (scale !== null) return number((value) => decimalText(bigEndianInteger(value as Uint8Array), scale));
      if (logical?.type === 'UUID') return word((value) => uuidText(value as Uint8Array));
      if (logical?.type === 'FLOAT16') return number((value) => halfText(littleEndian16(value as Uint8Array)));
      return { kind: 'none' };
    default:
      return { kind: 'none' };
  }
}

function int32Form(element: SchemaElement, scale: number | null): ValueForm {
  const { logical_type: logical, converted_type: converted } = element;
  if (scale !== null) return number((value) => decimalText(value as number, scale));
  if (logical?.type === 'DATE' || converted === 'DATE') return word((value) => dayText(value as number));
  if (logical?.type === 'TIME' || converted === 'TIME_MILLIS')
    return word((value) => timeOfDayText(value as number, 3));
  const isUnsigned =
    logical?.type === 'INTEGER' ? !logical.isSigned : converted !== undefined && converted.startsWith('UINT_');
  return number(isUnsigned ? (value) => String((value as number) >>> 0) : (value) => String(value));
}

function int64Form(element: SchemaElement, scale: number | null): ValueForm {
  const { logical_type: logical, converted_type: converted } = element;
  if (scale !== null) return number((value) => decimalText(value as bigint, scale));
  const moment = momentOf(element);
  if (moment !== null) {
    const times = new TimeText(moment.decimals, moment.isUtc);
    return word((value) => times.text(value as bigint));
  }
  if (logical?.type === 'TIME' || converted === 'TIME_MICROS') {
    const decimals = logical?.type === 'TIME' ? DECIMALS[logical.unit] : 6;
    return word((value) => timeOfDayText(value as bigint, decimals));
  }
  const isUnsigned = logical?.type === 'INTEGER' ? !logical.isSigned : converted === 'UINT_64';
  return number(isUnsigned ? (value) => String(BigInt.asUintN(64, value as bigint)) : (value) => String(value));
}

function momentOf({ logical_type: logical, converted_type: converted }: SchemaElement): Moment | null {
  if (logical?.type === 'TIMESTAMP') return { decimals: DECIMALS[logical.unit], isUtc: logical.isAdjustedToUTC };
  if (converted === 'TIMESTAMP_MILLIS') return { decimals: 3, isUtc: true };
  return converted === 'TIMESTAMP_MICROS' ? { decimals: 6, isUtc: true } : null;
}

/** Nanoseconds of the day under a Julian day; which zone it is in the format does not say: a wall clock. */
function int96Text(): (value: StoredValue) => string {
  const times = new TimeText(9, false);
  return (value) => {
    const days = ((value as bigint) >> 64n) - JULIAN_DAY_OF_1970;
    return times.text(days * NANOS_A_DAY + BigInt.asUintN(64, value as bigint));
  };
}

function uuidText(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function littleEndian16(bytes: Uint8Array): number {
  return (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
}

function number(text: (value: StoredValue) => string | null): ValueForm {
  return { kind: 'plain', isNumber: true, text };
}

function word(text: (value: StoredValue) => string | null): ValueForm {
  return { kind: 'plain', isNumber: false, text };
}

/** Writes one value as a cell. */
export function writeValue(form: ValueForm, value: StoredValue, sink: DelimitedSink): void {
  if (form.kind === 'plain') {
    writePlain(form.text(value), sink);
  } else {
    const bytes = value as Uint8Array;
    sink.utf8(bytes, 0, bytes.length);
  }
}

/** Writes ASCII that needs no quotes, or a gap for null. */
export function writePlain(text: string | null, sink: DelimitedSink): void {
  if (text === null) sink.gap();
  else sink.plain(text);
}

const decoder = new TextDecoder();

/** One value as it stands within a JSON text. */
export function jsonOfValue(form: ValueForm, value: StoredValue): string {
  if (form.kind !== 'plain') return JSON.stringify(decoder.decode(value as Uint8Array));
  const text = form.text(value);
  if (text === null) return 'null';
  return form.isNumber || typeof value === 'boolean' ? text : JSON.stringify(text);
}
