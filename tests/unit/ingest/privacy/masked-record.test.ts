import { describe, expect, test } from 'vitest';
import { maskRecord } from '../../../../src/ingest/privacy/masked-record';

const hide = (cell: string): string => `<${'*'.repeat(cell.length)}>`;
const keep = (cell: string): string => cell;

describe('a row as written', () => {
  test.each([
    ['a,bc,d', ',', '<*>,bc,<*>'],
    ['a;b,c;d', ';', '<*>;b,c;<*>'],
    ['a\tb\t', '\t', '<*>\tb\t<>'],
    ['"a,b",c,d', ',', '"<***>",c,<*>'],
    ['"a ""x""",c,d', ',', '"<*****>",c,<*>'],
    ['a,"b ""x"", y",d', ',', '<*>,"b ""x"", y",<*>'],
    ['"line\r\nbreak",c,d', ',', '"<***********>",c,<*>'],
  ])('%j has each cell masked in its place', (raw, delimiter, masked) => {
    expect(maskRecord(raw, delimiter, [hide, keep, hide])).toBe(masked);
  });

  test('of another width than the columns is masked in every cell', () => {
    expect(maskRecord('13812345678,王小明', ',', [keep])).toBe('138****5678,王**');
    expect(maskRecord('13812345678', ',', [keep, keep])).toBe('138****5678');
  });

  test('whose quotation mark never closes hides all from there on', () => {
    expect(maskRecord('a,"13812345678,王小明', ',', [keep, keep, keep])).toBe('*,"13****小明');
  });
});
