import { expect, test } from 'vitest';
import { toCsv, toTsv } from '../../../src/core/delimited';

test('a table for a spreadsheet has tabs between values and CRLF between rows', () => {
  expect(
    toTsv([
      ['a', 1.5],
      [null, Number.NaN],
      ['two\tparts\nhere', 12n],
    ]),
  ).toBe('a\t1.5\r\n\t\r\ntwo parts here\t12');
});

test('a file starts with a byte-order mark and quotes what needs it', () => {
  expect(toCsv([['a,b', 'say "x"', 'line\nend', '王']])).toBe('\uFEFF"a,b","say ""x""","line\nend",王\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\uFF1D1'])(
  'text that would run as a formula, %j, gets an apostrophe',
  (formula) => {
    expect(toCsv([[formula]])).toBe(`\uFEFF'${formula}\r\n`);
  },
);

test('a negative number is a number, not a formula', () => {
  expect(toTsv([[-5, -2n]])).toBe('-5\t-2');
});
