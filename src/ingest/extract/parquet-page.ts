import { parquetHeader } from 'hyparquet/src/column.js';
import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from 'hyparquet/src/delta.js';
import { byteStreamSplit } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import type { ColumnMetaData, Compressors, DecodedArray, PageHeader, SchemaElement } from 'hyparquet';
import { AppError } from '../../core/errors';
import { bitsFor, readHybrid } from './parquet-levels';

/** The values of one data page as they are stored; every annotation of the schema is still to be applied. */
export interface Page {
  /** How many levels and gaps and values: rows, where no list is inside. */
  readonly length: number;
  /** Value i is there when definitions[i] is the leaf's greatest level; null when all are. */
  readonly definitions: Uint8Array | null;
  /** Above zero where the value continues a list; null without lists. */
  readonly repetitions: Uint8Array | null;
  /** Place in `values` of each value that is there, in order; null when they stand in order themselves. */
  readonly indices: Int32Array | null;
  readonly values: DecodedArray;
}

/** A leaf of the schema with its levels. */
export interface Leaf {
  readonly element: SchemaElement;
  readonly mostDefinition: number;
  readonly mostRepetition: number;
}

/** A page is about 1 MB by the format's advice; what claims to be more than this is not one. */
const MAX_PAGE_BYTES = 512 << 20;

/**
 * Reads the pages of a column chunk one after the other; only one is decoded at a time. Sizes and
 * counts that pages give of themselves are checked before anything is made of them. Throws RangeError
 * and the like at damage, and `format-unsupported` for a compression that nobody writes.
 */
export class ChunkPages {
  readonly #bytes: Uint8Array;
  readonly #chunk: ColumnMetaData;
  readonly #leaf: Leaf;
  readonly #compressors: Compressors;
  readonly #mostValues: number;
  readonly #cursor: { readonly view: DataView; offset: number };
  #dictionary: DecodedArray | null = null;

