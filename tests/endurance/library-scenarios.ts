import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { createRandom } from '../../src/core/random';
import type { HarnessGlobal, LibraryPage } from './profile-browser';
import { ProfileBrowser, withProfile } from './profile-browser';

const MB = 2 ** 20;

/** How long a scenario goes on, and where it is played. */
export interface Endurance {
  /** Where the harness is served, without a slash at the end. */
  readonly origin: string;
  readonly rounds: number;
  readonly seed: number;
}

/** A dataset as the harness makes it. */
type Made = readonly [id: string, seed: number, sizes: readonly number[]];

const save = (page: LibraryPage, made: Made): Promise<string | null> =>
  page.evaluate((args) => (globalThis as unknown as HarnessGlobal).libraryHarness.save(...args), made);

const generations = (page: LibraryPage): Promise<{ stored: readonly string[]; named: readonly string[] }> =>
  page.evaluate(() => (globalThis as unknown as HarnessGlobal).libraryHarness.generations());

/** Which of some datasets is the one that is kept under their id; none of them when it is half of one. */
async function whichIsKept(page: LibraryPage, candidates: readonly Made[]): Promise<Made | undefined> {
  const kept = await page.evaluate(async (made) => {
    const { libraryHarness } = globalThis as unknown as HarnessGlobal;
    const read = JSON.stringify(await libraryHarness.read(made[0]?.[0] ?? ''));
    for (const [index, args] of made.entries()) {
      if (read === JSON.stringify(await libraryHarness.expected(...args))) return index;
    }
    return -1;
  }, candidates);
  return candidates[kept];
}

async function expectNothingLeftBehind(page: LibraryPage, what: string): Promise<void> {
  const { stored, named } = await generations(page);
  expect(stored, what).toEqual(named);
}

const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

/**
 * Kills the browser at moments of a save that the seed chooses, opens the same profile again, and looks:
 * the old dataset or the new one, whole; its neighbour; nothing left behind.
 *
 * @returns in how many rounds the kill came after chunks were written and before the flip, and in how many
 *   it came after the flip
 */
export function killDuringSaves({ origin, rounds, seed }: Endurance): Promise<{ midway: number; after: number }> {
  return withProfile(async (profile) => {
    const random = createRandom(seed);
    const sizes = [4 * MB, 100, 5 * MB];
    const neighbour: Made = ['b', 99, [3000, 40]];
    let kept: Made = ['a', 0, sizes];
    let browser = await ProfileBrowser.start(profile);
    let page = await browser.openLibrary(origin);
    expect(await save(page, neighbour)).toBeNull();
    const began = performance.now();
    expect(await save(page, kept)).toBeNull();
    const saveMs = performance.now() - began;
    const met = { midway: 0, after: 0 };
    for (let round = 1; round <= rounds; round++) {
      const next: Made = ['a', round, sizes];
      await page.evaluate((args) => {
        void (globalThis as unknown as HarnessGlobal).libraryHarness.save(...args);
      }, next);
      await pause(random() * saveMs * 1.2);
      await browser.kill();
      browser = await ProfileBrowser.start(profile);
      page = await browser.open(origin);
      const found = await generations(page);
      await page.evaluate(() => (globalThis as unknown as HarnessGlobal).libraryHarness.library.open());
      const survivor = await whichIsKept(page, [kept, next]);
      expect(survivor, `round ${round}: neither the old dataset nor the new one`).toBeDefined();
      expect(await whichIsKept(page, [neighbour]), `round ${round}: the neighbour`).toBeDefined();
      await expectNothingLeftBehind(page, `round ${round}: orphans`);
      if (survivor === next) met.after++;
      else if (found.stored.length > found.named.length) met.midway++;
      kept = survivor ?? kept;
    }
    await browser.close();
    return met;
  });
}

/**
 * Keeps a dataset and then another in its place, in origins that may store more and more, from nothing to
 * plenty: each save comes to its end, or says that the disk is full and leaves what was there before.
 *
 * @returns how many saves met a full disk with nothing kept and with an old dataset kept, and how many
 *   replaced it
 */
