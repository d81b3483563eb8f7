import { createDeferred } from '../core/deferred';

/** Held by every page of ours for as long as it lives; pages share it. */
const VISIT_LOCK = 'silhouette-visit';

/**
 * Says that this page is here, until it ends. Before that, when no other page of ours is here, calls
 * `whenAlone` and waits for it: the last visit is over. Throws what it throws. A browser without Web
 * Locks cannot tell who else is here, and the page is taken for the only one.
 */
export async function beginVisit(whenAlone: () => Promise<void>): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) return whenAlone();
  try {
    // Unshared it is only to be had while nobody is here; who comes meanwhile waits below until it is given back.
    await locks.request(VISIT_LOCK, { ifAvailable: true }, (lock) => (lock === null ? undefined : whenAlone()));
  } finally {
    const { promise: begun, resolve } = createDeferred<undefined>();
    void locks.request(VISIT_LOCK, { mode: 'shared' }, () => {
      resolve(undefined);
      return new Promise(() => undefined);
    });
    await begun;
  }
}
