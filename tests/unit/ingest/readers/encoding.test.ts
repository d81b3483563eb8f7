import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectEncoding, type ByteSample } from '../../../../src/ingest/readers/encoding';
import { encodeGbk, encodeUtf16, encodeUtf8 } from '../../../support/encoded-text';

const ORDERS = '订单编号,会员号,金额\n1001,王小明,23.50\n1002,李雷,199.00\n1003,韩梅梅,8.80\n';

function whole(bytes: Uint8Array): ByteSample[] {
  return [{ bytes, atStart: true, atEnd: true }];
}

describe('the encoding of a file', () => {
  test.each([
    ['utf-8', new Uint8Array([0xef, 0xbb, 0xbf, 0x61])],
    ['utf-16le', encodeUtf16('a,b', 'le')],
    ['utf-16be', encodeUtf16('a,b', 'be')],
    ['gb18030', new Uint8Array([0x84, 0x31, 0x95, 0x33, 0x61])],
  ])('is %s by its byte order mark', (encoding, bytes) => {
    expect(detectEncoding(whole(bytes))).toEqual({ encoding, evidence: 'bom' });
  });

  test('is UTF-8 when all bytes are strictly so', () => {
    expect(detectEncoding(whole(encodeUtf8(ORDERS)))).toEqual({ encoding: 'utf-8', evidence: 'strict' });
  });

  test('is GB18030 when strict UTF-8 fails and GB18030 does not', () => {
    expect(detectEncoding(whole(encodeGbk(ORDERS)))).toEqual({ encoding: 'gb18030', evidence: 'strict' });
  });

  test('is GB18030 from the first Chinese cell of a short file', () => {
    expect(detectEncoding(whole(encodeGbk('id,市\n1,沪\n')))).toEqual({ encoding: 'gb18030', evidence: 'strict' });
  });

  test.each(['le', 'be'] as const)('is UTF-16 %s without a mark by where its NULs lie', (order) => {
    const bytes = encodeUtf16(ORDERS, order, false);
    expect(detectEncoding(whole(bytes))).toEqual({ encoding: `utf-16${order}`, evidence: 'strict' });
  });

  test('is only guessed as windows-1252 for accented Latin letters, although they also pass as GB18030', () => {
    const bytes = new Uint8Array([
      ...encodeUtf8('name;ort\nM'),
      0xfc,
      ...encodeUtf8('ller;K'),
      0xf6,
      ...encodeUtf8('ln\n'),
    ]);
    expect(new TextDecoder('gb18030', { fatal: true }).decode(bytes)).toContain('name');
    expect(detectEncoding(whole(bytes))).toEqual({ encoding: 'windows-1252', evidence: 'guess' });
  });

  test('is GB18030 where the currency sign takes four bytes in every row', () => {
    const yen = new Uint8Array([0x81, 0x30, 0x84, 0x36]);
    expect(new TextDecoder('gb18030').decode(yen)).toBe('¥');
    const row = [...encodeUtf8('7,'), ...yen, ...encodeUtf8('5.00\n')];
    const bytes = new Uint8Array([...encodeGbk('号,额\n'), ...Array.from({ length: 50 }, () => row).flat()]);
    expect(detectEncoding(whole(bytes))).toEqual({ encoding: 'gb18030', evidence: 'strict' });
  });

  test('is none at all for bytes with NULs that are not UTF-16', () => {
    expect(detectEncoding(whole(new Uint8Array([1, 0, 0, 7, 200, 0, 3, 0, 9])))).toBeNull();
  });

  test('is taken from the end of the file when its head is plain ASCII', () => {
    const head = { bytes: encodeUtf8('id,name\n1,a\n'), atStart: true, atEnd: false };
    const tail = { bytes: encodeGbk('2,b\n3,会员\n'), atStart: false, atEnd: true };
    expect(detectEncoding([head, tail])).toEqual({ encoding: 'gb18030', evidence: 'strict' });
    expect(detectEncoding([head, { ...tail, bytes: encodeUtf8('2,b\n3,会员\n') }])?.encoding).toBe('utf-8');
  });

  test('stays UTF-8, as a guess, when an exporter has cut one character in the middle', () => {
    const sound = encodeUtf8(ORDERS.repeat(30));
    const bytes = new Uint8Array([...sound, ...encodeUtf8('1004,王').subarray(0, -1), ...encodeUtf8(',7.00\n')]);
    expect(detectEncoding(whole(bytes))).toEqual({ encoding: 'utf-8', evidence: 'guess' });
  });

  test('stays GB18030, as a guess, when an exporter has cut one character in the middle', () => {
    const bytes = new Uint8Array([
      ...encodeGbk(ORDERS.repeat(30)),
      ...encodeGbk('1004,王').subarray(0, -1),
      ...encodeUtf8(',7\n'),
    ]);
    expect(detectEncoding(whole(bytes))).toEqual({ encoding: 'gb18030', evidence: 'guess' });
  });

  test('does not depend on where the head is cut off', () => {
    const bytes = encodeGbk(ORDERS);
    const long = encodeUtf8(ORDERS);
    for (let cut = 40; cut < bytes.length; cut++) {
      expect(detectEncoding([{ bytes: bytes.subarray(0, cut), atStart: true, atEnd: false }])?.encoding).toBe(
        'gb18030',
      );
      expect(detectEncoding([{ bytes: long.subarray(0, cut), atStart: true, atEnd: false }])?.encoding).toBe('utf-8');
    }
  });

  test('does not depend on where a stretch of the middle begins', () => {
    const head = { bytes: encodeUtf8('id,name\n'), atStart: true, atEnd: false };
    const bytes = encodeGbk(ORDERS);
    for (let from = 0; from < 20; from++) {
      const middle = { bytes: bytes.subarray(from), atStart: false, atEnd: false };
      expect(detectEncoding([head, middle])?.encoding).toBe('gb18030');
    }
  });

  test('is found for any text with a byte order mark in UTF-16', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((candidate) => !candidate.startsWith('\0'));
    fc.assert(
      fc.property(text, fc.constantFrom('le' as const, 'be' as const), (written, order) => {
        expect(detectEncoding(whole(encodeUtf16(written, order)))).toEqual({
          encoding: `utf-16${order}`,
          evidence: 'bom',
        });
      }),
    );
  });
});
