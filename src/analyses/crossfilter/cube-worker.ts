import { spawnModuleWorker } from '../../workers/spawn';
import { WorkerPool } from '../../workers/worker-pool';
import workerUrl from './crossfilter.worker?worker&url';
import type { CubeApi, CubeWork } from './cube-work';

/** The customers in a worker of their own: it keeps them between the calls, and only its end gives the memory back. */
export function cubesInWorker(): CubeWork {
  const own = new WorkerPool<CubeApi>(() => spawnModuleWorker(workerUrl), 1);
  return {
    open: (binCounts, rows) => own.run((remote) => remote.open(binCounts, rows)),
    add: (chunk) => own.run((remote) => remote.add(chunk)),
    cube: (active, filters) => own.run((remote) => remote.cube(active, filters)),
    close: () => own.close(),
  };
}
