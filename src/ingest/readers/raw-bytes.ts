import { AppError, throwIfAborted } from '../../core/errors';
import { isGzip } from './file-kind';

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** The file's name, for messages. */
  readonly name?: string | undefined;
  /** The most bytes a .gz may inflate to. */
  readonly capBytes?: number | undefined;
}

/** Uninflated bytes of a file, piece by piece; every piece is the reader's own to keep. */
export interface RawBytes extends AsyncIterable<Uint8Array<ArrayBuffer>> {
  readonly compressed: boolean;
  /** Bytes of the file itself taken so far, for progress against its size. */
  bytesRead(): number;
}

/** Fits into the browser's pipe from the file, so that a slice arrives while the thread is busy with others. */
const SLICE_BYTES = 2 << 20;
const SLICES_AHEAD = 4;

/** More text than the engine could hold, whatever is in it; reached by a bomb, not by an export. */
const DEFAULT_CAP_BYTES = 8 * 1024 ** 3;

/** True when the file is gzip by its first bytes, whatever its name. */
async function isCompressed(file: Blob, options: ReadOptions = {}): Promise<boolean> {
  return isGzip(await readSlice(file, 0, 3, options));
}

/**
 * Opens a file for reading from its start. Iterating throws `file-unreadable` when it has moved or
 * changed, `file-gzip-broken` when it is cut off or damaged, `file-too-large` when it inflates past
 * the cap, and `cancelled`.
 *
 * Cost: a plain file is read 2 MB at a time, the next four slices while one is being worked on.
 */
export async function openRawBytes(file: Blob, options: ReadOptions = {}): Promise<RawBytes> {
  const compressed = await isCompressed(file, options);
  const progress = { bytes: 0 };
  const pieces = compressed ? inflate(file, options, progress) : readSlices(file, options, progress);
  return { compressed, bytesRead: () => progress.bytes, [Symbol.asyncIterator]: () => pieces };
}

/** The bytes [from, to) of the file. */
export async function readSlice(
  file: Blob,
  from: number,
  to: number,
  options: ReadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  throwIfAborted(options.signal);
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch (error) {
    throw new AppError('file-unreadable', facts(options), error);
  }
}

async function* readSlices(file: Blob, options: ReadOptions, progress: { bytes: number }) {
  const ahead: Promise<Uint8Array<ArrayBuffer>>[] = [];
  let asked = 0;
  const ask = (): void => {
    if (asked >= file.size) return;
    const slice = readSlice(file, asked, asked + SLICE_BYTES, options);
    // Those read ahead are not awaited when the reader stops or fails before them.
    slice.catch(() => undefined);
    ahead.push(slice);
    asked += SLICE_BYTES;
  };
  for (let i = 0; i < SLICES_AHEAD; i++) ask();
  for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
    const slice = await next;
    ask();
    progress.bytes += slice.length;
    yield slice;
  }
}

async function* inflate(file: Blob, options: ReadOptions, progress: { bytes: number }) {
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      progress.bytes += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const inflated = file.stream().pipeThrough(counted).pipeThrough(new DecompressionStream('gzip'));
  const cap = options.capBytes ?? DEFAULT_CAP_BYTES;
  const reader = inflated.getReader();
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await nextPiece(reader, options);
      if (done) return;
      total += value.length;
      if (total > cap) throw new AppError('file-too-large', { ...facts(options), limit: cap });
      yield value;
    }
  } finally {
    // A stream that has failed refuses to be cancelled; there is nothing left to release then.
    await reader.cancel().catch(() => undefined);
  }
}

async function nextPiece(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>, options: ReadOptions) {
  throwIfAborted(options.signal);
  try {
    return await reader.read();
  } catch (error) {
    const gone = error instanceof Error && error.name === 'NotReadableError';
    throw new AppError(gone ? 'file-unreadable' : 'file-gzip-broken', facts(options), error);
  }
}

/** What messages say about the file. */
export function facts(options: ReadOptions): { readonly name?: string } {
  return options.name === undefined ? {} : { name: options.name };
}
