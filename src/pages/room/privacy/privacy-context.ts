import { getContext, setContext } from 'svelte';
import { setSmallCellLimit } from '../../../charts/small-cell-limit.svelte';
import type { PrivacySession } from '../../../state/privacy.svelte';

const KEY = Symbol('privacy');

/** Hands the rules about personal data to every page below, and their k to every chart and table. */
export function setPrivacy(privacy: PrivacySession): void {
  setContext(KEY, privacy);
  setSmallCellLimit(privacy);
}

/** The rules in force; undefined where a page stands alone, which then can make no pseudonyms. */
export function getPrivacy(): PrivacySession | undefined {
  return getContext<PrivacySession | undefined>(KEY);
}
