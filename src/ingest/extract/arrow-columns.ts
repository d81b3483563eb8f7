import type { BatchParts } from './arrow-messages';
import { readValues } from './arrow-values';
import type { ArrowField } from './arrow-schema';
import type { DelimitedSink } from './delimited-sink';

/** The values of a field in one record batch. */
export interface ArrowColumn {
  readonly length: number;
  isGap(index: number): boolean;
  /** Writes a value that is no gap as a cell. */
  write(index: number, sink: DelimitedSink): void;
  /** A value that is no gap as it stands within a JSON text. */
  json(index: number): string;
  /** Columns of a struct's fields; none otherwise. */
  readonly children: readonly ArrowColumn[];
}

/** Dictionaries by their id, as the messages so far have brought them. */
export type Dictionaries = ReadonlyMap<number, ArrowColumn>;

const NO_CHILDREN: readonly ArrowColumn[] = [];

/**
 * Takes a field's values out of a record batch, its children's with it. Throws RangeError where buffers
 * are missing or too short; places within them are checked when a value is read.
 */
export function readColumn(field: ArrowField, parts: BatchParts, dictionaries: Dictionaries): ArrowColumn {
  if (field.dictionary !== null) return readDictionaryColumn(field, field.dictionary, parts, dictionaries);
  const length = parts.nextLength();
  const { type } = field;
  switch (type.kind) {
    case 'null':
      return { ...unreadable(length), isGap: () => true };
    case 'run-end':
      for (const child of field.children) readColumn(child, parts, dictionaries);
      return unreadable(length);
    case 'union':
      parts.nextBuffer(0);
      if (type.isDense) parts.nextBuffer(0);
      for (const child of field.children) readColumn(child, parts, dictionaries);
      return unreadable(length);
    case 'struct': {
      const isGap = readGaps(parts, length);
      const children = field.children.map((child) => readColumn(child, parts, dictionaries));
      return { length, isGap, children, ...asJson((index) => structJson(field, children, index)) };
    }
    case 'list':
    case 'map':
    case 'list-view':
    case 'fixed-list':
      return readList(field, length, parts, dictionaries);
    default:
      return { length, isGap: readGaps(parts, length), children: NO_CHILDREN, ...readValues(type, length, parts) };
  }
}

function readDictionaryColumn(
  field: ArrowField,
  { id, bits, isSigned }: NonNullable<ArrowField['dictionary']>,
  parts: BatchParts,
  dictionaries: Dictionaries,
): ArrowColumn {
  const length = parts.nextLength();
  const isGap = readGaps(parts, length);
  const places = readWholeNumbers(parts, length, bits, isSigned);
  const dictionary = dictionaries.get(id);
  if (dictionary === undefined) throw new RangeError(`dictionary of ${field.name} missing`);
  const placeOf = (index: number): number => {
    const place = places(index);
    if (!(place >= 0 && place < dictionary.length)) throw new RangeError('dictionary too small');
    return place;
  };
  return {
    length,
    isGap: (index) => isGap(index) || dictionary.isGap(placeOf(index)),
    write: (index, sink) => dictionary.write(placeOf(index), sink),
    json: (index) => dictionary.json(placeOf(index)),
    children: NO_CHILDREN,
  };
}

/** Values of two dictionary batches, one behind the other. */
export function joinColumns(first: ArrowColumn, second: ArrowColumn): ArrowColumn {
  const pick = <T>(index: number, use: (column: ArrowColumn, index: number) => T): T =>
    index < first.length ? use(first, index) : use(second, index - first.length);
  return {
    length: first.length + second.length,
    isGap: (index) => pick(index, (column, at) => column.isGap(at)),
    write: (index, sink) => pick(index, (column, at) => column.write(at, sink)),
    json: (index) => pick(index, (column, at) => column.json(at)),
    children: NO_CHILDREN,
  };
}

