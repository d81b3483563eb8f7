import { AppError, isAppError, throwIfAborted } from '../../core/errors';
import { readSlice, type ReadOptions } from '../readers/read-slice';
import { Crc32 } from './crc32';
import type { InflateBudget } from './inflate-budget';
import type { ZipEntry } from './zip-directory';

const STORED = 0;
const DEFLATED = 8;
const HEADER_MARK = 0x04034b50;
const HEADER_BYTES = 30;
const GZIP_HEADER = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
const SLICE_BYTES = 1 << 20;

/**
 * The entry's bytes, piece by piece, each taken off the budget. Throws `file-encrypted`,
 * `format-unsupported` for a packing other than deflate, `file-damaged` when the data is cut off or
 * fails its checksum, `over-limit`, `file-unreadable`, `cancelled`.
 *
 * An entry is the inside of a .gz: with the header and the trailer of one around it, the platform's
 * own inflater reads it and checks the checksum and the length on the way.
 */
export async function* readZipEntry(
  file: Blob,
  entry: ZipEntry,
  budget: InflateBudget,
  options: ReadOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const name = options.name ?? '';
  if (entry.isEncrypted) throw new AppError('file-encrypted', { name });
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new AppError('format-unsupported', { name, kind: `ZIP ${entry.method}` });
  }
  const data = await packedData(file, entry, options);
  if (data.size < entry.packedBytes) throw new AppError('file-damaged', { name });
  if (entry.method === STORED) {
    const checksum = new Crc32();
    for (let from = 0; from < data.size; from += SLICE_BYTES) {
      const piece = await readSlice(data, from, from + SLICE_BYTES, options);
      budget.take(piece.length);
      checksum.push(piece);
      yield piece;
    }
    if (checksum.value !== entry.crc) throw new AppError('file-damaged', { name });
    return;
  }
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, entry.crc, true);
  trailer.setUint32(4, entry.inflatedBytes % 2 ** 32, true);
  const asGzip = new Blob([GZIP_HEADER, data, trailer.buffer]);
  for await (const piece of inflatedPieces(asGzip, options)) {
    budget.take(piece.length);
    yield piece;
  }
}

async function packedData(file: Blob, entry: ZipEntry, options: ReadOptions): Promise<Blob> {
  const header = await readSlice(file, entry.offset, entry.offset + HEADER_BYTES, options);
  const view = new DataView(header.buffer);
  if (header.length < HEADER_BYTES || view.getUint32(0, true) !== HEADER_MARK) {
    throw new AppError('file-damaged', { name: options.name ?? '' });
  }
  const start = entry.offset + HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  return file.slice(start, start + entry.packedBytes);
}

async function* inflatedPieces(gzip: Blob, options: ReadOptions): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const reader = gzip.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      throwIfAborted(options.signal);
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (isAppError(error)) throw error;
    const gone = error instanceof Error && error.name === 'NotReadableError';
    throw new AppError(gone ? 'file-unreadable' : 'file-damaged', { name: options.name ?? '' }, error);
  } finally {
    // A stream that has failed refuses to be cancelled; there is nothing left to release then.
    await reader.cancel().catch(() => undefined);
  }
}
