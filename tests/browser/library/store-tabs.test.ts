import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random';
import type { KeptPart, Library } from '../../../src/library/library';
import { createLibrary } from '../../../src/library/store/browser-library';
import { datasetToKeep, eachOf, MB, randomBytes, readWhole, wholeDataset } from '../../support/kept-dataset';
import { namedGenerations, readStores, storedGenerations, withStores } from '../../support/library-stores';

const NAME = 'library-tabs';
const REFUSED = { code: 'library-not-writer' };
let first: Library;
let second: Library;

beforeEach(async () => {
  first = createLibrary({ now: () => 1, name: NAME });
  second = createLibrary({ now: () => 2, name: NAME });
  await first.open();
  await second.open();
});

afterEach(async () => {
  await first.close();
  await second.close();
  await deleteDB(NAME);
});

const standings = (): string[] => [first.standing, second.standing];

describe('two tabs', () => {
  test('one writes and the other reads', async () => {
    expect(standings()).toEqual(['writer', 'reader']);
    await first.save(datasetToKeep('a', 1, [5 * MB]));
    expect(await readWhole(second, 'a')).toEqual(await wholeDataset('a', 1, [5 * MB]));
    await expect(second.save(datasetToKeep('b', 2, [10]))).rejects.toMatchObject(REFUSED);
    await expect(second.rename('a', 'x')).rejects.toMatchObject(REFUSED);
    await expect(second.saveDocument('a', { ...datasetToKeep('a', 1, []) })).rejects.toMatchObject(REFUSED);
    await expect(second.duplicate('a', 'b', 'x')).rejects.toMatchObject(REFUSED);
    await expect(second.remove('a')).rejects.toMatchObject(REFUSED);
    await expect(second.setPassphrase('x')).rejects.toMatchObject(REFUSED);
    expect((await first.list()).map(({ id, name, usedAt }) => [id, name, usedAt])).toEqual([['a', 'Shop 1', 1]]);
    expect(await storedGenerations(NAME)).toEqual(await namedGenerations(NAME));
  });

  test('a tab that cannot write does not draw the parts of what it is to save', async () => {
    let isDrawn = false;
    async function* parts(): AsyncGenerator<KeptPart, void> {
      isDrawn = true;
      yield { name: 'x', bytes: randomBytes(1, 1) };
    }
    await expect(second.save({ ...datasetToKeep('a', 1, []), parts: parts() })).rejects.toMatchObject(REFUSED);
    expect(isDrawn).toBe(false);
  });

  test('the other is told of every change', async () => {
    let told = 0;
    const stop = second.onChange(() => told++);
    await first.save(datasetToKeep('a', 1, [10]));
    await expect.poll(() => told).toBe(1);
    await first.rename('a', 'x');
    await expect.poll(() => told).toBe(2);
    await first.remove('a');
    await expect.poll(() => told).toBe(3);
    stop();
    await first.save(datasetToKeep('a', 1, [10]));
    expect(told).toBe(3);
  });

  test('the reader becomes the writer when the writer closes, and is told', async () => {
    let isTold = false;
    second.onChange(() => (isTold ||= second.standing === 'writer'));
    await first.close();
    await expect.poll(() => second.standing).toBe('writer');
    expect(isTold).toBe(true);
    await second.save(datasetToKeep('a', 1, [10]));
    await first.open();
    expect(standings()).toEqual(['reader', 'writer']);
  });

  test('one takes over: the other reads from then on, and gets the place back when that one closes', async () => {
    await second.takeOver();
    await expect.poll(standings).toEqual(['reader', 'writer']);
    await expect(first.save(datasetToKeep('a', 1, [10]))).rejects.toMatchObject(REFUSED);
    await second.save(datasetToKeep('a', 2, [10]));
    await second.close();
    await expect.poll(() => first.standing).toBe('writer');
    await first.rename('a', 'Mine again');
    expect((await first.list()).map(({ name }) => name)).toEqual(['Mine again']);
  });

  test('taking over ends the other’s save under way, which leaves nothing behind', async () => {
    await first.save(datasetToKeep('a', 1, [10]));
    async function* interrupted(): AsyncGenerator<KeptPart, void> {
      yield { name: 'one', bytes: randomBytes(5 * MB, 9) };
      await second.takeOver();
      yield { name: 'two', bytes: randomBytes(5 * MB, 9) };
    }
    const save = first.save({ ...datasetToKeep('a', 2, []), parts: interrupted() });
    await expect(save).rejects.toMatchObject(REFUSED);
    expect(standings()).toEqual(['reader', 'writer']);
    expect(await readWhole(second, 'a')).toEqual(await wholeDataset('a', 1, [10]));
    expect(await storedGenerations(NAME)).toEqual(await namedGenerations(NAME));
  });

  test('a writer that was fenced out without noticing writes nothing, and gets in line again', async () => {
    await first.save(datasetToKeep('a', 1, [10]));
    const { meta, manifests, chunks } = await readStores(NAME);
    await withStores(NAME, (database) => database.put('meta', { ...meta, fence: meta.fence + 1 }, 'library'));
    expect(first.standing).toBe('writer');
    await expect(first.rename('a', 'x')).rejects.toMatchObject(REFUSED);
    const after = await readStores(NAME);
    expect([after.manifests, after.chunks]).toEqual([manifests, chunks]);
    await expect.poll(() => standings().filter((standing) => standing === 'writer')).toEqual(['writer']);
    expect((await readStores(NAME)).meta.fence).toBe(meta.fence + 2);
  });

  test('fenced out in the middle of a save, a writer cannot finish it', async () => {
    await first.save(datasetToKeep('a', 1, [10]));
    async function* fenced(): AsyncGenerator<KeptPart, void> {
      yield { name: 'one', bytes: randomBytes(5 * MB, 9) };
      const { meta } = await readStores(NAME);
      await withStores(NAME, (database) => database.put('meta', { ...meta, fence: meta.fence + 1 }, 'library'));
    }
    const save = first.save({ ...datasetToKeep('a', 2, []), parts: fenced() });
    await expect(save).rejects.toMatchObject(REFUSED);
    await expect.poll(async () => (await storedGenerations(NAME)).length).toBe(1);
    expect(await readWhole(first, 'a')).toEqual(await wholeDataset('a', 1, [10]));
  });

  test('saves of both, whoever takes over and when, leave one whole dataset and never two writers', async () => {
    const random = createRandom(20_261_122);
    let seed = 0;
    let inPlace = await wholeDataset('a', ++seed, [30]);
    await first.save(datasetToKeep('a', seed, [30]));
    for (let round = 0; round < 10; round++) {
      const [writer, reader] = first.standing === 'writer' ? [first, second] : [second, first];
      const [ours, theirs] = [++seed, ++seed];
      const sizes = [40_000, 10, 5000];
      const takesOverAt = Math.floor(random() * 4);
      async function* parts(): AsyncGenerator<KeptPart, void> {
        let place = 0;
        for await (const part of datasetToKeep('a', ours, sizes).parts) {
          if (place++ === takesOverAt) void reader.takeOver().catch(() => undefined);
          yield part;
        }
      }
      const [ourSave] = await Promise.allSettled([writer.save({ ...datasetToKeep('a', ours, sizes), parts: parts() })]);
      if (ourSave.status === 'fulfilled') inPlace = await wholeDataset('a', ours, sizes);
      else expect(ourSave.reason).toMatchObject(REFUSED);
      await reader.takeOver();
      await expect.poll(() => [writer.standing, reader.standing]).toEqual(['reader', 'writer']);
      expect(await readWhole(reader, 'a'), `round ${round}`).toEqual(inPlace);
      await reader.save(datasetToKeep('a', theirs, [50]));
      inPlace = await wholeDataset('a', theirs, [50]);
      expect(await readWhole(writer, 'a'), `round ${round}`).toEqual(inPlace);
      expect(await storedGenerations(NAME)).toEqual(await namedGenerations(NAME));
    }
  });

  test('what is saved anew while the other reads it ends that reading without being called damaged', async () => {
    await first.save(datasetToKeep('a', 1, [10, 10]));
    const { parts } = await second.read('a');
    const reading = parts[Symbol.asyncIterator]();
    await reading.next();
    await first.save({ ...datasetToKeep('a', 2, []), parts: eachOf([]) });
    await expect(reading.next()).rejects.toMatchObject({ code: 'library-lost' });
    expect((await second.list()).map(({ isDamaged }) => isDamaged)).toEqual([false]);
  });
});
