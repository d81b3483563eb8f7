import { describe, expect, it } from 'vitest';
import type { ColumnMapping, Role } from '../../../src/ingest/file-preview';
import { estimateSize } from '../../../src/state/size-guard';

const mapped = (...roles: Role[]): ColumnMapping[] =>
  roles.map((role) => ({ role, timeFormat: null, numberFormat: null }));

describe('the size estimate', () => {
  it('counts 54 bytes a row for what every dataset has, and more for each optional column', () => {
    expect(estimateSize(1000, mapped('customerId', 'orderedAt', 'amount')).tableBytes).toBe(54_000);
    expect(estimateSize(1000, mapped('customerId', 'orderedAt', 'amount', 'city', 'quantity')).tableBytes).toBe(78_000);
  });

  it('fits at five million rows, is tight at twenty-five million with texts and too large at a hundred', () => {
    const columns = mapped('customerId', 'orderedAt', 'amount', 'orderId', 'channel');
    expect(estimateSize(5e6, columns).verdict).toBe('fits');
    expect(estimateSize(25e6, columns).verdict).toBe('tight');
    expect(estimateSize(100e6, columns).verdict).toBe('too-large');
  });

  it('names the columns that could be left out, the one that frees most first', () => {
    const { savings } = estimateSize(10, mapped('customerId', 'productId', 'orderId', 'ignore', 'city'));
    expect(savings).toEqual([
      { column: 2, bytes: 400 },
      { column: 4, bytes: 160 },
      { column: 1, bytes: 40 },
    ]);
  });

  it('is too large past the last row number, however narrow', () => {
    expect(estimateSize(2 ** 31, mapped('customerId')).verdict).toBe('too-large');
  });
});
