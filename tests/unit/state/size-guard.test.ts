import { describe, expect, it } from 'vitest';
import type { FilePlan } from '../../../src/ingest/dataset/dataset-files';
import { WHOLE } from '../../../src/ingest/excerpt/excerpt';
import type { ColumnMapping, Role } from '../../../src/ingest/file-preview';
import type { KindRole } from '../../../src/ingest/kinds/kinds';
import { columnSavings, estimateSize, type SizedFile } from '../../../src/state/size-guard';

const DIALECT = { encoding: 'utf-8', delimiter: ',', hasHeader: true } as const;
const mapped = (...roles: Role[]): ColumnMapping[] =>
  roles.map((role) => ({ role, timeFormat: null, numberFormat: null }));

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);
/** The last moment is in the last day. */
const YEAR: SizedFile['spanMs'] = [day('2024-01-01'), day('2024-12-30')];

function orders(rows: number, roles: readonly Role[], spanMs: SizedFile['spanMs'] = null): SizedFile {
  const mapping = { dialect: DIALECT, columns: mapped(...roles), zoneOffsetMinutes: 480 };
  return { plan: { kind: 'orders', mapping, customerRole: 'customer', people: [] }, rows, people: 0, spanMs };
}

function facts(
  kind: Exclude<FilePlan['kind'], 'orders'>,
  rows: number,
  roles: readonly KindRole[],
  spanMs: SizedFile['spanMs'] = null,
): SizedFile {
  const columns = roles.map((role) => ({ role, timeFormat: null, numberFormat: null }));
  return {
    plan: { kind, mapping: { kind, dialect: DIALECT, columns, zoneOffsetMinutes: 480 } },
    rows,
    people: 0,
    spanMs,
  };
}

const BASE: readonly Role[] = ['customerId', 'orderedAt', 'amount'];
const bytesOf = (files: readonly SizedFile[], change = {}, held = 0): number =>
  estimateSize(files, { ...WHOLE, ...change }, held).neededBytes;

describe('the size estimate', () => {
  // A row group of 122,880 rows takes whole blocks of 262,144 bytes: 3 for 4-byte values, 5 for 8-byte
  // ones, 9 for texts, 2 for marks, the block of gaps counted each time. Lines have 3 keys, 2 numbers and a
  // mark, purchases 2 keys, 2 numbers and a mark.
  it('counts whole blocks a row group for what every dataset has, and more for each optional column', () => {
    const base = 3 * 3 + 2 * 5 + 2 + (2 * 3 + 2 * 5 + 2);
    expect(bytesOf([orders(122_880, BASE)])).toBeCloseTo(base * 262_144, 0);
    expect(bytesOf([orders(122_880, [...BASE, 'city', 'quantity'])])).toBeCloseTo((base + 9 + 5) * 262_144, 0);
  });

  it('fits at five million rows, is tight at twelve million with texts and too large at fifty', () => {
    const roles: readonly Role[] = [...BASE, 'orderId', 'channel'];
    const verdicts = [5e6, 12e6, 50e6].map((rows) => estimateSize([orders(rows, roles)], WHOLE, 0).verdict);
    expect(verdicts).toEqual(['fits', 'tight', 'too-large']);
  });

  it('adds what the engine holds, and counts orders of two files twice while they are put together', () => {
    const one = bytesOf([orders(1000, BASE)]);
    expect(bytesOf([orders(1000, BASE)], {}, 5000)).toBeCloseTo(one + 5000, 6);
    expect(bytesOf([orders(1000, BASE), orders(1000, BASE)])).toBeCloseTo(4 * one, 6);
    const members = facts('members', 1000, ['member', 'level']);
    expect(bytesOf([orders(1000, BASE), members])).toBeCloseTo(one + bytesOf([members]), 6);
  });

  it('counts each person once in accounts and customers, and every id that they go by', () => {
    const without = facts('events', 1000, ['occurredAt', 'device', 'phone', 'event']);
    const taken = bytesOf([{ ...without, people: 100 }]) - bytesOf([without]);
    // Blocks of accounts (2 keys), customers (a key and an id) and, for each of two ids, a key, a kind and the id.
    const blocks = 2 * 3 + 3 + 9 + 2 * (3 + 9 + 9);
    expect(taken).toBeCloseTo(100 * ((blocks * 262_144) / 122_880 + 3 * 24), 3);
  });

  it('takes a sample for its share of everything but products and series', () => {
    const whole = bytesOf([orders(1000, BASE)]);
    const members = facts('members', 1000, ['member']);
    const products = facts('products', 1000, ['productId']);
    expect(bytesOf([orders(1000, BASE), members, products], { oneIn: 4 })).toBeCloseTo(
      (whole + bytesOf([members])) / 4 + bytesOf([products]),
      6,
    );
  });

  it('takes a period for its share of the days between the first and the last seen', () => {
    const whole = bytesOf([orders(1000, BASE, YEAR)]);
    // 365 days from 1 January to 30 December 2024; 31 of them in January.
    expect(bytesOf([orders(1000, BASE, YEAR)], { to: '2024-01-31' })).toBeCloseTo((whole * 31) / 365, 3);
    expect(bytesOf([orders(1000, BASE, YEAR)], { from: '2025-06-01' })).toBe(0);
    const members = facts('members', 1000, ['member', 'registeredAt'], YEAR);
    expect(bytesOf([members], { to: '2024-01-31' })).toBe(bytesOf([members]));
  });

  it('is too large past the last row number, however narrow', () => {
    expect(estimateSize([orders(2 ** 31, ['customerId'])], WHOLE, 0).verdict).toBe('too-large');
  });
});

describe('what leaving columns out saves', () => {
  it('is named by column, the one that frees most first', () => {
    const savings = columnSavings(10, mapped('customerId', 'productId', 'orderId', 'ignore', 'city'));
    expect(savings.map(({ column }) => column)).toEqual([2, 4, 1]);
    expect(savings[1]?.bytes).toBeCloseTo((10 * 9 * 262_144) / 122_880, 6);
  });
});
