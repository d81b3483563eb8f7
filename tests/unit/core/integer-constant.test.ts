import { expect, test } from 'vitest';
import { integerConstant, printSql, sql } from '../../../src/core/sql';

test('A whole number stands in the text and binds nothing.', () => {
  const statement = sql`SELECT ${integerConstant(-42)}, ${integerConstant(-0)}, ${7}`;
  expect(statement.values).toEqual([7]);
  expect(printSql(statement)).toBe('SELECT -42, 0, 7');
});

test.each([1.5, Number.NaN, Infinity, 2 ** 53, '1; DROP TABLE x' as unknown as number])('%s is refused.', (value) => {
  expect(() => integerConstant(value)).toThrow(RangeError);
});
