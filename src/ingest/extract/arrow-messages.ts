import { decompressZstd } from 'hyparquet-compressors';
import { AppError } from '../../core/errors';
import { readSlice, type ReadOptions } from '../readers/read-slice';
import { FlatTable } from './flat-table';
import { unpackLz4Frame } from './lz4-frame';

const FILE_MARK = 'ARROW1';
/** The footer's length and the mark. */
const FILE_TAIL_BYTES = 10;
/** Of a message in the footer: where it is, and two lengths. */
const BLOCK_BYTES = 24;
const CONTINUATION = 0xffffffff;
const MAX_METADATA_BYTES = 64 << 20;
/** A record batch lies in memory as a whole; writers make them of some thousand rows. */
const MAX_BODY_BYTES = 1 << 30;
/** A column's buffer of one record batch, unpacked. */
const MAX_BUFFER_BYTES = 512 << 20;
/** Up to here a buffer may say what it likes of its size; past it, it has to have the values or the bytes for it. */
const FREE_BUFFER_BYTES = 16 << 20;
const MOST_RATIO = 1000;
const LZ4_FRAME = 0;
const ZSTD = 1;

export type MessageKind = 'schema' | 'dictionary' | 'batch' | 'other';
const KINDS: readonly MessageKind[] = ['other', 'schema', 'dictionary', 'batch'];

export interface ArrowMessage {
  readonly kind: MessageKind;
  readonly header: FlatTable;
  /** Bytes of the file behind this message, for progress. */
  readonly end: number;
  /** Fetches the body. */
  body(): Promise<Uint8Array>;
}

/**
 * The messages of an Arrow IPC stream in their order, or those of a file as its footer lists them: the
 * schema, dictionaries, record batches. Bodies are only fetched when asked for. Throws RangeError at
 * damage, `format-unsupported` for Feather 1, `over-limit` and the errors of reading.
 *
 * @source Apache Arrow, Columnar.rst, "IPC Streaming Format" and "IPC File Format"
 */
export async function* messagesOf(file: Blob, options: ReadOptions): AsyncGenerator<ArrowMessage> {
  const head = await readSlice(file, 0, FILE_MARK.length, options);
  const mark = asciiOf(head);
  if (mark.startsWith('FEA1')) throw new AppError('format-unsupported', { kind: 'Feather 1' });
  if (mark === FILE_MARK) {
    yield* messagesOfFile(file, options);
    return;
  }
  let at = 0;
  while (at + 4 <= file.size) {
    const message = await readMessage(file, at, options);
    if (message === null) return;
    at = message.end;
    yield message;
  }
}

async function* messagesOfFile(file: Blob, options: ReadOptions): AsyncGenerator<ArrowMessage> {
  const tail = await readSlice(file, file.size - FILE_TAIL_BYTES, file.size, options);
  if (tail.length < FILE_TAIL_BYTES || asciiOf(tail.subarray(4)) !== FILE_MARK) throw new RangeError('file ends early');
  const size = new DataView(tail.buffer).getInt32(0, true);
  const end = file.size - FILE_TAIL_BYTES;
  if (size <= 0 || size > MAX_METADATA_BYTES || size > end) throw new RangeError('no footer');
  const footer = FlatTable.root(await readSlice(file, end - size, end, options));
  const schema = footer.table(1);
  if (schema === null) throw new RangeError('no schema');
  yield { kind: 'schema', header: schema, end: 0, body: () => Promise.resolve(new Uint8Array(0)) };
  for (const at of [...footer.firstLongs(2, BLOCK_BYTES), ...footer.firstLongs(3, BLOCK_BYTES)]) {
    const message = at < 0 ? null : await readMessage(file, at, options);
    if (message === null) throw new RangeError('message missing');
    yield message;
  }
}

