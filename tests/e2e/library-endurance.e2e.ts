import {
  damageFiles,
  filesWithCanary,
  killDuringSaves,
  makeRoomOnFullDisk,
  sweepQuota,
  takeOverBetweenTabs,
} from '../endurance/library-scenarios';
import { expect, test } from '../support/e2e';

// A short run of each; `npm run test:endurance` has the long ones.
const origin = process.env['SILHOUETTE_HARNESS'] ?? '';
const CANARY = 'm4Rk8yQz1PwD6tJf3VbXs9Ga';

test('kills of the browser during saves lose nothing and leave nothing behind', async () => {
  await killDuringSaves({ origin, rounds: 3, seed: 1 });
});

test('a disk that is too small keeps the old dataset, and one that is large enough the new one', async () => {
  const { first, second, kept } = await sweepQuota({ origin, rounds: 7, seed: 1 });
  expect(Math.min(first, second, kept)).toBeGreaterThan(0);
});

test('a full disk does not keep its owner from making room', () => makeRoomOnFullDisk({ origin }));

test('one tab takes over from the other during a save, and there is one writer each time', async () => {
  await takeOverBetweenTabs({ origin, rounds: 5, seed: 1 });
});

test('nothing of a sealed library stands in any file of the profile; without a passphrase it does', async () => {
  expect(await filesWithCanary(origin, CANARY, 'correct horse')).toEqual([]);
  expect((await filesWithCanary(origin, CANARY)).length).toBeGreaterThan(0);
});

test('files of the profile that are changed, cut short or gone are damage of their datasets alone', async () => {
  expect(await damageFiles(origin)).toEqual([
    ['chunk 1', 'library-damaged', true],
    ['chunk 2', 'library-damaged', true],
    ['chunk 3', 'library-damaged', true],
    ['manifest 1', 'library-damaged', true],
    ['manifest 2', 'library-damaged', true],
    ['manifest 3', 'library-damaged', true],
    ['whole', 'read', false],
  ]);
});
