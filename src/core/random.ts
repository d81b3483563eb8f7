/** A source of uniform numbers in [0, 1), reproducible from its seed. */
export type Random = () => number;

/**
 * sfc32, seeded from one integer through splitmix32.
 *
 * @param seed any finite number; its low 32 bits count
 * @returns a generator: the same seed gives the same bits on every machine
 * @source C. Doty-Humphrey, PractRand (sfc32); period at least 2^32, passes PractRand to 2 TB
 */
export function createRandom(seed: number): Random {
  let s = seed | 0;
  const mix = (): number => {
    s = (s + 0x9e3779b9) | 0;
    let z = s ^ (s >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = mix();
  let b = mix();
  let c = mix();
  let counter = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
