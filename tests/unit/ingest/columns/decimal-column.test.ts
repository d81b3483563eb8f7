import { describe, expect, it } from 'vitest';
import { DecimalColumn } from '../../../../src/ingest/columns/decimal-column';

/** The mantissas of the first values of the batch. */
function valuesOf(column: DecimalColumn, count: number): number[] {
  return Array.from({ length: count }, (_, place) => {
    const [low = 0n, high = 0n] = new BigInt64Array(column.words.buffer, place * 16, 2);
    return high === 1n << 32n ? Number.NaN : Number((high << 64n) | BigInt.asUintN(64, low));
  });
}

const value = (mantissa: number, scale: number, rounded = false) => ({ mantissa, scale, rounded });

describe('DecimalColumn', () => {
  it('takes the scale that its values need and rescales those before', () => {
    const column = new DecimalColumn(8);
    for (const next of [value(12, 0), value(-35, 1), value(5, 0), value(1, 3)]) expect(column.push(next)).toBe(true);
    expect(column.scale).toBe(3);
    expect(valuesOf(column, 4)).toEqual([12000, -3500, 5000, 1]);
    expect(column.roundings).toBe(0);
  });

  it('keeps NaN for no value, also when rescaled', () => {
    const column = new DecimalColumn(8);
    column.pushNone();
    column.push(value(25, 2));
    expect(valuesOf(column, 2)).toEqual([Number.NaN, 25]);
  });

  it('counts values that were rounded', () => {
    const column = new DecimalColumn(8);
    column.push(value(1, 0, true));
    column.push(value(2, 0));
    expect(column.roundings).toBe(1);
  });

  it('rounds a small value rather than a large one that has no room for decimals', () => {
    const column = new DecimalColumn(8);
    column.push(value(9007199254740991, 0));
    expect(column.push(value(155, 2))).toBe(true);
    expect(valuesOf(column, 2)).toEqual([9007199254740991, 2]);
    expect([column.scale, column.roundings]).toEqual([0, 1]);
  });

  it('refuses a value too large to stand beside decimals', () => {
    const column = new DecimalColumn(8);
    column.push(value(155, 2));
    expect(column.push(value(9007199254740991, 0))).toBe(false);
    expect(valuesOf(column, 1)).toEqual([155]);
  });

  it('keeps the scale, and the room for it, from batch to batch', () => {
    const column = new DecimalColumn(8);
    column.push(value(4_000_000_000_000, 0));
    column.restart();
    column.push(value(-1, 0));
    column.pushNone();
    column.push(value(25, 2));
    expect(column.scale).toBe(2);
    expect(valuesOf(column, 3)).toEqual([-100, Number.NaN, 25]);
    // Three digits more would take the value of the first batch past 2^53.
    expect(column.push(value(12345, 5))).toBe(true);
    expect([column.scale, column.roundings]).toEqual([2, 1]);
    expect(valuesOf(column, 4)).toEqual([-100, Number.NaN, 25, 12]);
  });
});
