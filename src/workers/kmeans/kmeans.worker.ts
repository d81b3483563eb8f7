import { exposeMethods, transfer } from '../expose';
import { createKMeansMethods, type KMeansMethods } from './kmeans-methods';

const methods = createKMeansMethods();

const answer: KMeansMethods['answer'] = (request) => {
  const found = methods.answer(request);
  return ArrayBuffer.isView(found) ? transfer(found, [found.buffer]) : found;
};

exposeMethods({ ...methods, answer });
