/** The time, as the page has it. */
export interface IdleClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `action` once after `delayMs`; what it returns calls it off. */
  after(delayMs: number, action: () => void): () => void;
}

/**
 * Locks once nobody has done anything for a while. A sleeping machine stops the page's timers, so the
 * first sign of life afterwards is measured by the clock, and locks instead of counting as use.
 */
export class IdleLock {
  readonly #clock: IdleClock;
  readonly #lock: () => void;
  #idleMs = 0;
  #usedAt = 0;
  #callOff: (() => void) | undefined;

  /** @param lock called once for each `start`, unless stopped before */
  constructor(clock: IdleClock, lock: () => void) {
    this.#clock = clock;
    this.#lock = lock;
  }

  /** Counts from now; a count that runs already begins anew. */
  start(idleMs: number): void {
    this.stop();
    this.#idleMs = idleMs;
    this.#usedAt = this.#clock.now();
    this.#wait(idleMs);
  }

  /** Somebody did something. Cheap enough for every movement of the pointer. */
  touch(): void {
    if (this.#callOff === undefined) return;
    if (this.#restMs() <= 0) this.#end();
    else this.#usedAt = this.#clock.now();
  }

  stop(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }

  #wait(delayMs: number): void {
    this.#callOff = this.#clock.after(delayMs, () => {
      // A clock set back must not put the lock off for longer than the idle time.
      this.#usedAt = Math.min(this.#usedAt, this.#clock.now());
      const rest = this.#restMs();
      if (rest > 0) this.#wait(rest);
      else this.#end();
    });
  }

  #end(): void {
    this.stop();
    this.#lock();
  }

  #restMs(): number {
    return this.#usedAt + this.#idleMs - this.#clock.now();
  }
}
