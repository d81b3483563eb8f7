import { AppError } from '../../core/errors';
import type { Encoding, FilePreview } from '../file-preview';
import { detectEncoding, type ByteSample } from './encoding';
import { binaryKind } from './file-kind';
import { openRawBytes } from './raw-bytes';
import { facts, readSlice, type ReadOptions } from './read-slice';

/** Enough rows for shares of a percent, little enough to be read and parsed in a moment. */
const HEAD_BYTES = 2 << 20;
const STRETCH_BYTES = 256 << 10;

/** Stretches of a file as UTF-8 text. */
export interface TextSample {
  readonly encoding: Encoding;
  readonly evidence: FilePreview['encodingEvidence'];
  readonly compressed: boolean;
  /** The beginning of the text, without a byte order mark; ends inside a row unless it is the whole. */
  readonly head: Uint8Array;
  /** True when the head is all there is. */
  readonly whole: boolean;
  /** Bytes of the file's whole text as UTF-8, estimated from the head. */
  readonly textBytes: number;
  /** Parts of the middle and the end, each from its first whole line on. Empty for a .gz, which has no short way there. */
  readonly stretches: readonly Uint8Array[];
}

/**
 * Looks at a file's beginning, middle and end, and finds its encoding unless it was chosen. Bytes
 * that do not fit are shown as replacement characters: a preview refuses nothing that can be seen.
 * Throws `file-empty`, `file-binary` with its kind, and the errors of reading.
 */
export async function readTextSample(
  file: Blob,
  chosen: Encoding | undefined,
  options: ReadOptions = {},
): Promise<TextSample> {
  const raw = await openRawBytes(file, options);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of raw) {
    pieces.push(piece);
    length += piece.length;
    if (length > HEAD_BYTES) break;
  }
  if (length === 0) throw new AppError('file-empty', facts(options));
  const whole = length <= HEAD_BYTES;
  const head = concatenated(pieces).subarray(0, HEAD_BYTES);
  const rawTotal = whole
    ? length
    : raw.compressed
      ? await inflatedSize(file, length / raw.bytesRead(), options)
      : file.size;
  const samples: ByteSample[] = [{ bytes: head, atStart: true, atEnd: whole }];
  if (!whole && !raw.compressed) samples.push(...(await readStretches(file, options)));
  const { encoding, evidence } = settleEncoding(samples, chosen, options);
  const text = decodeHead(head, encoding);
  if (text.length === 0) throw new AppError('file-empty', facts(options));
  return {
    encoding,
    evidence,
    compressed: raw.compressed,
    head: text,
    whole,
    textBytes: rawTotal * (text.length / head.length),
    stretches: samples.slice(1).map((sample) => decodeStretch(sample.bytes, encoding)),
  };
}

function settleEncoding(samples: readonly ByteSample[], chosen: Encoding | undefined, options: ReadOptions) {
  const kind = binaryKind(samples[0]?.bytes ?? new Uint8Array(0));
  if (kind !== null) throw new AppError('file-binary', { ...facts(options), kind });
  if (chosen !== undefined) return { encoding: chosen, evidence: 'chosen' as const };
  const guess = detectEncoding(samples);
  if (guess === null) throw new AppError('file-binary', facts(options));
  return guess;
}

/** Even positions, so that 16-bit units stay whole. */
async function readStretches(file: Blob, options: ReadOptions): Promise<ByteSample[]> {
  const middle = Math.max(HEAD_BYTES, file.size / 2 - STRETCH_BYTES / 2);
  const last = Math.max(HEAD_BYTES, file.size - STRETCH_BYTES);
  const starts = [...new Set([middle, last].map((position) => Math.floor(position / 2) * 2))];
  return Promise.all(
    starts.map(async (from) => {
      const to = Math.min(file.size, from + STRETCH_BYTES);
      return { bytes: await readSlice(file, from, to, options), atStart: false, atEnd: to === file.size };
    }),
  );
}

/** Decoded as far as its last whole character. */
function decodeHead(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  return new TextEncoder().encode(text.startsWith('\ufeff') ? text.slice(1) : text);
}

/** Decoded from its first whole line on; a line feed puts the decoder right after a cut character. */
function decodeStretch(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  const lineFeed = text.indexOf('\n');
  return new TextEncoder().encode(lineFeed === -1 ? '' : text.slice(lineFeed + 1));
}

/**
 * The size of a .gz when inflated: its last four bytes hold it modulo 4 GB, the ratio so far says
 * how many times that. A file of several members only tells the size of its last one; then the
 * ratio has to do.
 */
async function inflatedSize(file: Blob, ratio: number, options: ReadOptions): Promise<number> {
  const estimate = file.size * ratio;
  const trailer = await readSlice(file, file.size - 4, file.size, options);
  const modulo = new DataView(trailer.buffer).getUint32(0, true);
  const size = modulo + Math.max(0, Math.round((estimate - modulo) / 2 ** 32)) * 2 ** 32;
  return size > estimate / 4 && size < estimate * 4 ? size : estimate;
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
