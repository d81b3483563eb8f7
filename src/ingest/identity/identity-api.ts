import type { ClusterRules, Holdings } from '../../kernels/identity/resolve-clusters';
import type { NormalOptions } from './identifiers';
import type { ClusterAnswer, OddValues } from './identity-work';
import type { PairSearch, ProbablePairs, RecordChunk } from './pair-finder';

/** What the page may ask of the identity worker. */
export interface IdentityApi {
  normalise(odd: OddValues, options: NormalOptions): Uint8Array;
  cluster(holdings: Holdings, rules: ClusterRules): ClusterAnswer;
  addRecords(chunk: RecordChunk): Promise<void>;
  /** Of all the records added since the worker began. */
  findPairs(labels: Int32Array, search: PairSearch): ProbablePairs;
}