  /** @param mostValues how many values, gaps included, the chunk may hold by its row group */
  constructor(
    bytes: Uint8Array<ArrayBuffer>,
    chunk: ColumnMetaData,
    leaf: Leaf,
    mostValues: number,
    compressors: Compressors,
  ) {
    this.#bytes = bytes;
    this.#chunk = chunk;
    this.#leaf = leaf;
    this.#compressors = compressors;
    this.#mostValues = mostValues;
    this.#cursor = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  }

  /** The next data page; null after the last one. */
  next(): Page | null {
    const cursor = this.#cursor;
    // A single byte behind the last page is padding.
    while (cursor.offset < this.#bytes.length - 1) {
      const header = parquetHeader(cursor);
      const from = cursor.offset;
      const to = from + header.compressed_page_size;
      if (!(header.compressed_page_size >= 0 && to <= this.#bytes.length)) throw new RangeError('page ends early');
      if (!(header.uncompressed_page_size >= 0 && header.uncompressed_page_size <= MAX_PAGE_BYTES)) {
        throw new RangeError('page too large');
      }
      cursor.offset = to;
      const body = this.#bytes.subarray(from, to);
      if (header.type === 'DICTIONARY_PAGE') this.#dictionary = this.#readDictionary(body, header);
      else if (header.type === 'DATA_PAGE') return this.#readPage(body, header);
      else if (header.type === 'DATA_PAGE_V2') return this.#readPageV2(body, header);
    }
    return null;
  }

  #readDictionary(body: Uint8Array, header: PageHeader): DecodedArray {
    const count = header.dictionary_page_header?.num_values ?? 0;
    const page = this.#inflate(body, header.uncompressed_page_size);
    this.#checkCount(count, page.length * 8);
    return readPlain(readerOf(page, 0), this.#chunk.type, count, this.#leaf.element.type_length);
  }

  #readPage(body: Uint8Array, header: PageHeader): Page {
    const facts = header.data_page_header;
    if (facts === undefined) throw new RangeError('page without header');
    const { num_values: length, encoding } = facts;
    this.#checkCount(length, this.#mostValues);
    const page = this.#inflate(body, header.uncompressed_page_size);
    const { mostDefinition, mostRepetition } = this.#leaf;
    let at = 0;
    const readLevels = (most: number): Uint8Array | null => {
      if (most === 0) return null;
      const from = at + 4;
      at = from + readerOf(page, at).view.getUint32(at, true);
      if (at > page.length) throw new RangeError('levels end early');
      const levels = new Uint8Array(length);
      readHybrid(page, from, at, bitsFor(most), levels);
      return levels;
    };
    const repetitions = readLevels(mostRepetition);
    const definitions = readLevels(mostDefinition);
    return this.#withValues(page, at, length, definitions, repetitions, encoding);
  }

  #readPageV2(body: Uint8Array, header: PageHeader): Page {
    const facts = header.data_page_header_v2;
    if (facts === undefined) throw new RangeError('page without header');
    const { num_values: length, encoding } = facts;
    const { repetition_levels_byte_length: repetitionBytes, definition_levels_byte_length: definitionBytes } = facts;
    this.#checkCount(length, this.#mostValues);
    const levelBytes = repetitionBytes + definitionBytes;
    if (!(repetitionBytes >= 0 && definitionBytes >= 0 && levelBytes <= body.length)) {
      throw new RangeError('levels end early');
    }
    const readLevels = (most: number, from: number, to: number): Uint8Array | null => {
      if (most === 0) return null;
      const levels = new Uint8Array(length);
      readHybrid(body, from, to, bitsFor(most), levels);
      return levels;
    };
    const repetitions = readLevels(this.#leaf.mostRepetition, 0, repetitionBytes);
    const definitions = readLevels(this.#leaf.mostDefinition, repetitionBytes, levelBytes);
    const packed = body.subarray(levelBytes);
    const size = header.uncompressed_page_size - levelBytes;
    const page = facts.is_compressed === false || size === 0 ? packed : this.#inflate(packed, size);
    return this.#withValues(page, 0, length, definitions, repetitions, encoding);
  }

  #withValues(
    page: Uint8Array,
    from: number,
    length: number,
    definitions: Uint8Array | null,
    repetitions: Uint8Array | null,
    encoding: string,
  ): Page {
    const most = this.#leaf.mostDefinition;
    let present = length;
    if (definitions !== null) for (const level of definitions) if (level !== most) present--;
    const shape = { length, definitions: present === length ? null : definitions, repetitions };
    if (present === 0) return { ...shape, indices: null, values: [] };
    if (encoding !== 'PLAIN_DICTIONARY' && encoding !== 'RLE_DICTIONARY') {
      return { ...shape, indices: null, values: this.#readValues(page, from, present, encoding) };
    }
    if (this.#dictionary === null) throw new RangeError('dictionary missing');
    const indices = new Int32Array(present);
    readHybrid(page, from + 1, page.length, page[from] ?? 0, indices);
    const entries = this.#dictionary.length;
    for (const index of indices) if (index < 0 || index >= entries) throw new RangeError('dictionary too small');
    return { ...shape, indices, values: this.#dictionary };
  }

  #readValues(page: Uint8Array, from: number, count: number, encoding: string): DecodedArray {
    const { type } = this.#chunk;
    const length = this.#leaf.element.type_length;
    const reader = readerOf(page, from);
    switch (encoding) {
      case 'PLAIN':
        return readPlain(reader, type, count, length);
      case 'RLE': {
        // Booleans, behind the length of what follows.
        const bits = new Uint8Array(count);
        readHybrid(page, from + 4, page.length, 1, bits);
        return Array.from(bits, (bit) => bit === 1);
      }
      case 'DELTA_BINARY_PACKED': {
        const values = type === 'INT32' ? new Int32Array(count) : new BigInt64Array(count);
        deltaBinaryUnpack(reader, count, values);
        return values;
      }
      case 'DELTA_LENGTH_BYTE_ARRAY': {
        const values: Uint8Array[] = [];
        deltaLengthByteArray(reader, count, values);
        return values;
      }
      case 'DELTA_BYTE_ARRAY': {
        const values: Uint8Array[] = [];
        deltaByteArray(reader, count, values);
        return values;
      }
      case 'BYTE_STREAM_SPLIT':
        return byteStreamSplit(reader, count, type, length);
      default:
        throw new RangeError(`unknown encoding: ${encoding}`);
    }
  }

  #inflate(body: Uint8Array, size: number): Uint8Array {
    const { codec } = this.#chunk;
    if (codec === 'UNCOMPRESSED') return body;
    const inflate = this.#compressors[codec];
    if (inflate === undefined) throw new AppError('format-unsupported', { kind: `Parquet ${codec}` });
    const page = inflate(body, size);
    if (page.length !== size) throw new RangeError('page of another size');
    return page;
  }

  #checkCount(count: number, most: number): void {
    if (!(count >= 0 && count <= most)) throw new RangeError('more values than rows');
  }
}

function readerOf(bytes: Uint8Array, offset: number): { view: DataView; offset: number } {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset };
}
