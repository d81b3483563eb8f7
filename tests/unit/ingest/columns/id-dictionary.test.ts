import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortedByBytes } from '../../../../src/ingest/columns/byte-order';
import { IdDictionary } from '../../../../src/ingest/columns/id-dictionary';

const encoder = new TextEncoder();

/** The codes a dictionary gives to the ids, and the ids it says the codes stand for. */
function coded(ids: readonly string[]): { codes: number[]; kept: string[]; dictionary: IdDictionary } {
  const dictionary = new IdDictionary();
  const codes = ids.map((id) => {
    // Inside a longer buffer, as cells are.
    const bytes = encoder.encode(`<${id}>`);
    return dictionary.codeOf(bytes, 1, bytes.length - 1);
  });
  const { bytes, starts } = dictionary.pool();
  const kept = Array.from({ length: dictionary.count }, (_, code) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(starts[code], starts[code + 1])),
  );
  return { codes, kept, dictionary };
}

/** The same by a Map. */
function expected(ids: readonly string[]): { codes: number[]; kept: string[] } {
  const known = new Map<string, number>();
  const codes = ids.map((id) => known.get(id) ?? (known.set(id, known.size), known.size - 1));
  return { codes, kept: [...known.keys()] };
}

describe('IdDictionary', () => {
  it('numbers ids in the order of first sight', () => {
    const { codes, kept } = coded(['b', 'a', 'b', '', 'a', '00123', '123', '']);
    expect(codes).toEqual([0, 1, 0, 2, 1, 3, 4, 2]);
    expect(kept).toEqual(['b', 'a', '', '00123', '123']);
  });

  it('keeps ids of twenty digits apart that are one as doubles', () => {
    const { codes } = coded(['12345678901234567890', '12345678901234567891', '12345678901234567890']);
    expect(codes).toEqual([0, 1, 0]);
  });

  it('finds ids again after ascending ones, however late the order breaks', () => {
    const ascending = Array.from({ length: 5000 }, (_, i) => String(1000 + i));
    const ids = [...ascending, '1000', '5999', '1000', '6000', '0999', '3456'];
    expect(coded(ids).codes).toEqual(expected(ids).codes);
  });

  it('tells apart what differs in length only or in bytes only', () => {
    const ids = ['9', '10', '9', '10', '11', 'a', 'aa', 'a\0', 'a'];
    expect(coded(ids).codes).toEqual(expected(ids).codes);
  });

  it('does what a Map does, for many ids in any order', () => {
    const id = fc.oneof(fc.nat(3000).map(String), fc.string({ unit: 'grapheme', maxLength: 30 }));
    fc.assert(
      fc.property(fc.array(id, { maxLength: 3000 }), (ids) => {
        const { codes, kept } = coded(ids);
        expect({ codes, kept }).toEqual(expected(ids));
      }),
      { numRuns: 50 },
    );
  });

  it('takes strings of any length from parts of buffers, one after the other', () => {
    const dictionary = new IdDictionary();
    const encoder = new TextEncoder();
    const ids = Array.from({ length: 40 }, (_, i) => `${'x'.repeat(i >> 1)}${i % 2}`);
    for (const [code, id] of ids.entries()) {
      const bytes = encoder.encode(`..${id}..`).subarray(1);
      expect(dictionary.codeOf(bytes, 1, 1 + id.length)).toBe(code);
      expect(dictionary.codeOf(encoder.encode(id), 0, id.length)).toBe(code);
    }
    const { bytes, starts } = dictionary.pool();
    expect(new TextDecoder().decode(bytes.subarray(0, starts[ids.length]))).toBe(ids.join(''));
    expect(dictionary.isAscending).toBe(true);
  });

  it('gives a part of its strings', () => {
    const { dictionary } = coded(['x', 'yy', 'zzz']);
    const { bytes, starts } = dictionary.pool(1, 3);
    expect(new TextDecoder().decode(bytes.subarray(starts[0], starts[2]))).toBe('yyzzz');
  });
});

describe('sortedByBytes', () => {
  const sorted = (ids: readonly string[]): string[] => {
    const { dictionary, kept } = coded(ids);
    return [...sortedByBytes(dictionary.pool())].map((code) => kept[code] ?? '');
  };
  const byBuffer = (ids: readonly string[]): string[] =>
    [...new Set(ids)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

  it('sorts by code point, shorter before longer', () => {
    expect(sorted(['b', 'B', 'ab', 'a', '10', '9', '', '张三', 'é', '\u{1f600}', '\uffee'])).toEqual([
      '',
      '10',
      '9',
      'B',
      'a',
      'ab',
      'b',
      'é',
      '张三',
      '\uffee',
      '\u{1f600}',
    ]);
  });

  it('sorts many ids with long beginnings in common as Buffer.compare does', () => {
    const tail = fc.string({ unit: fc.constantFrom('0', '1', 'a', 'é', '好'), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(tail, { maxLength: 400 }), (tails) => {
        const ids = tails.map((text) => `C-2024-${text}`);
        expect(sorted(ids)).toEqual(byBuffer(ids));
      }),
    );
  });
});
