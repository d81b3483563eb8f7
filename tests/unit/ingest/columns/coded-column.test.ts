import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodedColumn, NO_CODE } from '../../../../src/ingest/columns/coded-column';
import { packShortId, unpackShortId } from '../../../../src/ingest/columns/short-id';

/** Pushes texts (null is a gap) from one buffer that is overwritten each time, and reads them back. */
function readBack(texts: readonly (string | null)[]): (string | null)[] {
  const column = new CodedColumn(2000);
  const buffer = new Uint8Array(200);
  for (const text of texts) {
    if (text === null) {
      column.pushNone();
      continue;
    }
    const { written } = new TextEncoder().encodeInto(text, buffer.subarray(3));
    column.push(buffer, 3, 3 + written);
    buffer.fill(0x2a);
  }
  const { bytes, starts } = column.dictionary.pool();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return [...column.codes()].map((code) =>
    code === NO_CODE ? null : decoder.decode(bytes.subarray(starts[code], starts[code + 1])),
  );
}

describe('CodedColumn', () => {
  it('keeps every row its string, short and long, ascending and not, gaps in between', () => {
    const texts = [
      '1',
      '2',
      null,
      '10',
      '2',
      'a string of more than twelve bytes',
      '',
      'b',
      null,
      'ab',
      '1',
      'a\0',
      'a',
    ];
    expect(readBack(texts)).toEqual(texts);
  });

  it('keeps them for more rows than wait together', () => {
    const text = fc.oneof(fc.constant(null), fc.nat(2000).map(String), fc.string({ unit: 'grapheme', maxLength: 8 }));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 2000 }), (texts) => {
        expect(readBack(texts)).toEqual(texts);
      }),
      { numRuns: 50 },
    );
  });

  it('has one code for one string', () => {
    const column = new CodedColumn(8);
    for (const letter of 'zabzab') column.push(new TextEncoder().encode(letter), 0, 1);
    expect([...column.codes()]).toEqual([0, 1, 2, 0, 1, 2]);
    expect(column.dictionary.count).toBe(3);
  });
});

describe('a packed short id', () => {
  it('is unpacked to the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const words = new Int32Array(8);
        packShortId(bytes, 0, bytes.length, words, 4);
        const unpacked = new Uint8Array(12);
        const length = unpackShortId(words, 4, unpacked);
        expect(unpacked.subarray(0, length)).toEqual(bytes);
      }),
    );
  });
});
