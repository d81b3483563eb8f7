import { toAppError, type AppError } from '../core/errors';
import type { KeptDataset, Library, LibraryState, Standing } from '../library/library';
import { IdleLock, type IdleClock } from '../library/vault/idle-lock';
import type { LockAfterMinutes, Preferences } from './preferences.svelte';

/** What takes long enough to be shown. */
export type LibraryWork = 'unlocking' | 'sealing' | 'changing' | 'unsealing' | 'duplicating';

/** The last change that can be taken back; a removed dataset cannot. */
export type LibraryChange =
  | { readonly kind: 'renamed'; readonly id: string; readonly before: string; readonly name: string }
  | { readonly kind: 'duplicated'; readonly id: string; readonly name: string };

export interface LibraryParts {
  readonly library: Library;
  readonly preferences: Preferences;
  readonly clock: IdleClock;
  /** Where pointer and keyboard tell that somebody is there: the window. */
  readonly page: EventTarget;
  readonly newId: () => string;
}

/** What counts as use; heard on the way down, so that nothing on the page can swallow it. */
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'wheel', 'keydown'];

/** The library as the page shows it. It locks by itself when nobody has done anything for a while. */
export class LibrarySession {
  #list = $state.raw<readonly KeptDataset[]>([]);
  #state = $state<LibraryState>('closed');
  #standing = $state<Standing>('writer');
  #hasPassphrase = $state(false);
  #isListed = $state(false);
  #work = $state<LibraryWork | null>(null);
  #error = $state.raw<AppError | null>(null);
  #refusal = $state.raw<AppError | null>(null);
  #change = $state.raw<LibraryChange | null>(null);
  #reading = 0;
  #isIdleCounted = false;
  readonly #parts: LibraryParts;
  readonly #idle: IdleLock;
  readonly #renamed = new Set<(id: string, name: string) => void>();