function readList(field: ArrowField, length: number, parts: BatchParts, dictionaries: Dictionaries): ArrowColumn {
  const isGap = readGaps(parts, length);
  const rangeOf = readRanges(field, length, parts);
  const [itemField] = field.children;
  if (itemField === undefined) throw new RangeError('list of nothing');
  const items = readColumn(itemField, parts, dictionaries);
  const write = field.type.kind === 'map' ? mapJson(items) : listJson(items);
  return {
    length,
    isGap,
    children: NO_CHILDREN,
    ...asJson((index) => {
      const [from, to] = rangeOf(index);
      if (!(from >= 0 && to >= from && to <= items.length)) throw new RangeError('list outside of its values');
      return write(from, to);
    }),
  };
}

/** Where the items of each list lie. */
function readRanges(
  { type }: ArrowField,
  length: number,
  parts: BatchParts,
): (index: number) => readonly [number, number] {
  if (type.kind === 'fixed-list') return (index) => [index * type.size, (index + 1) * type.size];
  const bits = type.kind === 'list' || type.kind === 'list-view' ? type.offsetBits : 32;
  if (type.kind === 'list-view') {
    const offsets = readWholeNumbers(parts, length, bits, true);
    const sizes = readWholeNumbers(parts, length, bits, true);
    return (index) => [offsets(index), offsets(index) + sizes(index)];
  }
  // A column without rows may come without its only offset.
  const offsets = readWholeNumbers(parts, length === 0 ? 0 : length + 1, bits, true);
  return (index) => [offsets(index), offsets(index + 1)];
}

function listJson(items: ArrowColumn): (from: number, to: number) => string {
  return (from, to) => {
    const pieces: string[] = [];
    for (let i = from; i < to; i++) pieces.push(items.isGap(i) ? 'null' : items.json(i));
    return `[${pieces.join(',')}]`;
  };
}

/** The items of a map are structs of a key and a value. */
function mapJson(entries: ArrowColumn): (from: number, to: number) => string {
  const [keys, values] = entries.children;
  if (keys === undefined || values === undefined) throw new RangeError('map of another shape');
  return (from, to) => {
    const pieces: string[] = [];
    for (let i = from; i < to; i++) {
      const key = keys.json(i);
      const name = key.startsWith('"') ? key : JSON.stringify(key);
      pieces.push(`${name}:${values.isGap(i) ? 'null' : values.json(i)}`);
    }
    return `{${pieces.join(',')}}`;
  };
}

function structJson(field: ArrowField, children: readonly ArrowColumn[], index: number): string {
  const pieces = children.map((child, i) => {
    const name = JSON.stringify(field.children[i]?.name ?? '');
    return `${name}:${child.isGap(index) ? 'null' : child.json(index)}`;
  });
  return `{${pieces.join(',')}}`;
}

function asJson(json: (index: number) => string): Pick<ArrowColumn, 'write' | 'json'> {
  return { json, write: (index, sink) => sink.text(json(index)) };
}

/** A column that was passed over, whose buffers have been taken. */
function unreadable(length: number): ArrowColumn {
  const refuse = (): never => {
    throw new RangeError('values of no text');
  };
  return { length, isGap: () => false, write: refuse, json: refuse, children: NO_CHILDREN };
}

/** The bitmap of values that are there; absent when all are. */
function readGaps(parts: BatchParts, length: number): (index: number) => boolean {
  const bits = parts.nextBuffer(0);
  if (bits.byteLength === 0) return () => false;
  if (bits.byteLength < Math.ceil(length / 8)) throw new RangeError('buffer too short');
  return (index) => ((bits.getUint8(index >> 3) >> (index & 7)) & 1) === 0;
}

function readWholeNumbers(
  parts: BatchParts,
  length: number,
  bits: number,
  isSigned: boolean,
): (index: number) => number {
  const view = parts.nextBuffer((length * bits) / 8);
  switch (bits) {
    case 8:
      return isSigned ? (index) => view.getInt8(index) : (index) => view.getUint8(index);
    case 16:
      return isSigned ? (index) => view.getInt16(2 * index, true) : (index) => view.getUint16(2 * index, true);
    case 32:
      return isSigned ? (index) => view.getInt32(4 * index, true) : (index) => view.getUint32(4 * index, true);
    case 64:
      return (index) => Number(view.getBigInt64(8 * index, true));
    default:
      throw new RangeError('unknown width');
  }
}
