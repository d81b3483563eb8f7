import { WorkerPool } from '../../workers/worker-pool';
import type { IdentityApi } from './identity-api';
import type { IdentityWork } from './identity-work';

/** The work of the page: in workers made by `spawn` from identity.worker.ts. */
export function createIdentityWorkers(spawn: () => Worker): IdentityWork {
  const pool = new WorkerPool<IdentityApi>(spawn, 1);
  return {
    normalise: (odd, options, signal) => pool.run((remote) => remote.normalise(odd, options), signal),
    cluster: (holdings, rules, signal) => pool.run((remote) => remote.cluster(holdings, rules), signal),
    openPairs() {
      // A worker of its own: it keeps the records between the calls, and only its end gives the memory back.
      const own = new WorkerPool<IdentityApi>(spawn, 1);
      return {
        add: (chunk, signal) => own.run((remote) => remote.addRecords(chunk), signal),
        find: (labels, search, signal) => own.run((remote) => remote.findPairs(labels, search), signal),
        close: () => own.close(),
      };
    },
  };
}
