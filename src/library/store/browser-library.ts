import { AppError } from '../../core/errors';
import type { Library } from '../library';
import { createKey, openKey, rewrapKey } from '../vault/passphrase-key';
import { plainSealer } from '../vault/sealer';
import type { Sealing } from './database';
import { DatasetShelf } from './dataset-shelf';
import { TabSession } from './tab-session';

/** The database of the app's library. */
export const LIBRARY_DATABASE = 'silhouette-library';

/**
 * The library in this browser's IndexedDB. Nothing is touched before `open`.
 *
 * @param options.now epoch milliseconds
 * @param options.name of the database, of the writer's lock and of the channel between tabs
 */
export function createLibrary(options: { readonly now: () => number; readonly name?: string }): Library {
  const session = new TabSession(options.name ?? LIBRARY_DATABASE);
  const shelf = new DatasetShelf(session, options.now);

  /** As it is sealed now; throws where it is not. */
  const sealing = async (): Promise<Sealing> => {
    session.requireOpen();
    const meta = await session.connection.meta();
    session.note(meta);
    if (meta.sealing === null) throw passphraseMisuse('a library with a passphrase');
    return meta.sealing;
  };

  return {
    get state() {
      return session.state;
    },
    get standing() {
      return session.standing;
    },
    get hasPassphrase() {
      return session.sealing !== null;
    },
    open: () => session.open(),
    close: () => session.close(),
    onChange: (listener) => session.onChange(listener),
    takeOver: () => session.takeOver(),

    list: () => shelf.list(),
    save: (dataset, how = {}) => shelf.save(dataset, how),
    saveDocument: (id, replacement) => shelf.saveDocument(id, replacement),
    read: (id, how = {}) => shelf.read(id, how),
    rename: (id, name) => shelf.rename(id, name),
    duplicate: (id, newId, name) => shelf.duplicate(id, newId, name),
    remove: (id) => shelf.remove(id),

    async setPassphrase(passphrase) {
      if (session.sealing !== null) throw passphraseMisuse('a library without one');
      const { sealer, wrapped } = await createKey(passphrase);
      await shelf.reseal(sealer, { id: crypto.randomUUID(), key: wrapped });
    },
    async changePassphrase(old, next) {
      const { id, key } = await sealing();
      const rewrapped = { id, key: await rewrapKey(old, next, key) };
      await session.change(() => session.manifests.replace([], rewrapped));
      session.note({ sealing: rewrapped });
    },
    async removePassphrase(old) {
      const current = await sealing();
      session.keyring.hold(current, await openKey(old, current.key));
      await shelf.reseal(plainSealer, null);
    },
    async unlock(passphrase) {
      const current = await sealing();
      session.keyring.hold(current, await openKey(passphrase, current.key));
      session.notify();
    },
    lock() {
      if (session.sealing === null) return;
      session.keyring.forget();
      session.interrupt('library-locked');
      session.notify();
    },
  };
}

function passphraseMisuse(needs: string): AppError {
  return new AppError('invalid-parameter', { field: 'passphrase', value: '', needs });
}