/** The message that begins at `at`; null for the mark that ends a stream. */
async function readMessage(file: Blob, at: number, options: ReadOptions): Promise<ArrowMessage | null> {
  const prefix = await readSlice(file, at, at + 8, options);
  const words = new DataView(prefix.buffer);
  // Before 2019 there was no mark in front of the length.
  const isMarked = words.getUint32(0, true) === CONTINUATION;
  const size = words.getInt32(isMarked ? 4 : 0, true);
  if (size === 0) return null;
  const from = at + (isMarked ? 8 : 4);
  const start = from + size;
  if (size < 0 || size > MAX_METADATA_BYTES || start > file.size) throw new RangeError('message ends early');
  const message = FlatTable.root(await readSlice(file, from, start, options));
  const header = message.table(2);
  const bodyBytes = message.long(3);
  const end = start + bodyBytes;
  if (header === null || bodyBytes < 0 || end > file.size) throw new RangeError('message ends early');
  return {
    kind: KINDS[message.byte(1)] ?? 'other',
    header,
    end,
    body: () => {
      if (bodyBytes > MAX_BODY_BYTES)
        throw new AppError('over-limit', { what: 'inflatedBytes', limit: MAX_BODY_BYTES });
      return readSlice(file, start, end, options);
    },
  };
}

function asciiOf(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252').decode(bytes);
}

/** The buffers and nodes of a record batch, handed out in the order of the schema. */
export class BatchParts {
  readonly length: number;
  readonly #body: Uint8Array;
  readonly #nodes: readonly (readonly number[])[];
  readonly #buffers: readonly (readonly number[])[];
  readonly #viewBuffers: readonly (readonly number[])[];
  readonly #codec: number | null;
  #node = 0;
  #buffer = 0;
  #view = 0;

  /** @param batch a RecordBatch of Message.fbs */
  constructor(batch: FlatTable, body: Uint8Array) {
    const compression = batch.table(3);
    this.length = batch.long(0);
    this.#body = body;
    this.#nodes = batch.longs(1, 2);
    this.#buffers = batch.longs(2, 2);
    this.#viewBuffers = batch.longs(4, 1);
    this.#codec = compression === null ? null : compression.byte(0);
    if (this.length < 0) throw new RangeError('length out of range');
  }

  /** How many values the next field has. */
  nextLength(): number {
    const length = this.#nodes[this.#node++]?.[0];
    if (length === undefined || length < 0) throw new RangeError('field missing');
    return length;
  }

  /** How many buffers of data the next field of views has. */
  nextViewBuffers(): number {
    const count = this.#viewBuffers[this.#view++]?.[0];
    if (count === undefined || count < 0) throw new RangeError('field missing');
    return count;
  }

  /** The next buffer, unpacked. @param least the bytes that the values need */
  nextBuffer(least: number): DataView {
    const [offset = -1, length = -1] = this.#buffers[this.#buffer++] ?? [];
    if (offset < 0 || length < 0 || offset + length > this.#body.length) throw new RangeError('buffer outside');
    const bytes = this.#unpacked(this.#body.subarray(offset, offset + length), least);
    if (bytes.length < least) throw new RangeError('buffer too short');
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #unpacked(bytes: Uint8Array, least: number): Uint8Array {
    if (this.#codec === null || bytes.length === 0) return bytes;
    const size = Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigInt64(0, true));
    const packed = bytes.subarray(8);
    if (size === -1) return packed;
    const most = Math.max(FREE_BUFFER_BYTES, 2 * least, MOST_RATIO * packed.length);
    if (!(size >= 0 && size <= Math.min(most, MAX_BUFFER_BYTES))) throw new RangeError('buffer too large');
    const output = new Uint8Array(size);
    if (this.#codec === LZ4_FRAME) unpackLz4Frame(packed, output);
    else if (this.#codec === ZSTD) unpackZstd(packed, output);
    else throw new AppError('format-unsupported', { kind: `Arrow, compression ${this.#codec}` });
    return output;
  }
}

function unpackZstd(packed: Uint8Array, output: Uint8Array): void {
  if (decompressZstd(packed, output).length !== output.length) throw new RangeError('Zstandard frame of another size');
}
