const OPEN_KEY = 'silhouette.open';

/** What a tab remembers of itself while it lives, also over a reload and when the browser throws it out of memory. */
export class TabMemory {
  readonly #page: Window;

  constructor(page: Window) {
    this.#page = page;
  }

  /** The id of the kept dataset that was open; null when none was, or the browser does not say. */
  get openId(): string | null {
    try {
      return this.#page.sessionStorage.getItem(OPEN_KEY);
    } catch {
      return null;
    }
  }

  keepOpenId(id: string | null): void {
    try {
      if (id === null) this.#page.sessionStorage.removeItem(OPEN_KEY);
      else this.#page.sessionStorage.setItem(OPEN_KEY, id);
    } catch {
      // A browser that refuses storage opens the start page after a reload.
    }
  }
}
