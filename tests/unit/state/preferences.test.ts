import { describe, expect, it } from 'vitest';
import { forgetsOnClose, Preferences, type SystemTheme } from '../../../src/state/preferences.svelte';

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

/** The system's preference, turned by the test. */
class ScriptedSystem extends EventTarget implements SystemTheme {
  matches = false;
  turn(isDark: boolean): void {
    this.matches = isDark;
    this.dispatchEvent(new Event('change'));
  }
}

const day = (): SystemTheme => new ScriptedSystem();

const root = (): HTMLElement => ({ dataset: {} }) as unknown as HTMLElement;

describe('Preferences', () => {
  it('keeps the theme for the next visit and marks the page with it', () => {
    const storage = new MemoryStorage();
    const first = root();
    new Preferences(storage, first, day()).setTheme('dark');
    expect(first.dataset['theme']).toBe('dark');
    const second = root();
    expect([new Preferences(storage, second, day()).theme, second.dataset['theme']]).toEqual(['dark', 'dark']);
  });

  it('follows the system in auto, also when it changes, and not otherwise', () => {
    const page = root();
    const system = new ScriptedSystem();
    const preferences = new Preferences(undefined, page, system);
    expect(page.dataset['theme']).toBe('light');
    system.turn(true);
    expect(page.dataset['theme']).toBe('dark');
    preferences.setTheme('light');
    system.turn(false);
    system.turn(true);
    expect(page.dataset['theme']).toBe('light');
    preferences.setTheme('auto');
    expect(page.dataset['theme']).toBe('dark');
  });

  it('takes the language kept, else the first of the browser it speaks, else English', () => {
    const storage = new MemoryStorage();
    const preferences = new Preferences(storage, root(), day());
    expect(preferences.initialLocale(['fr-FR', 'zh-TW', 'en'])).toBe('zh');
    expect(preferences.initialLocale(['fr-FR'])).toBe('en');
    preferences.keepLocale('zh');
    expect(preferences.initialLocale(['en-US'])).toBe('zh');
  });

  it('keeps after how long the library locks, and takes a quarter of an hour for what it does not know', () => {
    const storage = new MemoryStorage();
    const preferences = new Preferences(storage, root(), day());
    expect(preferences.lockAfterMinutes).toBe(15);
    preferences.setLockAfter(0);
    expect(preferences.lockAfterMinutes).toBe(0);
    expect(new Preferences(storage, root(), day()).lockAfterMinutes).toBe(0);
    storage.setItem('silhouette.lock-after', '7');
    expect(new Preferences(storage, root(), day()).lockAfterMinutes).toBe(15);
  });

  it('keeps that a visit is to be forgotten, and off again', () => {
    const storage = new MemoryStorage();
    const preferences = new Preferences(storage, root(), day());
    expect(preferences.forgetsOnClose).toBe(false);
    preferences.setForgetsOnClose(true);
    expect([preferences.forgetsOnClose, forgetsOnClose(storage)]).toEqual([true, true]);
    expect(new Preferences(storage, root(), day()).forgetsOnClose).toBe(true);
    preferences.setForgetsOnClose(false);
    expect([preferences.forgetsOnClose, forgetsOnClose(storage)]).toEqual([false, false]);
    expect(forgetsOnClose(undefined)).toBe(false);
  });

  it('ignores a value it does not know and a storage that refuses', () => {
    const storage = new MemoryStorage();
    storage.setItem('silhouette.theme', 'neon');
    expect(new Preferences(storage, root(), day()).theme).toBe('auto');
    const refusing = new Proxy(storage, {
      get: () => () => {
        throw new DOMException('no', 'SecurityError');
      },
    });
    const preferences = new Preferences(refusing, root(), day());
    preferences.setTheme('dark');
    expect(preferences.theme).toBe('dark');
  });
});
