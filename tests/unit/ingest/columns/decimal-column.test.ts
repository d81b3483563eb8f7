import { describe, expect, it } from 'vitest';
import { DecimalColumn } from '../../../../src/ingest/columns/decimal-column';

const value = (mantissa: number, scale: number, rounded = false) => ({ mantissa, scale, rounded });

describe('DecimalColumn', () => {
  it('takes the scale that its values need and rescales those before', () => {
    const column = new DecimalColumn();
    for (const next of [value(12, 0), value(-35, 1), value(5, 0), value(1, 3)]) expect(column.push(next)).toBe(true);
    expect(column.scale).toBe(3);
    expect([...column.view()]).toEqual([12000, -3500, 5000, 1]);
    expect(column.roundings).toBe(0);
  });

  it('keeps NaN for no value, also when rescaled', () => {
    const column = new DecimalColumn();
    column.pushNone();
    column.push(value(25, 2));
    expect([...column.view()]).toEqual([Number.NaN, 25]);
  });

  it('counts values that were rounded', () => {
    const column = new DecimalColumn();
    column.push(value(1, 0, true));
    column.push(value(2, 0));
    expect(column.roundings).toBe(1);
  });

  it('rounds a small value rather than a large one that has no room for decimals', () => {
    const column = new DecimalColumn();
    column.push(value(9007199254740991, 0));
    expect(column.push(value(155, 2))).toBe(true);
    expect([...column.view()]).toEqual([9007199254740991, 2]);
    expect([column.scale, column.roundings]).toEqual([0, 1]);
  });

  it('refuses a value too large to stand beside decimals', () => {
    const column = new DecimalColumn();
    column.push(value(155, 2));
    expect(column.push(value(9007199254740991, 0))).toBe(false);
    expect([...column.view()]).toEqual([155]);
  });
});
