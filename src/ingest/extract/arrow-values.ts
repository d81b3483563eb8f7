import type { BatchParts } from './arrow-messages';
import type { ArrowType } from './arrow-schema';
import type { DelimitedSink } from './delimited-sink';
import { dayText, decimalText, doubleText, floatText, halfText, timeOfDayText, TimeText } from './value-text';

/** How values of a field without children are written. */
export interface ArrowValues {
  write(index: number, sink: DelimitedSink): void;
  json(index: number): string;
}

const DAY_MS = 86_400_000n;
/** Strings of up to this many bytes lie in the view itself. */
const INLINE_BYTES = 12;
const VIEW_BYTES = 16;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Takes the buffers of a field's values, its gaps' having been taken. Throws RangeError when too short. */
export function readValues(type: ArrowType, length: number, parts: BatchParts): ArrowValues {
  switch (type.kind) {
    case 'bool': {
      const bits = parts.nextBuffer(Math.ceil(length / 8));
      return bare((index) => String(((bits.getUint8(index >> 3) >> (index & 7)) & 1) === 1));
    }
    case 'integer':
      return integers(type.bits, type.isSigned, length, parts);
    case 'float': {
      const view = parts.nextBuffer((length * type.bits) / 8);
      if (type.bits === 64) return bare((index) => doubleText(view.getFloat64(8 * index, true)));
      if (type.bits === 32) return bare((index) => floatText(view.getFloat32(4 * index, true)));
      return bare((index) => halfText(view.getUint16(2 * index, true)));
    }
    case 'decimal': {
      const view = parts.nextBuffer((length * type.bits) / 8);
      return bare((index) => decimalText(littleEndianInteger(view, index, type.bits), type.scale));
    }
    case 'day': {
      const view = parts.nextBuffer(4 * length);
      return quoted((index) => dayText(view.getInt32(4 * index, true)));
    }
    case 'time': {
      const view = parts.nextBuffer((length * type.bits) / 8);
      const value = (index: number): number | bigint =>
        type.bits === 32 ? view.getInt32(4 * index, true) : view.getBigInt64(8 * index, true);
      return quoted((index) => timeOfDayText(value(index), type.decimals));
    }
    case 'moment': {
      const view = parts.nextBuffer(8 * length);
      if (type.isDay) return quoted((index) => dayText(Number(view.getBigInt64(8 * index, true) / DAY_MS)));
      const times = new TimeText(type.decimals, type.isUtc);
      return quoted((index) => times.text(view.getBigInt64(8 * index, true)));
    }
    case 'duration': {
      // In seconds: the unit that every time of day and stay on a page is told in.
      const view = parts.nextBuffer(8 * length);
      return bare((index) => decimalText(view.getBigInt64(8 * index, true), type.decimals));
    }
    case 'bytes':
      return strings(length, type.offsetBits, parts);
    case 'view':
      return views(length, parts);
    case 'fixed': {
      parts.nextBuffer(length * type.byteWidth);
      return bare(() => null);
    }
    default:
      throw new RangeError('not a value');
  }
}

function integers(bits: number, isSigned: boolean, length: number, parts: BatchParts): ArrowValues {
  const view = parts.nextBuffer((length * bits) / 8);
  switch (bits) {
    case 8:
      return bare((index) => String(isSigned ? view.getInt8(index) : view.getUint8(index)));
    case 16:
      return bare((index) => String(isSigned ? view.getInt16(2 * index, true) : view.getUint16(2 * index, true)));
    case 32:
      return bare((index) => String(isSigned ? view.getInt32(4 * index, true) : view.getUint32(4 * index, true)));
    case 64:
      return bare((index) => String(isSigned ? view.getBigInt64(8 * index, true) : view.getBigUint64(8 * index, true)));
    default:
      throw new RangeError('unknown width');
  }
}

function littleEndianInteger(view: DataView, index: number, bits: number): bigint {
  if (bits === 32) return BigInt(view.getInt32(4 * index, true));
  const words = bits / 64;
  let value = view.getBigInt64(8 * (words * index + words - 1), true);
  for (let word = words - 2; word >= 0; word--) {
    value = (value << 64n) | view.getBigUint64(8 * (words * index + word), true);
  }
  return value;
}

function strings(length: number, offsetBits: 32 | 64, parts: BatchParts): ArrowValues {
  const places = length === 0 ? 0 : length + 1;
  const offsets = parts.nextBuffer((places * offsetBits) / 8);
  const bytes = bytesOf(parts.nextBuffer(0));
  const offset =
    offsetBits === 32
      ? (index: number): number => offsets.getInt32(4 * index, true)
      : (index: number): number => Number(offsets.getBigInt64(8 * index, true));
  return textOf((index, use) => use(bytes, offset(index), offset(index + 1)));
}

function views(length: number, parts: BatchParts): ArrowValues {
  const headers = parts.nextBuffer(VIEW_BYTES * length);
  const inline = bytesOf(headers);
  const data = Array.from({ length: parts.nextViewBuffers() }, () => bytesOf(parts.nextBuffer(0)));
  return textOf((index, use) => {
    const at = VIEW_BYTES * index;
    const size = headers.getInt32(at, true);
    if (size <= INLINE_BYTES) return use(inline, at + 4, at + 4 + size);
    const buffer = data[headers.getInt32(at + 8, true)];
    if (buffer === undefined) throw new RangeError('buffer missing');
    const from = headers.getInt32(at + 12, true);
    return use(buffer, from, from + size);
  });
}

type UseBytes<T> = (bytes: Uint8Array, from: number, to: number) => T;

function textOf(locate: <T>(index: number, use: UseBytes<T>) => T): ArrowValues {
  const checked =
    <T>(use: UseBytes<T>): UseBytes<T> =>
    (bytes, from, to) => {
      if (!(from >= 0 && to >= from && to <= bytes.length)) throw new RangeError('text outside of its buffer');
      return use(bytes, from, to);
    };
  const asJson = checked((bytes, from, to) => JSON.stringify(decoder.decode(bytes.subarray(from, to))));
  return {
    write: (index, sink) =>
      locate(
        index,
        checked((bytes, from, to) => sink.utf8(bytes, from, to)),
      ),
    json: (index) => locate(index, asJson),
  };
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** Numbers and booleans: alike in a cell and in JSON. Null is a gap. */
function bare(text: (index: number) => string | null): ArrowValues {
  return {
    write: (index, sink) => {
      const written = text(index);
      if (written === null) sink.gap();
      else sink.plain(written);
    },
    json: (index) => text(index) ?? 'null',
  };
}

/** Times: text in JSON. */
function quoted(text: (index: number) => string): ArrowValues {
  return { write: (index, sink) => sink.plain(text(index)), json: (index) => JSON.stringify(text(index)) };
}
