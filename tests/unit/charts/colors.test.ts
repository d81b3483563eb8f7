import { expect, test } from 'vitest';
import { inkOn, rampStep, segmentColor } from '../../../src/charts/colors';

test('twelve categories have their own colour, the thirteenth starts again', () => {
  expect(segmentColor(1)).toBe('var(--seg-1)');
  expect(segmentColor(12)).toBe('var(--seg-12)');
  expect(segmentColor(13)).toBe('var(--seg-1)');
});

test('text takes the ink that belongs to its fill', () => {
  expect(inkOn('var(--seg-4)')).toBe('var(--on-seg-4)');
  expect(inkOn('var(--ramp-0)')).toBe('var(--on-ramp-0)');
  expect(inkOn('var(--accent)')).toBe('var(--on-accent)');
  expect(inkOn('red')).toBe('var(--ink)');
});

test('the ramp cuts a range into five equal steps', () => {
  // 0..100: a step every 20; the end belongs to the last.
  expect([0, 19.9, 20, 59.9, 80, 100].map((value) => rampStep(value, 0, 100))).toEqual([0, 0, 1, 2, 4, 4]);
});

test('values outside are held to the ends, missing ones are nothing, a single value is the middle', () => {
  expect(rampStep(-5, 0, 100)).toBe(0);
  expect(rampStep(500, 0, 100)).toBe(4);
  expect(rampStep(null, 0, 100)).toBe(0);
  expect(rampStep(Number.NaN, 0, 100)).toBe(0);
  expect(rampStep(7, 7, 7)).toBe(2);
});
