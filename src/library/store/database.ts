import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { AppError, isAppError } from '../../core/errors';
import type { WrappedKey } from '../vault/passphrase-key';
import { FORMAT_VERSION } from './chunks';
import type { StoredManifest } from './manifest';

export const META_KEY = 'library';
export const STORES = ['meta', 'manifests', 'chunks'] as const;

/** What Chromium says of a file that is cut short, and of one that is missing. */
const UNREADABLE = ['UnknownError', 'NotReadableError'];

/** What is true of the library as a whole. */
export interface LibraryMeta {
  readonly formatVersion: number;
  /** Goes up by one with every tab that becomes the writer: who holds a lower one can no longer write. */
  readonly fence: number;
  /** Null when nothing is sealed. */
  readonly sealing: Sealing | null;
}

export interface Sealing {
  /** Of the data key: the same as long as what it sealed can be opened with it. */
  readonly id: string;
  readonly key: WrappedKey;
}

/** The place of a chunk counts through all parts of a dataset. */
export type ChunkKey = [id: string, generation: string, place: number];

export interface StoredLibrary extends DBSchema {
  meta: { key: typeof META_KEY; value: LibraryMeta };
  manifests: { key: string; value: StoredManifest };
  chunks: { key: ChunkKey; value: ArrayBuffer };
}

export type LibraryDatabase = IDBPDatabase<StoredLibrary>;
export type Writing = IDBPTransaction<StoredLibrary, typeof STORES, 'readwrite'>;
type Upgrading = IDBPTransaction<StoredLibrary, (typeof STORES)[number][], 'versionchange'>;

/** One step to the next version of the database. */
export type Migration = (database: LibraryDatabase, transaction: Upgrading) => void | Promise<void>;

/**
 * Number n leads from version n to n + 1; one that has been released is never changed. All that are
 * due run in one transaction of the browser's: a step that fails leaves the library as it was.
 */
export const MIGRATIONS: readonly Migration[] = [
  async (database) => {
    const meta = database.createObjectStore('meta');
    database.createObjectStore('manifests', { keyPath: 'id' });
    database.createObjectStore('chunks');
    await meta.put({ formatVersion: FORMAT_VERSION, fence: 0, sealing: null }, META_KEY);
  },
];

/**
 * Opens the database of a library, in the newest form.
 *
 * @param onLost called when the browser closed the connection, or when another tab with a newer
 *   version of the app (or one that erases everything) asked for it and got it
 * @throws AppError `library-newer` when it was written by a newer version (and is untouched),
 *   `library-unavailable` when the browser does not let the page keep anything
 */
export async function openDatabase(
  name: string,
  onLost: () => void,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<LibraryDatabase> {
  try {
    return await openDB<StoredLibrary>(name, migrations.length, {
      upgrade(database, oldVersion, _newVersion, transaction) {
        const migrate = async (): Promise<void> => {
          for (const step of migrations.slice(oldVersion)) await step(database, transaction);
        };
        // Aborted, it is the opening that fails; nobody else waits for the transaction.
        transaction.done.catch(() => undefined);
        migrate().catch(() => transaction.abort());
      },
      blocking(_oldVersion, _newVersion, event) {
        (event.target as IDBDatabase).close();
        onLost();
      },
      terminated: onLost,
    });
  } catch (cause) {
    const isNewer = cause instanceof DOMException && cause.name === 'VersionError';
    throw new AppError(isNewer ? 'library-newer' : 'library-unavailable', {}, cause);
  }
}

/**
 * To catch what the reading of a stored value throws when the file in which the browser keeps it is gone or
 * cut short: there is no value then.
 */
export function undefinedIfUnreadable(error: unknown): undefined {
  if (error instanceof DOMException && UNREADABLE.includes(error.name)) return undefined;
  throw error;
}

/**
 * What the browser says of a failed transaction as the app says it; an error that is not the
 * database's own is returned as it came.
 *
 * @param neededBytes the room that was asked for, to be told when there is none
 */
export function asLibraryError(error: unknown, neededBytes: number): unknown {
  if (isAppError(error) || !(error instanceof DOMException)) return error;
  if (error.name === 'QuotaExceededError') return new AppError('library-full', { neededBytes }, error);
  return new AppError('library-lost', {}, error);
}