export function sweepQuota({ origin, rounds, seed }: Endurance): Promise<Record<'first' | 'second' | 'kept', number>> {
  return withProfile(async (profile) => {
    const random = createRandom(seed);
    const browser = await ProfileBrowser.start(profile);
    const [old, next]: readonly Made[] = [
      ['a', 1, [3 * MB, 5 * MB]],
      ['a', 2, [5 * MB, 3 * MB]],
    ];
    const met = { first: 0, second: 0, kept: 0 };
    for (let round = 0; round < rounds; round++) {
      // A host of its own has a library of its own. Opening one needs a little room.
      const host = origin.replace('127.0.0.1', `round-${round}.localhost`);
      const quotaBytes = Math.round(0.2 * MB + (20 * MB * (round + random())) / rounds);
      const what = `round ${round}, quota ${quotaBytes}`;
      const page = await browser.openLibrary(host, quotaBytes);
      const codes = [await save(page, old!), await save(page, next!)];
      for (const code of codes) expect([null, 'library-full'], what).toContain(code);
      const [kept] = [next, old].filter((_, index) => codes[1 - index] === null);
      const list = await page.evaluate(() => (globalThis as unknown as HarnessGlobal).libraryHarness.list());
      expect(
        list.map(({ id, isDamaged }) => [id, isDamaged]),
        what,
      ).toEqual(kept === undefined ? [] : [['a', false]]);
      if (kept !== undefined) expect(await whichIsKept(page, [kept]), what).toBe(kept);
      await expectNothingLeftBehind(page, what);
      met[kept === undefined ? 'first' : kept === old ? 'second' : 'kept']++;
      await page.close();
    }
    await browser.close();
    return met;
  });
}

/** On a disk without any room the library opens, as a writer, and what is kept can be removed. */
export function makeRoomOnFullDisk({ origin }: Pick<Endurance, 'origin'>): Promise<void> {
  return withProfile(async (profile) => {
    const before = await ProfileBrowser.start(profile);
    expect(await save(await before.openLibrary(origin), ['a', 1, [5 * MB]])).toBeNull();
    await before.close();
    const browser = await ProfileBrowser.start(profile);
    const page = await browser.openLibrary(origin, 1);
    expect(await save(page, ['b', 2, [100]])).toBe('library-full');
    const standing = await page.evaluate(async () => {
      const { library } = (globalThis as unknown as HarnessGlobal).libraryHarness;
      await library.remove('a');
      return library.standing;
    });
    expect(standing).toBe('writer');
    expect(await generations(page)).toEqual({ stored: [], named: [] });
    await browser.close();
  });
}

/**
 * Two tabs of which one saves and the other takes over at a moment that the seed chooses: there is one writer
 * each time, and what is kept is one of the two datasets, whole.
 *
 * @returns in how many rounds the save was cut short
 */
export function takeOverBetweenTabs({ origin, rounds, seed }: Endurance): Promise<{ cutShort: number }> {
  return withProfile(async (profile) => {
    const random = createRandom(seed);
    const browser = await ProfileBrowser.start(profile);
    let [writer, reader] = [await browser.openLibrary(origin), await browser.openLibrary(origin)];
    const sizes = [4 * MB, 100, 3 * MB];
    let kept: Made = ['a', 0, sizes];
    const began = performance.now();
    expect(await save(writer, kept)).toBeNull();
    const saveMs = performance.now() - began;
    const standing = (page: LibraryPage): Promise<string> =>
      page.evaluate(() => (globalThis as unknown as HarnessGlobal).libraryHarness.library.standing);
    let cutShort = 0;
    for (let round = 1; round <= rounds; round++) {
      const next: Made = ['a', round, sizes];
      const saving = save(writer, next);
      await pause(random() * saveMs);
      await reader.evaluate(() => (globalThis as unknown as HarnessGlobal).libraryHarness.library.takeOver());
      const code = await saving;
      expect([null, 'library-not-writer'], `round ${round}`).toContain(code);
      if (code === null) kept = next;
      else cutShort++;
      await expect.poll(async () => [await standing(writer), await standing(reader)]).toEqual(['reader', 'writer']);
      expect(await whichIsKept(reader, [kept]), `round ${round}`).toBeDefined();
      expect(await save(writer, next), `round ${round}: the reader writes`).toBe('library-not-writer');
      await expectNothingLeftBehind(reader, `round ${round}: orphans`);
      [writer, reader] = [reader, writer];
    }
    await browser.close();
    return { cutShort };
  });
}

