import { describe, expect, it } from 'vitest';
import { encodeGb18030 } from '../../../src/samples/gb18030';

const decode = (bytes: Uint8Array): string => new TextDecoder('gb18030', { fatal: true }).decode(bytes);

describe('encodeGb18030', () => {
  it('gives the codes of the standard', () => {
    // GB 2312 row 36 cell 36 and row 54 cell 48, each plus 0xA0; 啊 is the first hanzi, 0xB0A1.
    expect([...encodeGb18030('啊A中')]).toEqual([0xb0, 0xa1, 0x41, 0xd6, 0xd0]);
  });

  it('every CJK ideograph from U+4E00 to U+9FA5 decodes back to itself', () => {
    let text = '';
    for (let code = 0x4e00; code <= 0x9fa5; code++) text += String.fromCharCode(code);
    const bytes = encodeGb18030(text);
    expect(bytes.length).toBe(text.length * 2);
    expect(decode(bytes)).toBe(text);
  });

  it('punctuation and line ends come back', () => {
    const text = '订单号,“清晨”,满200减30。\r\n';
    expect(decode(encodeGb18030(text))).toBe(text);
  });

  it('a character outside the two-byte part is refused by its code', () => {
    expect(() => encodeGb18030('a😀')).toThrow('invalid character for GBK: U+d83d');
  });
});
