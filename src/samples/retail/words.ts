import type { Locale } from '../../i18n/format';

/** A word of the company in each language of its files. */
export type Words = Readonly<Record<Locale, string>>;

export const words = (en: string, zh: string): Words => ({ en, zh });
