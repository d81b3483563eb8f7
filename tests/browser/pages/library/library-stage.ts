import { deleteDB, openDB } from 'idb';
import { onTestFinished } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Locale } from '../../../../src/i18n/format';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import type { Library } from '../../../../src/library/library';
import { createLibrary } from '../../../../src/library/store/browser-library';
import type { IdleClock } from '../../../../src/library/vault/idle-lock';
import LibraryPage from '../../../../src/pages/library/LibraryPage.svelte';
import { KeptStorage } from '../../../../src/state/kept-storage.svelte';
import { LibrarySession } from '../../../../src/state/library.svelte';
import { Preferences } from '../../../../src/state/preferences.svelte';
import { eachOf, randomBytes } from '../../../support/kept-dataset';
import Stage from '../import/Stage.svelte';
import { ScriptedKeeper } from './scripted-keeper.svelte';

/** November 20, 2026, 09:30 where the reader is; a kept dataset each later minute. */
const FIRST_KEPT_AT = new Date(2026, 10, 20, 9, 30).getTime();

/** Time that passes when the test says so. */
export class ScriptedClock implements IdleClock {
  #now = 0;
  #waiting: { readonly at: number; readonly action: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): () => void {
    const wait = { at: this.#now + delayMs, action };
    this.#waiting.push(wait);
    return () => (this.#waiting = this.#waiting.filter((each) => each !== wait));
  }

  pass(ms: number): void {
    this.#now += ms;
    const due = this.#waiting.filter(({ at }) => at <= this.#now);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#now);
    for (const { action } of due) action();
  }
}

let made = 0;

/** A name for a database of its own, gone after the test. */
export function freshName(): string {
  const name = `silhouette-page-test-${made++}`;
  onTestFinished(() => deleteDB(name));
  return name;
}

/** A tab's library; it lets go of the database when the test is over. */
export async function openLibrary(name: string): Promise<Library> {
  let kept = 0;
  const library = createLibrary({ name, now: () => FIRST_KEPT_AT + 60_000 * kept++ });
  onTestFinished(() => library.close());
  await library.open();
  return library;
}

export async function keep(
  library: Library,
  id: string,
  name: string,
  facts: { readonly rows: number; readonly customers: number; readonly isSample?: boolean },
): Promise<void> {
  await library.save({
    id,
    name,
    facts: { isSample: false, orders: facts.rows, ...facts },
    document: {},
    parts: eachOf([{ name: 'all', bytes: randomBytes(200_000, facts.rows) }]),
    estimatedBytes: 200_000,
  });
}

/** Turns one bit of everything that is stored of datasets. */
export async function damage(name: string): Promise<void> {
  const database = await openDB(name);
  const transaction = database.transaction('chunks', 'readwrite');
  for await (const cursor of transaction.store) {
    const bytes = new Uint8Array(cursor.value as ArrayBuffer);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await cursor.update(bytes.buffer);
  }
  await transaction.done;
  database.close();
}

export function sessionOf(library: Library, clock = new ScriptedClock()): LibrarySession {
  return new LibrarySession({
    library,
    preferences: new Preferences(undefined, document.documentElement, new ScriptedSystem()),
    clock,
    page: window,
    newId: () => `copy-${made++}`,
  });
}

class ScriptedSystem extends EventTarget {
  readonly matches = false;
}

export async function openPage(library: Library, options: { locale?: Locale; datasetName?: string } = {}) {
  await page.viewport(1280, 900);
  const i18n = new I18n(options.locale ?? 'en');
  document.documentElement.lang = i18n.locale;
  const clock = new ScriptedClock();
  const keeper = new ScriptedKeeper();
  const session = sessionOf(library, clock);
  const asked: string[] = [];
  const props = {
    session,
    keeper,
    storage: new KeptStorage(async () => undefined),
    datasetName: options.datasetName ?? null,
    filesHref: '#/open',
    onopen: (id: string) => asked.push(`open ${id}`),
    onclose: () => asked.push('close'),
  };
  const screen = await render(Stage, { props: { i18n, page: LibraryPage, props } });
  return { screen, session, keeper, clock, asked };
}
