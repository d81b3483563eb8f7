import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bigEndianInteger,
  dayText,
  decimalText,
  doubleText,
  floatText,
  halfText,
  timeOfDayText,
  TimeText,
  withoutExponent,
} from '../../../../src/ingest/extract/value-text';

const DAY_MS = 86_400_000;

describe('numbers', () => {
  test('doubles are the shortest decimals that read back, without exponents', () => {
    expect([0.1 + 0.2, 1e21, 1.5e-7, -0, 12.5, 5e-324].map(doubleText)).toEqual([
      '0.30000000000000004',
      '1000000000000000000000',
      '0.00000015',
      '0',
      '12.5',
      `0.${'0'.repeat(323)}5`,
    ]);
    expect([Number.NaN, Infinity, -Infinity].map(doubleText)).toEqual([null, null, null]);
  });

  test('any double reads back as itself', () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        const text = doubleText(value) ?? '';
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(value === 0 ? 0 : value);
      }),
      { seed: 1 },
    );
  });

  test('any number of 32 bits reads back as itself in nine digits at most', () => {
    expect([0.1, 1 / 3, 16_777_216, 3.4028234663852886e38].map((value) => floatText(Math.fround(value)))).toEqual([
      '0.1',
      '0.33333334',
      '16777216',
      `34028235${'0'.repeat(31)}`,
    ]);
    fc.assert(
      fc.property(fc.float({ noDefaultInfinity: true, noNaN: true }), (value) => {
        const text = floatText(value) ?? '';
        expect(Math.fround(Number(text))).toBe(value === 0 ? 0 : value);
        expect(text.replace(/^-?0\.0*|[-.]/g, '').replace(/0+$/, '').length).toBeLessThanOrEqual(9);
      }),
      { seed: 2 },
    );
  });

  test('numbers of 16 bits are written as the double of the same value', () => {
    // IEEE 754, binary16: one, the greatest, the least, minus two.
    expect([0x3c00, 0x7bff, 0x0001, 0xc000, 0x7c00, 0x7e00].map(halfText)).toEqual([
      '1',
      '65504',
      '0.00000005960464477539063',
      '-2',
      null,
      null,
    ]);
  });

  test('decimals of any precision are exact, without zeros at their end', () => {
    expect(decimalText(1250n, 2)).toBe('12.5');
    expect(decimalText(-5, 3)).toBe('-0.005');
    expect(decimalText(0n, 4)).toBe('0');
    expect(decimalText(-12n, -2)).toBe('-1200');
    expect(decimalText(12345678901234567890123456789012345678n, 10)).toBe('1234567890123456789012345678.9012345678');
  });

  test('exponents are worked out digit by digit', () => {
    expect(['1e3', '-1.25E-3', '0.0e9', '1.0E+2', '12.50', '9e999'].map(withoutExponent)).toEqual([
      '1000',
      '-0.00125',
      '0',
      '100',
      '12.50',
      '9e999',
    ]);
  });

  test('integers are read from their bytes, most significant first', () => {
    expect(bigEndianInteger(Uint8Array.of(0xff, 0xfe))).toBe(-2n);
    expect(bigEndianInteger(Uint8Array.of(0x00, 0xff, 0xfe))).toBe(65_534n);
    expect(bigEndianInteger(Uint8Array.of())).toBe(0n);
  });
});

describe('times', () => {
  test('days agree with the calendar of the platform over 6,000 years', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 1_472_000 }), (days) => {
        expect(dayText(days)).toBe(new Date(days * DAY_MS).toISOString().slice(0, 10));
      }),
      { seed: 3, numRuns: 2000 },
    );
    expect(dayText(2_932_897)).toBe('10000-01-01');
    expect(dayText(-719_529)).toBe('-0001-12-31');
  });

  test('moments have as many decimals as they need, in threes', () => {
    const text = (value: bigint): string => new TimeText(9, false).text(value);
    const second = 1_704_103_200n * 10n ** 9n;
    expect(text(second)).toBe('2024-01-01 10:00:00');
    expect(text(second + 5n * 10n ** 8n)).toBe('2024-01-01 10:00:00.500');
    expect(text(second + 1_000n)).toBe('2024-01-01 10:00:00.000001');
    expect(text(second + 1n)).toBe('2024-01-01 10:00:00.000000001');
    expect(text(-1n)).toBe('1969-12-31 23:59:59.999999999');
  });

  test('milliseconds agree with the platform, instants end in Z', () => {
    const times = new TimeText(3, true);
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000, max: 4_000_000_000_000 }), (ms) => {
        const written = new Date(ms).toISOString().replace('T', ' ').replace('.000Z', 'Z');
        expect(times.text(BigInt(ms))).toBe(written);
      }),
      { seed: 4 },
    );
  });

  test('times of day', () => {
    expect(timeOfDayText(86_399_999, 3)).toBe('23:59:59.999');
    expect(timeOfDayText(3_600_000_000n, 6)).toBe('01:00:00');
  });
});
