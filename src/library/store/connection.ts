import { integer, minValue, nullable, number, object, pipe, safeParse, strictObject, string } from 'valibot';
import { AppError, isAppError } from '../../core/errors';
import { wrappedKeySchema } from '../vault/passphrase-key';
import { FORMAT_VERSION } from './chunks';
import {
  asLibraryError,
  META_KEY,
  openDatabase,
  STORES,
  undefinedIfUnreadable,
  type ChunkKey,
  type LibraryDatabase,
  type LibraryMeta,
  type Writing,
} from './database';

const versionSchema = object({ formatVersion: pipe(number(), integer(), minValue(1)) });
const metaSchema = strictObject({
  formatVersion: number(),
  fence: pipe(number(), integer(), minValue(0)),
  sealing: nullable(strictObject({ id: string(), key: wrappedKeySchema })),
});

/** What the owner of a connection is told. */
export interface ConnectionEvents {
  /** The browser, or a newer version of the app, closed the connection; the next use opens another. */
  readonly onLost: () => void;
  /** Another tab has become the writer since this one did. */
  readonly onFencedOut: () => void;
}

type WriteUse<T> = (stores: Writing, meta: LibraryMeta) => Promise<T>;

/**
 * The connection to the database: opened when it is used, opened again after it was lost, and
 * writing only as long as no other tab has become the writer.
 */
export class LibraryConnection {
  readonly #name: string;
  readonly #events: ConnectionEvents;
  #isOpen = false;
  #opened: Promise<LibraryDatabase> | undefined;
  /** The number this tab drew when it became the writer. */
  #fence: number | undefined;

  constructor(name: string, events: ConnectionEvents) {
    this.#name = name;
    this.#events = events;
  }

  /** @throws AppError `library-newer`, `library-unavailable`; `library-lost` when nobody has opened it */
  async database(): Promise<LibraryDatabase> {
    if (!this.#isOpen) throw new AppError('library-lost');
    this.#opened ??= openDatabase(this.#name, () => {
      this.#opened = undefined;
      this.#events.onLost();
    });
    try {
      return await this.#opened;
    } catch (error) {
      // A failure is not kept, so that the next use tries again.
      this.#opened = undefined;
      throw error;
    }
  }

  /** From now on the database is opened by whoever uses it. */
  open(): void {
    this.#isOpen = true;
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    const opened = this.#opened;
    this.#opened = undefined;
    this.#fence = undefined;
    (await opened?.catch(() => undefined))?.close();
  }

  /** Reads, and says why as the app says it when it could not. */
  async read<T>(use: (database: LibraryDatabase) => Promise<T>): Promise<T> {
    try {
      return await use(await this.database());
    } catch (error) {
      throw asLibraryError(error, 0);
    }
  }

  async meta(): Promise<LibraryMeta> {
    return checkMeta(await this.read((database) => database.get('meta', META_KEY)));
  }

  /** The chunk, or undefined where there is none that can be read. */
  chunk(key: ChunkKey): Promise<ArrayBuffer | undefined> {
    return this.read(async (database) => {
      const transaction = database.transaction('chunks');
      transaction.done.catch(() => undefined);
      return transaction.store.get(key).catch(undefinedIfUnreadable);
    });
  }

  /** Makes this tab the only one that can write. To be called by who holds the writer's lock. */
  async claim(): Promise<void> {
    const { fence } = await this.meta();
    try {
      await this.#transact(fence, 0, async (stores, meta) => {
        await stores.objectStore('meta').put({ ...meta, fence: fence + 1 }, META_KEY);
      });
      this.#fence = fence + 1;
    } catch (error) {
      if (!isAppError(error) || error.code !== 'library-full') throw error;
      // On a full disk the lock alone must do: who may not write could not make room either.
      this.#fence = fence;
    }
  }

  get isWriter(): boolean {
    return this.#fence !== undefined;
  }

  /** This tab is no longer the writer. */
  yieldPlace(): void {
    this.#fence = undefined;
  }

  /**
   * Runs `use` in one strict transaction over all stores: all of it is on the disk, or nothing is.
   *
   * @param use waits for nothing but the requests of its transaction
   * @param neededBytes what is told when the disk is full
   * @throws AppError `library-not-writer`, `library-full`, `library-lost`
   */
  async write<T>(use: WriteUse<T>, neededBytes = 0): Promise<T> {
    if (this.#fence === undefined) throw new AppError('library-not-writer');
    return this.#transact(this.#fence, neededBytes, use);
  }

  async #transact<T>(fence: number, neededBytes: number, use: WriteUse<T>): Promise<T> {
    const database = await this.database();
    let transaction: Writing | undefined;
    try {
      transaction = database.transaction(STORES, 'readwrite', { durability: 'strict' });
      const meta = checkMeta(await transaction.objectStore('meta').get(META_KEY));
      if (meta.fence !== fence) throw new AppError('library-not-writer');
      const result = await use(transaction, meta);
      await transaction.done;
      return result;
    } catch (error) {
      const reason = transaction === undefined ? error : await reasonOf(transaction, error);
      if (isAppError(reason) && reason.code === 'library-not-writer') this.#events.onFencedOut();
      throw asLibraryError(reason, neededBytes);
    }
  }
}

/** Ends the transaction and returns why it failed. */
async function reasonOf(transaction: Writing, error: unknown): Promise<unknown> {
  const ended = transaction.done.then(
    () => error,
    (reason: unknown) => reason,
  );
  try {
    transaction.abort();
  } catch {
    // The browser has ended it: its requests say only that it was aborted, and the transaction what for.
    return ended;
  }
  await ended;
  return error;
}

/** @throws AppError `library-newer`; `library-damaged` when it is not of the form this version writes */
export function checkMeta(stored: unknown): LibraryMeta {
  const version = safeParse(versionSchema, stored);
  if (version.success && version.output.formatVersion > FORMAT_VERSION) throw new AppError('library-newer');
  const read = safeParse(metaSchema, stored);
  if (!read.success) throw new AppError('library-damaged');
  return read.output;
}
