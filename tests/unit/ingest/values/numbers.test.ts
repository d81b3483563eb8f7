import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NumberFormat } from '../../../../src/ingest/file-preview';
import { BAD, GAP, READ } from '../../../../src/ingest/values/cell';
import { NumberReader } from '../../../../src/ingest/values/numbers';

const encoder = new TextEncoder();

/** The value as written exactly, `mantissa/scale`; `rounded` where digits were lost; or why there is none. */
function read(text: string, format: NumberFormat = 'point'): string {
  const bytes = encoder.encode(text);
  const reader = new NumberReader(format);
  const state = reader.read(bytes, 0, bytes.length);
  if (state !== READ) return state === GAP ? 'gap' : 'bad';
  return `${reader.mantissa}/${reader.scale}${reader.rounded ? ' rounded' : ''}`;
}

describe('a number with a decimal point', () => {
  it.each([
    ['0', '0/0'],
    ['-0.00', '0/0'],
    ['="12.50"', '125/1'],
    ['="1,299.00"', '1299/0'],
    ["'12.50", '125/1'],
    ['1234.5', '12345/1'],
    ['352.40', '3524/1'],
    ['-.5', '-5/1'],
    ['5.', '5/0'],
    ['+7', '7/0'],
    [' 12.34 ', '1234/2'],
    ['\u300012\u00a0', '12/0'],
    ['1,234.50', '12345/1'],
    ['12,345,678', '12345678/0'],
    ['1,23,456.7', '1234567/1'],
    ['1 234', '1234/0'],
    ['1\u202f234.5', '12345/1'],
    ["1'234", '1234/0'],
    ['1’234', '1234/0'],
    ['(1,234.50)', '-12345/1'],
    ['（5）', '-5/0'],
    ['12-', '-12/0'],
    ['−4', '-4/0'],
    ['¥12.00', '12/0'],
    ['￥-3.10', '-31/1'],
    ['-$5', '-5/0'],
    ['$5 USD', '5/0'],
    ['US$ 1,000.25', '100025/2'],
    ['12元', '12/0'],
    ['RMB 8.8', '88/1'],
    ['CNY8.80', '88/1'],
    ['€9', '9/0'],
    ['£0.99', '99/2'],
    ['１２３．５', '1235/1'],
    ['1.2E+05', '120000/0'],
    ['1.25e-3', '125/5'],
  ])('reads %s as %s', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    '12,5',
    '1,2345',
    '1.234,50',
    '12,34',
    '1.2.3',
    '12%',
    '1e',
    '--5',
    '-(5)',
    '5 apples',
    '.',
    '0x10',
    '1,,234',
  ])('refuses %s rather than guessing', (text) => expect(read(text)).toBe('bad'));

  it.each(['', '   ', 'NULL', 'null', 'N/A', '#N/A', 'NaN', '-', '--', '\\N', 'None', '无'])(
    'takes %j as a gap',
    (text) => expect(read(text)).toBe('gap'),
  );

  it('keeps six decimals and rounds half away from zero, saying so', () => {
    expect(read('0.1234565')).toBe('123457/6 rounded');
    expect(read('-0.1234565')).toBe('-123457/6 rounded');
    expect(read('13.200000000000001')).toBe('132/1 rounded');
    expect(read('0.0000004')).toBe('0/0 rounded');
    expect(read('1.50000000')).toBe('15/1');
  });

  it('refuses what a double cannot hold exactly', () => {
    expect(read('9007199254740991')).toBe('9007199254740991/0');
    expect(read('9007199254740993')).toBe('bad');
    expect(read('9007199254740.991')).toBe('9007199254740991/3');
    expect(read('1E+300')).toBe('bad');
  });
});

describe('a number with a decimal comma', () => {
  it.each([
    ['1.234,50', '12345/1'],
    ['12.345.678,9', '123456789/1'],
    ['12,5', '125/1'],
    ['1,2345', '12345/4'],
    ['-0,99 €', '-99/2'],
    ['1 234,5', '12345/1'],
  ])('reads %s as %s', (text, expected) => expect(read(text, 'comma')).toBe(expected));

  it.each(['1,234.50', '1.5', '12.34'])('refuses %s', (text) => expect(read(text, 'comma')).toBe('bad'));
});

it('reads any amount in cents back exactly, plain, grouped and in brackets', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), (cents) => {
      const plain = `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
      const whole = Math.floor(Math.abs(cents) / 100).toLocaleString('en-US');
      const bracketed = `${whole}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
      for (const text of [plain, cents < 0 ? `(${bracketed})` : bracketed]) {
        const bytes = encoder.encode(text);
        const reader = new NumberReader('point');
        expect(reader.read(bytes, 0, bytes.length)).toBe(READ);
        expect(reader.mantissa * 10 ** (2 - reader.scale)).toBe(cents);
      }
    }),
  );
});

it('never throws, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
      expect([READ, GAP, BAD]).toContain(new NumberReader('point').read(bytes, 0, bytes.length));
    }),
  );
});
