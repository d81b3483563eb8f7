import { exposeMethods, transfer } from '../../workers/expose';
import type { IdentityApi } from './identity-api';
import { clusterAccounts, normaliseOdd } from './identity-work';
import { PairFinder } from './pair-finder';

const finder = new PairFinder();

const normalise: IdentityApi['normalise'] = (odd, options) => {
  const ipc = normaliseOdd(odd, options);
  return transfer(ipc, [ipc.buffer]);
};

const cluster: IdentityApi['cluster'] = (holdings, rules) => {
  const answer = clusterAccounts(holdings, rules);
  return transfer(answer, [answer.labelsIpc.buffer, answer.labels.buffer]);
};

const addRecords: IdentityApi['addRecords'] = (chunk) => finder.add(chunk);

const findPairs: IdentityApi['findPairs'] = (labels, search) => finder.find(labels, search);

exposeMethods({ normalise, cluster, addRecords, findPairs });
