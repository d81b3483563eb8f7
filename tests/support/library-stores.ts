import { openDB, type IDBPDatabase } from 'idb';
import type { ChunkKey, LibraryMeta } from '../../src/library/store/database';
import type { StoredManifest } from '../../src/library/store/manifest';

/** What is really in the database of a library, past all of its code. */
export interface LibraryStores {
  readonly meta: LibraryMeta;
  readonly manifests: readonly StoredManifest[];
  readonly chunks: readonly { readonly key: ChunkKey; readonly bytes: ArrayBuffer }[];
}

export async function withStores<T>(name: string, use: (database: IDBPDatabase) => Promise<T>): Promise<T> {
  const database = await openDB(name);
  try {
    return await use(database);
  } finally {
    database.close();
  }
}

export function readStores(name: string): Promise<LibraryStores> {
  return withStores(name, async (database) => {
    const transaction = database.transaction(['meta', 'manifests', 'chunks']);
    const chunks = transaction.objectStore('chunks');
    const [meta, manifests, keys, values] = await Promise.all([
      transaction.objectStore('meta').get('library'),
      transaction.objectStore('manifests').getAll(),
      chunks.getAllKeys(),
      chunks.getAll(),
    ]);
    const pairs = keys.map((key, index) => ({ key: key as unknown as ChunkKey, bytes: values[index] as ArrayBuffer }));
    return { meta, manifests, chunks: pairs };
  });
}

/** The generations that have chunks, sorted; one a dataset when nothing is left behind. */
export async function storedGenerations(name: string): Promise<readonly string[]> {
  const { chunks } = await readStores(name);
  return [...new Set(chunks.map(({ key: [id, generation] }) => `${id} ${generation}`))].sort();
}

/** The generations that the manifests name, sorted. */
export async function namedGenerations(name: string): Promise<readonly string[]> {
  const { manifests } = await readStores(name);
  return manifests.map(({ id, header }) => `${id} ${String(JSON.parse(header).generation)}`).sort();
}

export function flipByte(bytes: ArrayBuffer, place: number): ArrayBuffer {
  const copy = new Uint8Array(bytes.slice(0));
  copy[place] = (copy[place] ?? 0) ^ 1;
  return copy.buffer;
}

/** Another character in the place of one. */
export function flipCharacter(text: string, place: number): string {
  return text.slice(0, place) + String.fromCharCode(text.charCodeAt(place) ^ 1) + text.slice(place + 1);
}
