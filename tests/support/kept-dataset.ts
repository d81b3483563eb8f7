import { createRandom } from '../../src/core/random';
import type { DatasetToKeep, KeptPart, Library } from '../../src/library/library';

export const MB = 2 ** 20;

/** Bytes that no compression shrinks, the same for the same seed. */
export function randomBytes(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(seed);
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let i = 0; i < words.length; i++) words[i] = random() * 2 ** 32;
  return new Uint8Array(words.buffer, 0, length);
}

export async function* eachOf(parts: readonly KeptPart[]): AsyncGenerator<KeptPart, void> {
  yield* parts;
}

/** A dataset of parts of the given sizes in bytes, all of it made from the seed. */
export function datasetToKeep(id: string, seed: number, sizes: readonly number[]): DatasetToKeep {
  const parts = sizes.map((size, index) => ({ name: `part ${index}`, bytes: randomBytes(size, seed * 1000 + index) }));
  return {
    id,
    name: `Shop ${seed}`,
    facts: { rows: seed, orders: 2, customers: 1, isSample: false },
    document: { seed, recipe: ['trim', '去空格'] },
    parts: eachOf(parts),
    estimatedBytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}

/** All of a kept dataset, to be compared with what was saved. */
export interface WholeDataset extends Pick<DatasetToKeep, 'id' | 'name' | 'facts' | 'document'> {
  readonly parts: readonly KeptPart[];
}

export async function readAll(library: Library, id: string): Promise<WholeDataset> {
  const { dataset, document, parts } = await library.read(id);
  const { name, facts } = dataset;
  const whole: KeptPart[] = [];
  for await (const part of parts) whole.push(part);
  return { id: dataset.id, name, facts, document, parts: whole };
}
