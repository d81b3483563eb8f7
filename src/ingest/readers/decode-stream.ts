import { AppError, throwIfAborted } from '../../core/errors';
import type { Encoding } from '../file-preview';
import { findBadLine } from './bad-line';
import { openRawBytes, type RawBytes } from './raw-bytes';
import type { ReadOptions } from './read-slice';
import { Utf8Check } from './utf8-check';

/** A file's text as UTF-8 bytes without a byte order mark, cut anywhere. */
export interface TextStream extends AsyncIterable<Uint8Array<ArrayBuffer>> {
  /** Bytes of the file itself taken so far, for progress against its size. */
  bytesRead(): number;
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Opens a file as UTF-8 text, inflating a .gz on the way; works in a page, a worker and Node. UTF-8
 * passes through as it is, checked but not copied. Iterating throws `file-not-decodable` with the
 * line and the encoding at the first byte that does not fit, and the errors of openRawBytes.
 */
export async function openTextStream(file: Blob, encoding: Encoding, options: ReadOptions = {}): Promise<TextStream> {
  const raw = await openRawBytes(file, options);
  const pieces = encoding === 'utf-8' ? passThrough(raw) : transcode(raw, encoding);
  return { bytesRead: () => raw.bytesRead(), [Symbol.asyncIterator]: () => located(pieces, file, encoding, options) };
}

/** Thrown inside this module; the line is only looked for when it is needed. */
class Undecodable extends Error {}

async function* passThrough(raw: RawBytes) {
  const check = new Utf8Check();
  for await (const piece of raw) {
    if (!check.push(piece)) throw new Undecodable();
    yield piece;
  }
  if (!check.end()) throw new Undecodable();
}

async function* transcode(raw: RawBytes, encoding: Encoding) {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  const decode = (piece?: Uint8Array<ArrayBuffer>): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch (error) {
      throw new Undecodable('', { cause: error });
    }
  };
  for await (const piece of raw) yield encoder.encode(decode(piece));
  yield encoder.encode(decode());
}

async function* located(
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  file: Blob,
  encoding: Encoding,
  options: ReadOptions,
) {
  let atStart = true;
  try {
    for await (const piece of pieces) {
      throwIfAborted(options.signal);
      if (piece.length === 0) continue;
      yield atStart && BYTE_ORDER_MARK.every((byte, i) => piece[i] === byte) ? piece.subarray(3) : piece;
      atStart = false;
    }
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    throw new AppError('file-not-decodable', { line: await findBadLine(file, encoding, options), encoding }, error);
  }
}
