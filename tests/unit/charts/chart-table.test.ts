import { expect, test } from 'vitest';
import { leavingTable, type ChartTable } from '../../../src/charts/chart-table';

const TABLE: ChartTable = {
  columns: [{ label: 'Segment' }, { label: 'Customers', numeric: true }, { label: 'Revenue', numeric: true }],
  rows: [
    ['Champions', 2, 900.5],
    ['Loyal', 12, 800],
    ['Lost', 90, 70],
  ],
  smallCells: { layout: 'list', count: 1, measures: [2] },
};

test('a table leaves without what rests on too few customers and what would give that back, and says how much', () => {
  expect(leavingTable(TABLE, 5, 'withheld')).toEqual({
    rows: [
      ['Segment', 'Customers', 'Revenue'],
      ['Champions', 'withheld', 'withheld'],
      ['Loyal', 'withheld', 'withheld'],
      ['Lost', 90, 70],
    ],
    withheld: 2,
  });
});

test('with 1 as the limit, or where no customers are counted, a table leaves as it is', () => {
  const whole = [['Segment', 'Customers', 'Revenue'], ...TABLE.rows];
  expect(leavingTable(TABLE, 1, 'withheld')).toEqual({ rows: whole, withheld: 0 });
  const { columns, rows } = TABLE;
  expect(leavingTable({ columns, rows }, 5, 'withheld')).toEqual({ rows: whole, withheld: 0 });
});
