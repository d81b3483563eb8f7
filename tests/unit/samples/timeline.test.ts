import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random';
import { Timeline } from '../../../src/samples/timeline';

describe('Timeline', () => {
  it('walks entries by time and then by entry, whatever the order they came in', () => {
    const random = createRandom(3);
    const timeline = new Timeline();
    const expected: [number, number][] = [];
    for (let entry = 0; entry < 5000; entry++) {
      const seconds = Math.floor(random() * 1000) * 60_000;
      timeline.add(seconds, entry);
      expected.push([seconds, entry]);
    }
    expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    expect([...timeline.entries()].map(({ seconds, entry }) => [seconds, entry])).toEqual(expected);
  });

  it('keeps the largest time and entry exact', () => {
    const timeline = new Timeline();
    timeline.add(2 ** 27 - 1, 2 ** 26 - 1);
    timeline.add(2 ** 27 - 1, 2 ** 26 - 2);
    expect([...timeline.entries()]).toEqual([
      { seconds: 2 ** 27 - 1, entry: 2 ** 26 - 2 },
      { seconds: 2 ** 27 - 1, entry: 2 ** 26 - 1 },
    ]);
  });

  it('refuses what would not fit', () => {
    const timeline = new Timeline();
    expect(() => timeline.add(-1, 0)).toThrow('invalid seconds: -1');
    expect(() => timeline.add(2 ** 27, 0)).toThrow(RangeError);
    expect(() => timeline.add(0, 2 ** 26)).toThrow(RangeError);
  });
});
