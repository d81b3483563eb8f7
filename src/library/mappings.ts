import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { safeParse, type GenericSchema } from 'valibot';

const DATABASE = 'silhouette-mappings';
const VERSION = 1;
const STORE = 'mappings';

interface Stored extends DBSchema {
  [STORE]: { key: string; value: unknown };
}

/**
 * Remembers from one visit to the next how a kind of file was mapped, by its fingerprint. No data of
 * the file is in it. It is a convenience: a store that is full, forbidden or broken remembers
 * nothing and never throws.
 */
export interface MappingMemory<M> {
  /** What was put last, or undefined; also when it no longer is of the form that is read today. */
  get(fingerprint: string): Promise<M | undefined>;
  put(fingerprint: string, mapping: M): Promise<void>;
  /** Forgets every mapping. */
  clear(): Promise<void>;
}

/**
 * The memory in this browser's IndexedDB, opened when first used.
 *
 * @param schema checks what comes back: an older version of the app, or another page of the same
 *   origin, may have written it
 */
export function createMappingMemory<M>(schema: GenericSchema<unknown, M>): MappingMemory<M> {
  let opened: Promise<IDBPDatabase<Stored>> | undefined;
  const forget = (): void => (opened = undefined);

  const open = (): Promise<IDBPDatabase<Stored>> => {
    opened ??= openDB<Stored>(DATABASE, VERSION, {
      upgrade: (database) => void database.createObjectStore(STORE),
      // A tab with a newer version of the app waits for this one to let go.
      blocking: (_, __, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    // A failure is not kept, so that the next use tries again.
    opened.catch(forget);
    return opened;
  };

  const attempt = async <T>(use: (database: IDBPDatabase<Stored>) => Promise<T>): Promise<T | undefined> => {
    try {
      return await use(await open());
    } catch {
      return undefined;
    }
  };

  return {
    async get(fingerprint) {
      const read = safeParse(schema, await attempt((database) => database.get(STORE, fingerprint)));
      return read.success ? read.output : undefined;
    },
    async put(fingerprint, mapping) {
      await attempt((database) => database.put(STORE, mapping, fingerprint));
    },
    async clear() {
      await attempt((database) => database.clear(STORE));
    },
  };
}
