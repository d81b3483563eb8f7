import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

const DATABASE = 'silhouette-pseudonyms';
const VERSION = 1;
const STORE = 'keys';
/** The one key in force. */
const CURRENT = 'current';

interface Stored extends DBSchema {
  [STORE]: { key: string; value: StoredKey };
}

interface StoredKey {
  readonly key: CryptoKey;
  readonly madeAt: number;
}

/** The key of HMAC-SHA-256 under which customers get their pseudonyms. Its bytes can be read by nobody, not even the app. */
export interface PseudonymKey {
  readonly key: CryptoKey;
  /** Epoch milliseconds. */
  readonly madeAt: number;
  /** False where the browser refuses to store: the key is gone with this visit. */
  readonly isKept: boolean;
}

/** Where the key lies. It is made on the device when it is first asked for and never leaves it. */
export interface PseudonymKeys {
  /** The key in force; the same one for calls that overlap, in this tab and others. */
  current(): Promise<PseudonymKey>;
  /** Puts a new key in its place. Pseudonyms made under the old one can then no longer be made or matched. */
  renew(): Promise<PseudonymKey>;
}

/**
 * The key in this browser's IndexedDB. A key is structured-cloneable although it is not extractable, so it is
 * stored and handed to a worker as it is.
 *
 * @param now epoch milliseconds, for the day the key was made
 */
export function createPseudonymKeys(now: () => number): PseudonymKeys {
  let inMemory: PseudonymKey | undefined;
  let asked: Promise<PseudonymKey> | undefined;

  const withStore = async <T>(use: (database: IDBPDatabase<Stored>) => Promise<T>): Promise<T | undefined> => {
    let database: IDBPDatabase<Stored> | undefined;
    try {
      database = await openDB<Stored>(DATABASE, VERSION, {
        upgrade: (opened) => void opened.createObjectStore(STORE),
      });
      return await use(database);
    } catch {
      return undefined;
    } finally {
      database?.close();
    }
  };

  /** Another tab may have been faster: what lies in the store is what counts. */
  const keep = async (made: StoredKey, replaces: boolean): Promise<PseudonymKey> => {
    const kept = await withStore(async (database) => {
      const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
      const before = replaces ? undefined : asKey(await transaction.store.get(CURRENT));
      if (before === undefined) await transaction.store.put(made, CURRENT);
      await transaction.done;
      return before ?? made;
    });
    inMemory = { ...(kept ?? made), isKept: kept !== undefined };
    return inMemory;
  };

  const make = async (): Promise<StoredKey> => {
    const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
    return { key, madeAt: now() };
  };

  const find = async (): Promise<PseudonymKey> => {
    const stored = asKey(await withStore((database) => database.get(STORE, CURRENT)));
    if (stored !== undefined) return { ...stored, isKept: true };
    return inMemory ?? keep(await make(), false);
  };

  return {
    current() {
      asked ??= find().finally(() => (asked = undefined));
      return asked;
    },
    async renew() {
      await asked?.catch(() => undefined);
      return keep(await make(), true);
    },
  };
}

/** What lies in the store when it is a key of ours; another page of the same origin may have written it. */
function asKey(stored: StoredKey | undefined): StoredKey | undefined {
  if (!(stored?.key instanceof CryptoKey) || typeof stored.madeAt !== 'number') return undefined;
  const { key, madeAt } = stored;
  return key.algorithm.name === 'HMAC' && !key.extractable && key.usages.includes('sign') ? { key, madeAt } : undefined;
}
