import { isCancel, toAppError, type AppError } from '../core/errors';
import type { Db } from '../db/db';

export type EnginePhase = 'closed' | 'opening' | 'ready' | 'rebuilding' | 'failed';

/** How the engine is doing, for the progress bar of its first load and for the word of its death. */
export class EngineStatus {
  #phase = $state<EnginePhase>('closed');
  #share = $state(0);
  #error = $state.raw<AppError | null>(null);
  readonly #db: Db;
  readonly #rebuild: () => Promise<void>;

  /** `rebuild` opens the engine after a death, with the tables that there were. */
  constructor(db: Db, rebuild: () => Promise<void>) {
    this.#db = db;
    this.#rebuild = rebuild;
    db.onLost(() => void this.retry());
  }

  get phase(): EnginePhase {
    return this.#phase;
  }

  /** 0..1 of the engine's download. */
  get share(): number {
    return this.#share;
  }

  get error(): AppError | null {
    return this.#error;
  }

  /** Opens the engine ahead of need. Never throws: a failure is shown, and the next call retries. */
  async open(): Promise<void> {
    if (this.#phase === 'ready' || this.#phase === 'rebuilding') return;
    this.#phase = 'opening';
    await this.#settle(() => this.#db.open(({ share }) => (this.#share = share)));
  }

  /** Rebuilds what a death took along, by itself after each and again when that failed. Never throws. */
  async retry(): Promise<void> {
    this.#phase = 'rebuilding';
    await this.#settle(this.#rebuild);
  }

  async #settle(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#phase = 'ready';
      this.#error = null;
    } catch (error) {
      this.#phase = isCancel(error) ? 'closed' : 'failed';
      this.#error = isCancel(error) ? null : toAppError(error);
    }
  }
}
