import { createRandom, type Random } from '../core/random';

/** A generator for the `index`-th thing of a topic: any of them can be drawn again on its own. */
export type Streams<Topic extends string> = (topic: Topic, index: number) => Random;

/**
 * Independent generators from one seed. Within a topic no two indices below 2^32 share a generator,
 * because the index enters by an odd factor, which is a bijection of 32-bit integers.
 */
export function createStreams<Topic extends string>(seed: number): Streams<Topic> {
  const bases = new Map<Topic, number>();
  return (topic, index) => {
    let base = bases.get(topic);
    if (base === undefined) {
      base = hash(topic, seed);
      bases.set(topic, base);
    }
    return createRandom(base + Math.imul(index, 0x85ebca6b));
  };
}

/** FNV-1a over the seed's four bytes and the text. */
function hash(text: string, seed: number): number {
  let value = 0x811c9dc5;
  for (let shift = 0; shift < 32; shift += 8) value = Math.imul(value ^ ((seed >>> shift) & 0xff), 0x01000193);
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
