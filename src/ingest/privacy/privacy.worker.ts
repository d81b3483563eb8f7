import { maskAs, type PersonalKind } from '../../core/masking';
import { exposeMethods } from '../../workers/expose';
import { pseudonymsOf } from './pseudonym';

const methods = {
  pseudonyms: (key: CryptoKey, ids: readonly string[]): Promise<string[]> => pseudonymsOf(key, ids),
  masks: (kind: PersonalKind, texts: readonly string[]): string[] => texts.map((text) => maskAs(kind, text)),
};

export type PrivacyWorkerApi = typeof methods;

exposeMethods(methods);
