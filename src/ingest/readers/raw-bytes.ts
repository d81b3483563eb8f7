import { isGzip } from './file-kind';
import { inflate } from './gunzip';
import { readSlice, type ReadOptions } from './read-slice';

/** Uninflated bytes of a file, piece by piece; every piece is the reader's own to keep. */
export interface RawBytes extends AsyncIterable<Uint8Array<ArrayBuffer>> {
  readonly compressed: boolean;
  /** Bytes of the file itself taken so far, for progress against its size. */
  bytesRead(): number;
}

/** Fits into the browser's pipe from the file, so that a slice arrives while the thread is busy with others. */
const SLICE_BYTES = 2 << 20;
const SLICES_AHEAD = 4;

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
