import { createDeferred, type Deferred } from '../../core/deferred';
import { isCancel } from '../../core/errors';

/**
 * The writer's place among all tabs of the browser, by a Web Lock that is held as long as the tab
 * lives. Who does not get it waits in line and gets it when the writer leaves.
 */
export class WriterLock {
  readonly #name: string;
  readonly #onGain: () => Promise<void>;
  readonly #onLoss: () => void;
  #held: Deferred<undefined> | undefined;
  #waiting: AbortController | undefined;
  #released: Promise<void> = Promise.resolve();

  /**
   * @param onGain called when the place is this tab's; `join` and `takeOver` wait for it
   * @param onLoss called when another tab took it
   */
  constructor(name: string, onGain: () => Promise<void>, onLoss: () => void) {
    this.#name = name;
    this.#onGain = onGain;
    this.#onLoss = onLoss;
  }

  /** Takes the place when it is free, else gets in line; resolves when that is decided. */
  async join(): Promise<void> {
    if (!(await this.#request({ ifAvailable: true }))) this.#wait();
  }

  /** Takes the place from whoever has it. */
  async takeOver(): Promise<void> {
    this.#waiting?.abort();
    await this.#request({ steal: true });
  }

  /** Leaves the place, and the line; resolves when the place is free for others. */
  async leave(): Promise<void> {
    this.#waiting?.abort();
    this.#held?.resolve(undefined);
    this.#held = undefined;
    await this.#released;
  }

  #wait(): void {
    this.#waiting = new AbortController();
    // Refused only by our own abort.
    this.#request({ signal: this.#waiting.signal }).catch(() => undefined);
  }

  /** Resolves to whether the place was got. */
  #request(options: LockOptions): Promise<boolean> {
    const decided = createDeferred<boolean>();
    const held = createDeferred<undefined>();
    this.#released = navigator.locks
      .request(this.#name, options, (lock) => {
        if (lock === null) {
          decided.resolve(false);
          return undefined;
        }
        this.#held = held;
        this.#onGain().then(
          () => decided.resolve(true),
          (error: unknown) => {
            // Who cannot use the place does not keep others from it.
            void this.leave();
            decided.reject(error);
          },
        );
        return held.promise;
      })
      .then(() => undefined)
      .catch((error: unknown) => {
        decided.reject(error);
        // A lock that was held is only ever refused when another tab stole it.
        if (this.#held !== held || !isCancel(error)) return;
        this.#held = undefined;
        this.#onLoss();
        this.#wait();
      });
    return decided.promise;
  }
}
