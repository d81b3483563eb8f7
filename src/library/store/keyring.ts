import { AppError } from '../../core/errors';
import { plainSealer, type Sealer } from '../vault/sealer';
import type { Sealing } from './database';

/** The key of the library as long as it is unlocked in this tab. */
export class Keyring {
  #held: { readonly sealingId: string; readonly sealer: Sealer } | undefined;

  opens(sealing: Sealing | null): boolean {
    return sealing === null || this.#held?.sealingId === sealing.id;
  }

  /** @throws AppError `library-locked` */
  sealerFor(sealing: Sealing | null): Sealer {
    if (sealing === null) return plainSealer;
    if (this.#held?.sealingId !== sealing.id) throw new AppError('library-locked');
    return this.#held.sealer;
  }

  hold(sealing: Sealing, sealer: Sealer): void {
    this.#held = { sealingId: sealing.id, sealer };
  }

  forget(): void {
    this.#held = undefined;
  }
}
