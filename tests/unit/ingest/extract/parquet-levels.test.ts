import { describe, expect, it } from 'vitest';
import { bitsFor, readHybrid } from '../../../../src/ingest/extract/parquet-levels';

/** One group of eight numbers, packed by hand: a long binary number, the first one lowest. */
function packed(numbers: readonly number[], width: number): Uint8Array {
  const bits = numbers.reduce((sum, value, i) => sum | (BigInt(value) << BigInt(i * width)), 0n);
  const bytes = Array.from({ length: width }, (_, i) => Number((bits >> BigInt(8 * i)) & 0xffn));
  return Uint8Array.of((1 << 1) | 1, ...bytes);
}

describe('readHybrid', () => {
  it.each(Array.from({ length: 31 }, (_, i) => i + 1))(
    'unpacks numbers of %i bits, the greatest among them',
    (width) => {
      const greatest = 2 ** width - 1;
      const numbers = [greatest, 0, 1, greatest, Math.floor(greatest / 3), greatest - 1, 0, greatest];
      const bytes = packed(numbers, width);
      const output = new Int32Array(8);
      expect(readHybrid(bytes, 0, bytes.length, width, output)).toBe(bytes.length);
      expect(Array.from(output)).toEqual(numbers);
    },
  );

  it('repeats a run, and cuts one that says it is longer than the page', () => {
    const output = new Uint8Array(5);
    // Three times 1, then "a hundred times" 2.
    const bytes = Uint8Array.of(3 << 1, 1, 0xc8, 0x01, 2);
    expect(readHybrid(bytes, 0, bytes.length, bitsFor(2), output)).toBe(5);
    expect(Array.from(output)).toEqual([1, 1, 1, 2, 2]);
  });

  it('refuses bytes that end before the numbers do', () => {
    const bytes = packed([1, 2, 3, 4, 5, 6, 7, 0], 3).subarray(0, 3);
    expect(() => readHybrid(bytes, 0, bytes.length, 3, new Int32Array(8))).toThrow('levels end early');
  });
});
