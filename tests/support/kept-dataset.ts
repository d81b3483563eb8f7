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

/** A whole dataset in few words: what a part holds is told by its hash. */
export interface WholeDataset extends Pick<DatasetToKeep, 'id' | 'name' | 'facts' | 'document'> {
  readonly parts: readonly { readonly name: string; readonly length: number; readonly sha256: string }[];
}

/** What must be read back of `datasetToKeep` with the same arguments. */
export async function wholeDataset(id: string, seed: number, sizes: readonly number[]): Promise<WholeDataset> {
  const { parts, ...rest } = datasetToKeep(id, seed, sizes);
  return inWords(rest, parts);
}

/** All that the library gives back of a dataset. */
export async function readWhole(library: Library, id: string): Promise<WholeDataset> {
  const { dataset, document, parts } = await library.read(id);
  return inWords({ ...dataset, document }, parts);
}

async function inWords(
  { id, name, facts, document }: Pick<DatasetToKeep, 'id' | 'name' | 'facts' | 'document'>,
  parts: AsyncIterable<KeptPart>,
): Promise<WholeDataset> {
  const whole = [];
  for await (const { name: part, bytes } of parts) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    whole.push({ name: part, length: bytes.length, sha256: digest.join(' ') });
  }
  return { id, name, facts, document, parts: whole };
}
