import { describe, expect, it } from 'vitest';
import { createStreams } from '../../../src/samples/streams';

/** The first two numbers of a stream name it well enough. */
function mark(random: () => number): string {
  return `${random()} ${random()}`;
}

describe('createStreams', () => {
  it('draws the same numbers again for the same topic and index, in any order', () => {
    const streams = createStreams<'a' | 'b'>(42);
    const first = [mark(streams('a', 7)), mark(streams('b', 7)), mark(streams('a', 8))];
    const again = createStreams<'a' | 'b'>(42);
    expect([mark(again('a', 8)), mark(again('b', 7)), mark(again('a', 7))].reverse()).toEqual(first);
  });

  it('gives each of many indices, topics and seeds numbers of its own', () => {
    const marks = new Set<string>();
    for (const seed of [0, 1, -1, 20260101]) {
      const streams = createStreams<'order' | 'person'>(seed);
      for (let index = 0; index < 5_000; index++) {
        marks.add(mark(streams('order', index)));
        marks.add(mark(streams('person', index)));
      }
    }
    expect(marks.size).toBe(40_000);
  });
});
