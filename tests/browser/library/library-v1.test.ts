import { deleteDB } from 'idb';
import { afterEach, describe, expect, test } from 'vitest';
import { createLibrary } from '../../../src/library/store/browser-library';
import openLibrary from '../../fixtures/library-v1/open.json';
import sealedLibrary from '../../fixtures/library-v1/sealed.json';
import { datasetToKeep, readWhole, wholeDataset } from '../../support/kept-dataset';
import { restoreLibrary } from '../../support/library-stores';

const NAME = 'library-v1';
afterEach(() => deleteDB(NAME));

describe.each([
  ['open', openLibrary],
  ['sealed', sealedLibrary],
])('the %s library that version 1 kept', (_words, { passphrase, expected, dump }) => {
  test('opens, gives back everything, and can be written', async () => {
    await restoreLibrary(NAME, dump);
    const library = createLibrary({ now: () => 2, name: NAME });
    await library.open();
    expect(library.hasPassphrase).toBe(passphrase !== null);
    if (passphrase !== null) await library.unlock(passphrase);
    expect((await library.list()).map(({ name, isDamaged }) => [name, isDamaged]).sort()).toEqual([
      ['Shop 1', false],
      ['二店 “two”', false],
    ]);
    expect([await readWhole(library, 'a'), await readWhole(library, 'b')]).toEqual(expected);
    expect(expected[0]).toEqual(await wholeDataset('a', 1, [5000, 0, 70]));
    await library.save(datasetToKeep('a', 3, [10]));
    expect(await readWhole(library, 'a')).toEqual(await wholeDataset('a', 3, [10]));
    await library.close();
  });
});
