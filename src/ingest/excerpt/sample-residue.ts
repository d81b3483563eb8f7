/** Part of what a recipe means: another seed would draw other customers. */
const SEED = 0x51_1e_0e_77;

/**
 * Which of the `oneIn` samples the id bytes[start..end) belongs to, 0 to oneIn - 1: the same for the same
 * bytes in every file and on every run, and as even as a hash is.
 *
 * @source FNV-1a of 32 bits (Fowler, Noll, Vo) from a seed, finished as MurmurHash3 (Appleby, fmix32)
 */
export function sampleResidue(bytes: Uint8Array, start: number, end: number, oneIn: number): number {
  let hash = SEED;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % oneIn;
}
