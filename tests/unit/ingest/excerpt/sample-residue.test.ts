import { describe, expect, it } from 'vitest';
import { sampleResidue } from '../../../../src/ingest/excerpt/sample-residue';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const residue = (text: string, oneIn: number): number => {
  const bytes = bytesOf(text);
  return sampleResidue(bytes, 0, bytes.length, oneIn);
};

describe('the sample that an id belongs to', () => {
  it('is that of FNV-1a and fmix32 as computed by a program of its own in Python', () => {
    const known = {
      M00001: [0, 2, 4, 634],
      M00002: [1, 3, 3, 463],
      会员7: [0, 2, 2, 642],
      13800000001: [1, 1, 7, 257],
    };
    for (const [id, residues] of Object.entries(known)) {
      expect([2, 4, 10, 1000].map((oneIn) => residue(id, oneIn))).toEqual(residues);
    }
  });

  it('does not depend on what stands around the id', () => {
    const bytes = bytesOf('xxM00001,yy');
    expect(sampleResidue(bytes, 2, 8, 1000)).toBe(634);
  });

  it('is as even as chance over ids that follow each other', () => {
    for (const oneIn of [2, 4, 10]) {
      const counts = new Array<number>(oneIn).fill(0);
      for (let i = 0; i < 20_000; i++) counts[residue(`M${String(i).padStart(6, '0')}`, oneIn)]!++;
      const expected = 20_000 / oneIn;
      const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // The 99.9th percentile of chi-squared with 9 degrees of freedom is 27.9.
      expect(chiSquared).toBeLessThan(27.9);
    }
  });
});
