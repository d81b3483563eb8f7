import { AppError } from '../../core/errors';
import { checkMeta, type LibraryConnection } from './connection';
import {
  META_KEY,
  STORES,
  undefinedIfUnreadable,
  type LibraryDatabase,
  type LibraryMeta,
  type Sealing,
} from './database';
import { readHeader, type StoredManifest } from './manifest';
import { generationRange } from './staged-chunks';

/** What lies in the store, and how it is sealed, at one and the same moment. */
export interface Found {
  readonly meta: LibraryMeta;
  /** Undefined where there is none. */
  readonly stored: StoredManifest | undefined;
}

/** The manifests: which generation of which dataset counts. */
export class ManifestStore {
  readonly #connection: LibraryConnection;

  constructor(connection: LibraryConnection) {
    this.#connection = connection;
  }

  async find(id: string): Promise<Found> {
    const { meta, manifests } = await this.findAll(id);
    return { meta, stored: manifests[0] };
  }

  /** @param only the id, when not all are wanted */
  async findAll(only?: string): Promise<{ readonly meta: LibraryMeta; readonly manifests: readonly StoredManifest[] }> {
    return this.#connection.read(async (database) => {
      const transaction = database.transaction(STORES);
      // Each request says why it failed.
      transaction.done.catch(() => undefined);
      const store = transaction.objectStore('manifests');
      const [meta, ids, manifests] = await Promise.all([
        transaction.objectStore('meta').get(META_KEY),
        store.getAllKeys(only),
        store.getAll(only).catch(undefinedIfUnreadable),
      ]);
      return { meta: checkMeta(meta), manifests: manifests ?? (await this.#readOneByOne(database, ids)) };
    });
  }

  /** One that the browser can no longer read is as good as one that is broken. */
  #readOneByOne(database: LibraryDatabase, ids: readonly string[]): Promise<readonly StoredManifest[]> {
    return Promise.all(
      ids.map(async (id) => {
        const transaction = database.transaction('manifests');
        transaction.done.catch(() => undefined);
        const stored = await transaction.store.get(id).catch(undefinedIfUnreadable);
        return stored ?? { id, header: '', body: new ArrayBuffer(0), sha256: '' };
      }),
    );
  }

  /**
   * Puts manifests in the place of those of the same ids, all at once, and reads them back; when the
   * store does not give back what was put, those from before are put back.
   *
   * @param sealing how the library is sealed from now on; unchanged when left out
   */
  async replace(manifests: readonly StoredManifest[], sealing?: Sealing | null): Promise<void> {
    const neededBytes = manifests.reduce((sum, { header, body }) => sum + header.length + body.byteLength, 0);
    // Nobody else can write between this and the next transaction.
    const { meta: metaBefore, manifests: before } = await this.findAll();
    await this.#connection.write(async (stores, meta) => {
      for (const manifest of manifests) await stores.objectStore('manifests').put(manifest);
      if (sealing !== undefined) await stores.objectStore('meta').put({ ...meta, sealing }, META_KEY);
    }, neededBytes);
    if (await this.#areInPlace(manifests)) return;
    await this.#connection.write(async (stores) => {
      const store = stores.objectStore('manifests');
      for (const { id } of manifests) {
        const previous = before.find((manifest) => manifest.id === id);
        await (previous === undefined ? store.delete(id) : store.put(previous));
      }
      await stores.objectStore('meta').put(metaBefore, META_KEY);
    });
    throw new AppError('library-lost');
  }

  /** Removes a dataset, damaged or not, with whatever chunks of it there are. */
  async remove(id: string): Promise<void> {
    await this.#connection.write(async (stores) => {
      await stores.objectStore('manifests').delete(id);
      await stores.objectStore('chunks').delete(IDBKeyRange.bound([id], [id, []]));
    });
  }

  /**
   * Removes the chunks of generations that no manifest names. What a damaged manifest names nobody
   * can know: the chunks of its dataset stay until it is removed.
   */
  async sweep(): Promise<void> {
    const { manifests } = await this.findAll();
    const named = new Map<string, string | undefined>();
    for (const stored of manifests) named.set(stored.id, (await readHeader(stored))?.generation);
    const keys = await this.#connection.read((database) => database.getAllKeys('chunks'));
    const orphans = keys.filter(([id, generation]) => !named.has(id) || (named.get(id) ?? generation) !== generation);
    if (orphans.length === 0) return;
    await this.#connection.write(async (stores) => {
      for (const [id, generation] of orphans)
        await stores.objectStore('chunks').delete(generationRange(id, generation));
    });
  }

  async #areInPlace(manifests: readonly StoredManifest[]): Promise<boolean> {
    for (const { id, header, sha256 } of manifests) {
      const { stored } = await this.find(id);
      if (stored?.sha256 !== sha256 || stored.header !== header) return false;
      if ((await readHeader(stored)) === undefined) return false;
    }
    return true;
  }
}
