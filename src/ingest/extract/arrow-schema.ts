import { AppError } from '../../core/errors';
import type { FlatTable } from './flat-table';
import type { SecondDecimals } from './value-text';

/** What the values of a field are, and so which buffers they have. */
export type ArrowType =
  | { readonly kind: 'null' | 'bool' | 'struct' | 'map' | 'run-end' }
  | { readonly kind: 'integer'; readonly bits: number; readonly isSigned: boolean }
  | { readonly kind: 'float'; readonly bits: number }
  | { readonly kind: 'decimal'; readonly bits: number; readonly scale: number }
  | { readonly kind: 'day' }
  | { readonly kind: 'time'; readonly bits: number; readonly decimals: SecondDecimals }
  | { readonly kind: 'moment'; readonly decimals: SecondDecimals; readonly isUtc: boolean; readonly isDay: boolean }
  | { readonly kind: 'duration'; readonly decimals: SecondDecimals }
  | { readonly kind: 'bytes'; readonly isText: boolean; readonly offsetBits: 32 | 64 }
  | { readonly kind: 'view'; readonly isText: boolean }
  | { readonly kind: 'fixed'; readonly byteWidth: number }
  | { readonly kind: 'list'; readonly offsetBits: 32 | 64 }
  | { readonly kind: 'list-view'; readonly offsetBits: 32 | 64 }
  | { readonly kind: 'fixed-list'; readonly size: number }
  | { readonly kind: 'union'; readonly isDense: boolean };

export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
  readonly children: readonly ArrowField[];
  /** Values are places in a dictionary that other messages bring. */
  readonly dictionary: { readonly id: number; readonly bits: number; readonly isSigned: boolean } | null;
}

const UNIT_DECIMALS: readonly SecondDecimals[] = [0, 3, 6, 9];
const INTERVAL_BYTES = [4, 8, 16];
const FLOAT_BITS = [16, 32, 64];
/** Real schemas nest a few levels. */
const MAX_LEVELS = 64;

/**
 * The fields of a schema message. Throws `format-unsupported` for big-endian data and types younger than
 * this reader, RangeError at damage.
 *
 * @source Apache Arrow, format/Schema.fbs
 */
export function readSchema(schema: FlatTable): readonly ArrowField[] {
  if (schema.short(0, 0) !== 0) throw new AppError('format-unsupported', { kind: 'Arrow, big-endian' });
  return schema.tables(1).map((field) => readField(field, 1));
}

function readField(field: FlatTable, level: number): ArrowField {
  if (level > MAX_LEVELS) throw new RangeError('fields nested too deeply');
  const encoding = field.table(4);
  const index = encoding?.table(1);
  return {
    name: field.string(0),
    type: readType(field.byte(2), field.table(3)),
    children: field.tables(5).map((child) => readField(child, level + 1)),
    dictionary:
      encoding === null
        ? null
        : { id: encoding.long(0), bits: index?.int(0, 0) ?? 32, isSigned: index?.bool(1) ?? true },
  };
}

function readType(code: number, type: FlatTable | null): ArrowType {
  const decimalsAt = (field: number, absent: number): SecondDecimals => {
    const decimals = UNIT_DECIMALS[type?.short(field, absent) ?? absent];
    if (decimals === undefined) throw new RangeError('unknown unit of time');
    return decimals;
  };
  switch (code) {
    case 1:
      return { kind: 'null' };
    case 2:
      return { kind: 'integer', bits: type?.int(0, 0) ?? 0, isSigned: type?.bool(1) ?? false };
    case 3:
      return { kind: 'float', bits: FLOAT_BITS[type?.short(0, 0) ?? 0] ?? 64 };
    case 4:
    case 19:
      return { kind: 'bytes', isText: false, offsetBits: code === 4 ? 32 : 64 };
    case 5:
    case 20:
      return { kind: 'bytes', isText: true, offsetBits: code === 5 ? 32 : 64 };
    case 6:
      return { kind: 'bool' };
    case 7:
      return { kind: 'decimal', bits: type?.int(2, 128) ?? 128, scale: type?.int(1, 0) ?? 0 };
    case 8:
      return type?.short(0, 1) === 0 ? { kind: 'day' } : { kind: 'moment', decimals: 3, isUtc: false, isDay: true };
    case 9:
      return { kind: 'time', bits: type?.int(1, 32) ?? 32, decimals: decimalsAt(0, 1) };
    case 10:
      return { kind: 'moment', decimals: decimalsAt(0, 0), isUtc: (type?.string(1) ?? '') !== '', isDay: false };
    case 11:
      return { kind: 'fixed', byteWidth: INTERVAL_BYTES[type?.short(0, 0) ?? 0] ?? 16 };
    case 12:
    case 21:
      return { kind: 'list', offsetBits: code === 12 ? 32 : 64 };
    case 13:
      return { kind: 'struct' };
    case 14:
      return { kind: 'union', isDense: type?.short(0, 0) === 1 };
    case 15:
      return { kind: 'fixed', byteWidth: type?.int(0, 0) ?? 0 };
    case 16:
      return { kind: 'fixed-list', size: type?.int(0, 0) ?? 0 };
    case 17:
      return { kind: 'map' };
    case 18:
      return { kind: 'duration', decimals: decimalsAt(0, 1) };
    case 22:
      return { kind: 'run-end' };
    case 23:
    case 24:
      return { kind: 'view', isText: code === 24 };
    case 25:
    case 26:
      return { kind: 'list-view', offsetBits: code === 25 ? 32 : 64 };
    default:
      throw new AppError('format-unsupported', { kind: `Arrow, type ${code}` });
  }
}

/** False for bytes that are no text, and what holds them. */
export function isReadable(field: ArrowField): boolean {
  const { type } = field;
  if (type.kind === 'fixed' || type.kind === 'union' || type.kind === 'run-end') return false;
  if (type.kind === 'bytes' || type.kind === 'view') return type.isText;
  return field.children.every(isReadable);
}

/** True for a field whose values are written as JSON text. */
export function isNested(field: ArrowField): boolean {
  const { kind } = field.type;
  return kind === 'list' || kind === 'list-view' || kind === 'fixed-list' || kind === 'map';
}