/**
 * Keeps datasets that say nothing but a canary, changes, copies and removes them, closes the browser and looks
 * through every file of its profile.
 *
 * @param canary of high entropy, so that no compression hides it and nothing else says it
 * @returns the files that hold it, as UTF-8 or UTF-16
 */
export function filesWithCanary(origin: string, canary: string, passphrase?: string): Promise<readonly string[]> {
  return withProfile(async (profile) => {
    const browser = await ProfileBrowser.start(profile);
    const page = await browser.openLibrary(origin);
    await page.evaluate(
      async ([text, secret]) => {
        const { library, read, saveText } = (globalThis as unknown as HarnessGlobal).libraryHarness;
        if (secret !== undefined) await library.setPassphrase(secret);
        for (const id of ['a', 'b']) await saveText(id, text);
        await library.rename('a', `${text} renamed`);
        await library.duplicate('a', 'c', `${text} copy`);
        await library.remove('b');
        if (secret !== undefined) {
          library.lock();
          await library.unlock(secret);
          await library.changePassphrase(secret, `${secret} 2`);
        }
        await read('c');
      },
      [canary, passphrase] as const,
    );
    await browser.close();
    const forms = [Buffer.from(canary, 'utf8'), Buffer.from(canary, 'utf16le')];
    return filesIn(profile).filter((file) => {
      const bytes = readFileSync(file);
      return forms.some((form) => bytes.includes(form));
    });
  });
}

/**
 * Flips a bit in one of the files where the browser keeps large chunks and manifests, cuts another short and
 * removes a third, and opens the profile again.
 *
 * @returns what reading each dataset comes to, and whether it is listed as damaged; the one of small files,
 *   `whole`, was left alone
 */
export function damageFiles(
  origin: string,
): Promise<readonly (readonly [id: string, read: string, damaged: boolean])[]> {
  return withProfile(async (profile) => {
    const before = await ProfileBrowser.start(profile);
    const kept = await before.openLibrary(origin);
    for (const id of ['chunk 1', 'chunk 2', 'chunk 3']) expect(await save(kept, [id, 1, [MB]])).toBeNull();
    for (const id of ['manifest 1', 'manifest 2', 'manifest 3', 'whole']) {
      expect(await save(kept, [id, 1, [10]])).toBeNull();
      await kept.evaluate(async (which) => {
        const { library } = (globalThis as unknown as HarnessGlobal).libraryHarness;
        // What no compression makes small lies in a file of its own.
        const noise = Array.from(crypto.getRandomValues(new Uint32Array(16_000)), (word) => word.toString(36)).join('');
        const facts = { rows: 1, orders: 1, customers: 1, isSample: false };
        await library.saveDocument(which, { name: which, facts, document: which === 'whole' ? '' : noise });
      }, id);
    }
    await before.close();
    const files = filesIn(profile).filter((file) => /indexeddb\.blob/.test(file));
    const [chunks, manifests] = [
      files.filter((file) => statSync(file).size > MB),
      files.filter((file) => statSync(file).size <= MB),
    ];
    for (const [flipped, cut, removed] of [chunks, manifests]) {
      const bytes = readFileSync(flipped!);
      bytes[1000]! ^= 1;
      writeFileSync(flipped!, bytes);
      truncateSync(cut!, 1000);
      rmSync(removed!);
    }
    const browser = await ProfileBrowser.start(profile);
    const page = await browser.openLibrary(origin);
    const found = await page.evaluate(async () => {
      const { library, read } = (globalThis as unknown as HarnessGlobal).libraryHarness;
      const outcomes: [string, string, boolean][] = [];
      for (const { id } of await library.list()) {
        const outcome = await read(id);
        const listed = (await library.list()).find((dataset) => dataset.id === id);
        outcomes.push([id, typeof outcome === 'string' ? outcome : 'read', listed?.isDamaged ?? false]);
      }
      return outcomes.sort();
    });
    await browser.close();
    return found;
  });
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
