import { AppError } from '../core/errors';
import { eraseEverything, type EraseReceipt } from '../library/erase';
import { estimateBytesKept, listKeptThings, type KeptThing } from '../library/kept-things';
import { FORGET_KEY, forgetsOnClose } from './preferences.svelte';

/** What the browser keeps of ours on this device, and the way to be rid of it. */
export class KeptStorage {
  #things = $state.raw<readonly KeptThing[]>([]);
  #bytes = $state.raw<number | null>(null);
  #isPersisted = $state.raw<boolean | null>(null);
  #receipt = $state.raw<EraseReceipt | null>(null);
  #held = $state.raw<readonly string[]>([]);
  #error = $state.raw<AppError | null>(null);
  readonly #letGo: () => Promise<void>;

  /** `letGo` closes what the page holds open, so that nothing is written again; called before erasing. */
  constructor(letGo: () => Promise<void>) {
    this.#letGo = letGo;
  }

  get things(): readonly KeptThing[] {
    return this.#things;
  }

  /** Of the whole origin, by the browser's estimate; null where it gives none. */
  get bytes(): number | null {
    return this.#bytes;
  }

  /** Whether the browser has promised not to clear it by itself; null where it does not tell. */
  get isPersisted(): boolean | null {
    return this.#isPersisted;
  }

  get receipt(): EraseReceipt | null {
    return this.#receipt;
  }

  /** The databases of the receipt that another tab still holds open. */
  get held(): readonly string[] {
    return this.#held;
  }

  /** Why the last erasing failed. */
  get error(): AppError | null {
    return this.#error;
  }

  /** Never throws: a browser that refuses storage keeps nothing of ours. */
  async read(): Promise<void> {
    try {
      this.#things = await listKeptThings();
      this.#bytes = await estimateBytesKept();
      this.#isPersisted = (await browserStorage()?.persisted()) ?? null;
    } catch {
      this.#things = [];
    }
  }

  /** Some browsers ask the person, others decide by themselves. */
  async askToPersist(): Promise<void> {
    this.#isPersisted = (await browserStorage()?.persist()) ?? null;
  }

  /** Never throws; afterwards there is a receipt or an error. The page should be loaded anew then. */
  async erase(): Promise<void> {
    try {
      await this.#letGo();
      const receipt = await eraseEverything();
      this.#held = receipt.held.map(({ name }) => name);
      for (const { name, gone } of receipt.held) void gone.then(() => this.#release(name));
      this.#receipt = receipt;
      this.#error = null;
    } catch (error) {
      this.#error = new AppError('erase-failed', {}, error);
    }
  }

  #release(name: string): void {
    this.#held = this.#held.filter((held) => held !== name);
  }
}

/**
 * For the start of a visit when no other is under way: on a computer that others use too, erases
 * all but the switch that says so. Throws `erase-failed`.
 */
export async function forgetLastVisit(storage: Storage | undefined): Promise<void> {
  if (!forgetsOnClose(storage)) return;
  try {
    await eraseEverything([FORGET_KEY]);
  } catch (error) {
    throw new AppError('erase-failed', {}, error);
  }
}

/** Undefined on a page that is not served securely. */
function browserStorage(): StorageManager | undefined {
  return navigator.storage;
}
