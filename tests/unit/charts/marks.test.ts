import { expect, it } from 'vitest';
import { neighbour, spokenTip } from '../../../src/charts/marks';

it('arrow keys go to the next mark that way, over holes, and to the nearest in another row', () => {
  const places = [
    { row: 0, column: 0 },
    { row: 0, column: 3 },
    { row: 1, column: 2 },
    { row: 2, column: 0 },
  ];
  const from = { row: 0, column: 0 };
  expect(neighbour('ArrowRight', from, places)).toEqual({ row: 0, column: 3 });
  expect(neighbour('ArrowDown', { row: 0, column: 3 }, places)).toEqual({ row: 1, column: 2 });
  expect(neighbour('End', from, places)).toEqual({ row: 0, column: 3 });
  expect(neighbour('Home', { row: 0, column: 3 }, places)).toEqual(from);
  expect(neighbour('ArrowUp', from, places)).toBeUndefined();
  expect(neighbour('x', from, places)).toBeUndefined();
});

it('a mark speaks its title and all its lines, with the comma of its language', () => {
  const lines = [
    { label: 'Customers', value: '1,284' },
    { label: '', value: '3.1%' },
  ];
  expect(spokenTip({ title: "Can't lose", lines })).toBe("Can't lose, Customers 1,284, 3.1%");
  expect(spokenTip({ title: '不能失去', lines: [{ label: '客户数', value: '1,284' }] })).toBe('不能失去，客户数 1,284');
});
