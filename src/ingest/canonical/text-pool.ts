import type { StringPool } from '../../db/arrow-ipc';

/** The texts as a pool, in their order. */
export function poolOfTexts(texts: readonly string[]): StringPool {
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const starts = new Int32Array(texts.length + 1);
  encoded.forEach((bytes, i) => (starts[i + 1] = (starts[i] ?? 0) + bytes.length));
  const all = new Uint8Array(starts[texts.length] ?? 0);
  encoded.forEach((bytes, i) => all.set(bytes, starts[i]));
  return { bytes: all, starts };
}

/**
 * The texts in Unicode's compatibility form NFKC, each in its place, so that ＡＰＰ and APP are one
 * label. ASCII is in that form as it is. Cost: O(bytes); nothing is copied where all of it is ASCII.
 */
export function normalisedPool(pool: StringPool): StringPool {
  const { bytes, starts } = pool;
  const count = starts.length - 1;
  if (bytes.subarray(starts[0], starts[count]).every((byte) => byte < 0x80)) return pool;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const texts = Array.from({ length: count }, (_, code) =>
    decoder.decode(bytes.subarray(starts[code], starts[code + 1])),
  );
  return poolOfTexts(texts.map((text) => text.normalize('NFKC').trim()));
}
