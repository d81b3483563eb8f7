import { describe, expect, it } from 'vitest';
import { headerText, nextSort, sortRows, tableTsv, visibleRange, type Column } from '../../../src/ui/data-table';

interface Person {
  readonly name: string;
  readonly orders: number | null;
}

const name: Column<Person> = { key: 'name', label: 'Name', value: (row) => row.name };
const orders: Column<Person> = {
  key: 'orders',
  label: 'Orders',
  unit: 'per year',
  numeric: true,
  value: (row) => row.orders,
  text: (row) => `${row.orders} x`,
};
const columns = [name, orders];
const rows: readonly Person[] = [
  { name: 'b', orders: 10 },
  { name: 'c', orders: null },
  { name: 'a', orders: 9 },
  { name: 'd', orders: 10 },
];
const compare = new Intl.Collator('en').compare;
const names = (sorted: readonly Person[]): string => sorted.map((row) => row.name).join('');

describe('sortRows', () => {
  it('orders numbers as numbers, keeps the order of ties, and puts missing values last both ways', () => {
    expect(names(sortRows(rows, columns, { key: 'orders', direction: 'ascending' }, compare))).toBe('abdc');
    expect(names(sortRows(rows, columns, { key: 'orders', direction: 'descending' }, compare))).toBe('bdac');
  });

  it('orders Chinese names by the collator it is given', () => {
    const people = ['张三', '安娜', '李四'].map((text) => ({ name: text, orders: 1 }));
    const sorted = sortRows(
      people,
      columns,
      { key: 'name', direction: 'ascending' },
      new Intl.Collator('zh-CN').compare,
    );
    expect(sorted.map((row) => row.name)).toEqual(['安娜', '李四', '张三']);
  });

  it('leaves the rows alone without a sort or for a column that is gone', () => {
    expect(sortRows(rows, columns, null, compare)).toBe(rows);
    expect(sortRows(rows, columns, { key: 'gone', direction: 'ascending' }, compare)).toBe(rows);
  });
});

describe('nextSort', () => {
  it('starts numbers with the largest and text with A, and turns round at the second click', () => {
    expect(nextSort(orders, null)).toEqual({ key: 'orders', direction: 'descending' });
    expect(nextSort(name, { key: 'orders', direction: 'descending' })).toEqual({ key: 'name', direction: 'ascending' });
    expect(nextSort(name, { key: 'name', direction: 'ascending' })).toEqual({ key: 'name', direction: 'descending' });
  });
});

describe('what is copied', () => {
  it('has the units in its header and the raw values below', () => {
    expect(tableTsv(columns, rows.slice(0, 2))).toBe('Name\tOrders, per year\r\nb\t10\r\nc\t');
  });

  it('joins a Chinese label and its unit with a Chinese comma', () => {
    expect(headerText({ ...orders, label: '距上次购买', unit: '天' })).toBe('距上次购买，天');
  });
});

describe('visibleRange', () => {
  it('takes the rows in view and the margin on both sides', () => {
    // 3600 px down in rows of 36 is row 100; 360 px show 10 rows.
    expect(visibleRange(3600, 360, 36, 5000, 8)).toEqual({ start: 92, end: 118 });
  });

  it('stays inside the table, also when it became shorter than the scroll position', () => {
    expect(visibleRange(0, 360, 36, 5, 8)).toEqual({ start: 0, end: 5 });
    expect(visibleRange(36_000, 360, 36, 20, 8)).toEqual({ start: 20, end: 20 });
  });
});
