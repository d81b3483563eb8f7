import { LOCALES, type Locale } from '../i18n/format';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const THEME_KEY = 'silhouette.theme';
const LOCALE_KEY = 'silhouette.locale';

/** What a person sets once for this device; kept in localStorage where the browser allows it. */
export class Preferences {
  #theme = $state<Theme>('auto');
  readonly #storage: Storage | undefined;
  readonly #root: HTMLElement;

  constructor(storage: Storage | undefined, root: HTMLElement) {
    this.#storage = storage;
    this.#root = root;
    this.setTheme(THEMES.find((theme) => theme === this.#read(THEME_KEY)) ?? 'auto');
  }

  get theme(): Theme {
    return this.#theme;
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    if (theme === 'auto') delete this.#root.dataset['theme'];
    else this.#root.dataset['theme'] = theme;
    this.#write(THEME_KEY, theme);
  }

  /** The language kept from last time, else the first of the browser's that we speak. */
  initialLocale(languages: readonly string[]): Locale {
    const kept = LOCALES.find((locale) => locale === this.#read(LOCALE_KEY));
    if (kept !== undefined) return kept;
    const spoken = languages.map((tag) => LOCALES.find((locale) => tag.toLowerCase().startsWith(locale)));
    return spoken.find((locale) => locale !== undefined) ?? 'en';
  }

  keepLocale(locale: Locale): void {
    this.#write(LOCALE_KEY, locale);
  }

  #read(key: string): string | null {
    try {
      return this.#storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  #write(key: string, value: string): void {
    try {
      this.#storage?.setItem(key, value);
    } catch {
      // A browser that refuses storage still shows the theme for this visit.
    }
  }
}

/** localStorage, or undefined where the browser forbids even asking. */
export function deviceStorage(page: Window): Storage | undefined {
  try {
    return page.localStorage;
  } catch {
    return undefined;
  }
}
