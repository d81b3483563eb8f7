import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DECIMAL_WORDS,
  LONG_WORDS,
  NO_DECIMAL,
  NO_LONG,
  decimalAt,
  setDecimal,
  setLong,
  setNoDecimal,
  setNoLong,
} from '../../../src/db/words';

const integer = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(0, -1, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32), 2 ** 53 - 1),
);

describe('the words of a number', () => {
  it('are its two’s complement in 64 and in 128 bits', () => {
    fc.assert(
      fc.property(integer, (value) => {
        const long = new Int32Array(2 * LONG_WORDS);
        setLong(long, 1, value);
        expect(new BigInt64Array(long.buffer)[1]).toBe(BigInt(value));
        const decimal = new Int32Array(2 * DECIMAL_WORDS);
        setDecimal(decimal, 1, value);
        const [low = 0n, high = 0n] = new BigInt64Array(decimal.buffer, 4 * DECIMAL_WORDS);
        expect((high << 64n) | BigInt.asUintN(64, low)).toBe(BigInt(value));
        expect(decimalAt(decimal, 1)).toBe(value);
      }),
    );
  });

  it('of no value cannot be those of one', () => {
    const words = new Int32Array(DECIMAL_WORDS).fill(7);
    setNoDecimal(words, 0);
    expect([...words]).toEqual([0, 0, 0, NO_DECIMAL]);
    expect(decimalAt(words, 0)).toBeNaN();
    setNoLong(words, 0);
    expect([words[0], words[1]]).toEqual([0, NO_LONG]);
    fc.assert(
      fc.property(integer, (value) => {
        setLong(words, 0, value);
        expect(words[1]).not.toBe(NO_LONG);
        setDecimal(words, 0, value);
        expect(words[3]).not.toBe(NO_DECIMAL);
      }),
    );
  });
});
