import { AppError } from '../../core/errors';
import type { KeptPart } from '../library';
import type { Bytes, Sealer } from '../vault/sealer';
import { openChunk } from './chunks';
import type { LibraryConnection } from './connection';
import type { Manifest } from './manifest';

/**
 * The parts of a dataset in the order they were saved, one in memory at a time.
 *
 * @param guard called before each chunk; what it throws ends the reading
 * @throws AppError `library-damaged`, naming `dataset` and `generation`, where a chunk is missing or
 *   not what was written
 */
export async function* readParts(
  connection: LibraryConnection,
  { header, body }: Manifest,
  sealer: Sealer,
  guard: () => void,
): AsyncGenerator<KeptPart, void> {
  const { id, generation, chunks } = header;
  let place = 0;
  for (const [part, { name, chunks: count }] of body.parts.entries()) {
    const pieces: Bytes[] = [];
    for (let index = 0; index < count; index++, place++) {
      guard();
      const stored = await connection.chunk([id, generation, place]);
      // A lost connection gives nothing either, and is no damage.
      guard();
      try {
        pieces.push(await openChunk(stored, chunks[place], { id, generation, part, index, count }, sealer));
      } catch (error) {
        throw new AppError('library-damaged', { dataset: id, generation }, error);
      }
    }
    yield { name, bytes: joinPieces(pieces) };
  }
}

function joinPieces(pieces: readonly Bytes[]): Bytes {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
