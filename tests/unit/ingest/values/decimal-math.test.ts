import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropDigits, multiply, subtract, type Decimal } from '../../../../src/ingest/values/decimal-math';

const decimal = (mantissa: number, scale: number): Decimal => ({ mantissa, scale, rounded: false });

describe('multiply', () => {
  it('is exact to the cent where doubles are not: 3 x 1.10 = 3.30', () => {
    expect(multiply(decimal(3, 0), decimal(11, 1))).toEqual({ mantissa: 33, scale: 1, rounded: false });
    expect(multiply(decimal(-2, 0), decimal(1995, 2))).toEqual({ mantissa: -399, scale: 1, rounded: false });
  });

  it('rounds past six decimals, half away from zero, and says so', () => {
    // 0.0005 x 0.001 = 0.0000005
    expect(multiply(decimal(5, 4), decimal(1, 3))).toEqual({ mantissa: 1, scale: 6, rounded: true });
    expect(multiply(decimal(-5, 4), decimal(1, 3))).toEqual({ mantissa: -1, scale: 6, rounded: true });
  });

  it('takes products past 2^53 through whole numbers: 0.333333 x 123456.789012 = 41152.221852...', () => {
    // 333333 * 123456789012 = 41152221851737... ; by hand: 123456789012 / 3 * 0.999999
    const exact = (333333n * 123456789012n + 500_000n) / 1_000_000n;
    expect(multiply(decimal(333333, 6), decimal(123456789012, 6))).toEqual({
      mantissa: Number(exact),
      scale: 6,
      rounded: true,
    });
  });

  it('has no answer where it does not fit', () => {
    expect(multiply(decimal(9007199254740991, 0), decimal(2, 0))).toBeNull();
  });
});

describe('subtract', () => {
  it('brings both to one scale', () => {
    expect(subtract(decimal(10, 0), decimal(25, 2))).toEqual({ mantissa: 975, scale: 2, rounded: false });
    expect(subtract(decimal(55, 1), decimal(550, 2))).toEqual({ mantissa: 0, scale: 0, rounded: false });
  });

  it('has no answer where it does not fit', () => {
    expect(subtract(decimal(9007199254740991, 0), decimal(1, 2))).toBeNull();
  });
});

describe('dropDigits', () => {
  it('rounds half away from zero', () => {
    expect([dropDigits(149, 2), dropDigits(150, 2), dropDigits(-150, 2), dropDigits(-149, 2)]).toEqual([1, 2, -2, -1]);
  });

  it('is exact up to 2^53', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 12 }), (mantissa, digits) => {
        const divisor = 10n ** BigInt(digits);
        const expected = Number((BigInt(mantissa) + divisor / 2n) / divisor);
        expect(dropDigits(mantissa, digits)).toBe(expected);
      }),
    );
  });
});
