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

/** A database with everything in it, as JSON. */
export interface DumpedLibrary {
  readonly version: number;
  readonly stores: readonly {
    readonly name: string;
    readonly keyPath: string | null;
    readonly entries: readonly { readonly key: IDBValidKey; readonly value: unknown }[];
  }[];
}

export function dumpLibrary(name: string): Promise<DumpedLibrary> {
  return withStores(name, async (database) => {
    const stores = [];
    for (const store of database.objectStoreNames) {
      const { keyPath } = database.transaction(store).store;
      const [keys, values] = [await database.getAllKeys(store), await database.getAll(store)];
      const entries = keys.map((key, index) => ({ key, value: withBytesAsText(values[index]) }));
      stores.push({ name: store, keyPath: keyPath as string | null, entries });
    }
    return { version: database.version, stores };
  });
}

/** Makes the database as it was, by nothing but what the dump says. */
export async function restoreLibrary(name: string, { version, stores }: DumpedLibrary): Promise<void> {
  const database = await openDB(name, version, {
    upgrade(made) {
      for (const { name: store, keyPath } of stores) made.createObjectStore(store, { keyPath });
    },
  });
  for (const { name: store, keyPath, entries } of stores) {
    for (const { key, value } of entries) {
      await database.put(store, withTextAsBytes(value), keyPath === null ? key : undefined);
    }
  }
  database.close();
}

interface BytesAsText {
  readonly kind: 'ArrayBuffer' | 'Uint8Array';
  readonly base64: string;
}

function withBytesAsText(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return { kind: 'ArrayBuffer', base64: base64Of(new Uint8Array(value)) };
  if (value instanceof Uint8Array) return { kind: 'Uint8Array', base64: base64Of(value) };
  return mapEntries(value, withBytesAsText);
}

function withTextAsBytes(value: unknown): unknown {
  const { kind, base64 } = (value ?? {}) as Partial<BytesAsText>;
  if (base64 === undefined) return mapEntries(value, withTextAsBytes);
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return kind === 'ArrayBuffer' ? bytes.buffer : bytes;
}

function mapEntries(value: unknown, change: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner)]));
}

function base64Of(bytes: Uint8Array): string {
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
}
