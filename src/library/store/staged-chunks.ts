import { AppError } from '../../core/errors';
import type { KeptPart } from '../library';
import type { Bytes, Sealer } from '../vault/sealer';
import { isChunk, sealChunk, splitPart, type ChunkFacts, type ChunkPlace } from './chunks';
import type { LibraryConnection } from './connection';
import type { ChunkKey } from './database';
import type { ManifestBody } from './manifest';

/** The keys of every chunk of a generation: an array sorts after every number. */
export function generationRange(id: string, generation: string): IDBKeyRange {
  return IDBKeyRange.bound([id, generation], [id, generation, []]);
}

/**
 * The chunks of a new generation, each in a strict transaction of its own. They count for nothing until a
 * manifest names them; until then they are orphans, which the next sweep removes.
 */
export class StagedChunks {
  readonly generation = crypto.randomUUID();
  readonly chunks: ChunkFacts[] = [];
  readonly parts: ManifestBody['parts'] = [];
  readonly #connection: LibraryConnection;
  readonly #id: string;
  readonly #sealer: Sealer;
  readonly #neededBytes: number;

  /** @param neededBytes what is told when the disk is full */
  constructor(connection: LibraryConnection, id: string, sealer: Sealer, neededBytes: number) {
    this.#connection = connection;
    this.#id = id;
    this.#sealer = sealer;
    this.#neededBytes = neededBytes;
  }

  /**
   * Stores a part, and reads back each chunk of it.
   *
   * @param onChunk called after each chunk with its bytes; what it throws ends the writing
   */
  async add({ name, bytes }: KeptPart, onChunk: (bytes: number) => void): Promise<void> {
    const pieces = splitPart(bytes);
    const part = this.parts.length;
    for (const [index, piece] of pieces.entries()) {
      const place = { id: this.#id, generation: this.generation, part, index, count: pieces.length };
      await this.#store(piece, place);
      onChunk(piece.length);
    }
    this.parts.push({ name, chunks: pieces.length });
  }

  async #store(piece: Bytes, place: ChunkPlace): Promise<void> {
    const key: ChunkKey = [this.#id, this.generation, this.chunks.length];
    const { stored, facts } = await sealChunk(piece, place, this.#sealer);
    await this.#connection.write((stores) => stores.objectStore('chunks').put(stored, key), this.#neededBytes);
    // Read through a transaction of its own, after the strict one ended: this is what the store will give back.
    const readBack = await this.#connection.chunk(key);
    if (readBack === undefined || !(await isChunk(readBack, facts))) throw new AppError('library-lost');
    this.chunks.push(facts);
  }
}
