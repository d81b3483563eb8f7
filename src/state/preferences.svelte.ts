import { LOCALES, type Locale } from '../i18n/format';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const THEME_KEY = 'silhouette.theme';
const LOCALE_KEY = 'silhouette.locale';
const LOCK_AFTER_KEY = 'silhouette.lock-after';

/** After how many minutes without use the library may lock by itself; 0 is never. */
export const LOCK_AFTER_MINUTES = [5, 15, 60, 0] as const;
export type LockAfterMinutes = (typeof LOCK_AFTER_MINUTES)[number];
const KEEP_KEY = 'silhouette.keep';
const KEEP_NOTHING = 'nothing';
const LOCK_AFTER_USUALLY: LockAfterMinutes = 15;
/** The one setting that outlives a visit that is forgotten. */
export const FORGET_KEY = 'silhouette.forget';
const FORGET = 'on-close';

/** What the system prefers, as `matchMedia('(prefers-color-scheme: dark)')` tells it. */
export type SystemTheme = Pick<MediaQueryList, 'matches' | 'addEventListener'>;

/** What a person sets once for this device; kept in localStorage where the browser allows it. */
export class Preferences {
  #theme = $state<Theme>('auto');
  #lockAfterMinutes = $state<LockAfterMinutes>(LOCK_AFTER_USUALLY);
  #forgetsOnClose = $state(false);
  #keepsDatasets = $state(true);
  readonly #storage: Storage | undefined;
  readonly #root: HTMLElement;
  readonly #systemIsDark: SystemTheme;

  constructor(storage: Storage | undefined, root: HTMLElement, systemIsDark: SystemTheme) {
    this.#storage = storage;
    this.#root = root;
    this.#systemIsDark = systemIsDark;
    systemIsDark.addEventListener('change', () => this.#mark());
    this.setTheme(THEMES.find((theme) => theme === this.#read(THEME_KEY)) ?? 'auto');
    this.#keepsDatasets = this.#read(KEEP_KEY) !== KEEP_NOTHING;
    const lockAfter = this.#read(LOCK_AFTER_KEY);
    this.#lockAfterMinutes = LOCK_AFTER_MINUTES.find((each) => String(each) === lockAfter) ?? LOCK_AFTER_USUALLY;
    this.#forgetsOnClose = forgetsOnClose(storage);
  }

  get theme(): Theme {
    return this.#theme;
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#mark();
    this.#write(THEME_KEY, theme);
  }

  /** Whether datasets are kept on this device unless somebody says otherwise. */
  get keepsDatasets(): boolean {
    return this.#keepsDatasets;
  }

  setKeepsDatasets(keeps: boolean): void {
    this.#keepsDatasets = keeps;
    this.#write(KEEP_KEY, keeps ? 'all' : KEEP_NOTHING);
  }

  /** Whether what was kept during a visit is erased before the next one begins. */
  get forgetsOnClose(): boolean {
    return this.#forgetsOnClose;
  }

  setForgetsOnClose(forgets: boolean): void {
    this.#write(FORGET_KEY, forgets ? FORGET : '');
    this.#forgetsOnClose = forgets;
  }

  get lockAfterMinutes(): LockAfterMinutes {
    return this.#lockAfterMinutes;
  }

  setLockAfter(minutes: LockAfterMinutes): void {
    this.#lockAfterMinutes = minutes;
    this.#write(LOCK_AFTER_KEY, String(minutes));
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

  /** The page is marked in `auto` too, so that stylesheets and charts ask one place. */
  #mark(): void {
    const system = this.#systemIsDark.matches ? 'dark' : 'light';
    this.#root.dataset['theme'] = this.#theme === 'auto' ? system : this.#theme;
  }

  #read(key: string): string | null {
    return readSetting(this.#storage, key);
  }

  #write(key: string, value: string): void {
    try {
      this.#storage?.setItem(key, value);
    } catch {
      // A browser that refuses storage still shows the theme for this visit.
    }
  }
}

/** Also asked before there are preferences: what is to be forgotten must not be read first. */
export function forgetsOnClose(storage: Storage | undefined): boolean {
  return readSetting(storage, FORGET_KEY) === FORGET;
}

function readSetting(storage: Storage | undefined, key: string): string | null {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
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
