import { getContext, setContext } from 'svelte';
import { createFormat, type Format, type Locale } from './format';
import type { Catalog } from './messages';

const KEY = Symbol('i18n');

/** The language in force, its number format, and the texts of every slice in it. */
export class I18n {
  #locale = $state<Locale>('en');
  readonly #format = $derived(createFormat(this.#locale));
  #built = new Map<object, { locale: Locale; texts: unknown }>();

  constructor(locale: Locale) {
    this.#locale = locale;
  }

  get locale(): Locale {
    return this.#locale;
  }

  get format(): Format {
    return this.#format;
  }

  setLocale(locale: Locale): void {
    this.#locale = locale;
  }

  /** The slice's texts in the language in force; reactive when read inside $derived or a template. */
  of<M>(catalog: Catalog<M>): M {
    const locale = this.#locale;
    const known = this.#built.get(catalog);
    if (known?.locale === locale) return known.texts as M;
    const texts = catalog.build[locale](this.#format);
    this.#built.set(catalog, { locale, texts });
    return texts;
  }
}

export function setI18n(i18n: I18n): void {
  setContext(KEY, i18n);
}

export function getI18n(): I18n {
  return getContext<I18n>(KEY);
}
