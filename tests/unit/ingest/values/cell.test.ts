import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGap, isPlainValue, trimEnd, trimStart, valueEnd, valueStart } from '../../../../src/ingest/values/cell';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function trim(text: string): string {
  const bytes = encoder.encode(text);
  const start = trimStart(bytes, 0, bytes.length);
  return decoder.decode(bytes.subarray(start, trimEnd(bytes, start, bytes.length)));
}

describe('trimming', () => {
  it.each([
    ['  a b  ', 'a b'],
    ['\t00123\r\n', '00123'],
    ['\u3000张 三\u3000', '张 三'],
    ['\u00a0x\u00a0', 'x'],
    ['\ufeffx\u200b', 'x'],
    ['\u2009\u202fx\u2003', 'x'],
    ['é', 'é'],
    ['、', '、'],
    [' \u3000 ', ''],
    ['', ''],
  ])('takes the blanks around %j and nothing else', (text, expected) => expect(trim(text)).toBe(expected));
});

describe('the value of a cell', () => {
  /** The value, read from the middle of other bytes that must not be looked at. */
  function value(text: string): string {
    const bytes = encoder.encode(`="${text}"`);
    const start = valueStart(bytes, 2, bytes.length - 1);
    return decoder.decode(bytes.subarray(start, valueEnd(bytes, 2, start, bytes.length - 1)));
  }

  it.each([
    ['="330012345678901234"', '330012345678901234'],
    [' ="007"\t', '007'],
    ['=" 张三 "', '张三'],
    ['=""', ''],
    ['=" "', ''],
    ['="a"b"', 'a"b'],
    ["'00123", '00123'],
    [" '1 ", '1'],
  ])('is without the guard in %j', (text, expected) => expect(value(text)).toBe(expected));

  it.each(['="', '="12', '=12', '=A1+"x"', "'", "'abc", "O'Brien", "12'", '"12"', 'x="1"', '=', '"', ''])(
    'is as written in %j, which is no guard',
    (text) => expect(value(text)).toBe(text),
  );
});

describe('a gap', () => {
  const gap = (text: string): boolean => isGap(encoder.encode(text), 0, encoder.encode(text).length);

  it.each(['', 'NULL', 'Null', 'n/a', '#N/A', 'nan', 'None', '-', '--', '\\N', '(null)', 'undefined', '无', '空', '—'])(
    'is what programs and people write for nothing: %j',
    (text) => expect(gap(text)).toBe(true),
  );

  it.each(['0', 'N', 'nullable', 'NaN1', 'Nancy', '-1', '无名', 'no', '/a'])('is not %j', (text) =>
    expect(gap(text)).toBe(false),
  );
});

describe('a plain value', () => {
  it('is what its cell holds, as reading it with care finds as well', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(' ', '="', '"', "'", '-', 'null', 'N/A', '无', '\u3000'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
        const bytes = encoder.encode(pieces.join(''));
        if (!isPlainValue(bytes, 0, bytes.length)) return;
        const start = valueStart(bytes, 0, bytes.length);
        expect([start, valueEnd(bytes, 0, start, bytes.length)]).toEqual([0, bytes.length]);
        expect(isGap(bytes, 0, bytes.length)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['C10061979', '202401010000000001', 'P01963'])('is %j, by its first and last byte', (text) =>
    expect(isPlainValue(encoder.encode(text), 0, text.length)).toBe(true),
  );

  it.each(['', ' a', 'a ', "'1", '="1"', '"1"', 'null', '-', '1"'])('is not surely %j', (text) =>
    expect(isPlainValue(encoder.encode(text), 0, text.length)).toBe(false),
  );
});
