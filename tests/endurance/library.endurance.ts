import { expect, test } from '@playwright/test';
import {
  filesWithCanary,
  killDuringSaves,
  makeRoomOnFullDisk,
  sweepQuota,
  takeOverBetweenTabs,
} from './library-scenarios';

const origin = process.env['SILHOUETTE_HARNESS'] ?? '';
const CANARY = 'q7Zp0vXk93LrT1sWb8NcEy5H';

test('one hundred kills during saves lose nothing and leave nothing behind', async () => {
  const { midway, after } = await killDuringSaves({ origin, rounds: 100, seed: 20_261_122 });
  // A kill that always comes too early or too late would prove nothing.
  expect(midway).toBeGreaterThan(10);
  expect(after).toBeGreaterThan(0);
});

test('sixty sizes of a disk that is too small, and then large enough', async () => {
  const { first, second, kept } = await sweepQuota({ origin, rounds: 60, seed: 7 });
  expect(Math.min(first, second, kept)).toBeGreaterThan(10);
});

test('a full disk does not keep its owner from making room', () => makeRoomOnFullDisk({ origin }));

test('fifty times one tab takes over from the other during a save', async () => {
  const { cutShort } = await takeOverBetweenTabs({ origin, rounds: 50, seed: 11 });
  expect(cutShort).toBeGreaterThan(10);
});

test('nothing of a sealed library stands in any file of the profile; without a passphrase it does', async () => {
  expect(await filesWithCanary(origin, CANARY, 'correct horse')).toEqual([]);
  expect((await filesWithCanary(origin, CANARY)).length).toBeGreaterThan(0);
});
