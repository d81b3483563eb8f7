import { describe, expect, it } from 'vitest';
import { Preferences } from '../../../src/state/preferences.svelte';

/** A storage like the browser's, in memory. */
class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>();
  get length(): number {
    return this.#items.size;
  }
  clear(): void {
    this.#items.clear();
  }
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
}

const root = (): HTMLElement => ({ dataset: {} }) as unknown as HTMLElement;

describe('Preferences', () => {
  it('keeps the theme for the next visit and marks the page with it', () => {
    const storage = new MemoryStorage();
    const first = root();
    new Preferences(storage, first).setTheme('dark');
    expect(first.dataset['theme']).toBe('dark');
    const second = root();
    expect([new Preferences(storage, second).theme, second.dataset['theme']]).toEqual(['dark', 'dark']);
  });

  it('leaves the page unmarked when the system decides', () => {
    const page = root();
    const preferences = new Preferences(undefined, page);
    preferences.setTheme('light');
    preferences.setTheme('auto');
    expect(page.dataset).toEqual({});
  });

  it('takes the language kept, else the first of the browser it speaks, else English', () => {
    const storage = new MemoryStorage();
    const preferences = new Preferences(storage, root());
    expect(preferences.initialLocale(['fr-FR', 'zh-TW', 'en'])).toBe('zh');
    expect(preferences.initialLocale(['fr-FR'])).toBe('en');
    preferences.keepLocale('zh');
    expect(preferences.initialLocale(['en-US'])).toBe('zh');
  });

  it('ignores a value it does not know and a storage that refuses', () => {
    const storage = new MemoryStorage();
    storage.setItem('silhouette.theme', 'neon');
    expect(new Preferences(storage, root()).theme).toBe('auto');
    const refusing = new Proxy(storage, {
      get: () => () => {
        throw new DOMException('no', 'SecurityError');
      },
    });
    const preferences = new Preferences(refusing, root());
    preferences.setTheme('dark');
    expect(preferences.theme).toBe('dark');
  });
});
