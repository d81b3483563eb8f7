import { AppError, isAppError, throwIfAborted, type AppErrorCode } from '../../core/errors';
import type { LibraryState, Standing } from '../library';
import { LibraryConnection } from './connection';
import type { LibraryMeta, Sealing } from './database';
import { Keyring } from './keyring';
import { ManifestStore } from './manifest-store';
import { WriterLock } from './writer-lock';

/** Throws when what is under way must not go on: cancelled, or the tab lost its place, the database or the key. */
export type Guard = () => void;

/**
 * This tab's part in the library: whether it is open, whether it writes, whether it holds the key, and
 * what the other tabs are told.
 */
export class TabSession {
  readonly connection: LibraryConnection;
  readonly manifests: ManifestStore;
  readonly keyring = new Keyring();
  readonly #name: string;
  readonly #lock: WriterLock;
  readonly #listeners = new Set<() => void>();
  #phase: 'closed' | 'open' | 'unavailable' = 'closed';
  #sealing: Sealing | null = null;
  #opening: Promise<void> | undefined;
  #channel: BroadcastChannel | undefined;
  #underway = new AbortController();
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(name: string) {
    this.#name = name;
    this.connection = new LibraryConnection(name, {
      onLost: () => this.interrupt('library-lost'),
      onFencedOut: () => this.#rejoin(),
    });
    this.manifests = new ManifestStore(this.connection);
    this.#lock = new WriterLock(
      `${name}-writer`,
      () => this.#becomeWriter(),
      () => this.#becomeReader(),
    );
  }

  get state(): LibraryState {
    if (this.#phase !== 'open') return this.#phase;
    return this.keyring.opens(this.#sealing) ? 'open' : 'locked';
  }

  get standing(): Standing {
    return this.connection.isWriter ? 'writer' : 'reader';
  }

  get sealing(): Sealing | null {
    return this.#sealing;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async open(): Promise<void> {
    if (this.#phase === 'open') return;
    this.#opening ??= this.#start().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    this.#phase = 'closed';
    this.interrupt('library-lost');
    this.keyring.forget();
    await this.#letGo();
    this.notify();
  }

  async takeOver(): Promise<void> {
    this.requireOpen();
    if (this.standing === 'reader') await this.#lock.takeOver();
  }

  requireOpen(): void {
    if (this.#phase === 'open') return;
    throw new AppError(this.#phase === 'closed' ? 'library-lost' : 'library-unavailable');
  }

  /** Takes note of how the library is sealed, which another tab may have changed. */
  note({ sealing }: Pick<LibraryMeta, 'sealing'>): void {
    const isAnother = this.#sealing?.id !== sealing?.id;
    this.#sealing = sealing;
    if (isAnother) this.notify();
  }

  /** To be called between the steps of what begins now. */
  guard(signal: AbortSignal | undefined): Guard {
    const underway = this.#underway.signal;
    return () => {
      throwIfAborted(signal);
      underway.throwIfAborted();
    };
  }

  /** Ends what is under way. */
  interrupt(code: AppErrorCode): void {
    this.#underway.abort(new AppError(code));
    this.#underway = new AbortController();
  }

  /**
   * Runs what changes the library after the change before it has ended, and tells everybody.
   *
   * @throws AppError `library-not-writer` before `work` has begun
   */
  async change<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#lastChange.then(async () => {
      this.requireOpen();
      if (this.standing === 'reader') throw new AppError('library-not-writer');
      const result = await work();
      this.#channel?.postMessage('changed');
      this.notify();
      return result;
    });
    this.#lastChange = run.catch(() => undefined);
    return run;
  }

  notify(): void {
    for (const listener of this.#listeners) listener();
  }

  async #start(): Promise<void> {
    try {
      // An insecure page has neither locks nor cryptography.
      if (!isSecureContext) throw new AppError('library-unavailable');
      this.connection.open();
      this.#sealing = (await this.connection.meta()).sealing;
      await this.#lock.join();
      this.#channel = new BroadcastChannel(this.#name);
      this.#channel.onmessage = () => void this.#look().catch(() => undefined);
      this.#phase = 'open';
    } catch (error) {
      this.#phase = 'unavailable';
      await this.#letGo();
      throw isAppError(error) ? error : new AppError('library-unavailable', {}, error);
    } finally {
      this.notify();
    }
  }

  async #letGo(): Promise<void> {
    this.#channel?.close();
    await this.#lock.leave();
    await this.connection.close();
  }

  /** Another tab has changed something. */
  async #look(): Promise<void> {
    this.note(await this.connection.meta());
    this.notify();
  }

  async #becomeWriter(): Promise<void> {
    await this.connection.claim();
    // In line with the changes: what one of them has just begun to write is no orphan.
    const sweep = this.#lastChange.then(() => this.manifests.sweep());
    this.#lastChange = sweep.catch(() => undefined);
    await sweep;
    this.notify();
  }

  #becomeReader(): void {
    this.connection.yieldPlace();
    this.interrupt('library-not-writer');
    this.notify();
  }

  /** Another tab counts as the writer although the lock was ours: one of us is mistaken, so both get in line. */
  #rejoin(): void {
    this.#becomeReader();
    this.#lock
      .leave()
      .then(() => this.#lock.join())
      .catch(() => undefined);
  }
}
