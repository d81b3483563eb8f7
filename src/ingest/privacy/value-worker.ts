import { maskAs, type PersonalKind } from '../../core/masking';
import { throwIfAborted } from '../../core/errors';
import { WorkerPool } from '../../workers/worker-pool';
import type { PrivacyWorkerApi } from './privacy.worker';
import { pseudonymsOf } from './pseudonym';

/** What turns values into what may be seen of them, many at a time and away from the page. Throws `cancelled`. */
export interface ValueWorker {
  pseudonyms(key: CryptoKey, ids: readonly string[], signal?: AbortSignal): Promise<readonly string[]>;
  masks(kind: PersonalKind, texts: readonly string[], signal?: AbortSignal): Promise<readonly string[]>;
}

/** In a worker of its own; aborting ends it. */
export function createValueWorker(spawn: () => Worker): ValueWorker {
  const pool = new WorkerPool<PrivacyWorkerApi>(spawn, 1);
  return {
    pseudonyms: (key, ids, signal) => pool.run((remote) => remote.pseudonyms(key, ids), signal),
    masks: (kind, texts, signal) => pool.run((remote) => remote.masks(kind, texts), signal),
  };
}

/** In this thread: for Node. */
export const VALUES_IN_PROCESS: ValueWorker = {
  async pseudonyms(key, ids, signal) {
    const made = await pseudonymsOf(key, ids, signal);
    throwIfAborted(signal);
    return made;
  },
  async masks(kind, texts) {
    return texts.map((text) => maskAs(kind, text));
  },
};