  constructor(parts: LibraryParts) {
    this.#parts = parts;
    this.#idle = new IdleLock(parts.clock, () => parts.library.lock());
    for (const sign of SIGNS_OF_LIFE) {
      parts.page.addEventListener(sign, () => this.#idle.touch(), { capture: true, passive: true });
    }
    parts.library.onChange(() => void this.#read());
  }

  /** Newest use first; empty while locked. */
  get list(): readonly KeptDataset[] {
    return this.#list;
  }

  get state(): LibraryState {
    return this.#state;
  }

  get standing(): Standing {
    return this.#standing;
  }

  get hasPassphrase(): boolean {
    return this.#hasPassphrase;
  }

  /** False until the list has been read once since the library was opened or unlocked. */
  get isListed(): boolean {
    return this.#isListed;
  }

  /** Whether this tab may change what is kept. */
  get isWritable(): boolean {
    return this.#state === 'open' && this.#standing === 'writer';
  }

  /** As stored, of all datasets. */
  get bytes(): number {
    return this.#list.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** What is under way. */
  get work(): LibraryWork | null {
    return this.#work;
  }

  /** Why the last thing asked for was not done; what concerns a passphrase is returned to the asker instead. */
  get error(): AppError | null {
    return this.#error;
  }

  /** Why the library is unavailable. */
  get refusal(): AppError | null {
    return this.#refusal;
  }

  get change(): LibraryChange | null {
    return this.#change;
  }

  /** Calls back with the new name of a dataset, also when a renaming is taken back. */
  onRenamed(listener: (id: string, name: string) => void): void {
    this.#renamed.add(listener);
  }

  /** Never throws: what went wrong is the `refusal`, and the next call tries again. */
  async open(): Promise<void> {
    this.#error = null;
    this.#refusal = await attempt(() => this.#parts.library.open());
    await this.#read();
  }

  dismissError(): void {
    this.#error = null;
  }

  async rename(id: string, name: string): Promise<void> {
    const before = this.#list.find((dataset) => dataset.id === id)?.name ?? name;
    if (name === before || !(await this.#rename(id, name))) return;
    this.#change = { kind: 'renamed', id, before, name };
  }

  async duplicate(id: string, name: string): Promise<void> {
    const newId = this.#parts.newId();
    const isDone = await this.#told(() =>
      this.#working('duplicating', () => this.#parts.library.duplicate(id, newId, name)),
    );
    if (isDone) this.#change = { kind: 'duplicated', id: newId, name };
  }

  /** Takes the last change back. */
  async undo(): Promise<void> {
    const change = this.#change;
    if (change?.kind === 'renamed') await this.#rename(change.id, change.before);
    else if (change?.kind === 'duplicated') await this.remove(change.id);
  }

  /** There is no way back. */
  async remove(id: string): Promise<void> {
    await this.#told(() => this.#parts.library.remove(id));
  }

  /** Makes this tab the one that writes. */
  async takeOver(): Promise<void> {
    await this.#told(() => this.#parts.library.takeOver());
  }

  /** Seals everything that is kept. Returns why it was not done, or null; so do the three below. */
  async setPassphrase(passphrase: string): Promise<AppError | null> {
    return attempt(() => this.#working('sealing', () => this.#parts.library.setPassphrase(passphrase)));
  }

  async changePassphrase(old: string, next: string): Promise<AppError | null> {
    return attempt(() => this.#working('changing', () => this.#parts.library.changePassphrase(old, next)));
  }

  async removePassphrase(old: string): Promise<AppError | null> {
    return attempt(() => this.#working('unsealing', () => this.#parts.library.removePassphrase(old)));
  }

  async unlock(passphrase: string): Promise<AppError | null> {
    return attempt(() => this.#working('unlocking', () => this.#parts.library.unlock(passphrase)));
  }

  /** The dataset in force stays in memory, and on the screen. */
  lock(): void {
    this.#parts.library.lock();
  }

  get lockAfterMinutes(): LockAfterMinutes {
    return this.#parts.preferences.lockAfterMinutes;
  }

  /** Keeps the preference and counts from now. */
  setLockAfter(minutes: LockAfterMinutes): void {
    this.#parts.preferences.setLockAfter(minutes);
    this.#idle.stop();
    this.#isIdleCounted = false;
    this.#countIdle();
  }

  async #rename(id: string, name: string): Promise<boolean> {
    const isDone = await this.#told(() => this.#parts.library.rename(id, name));
    if (isDone) for (const listener of this.#renamed) listener(id, name);
    return isDone;
  }

  /** Overtaken by a newer reading, what was read is of no use. */
  async #read(): Promise<void> {
    const { library } = this.#parts;
    const reading = ++this.#reading;
    this.#state = library.state;
    this.#standing = library.standing;
    this.#hasPassphrase = library.hasPassphrase;
    this.#countIdle();
    if (library.state !== 'open') {
      this.#list = [];
      this.#isListed = false;
      this.#change = null;
      return;
    }
    try {
      const list = await library.list();
      if (reading !== this.#reading) return;
      this.#list = list;
      this.#isListed = true;
      if (!list.some(({ id }) => id === this.#change?.id)) this.#change = null;
    } catch (error) {
      if (reading === this.#reading) this.#error = toAppError(error);
    }
  }

  /** Counts only while there is something to lock; what happens meanwhile must not start the count anew. */
  #countIdle(): void {
    const minutes = this.#parts.preferences.lockAfterMinutes;
    const isCounted = this.#state === 'open' && this.#hasPassphrase && minutes > 0;
    if (isCounted === this.#isIdleCounted) return;
    this.#isIdleCounted = isCounted;
    if (isCounted) this.#idle.start(minutes * 60_000);
    else this.#idle.stop();
  }

  /** Whether it was done; the last change can then no longer be taken back. */
  async #told(work: () => Promise<void>): Promise<boolean> {
    this.#error = await attempt(work);
    if (this.#error === null) this.#change = null;
    return this.#error === null;
  }

  async #working(work: LibraryWork, run: () => Promise<void>): Promise<void> {
    this.#work = work;
    try {
      await run();
    } finally {
      this.#work = null;
    }
  }
}

async function attempt(work: () => Promise<void>): Promise<AppError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return toAppError(error);
  }
}
