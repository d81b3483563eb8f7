import type { ValueSet } from './crossshop-params';

/** How files name a sale over the counter: whole words in English, parts of words in Chinese. */
const IN_STORE = /\b(in-?store|stores?|shops?|offline|pos|retail|counter|branch)\b|门店|线下|实体|专柜|柜台|直营店/iu;
const ONLINE_STORE = /\b(online|web|e-?shop|app)\b|网店|线上|网上|电商|小程序/iu;

/** The channels online as one set and those over the counter as another; null where either has none. */
export function onlineAndStore(channels: readonly string[]): readonly [online: ValueSet, store: ValueSet] | null {
  const isStore = (channel: string): boolean => IN_STORE.test(channel) && !ONLINE_STORE.test(channel);
  const store = channels.filter(isStore);
  const online = channels.filter((channel) => !isStore(channel));
  return store.length === 0 || online.length === 0 ? null : [online, store];
}
