import { AppError, isAppError, throwIfAborted } from '../../core/errors';
import { isGzip } from './file-kind';
import { facts, readSlice, type ReadOptions } from './read-slice';

/** More text than the engine could hold, whatever is in it; reached by a bomb, not by an export. */
const DEFAULT_CAP_BYTES = 8 * 1024 ** 3;
/** A member has a header of ten bytes, at least two of data, and a trailer of eight. */
const LEAST_MEMBER_BYTES = 20;
const SCANNED_BYTES = 256 << 10;
/** Bytes of a member's beginning that tell it. */
const MARK_BYTES = 4;
const RESERVED_FLAGS = 0xe0;

/**
 * Inflates a .gz, all of its members: files that were compressed apart and put together are one.
 * Adds to `progress` as bytes of the file are taken. Throws `file-unreadable`, `file-gzip-broken`,
 * `file-too-large` past the cap, and `cancelled`.
 *
 * Browsers inflate one member and fail on the next without telling where it began. The failed part
 * is then read again up to each place where a member may begin, leaving out what was handed over.
 *
 * Cost: one pass for a file of one member; the first of several members is inflated twice.
 */
export async function* inflate(file: Blob, options: ReadOptions, progress: { bytes: number }) {
  const cap = options.capBytes ?? DEFAULT_CAP_BYTES;
  let total = 0;
  let start = 0;
  while (start < file.size) {
    const ends = start === 0 ? wholeFirst(file, options) : memberEnds(file, start, options);
    let given = 0;
    let failure: unknown = null;
    let next = start;
    for await (const end of ends) {
      progress.bytes = start;
      let inflated = 0;
      try {
        for await (const piece of inflateMember(file.slice(start, end), options, progress)) {
          inflated += piece.length;
          const fresh = Math.min(piece.length, inflated - given);
          if (fresh <= 0) continue;
          total += fresh;
          if (total > cap) throw new AppError('file-too-large', { ...facts(options), limit: cap });
          given = inflated;
          yield fresh === piece.length ? piece : piece.slice(-fresh);
        }
        next = end;
        break;
      } catch (error) {
        if (!isAppError(error) || error.code !== 'file-gzip-broken') throw error;
        failure = error;
      }
    }
    if (next === start) throw failure;
    start = next;
  }
}

/** All of the file as one member, then only as far as each place where a second one may begin. */
async function* wholeFirst(file: Blob, options: ReadOptions): AsyncGenerator<number, void> {
  yield file.size;
  for await (const end of memberEnds(file, 0, options)) if (end < file.size) yield end;
}

/** Where the member that begins at `start` may end: wherever another seems to begin, and with the file. */
async function* memberEnds(file: Blob, start: number, options: ReadOptions): AsyncGenerator<number, void> {
  for (let from = start + LEAST_MEMBER_BYTES; from < file.size; from += SCANNED_BYTES) {
    const bytes = await readSlice(file, from, from + SCANNED_BYTES + MARK_BYTES - 1, options);
    for (let at = bytes.indexOf(0x1f); at >= 0 && at < SCANNED_BYTES; at = bytes.indexOf(0x1f, at + 1)) {
      if (mayBegin(bytes.subarray(at, at + MARK_BYTES))) yield from + at;
    }
  }
  yield file.size;
}

function mayBegin(bytes: Uint8Array): boolean {
  return bytes.length === MARK_BYTES && isGzip(bytes) && ((bytes[3] as number) & RESERVED_FLAGS) === 0;
}

async function* inflateMember(member: Blob, options: ReadOptions, progress: { bytes: number }) {
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      progress.bytes += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const inflated = member.stream().pipeThrough(counted).pipeThrough(new DecompressionStream('gzip'));
  const reader = inflated.getReader();
  try {
    for (;;) {
      const { done, value } = await nextPiece(reader, options);
      if (done) return;
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
