import { encodeBatch } from '../../db/arrow-ipc';
import {
  resolveClusters,
  type ClusterResult,
  type ClusterRules,
  type Holdings,
} from '../../kernels/identity/resolve-clusters';
import { poolOfTexts } from '../canonical/text-pool';
import { normaliseIdentifier, type NormalOptions } from './identifiers';
import { isPersonRole } from '../kinds/kinds';
import { PairFinder, type PairSearch, type ProbablePairs, type RecordChunk } from './pair-finder';

/** Values that the engine could not make normal by itself, numbered from `from` on. */
export interface OddValues {
  readonly from: number;
  readonly kinds: readonly string[];
  readonly values: readonly string[];
}

/** The clusters, and their labels once more as a batch for the table identity_labels. */
export interface ClusterAnswer extends ClusterResult {
  readonly labelsIpc: Uint8Array;
}

/** A search for probable pairs: records are added bit by bit and compared at the end. */
export interface PairWork {
  add(chunk: RecordChunk, signal?: AbortSignal): Promise<void>;
  find(labels: Int32Array, search: PairSearch, signal?: AbortSignal): Promise<ProbablePairs>;
  close(): void;
}

/** The parts of identity resolution that take time outside the engine. Rejects with AppErrors, `cancelled` among them. */
export interface IdentityWork {
  /** A batch for the table identity_odd_normal. */
  normalise(odd: OddValues, options: NormalOptions, signal?: AbortSignal): Promise<Uint8Array>;
  cluster(holdings: Holdings, rules: ClusterRules, signal?: AbortSignal): Promise<ClusterAnswer>;
  openPairs(): PairWork;
}

export function normaliseOdd({ from, kinds, values }: OddValues, options: NormalOptions): Uint8Array {
  const normals = values.map((value, i) => {
    const kind = kinds[i] ?? '';
    if (!isPersonRole(kind)) throw new RangeError(`invalid kind of identifier: ${kind}`);
    return normaliseIdentifier(kind, value, options);
  });
  const reasons = ['placeholder', 'malformed'] as const;
  return encodeBatch(
    {
      odd_key: { kind: 'integer', values: Int32Array.from(values, (_, i) => from + i) },
      normal: { kind: 'strings', pool: poolOfTexts(normals.map(({ normal }) => normal)) },
      unusable: {
        kind: 'text',
        codes: Int32Array.from(normals, ({ unusable }) => (unusable === null ? -1 : reasons.indexOf(unusable))),
        pool: poolOfTexts(reasons),
      },
    },
    values.length,
  );
}

export function clusterAccounts(holdings: Holdings, rules: ClusterRules): ClusterAnswer {
  const result = resolveClusters(holdings, rules);
  const { accountCount } = holdings;
  const accountKeys = new Int32Array(accountCount);
  for (let account = 0; account < accountCount; account++) accountKeys[account] = account;
  const labelsIpc = encodeBatch(
    {
      account_key: { kind: 'integer', values: accountKeys },
      label: { kind: 'integer', values: result.labels },
    },
    accountCount,
  );
  return { ...result, labelsIpc };
}

/** The same without a worker: for tests and the command line. Blocks its thread. */
export const identityInProcess: IdentityWork = {
  normalise: async (odd, options) => normaliseOdd(odd, options),
  cluster: async (holdings, rules) => clusterAccounts(holdings, rules),
  openPairs: () => {
    const finder = new PairFinder();
    return {
      add: (chunk) => finder.add(chunk),
      find: async (labels, search) => finder.find(labels, search),
      close: () => undefined,
    };
  },
};
