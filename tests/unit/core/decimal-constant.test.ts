import { expect, it } from 'vitest';
import { decimalConstant, printSql, sql } from '../../../src/core/sql';

it('puts a decimal into the text exactly as it is written, where a bound one would be a double', () => {
  const statement = sql`SELECT ${decimalConstant('0.1')}, ${decimalConstant('-12.')}, ${decimalConstant('.5')}`;
  expect(printSql(statement)).toBe('SELECT 0.1, -12., .5');
  expect(statement.values).toEqual([]);
});

it.each(['', '.', '-', '1e5', '+1', '1,5', ' 1', '1;', '0x1F', 'NaN', '--1', '1\n'])('refuses %j', (text) => {
  expect(() => decimalConstant(text)).toThrow(RangeError);
});
