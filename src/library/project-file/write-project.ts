import { AppError, throwIfAborted } from '../../core/errors';
import type { KeptPart } from '../library';
import { createKey } from '../vault/passphrase-key';
import type { Bytes, Sealer } from '../vault/sealer';
import {
  checksumSealer,
  LENGTH_BYTES,
  MOST_DOCUMENT_BYTES,
  MOST_FILE_BYTES,
  MOST_NAME_BYTES,
  MOST_PART_BYTES,
  PIECE_BYTES,
  placeOf,
  writeHead,
  type ProjectHead,
} from './layout';

/** How the file of a project ends. */
export const PROJECT_ENDING = '.silhouette';

export interface ProjectToWrite {
  /** Plain JSON. */
  readonly document: unknown;
  /** The data, drawn one part at a time; null for a file without data. */
  readonly parts: AsyncIterable<KeptPart> | null;
  /** Of all the parts, for the progress. */
  readonly estimatedBytes: number;
}

export interface WriteOptions {
  /** Encrypts everything but the fact that it is a project file, whether data is in it, and its size. */
  readonly passphrase?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** 0..1 of the bytes estimated. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * The file of a project. Under a passphrase only ciphertext is ever given to a Blob, which the browser may
 * put on the disk. Throws AppError `file-too-large` past `MOST_FILE_BYTES` or `MOST_DOCUMENT_BYTES`, `cancelled`, and
 * RangeError for a part or name longer than the layout takes. Cost: one pass of hashing or encrypting, and with a
 * passphrase one derivation; at most a part and two pieces are in the page's memory.
 */
export async function writeProjectFile(project: ProjectToWrite, options: WriteOptions = {}): Promise<Blob> {
  const { passphrase, signal, onProgress } = options;
  const { sealer, wrapped } =
    passphrase === undefined ? { sealer: checksumSealer, wrapped: null } : await createKey(passphrase);
  const head = writeHead(project.parts !== null, wrapped);
  const written: Blob[] = [new Blob([head.bytes])];
  let bytes = head.bytes.length;
  for await (const piece of sealedPieces(contentOf(project), head, sealer)) {
    throwIfAborted(signal);
    written.push(new Blob([piece]));
    bytes += piece.length;
    if (bytes > MOST_FILE_BYTES) throw new AppError('file-too-large', { limit: MOST_FILE_BYTES });
    onProgress?.(Math.min(1, bytes / Math.max(1, project.estimatedBytes)));
  }
  return new Blob(written);
}

async function* contentOf({ document, parts }: ProjectToWrite): AsyncGenerator<Bytes, void> {
  const text = new TextEncoder().encode(JSON.stringify(document));
  if (text.length > MOST_DOCUMENT_BYTES) throw new AppError('file-too-large', { limit: MOST_DOCUMENT_BYTES });
  yield uint32(text.length);
  yield text;
  for await (const { name, bytes } of parts ?? []) {
    const nameBytes = new TextEncoder().encode(name);
    if (nameBytes.length > MOST_NAME_BYTES || bytes.length > MOST_PART_BYTES) {
      throw new RangeError(`invalid part: ${name} (${bytes.length} bytes)`);
    }
    yield Uint8Array.of(nameBytes.length & 0xff, nameBytes.length >> 8);
    yield uint32(bytes.length);
    yield nameBytes;
    yield bytes;
  }
}

/** Each with its length in front. A piece is sealed once it is known whether another follows. */
async function* sealedPieces(
  content: AsyncIterable<Bytes>,
  head: ProjectHead,
  sealer: Sealer,
): AsyncGenerator<Bytes, void> {
  const piece = new Uint8Array(PIECE_BYTES);
  let filled = 0;
  let index = 0;
  const seal = async (isLast: boolean): Promise<Bytes> => {
    const sealed = await sealer.seal(piece.subarray(0, filled), placeOf(head, index, isLast));
    const framed = new Uint8Array(LENGTH_BYTES + sealed.length);
    framed.set(uint32(sealed.length));
    framed.set(sealed, LENGTH_BYTES);
    index += 1;
    return framed;
  };
  for await (const bytes of content) {
    for (let at = 0; at < bytes.length;) {
      if (filled === PIECE_BYTES) {
        yield await seal(false);
        filled = 0;
      }
      const taken = bytes.subarray(at, at + PIECE_BYTES - filled);
      piece.set(taken, filled);
      filled += taken.length;
      at += taken.length;
    }
  }
  yield await seal(true);
}

function uint32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
