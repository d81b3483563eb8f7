/**
 * A test page around the real library, for what only a browser from outside can do to it: kill it, fill
 * its disk, open two tabs, look through its profile.
 */
import { isAppError } from '../../../src/core/errors';
import type { KeptDataset, Library } from '../../../src/library/library';
import { createLibrary, LIBRARY_DATABASE } from '../../../src/library/store/browser-library';
import { datasetToKeep, eachOf, readWhole, wholeDataset, type WholeDataset } from '../../support/kept-dataset';
import { dumpLibrary, namedGenerations, storedGenerations, type DumpedLibrary } from '../../support/library-stores';

export interface LibraryHarness {
  readonly library: Library;
  /** Saves what `datasetToKeep` makes; returns the code of the error that kept it from that, else null. */
  save(id: string, seed: number, sizes: readonly number[]): Promise<string | null>;
  /** Saves a dataset that says nothing but the text, everywhere. */
  saveText(id: string, text: string): Promise<void>;
  list(): Promise<readonly KeptDataset[]>;
  /** What the library gives back, or the code of the error that keeps it from that. */
  read(id: string): Promise<WholeDataset | string>;
  expected(id: string, seed: number, sizes: readonly number[]): Promise<WholeDataset>;
  /** The generations that have chunks, and those that count: the same when nothing is left behind. */
  generations(): Promise<{ readonly stored: readonly string[]; readonly named: readonly string[] }>;
  dump(): Promise<DumpedLibrary>;
}

const library = createLibrary({ now: () => 1, name: LIBRARY_DATABASE });

async function codeOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  }
}

const harness: LibraryHarness = {
  library,
  save: (id, seed, sizes) => codeOf(library.save(datasetToKeep(id, seed, sizes))),
  async saveText(id, text) {
    const utf8 = new TextEncoder().encode(text.repeat(2000));
    const utf16 = new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer);
    const parts = eachOf([
      { name: text, bytes: utf8 },
      { name: `${text} again`, bytes: utf16 },
    ]);
    const facts = { rows: 1, orders: 1, customers: 1, isSample: false };
    await library.save({ id, name: text, facts, document: { [text]: text }, parts, estimatedBytes: 1 });
  },
  list: () => library.list(),
  async read(id) {
    try {
      return await readWhole(library, id);
    } catch (error) {
      return isAppError(error) ? error.code : String(error);
    }
  },
  expected: wholeDataset,
  generations: async () => ({
    stored: await storedGenerations(LIBRARY_DATABASE),
    named: await namedGenerations(LIBRARY_DATABASE),
  }),
  dump: () => dumpLibrary(LIBRARY_DATABASE),
};

(globalThis as unknown as { libraryHarness: LibraryHarness }).libraryHarness = harness;
