import { AppError, isAppError } from '../../core/errors';
import type { Encoding } from '../file-preview';
import { openTextStream, type TextStream } from '../readers/decode-stream';
import type { ReadOptions } from '../readers/read-slice';
import { readTextSample } from '../readers/sample';
import type { ExtractLimits } from './extract-contract';
import { JsonBreak, MAX_DEPTH } from './json-scanner';

const LINE_FEED = 0x0a;
const MAX_LINE_BYTES = 64 << 20;

/** A file of JSON as UTF-8 bytes, whatever it is written in; opened anew for every pass. */
export interface JsonText {
  readonly file: Blob;
  readonly name: string;
  readonly encoding: Encoding;
  readonly options: ReadOptions;
}

/** Settles the encoding. Throws `file-empty`, `file-binary`, `file-unreadable`, `cancelled`. */
export async function openJsonText(
  file: Blob,
  name: string,
  limits: ExtractLimits,
  signal: AbortSignal | undefined,
): Promise<JsonText> {
  const options: ReadOptions = { name, signal, capBytes: limits.inflatedBytes };
  const { encoding } = await readTextSample(file, undefined, options);
  return { file, name, encoding, options };
}

/** Its pieces from the start. Iterating throws `file-not-decodable` and the errors of reading. */
export function streamOf(text: JsonText): Promise<TextStream> {
  return openTextStream(text.file, text.encoding, text.options);
}

/** A line and where it begins, in bytes of the UTF-8 text. */
export interface TextLine {
  readonly bytes: Uint8Array;
  readonly offset: number;
}

/**
 * The lines of the text without their line feeds, those of one piece at a time. Throws `line-too-long`
 * for a line that is no line of JSON at all.
 */
export async function* linesOf(stream: TextStream): AsyncGenerator<readonly TextLine[]> {
  let rest: Uint8Array = new Uint8Array(0);
  let base = 0;
  let lineCount = 0;
  for await (const piece of stream) {
    const bytes = rest.length === 0 ? piece : joined(rest, piece);
    const lines: TextLine[] = [];
    let from = 0;
    for (let to = bytes.indexOf(LINE_FEED); to >= 0; to = bytes.indexOf(LINE_FEED, from)) {
      lines.push({ bytes: bytes.subarray(from, to), offset: base + from });
      from = to + 1;
    }
    rest = bytes.slice(from);
    base += from;
    lineCount += lines.length;
    if (rest.length > MAX_LINE_BYTES)
      throw new AppError('line-too-long', { line: lineCount + 1, bytes: MAX_LINE_BYTES });
    yield lines;
  }
  if (rest.length > 0) yield [{ bytes: rest, offset: base }];
}

/** The error that a person is told: a JsonBreak becomes `json-broken` or `json-too-deep` with line and column. */
export async function located(error: unknown, text: JsonText): Promise<unknown> {
  if (isAppError(error) || !(error instanceof JsonBreak)) return error;
  const { name } = text;
  if (error.reason === 'length')
    return new AppError('over-limit', { name, what: 'cellBytes', limit: MAX_LINE_BYTES }, error);
  const place = await placeOf(error.offset, text);
  return error.reason === 'depth'
    ? new AppError('json-too-deep', { name, ...place, limit: MAX_DEPTH }, error)
    : new AppError('json-broken', { name, ...place }, error);
}

/** Line and column, counted from 1 in characters, of a byte of the text; the file is read again up to it. */
async function placeOf(offset: number, text: JsonText): Promise<{ readonly line: number; readonly column: number }> {
  let line = 1;
  let column = 1;
  let base = 0;
  for await (const piece of await streamOf(text)) {
    const end = Math.min(piece.length, offset - base);
    for (let at = 0; at < end; at++) {
      const byte = piece[at] as number;
      if (byte === LINE_FEED) {
        line++;
        column = 1;
      } else if ((byte & 0xc0) !== 0x80) {
        column++;
      }
    }
    base += piece.length;
    if (base >= offset) break;
  }
  return { line, column };
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array {
  const all = new Uint8Array(before.length + after.length);
  all.set(before);
  all.set(after, before.length);
  return all;
}
