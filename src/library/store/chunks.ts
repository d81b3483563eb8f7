import { AppError } from '../../core/errors';
import { NONCE_BYTES, TAG_BYTES, type Bytes, type Sealer } from '../vault/sealer';

/** The form of what lies in the stores: manifests, chunks and how they are sealed. */
export const FORMAT_VERSION = 1;
/** As stored. */
export const MAX_CHUNK_BYTES = 4 * 2 ** 20;
const MAX_OPEN_BYTES = MAX_CHUNK_BYTES - NONCE_BYTES - TAG_BYTES;

/** What a manifest says of each chunk: enough to know whether it is the one that was written. */
export interface ChunkFacts {
  readonly bytes: number;
  /** Hexadecimal, of the stored (sealed) bytes. */
  readonly sha256: string;
}

/** Where a chunk belongs. It is sealed into the chunk, so that one moved elsewhere does not open. */
export interface ChunkPlace {
  readonly id: string;
  readonly generation: string;
  readonly part: number;
  readonly index: number;
  /** Of chunks in the part. */
  readonly count: number;
}

/** The pieces that a part is stored in; none of an empty one. */
export function splitPart(bytes: Bytes): readonly Bytes[] {
  const count = Math.ceil(bytes.length / MAX_OPEN_BYTES);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * MAX_OPEN_BYTES, (index + 1) * MAX_OPEN_BYTES),
  );
}

export async function sealChunk(
  bytes: Bytes,
  place: ChunkPlace,
  sealer: Sealer,
): Promise<{ readonly stored: ArrayBuffer; readonly facts: ChunkFacts }> {
  const sealed = await sealer.seal(bytes, associatedData(place));
  const isWhole = sealed.byteLength === sealed.buffer.byteLength;
  // A view would be stored with all of the memory it looks into.
  const stored = isWhole ? sealed.buffer : sealed.slice().buffer;
  return { stored, facts: { bytes: stored.byteLength, sha256: await sha256(stored) } };
}

/** @throws AppError `library-damaged` when it is not, bit by bit, what was stored at that place */
export async function openChunk(
  stored: ArrayBuffer | undefined,
  facts: ChunkFacts | undefined,
  place: ChunkPlace,
  sealer: Sealer,
): Promise<Bytes> {
  if (stored === undefined || facts === undefined) throw new AppError('library-damaged');
  const [isSound, opened] = await Promise.all([
    isChunk(stored, facts),
    sealer.open(new Uint8Array(stored), associatedData(place)),
  ]);
  if (!isSound) throw new AppError('library-damaged');
  return opened;
}

export async function isChunk(stored: ArrayBuffer, facts: ChunkFacts): Promise<boolean> {
  return stored.byteLength === facts.bytes && (await sha256(stored)) === facts.sha256;
}

export async function sha256(bytes: BufferSource): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).reduce(
    (text, byte) => text + byte.toString(16).padStart(2, '0'),
    '',
  );
}

function associatedData({ id, generation, part, index, count }: ChunkPlace): Bytes {
  return new TextEncoder().encode(JSON.stringify([FORMAT_VERSION, id, generation, part, index, count]));
}
