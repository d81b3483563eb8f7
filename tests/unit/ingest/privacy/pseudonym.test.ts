import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base32, hmacSha256, keyFingerprint, pseudonymsOf } from '../../../../src/ingest/privacy/pseudonym';

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const importKey = (hex: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytesOf(hex), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

describe('HMAC-SHA-256', () => {
  // RFC 4231, test cases 1, 2, 6 and 7, whose data are text.
  test.each([
    ['0b'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    ['4a656665', 'what do ya want for nothing?', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
    [
      'aa'.repeat(131),
      'Test Using Larger Than Block-Size Key - Hash Key First',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
    [
      'aa'.repeat(131),
      'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
      '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
    ],
  ])('gives the answer of RFC 4231', async (key, data, mac) => {
    expect(hexOf(await hmacSha256(await importKey(key), data))).toBe(mac);
  });
});

describe('base 32', () => {
  // Crockford's alphabet read off RFC 4648's examples: the same bits, other letters.
  test.each([
    ['66', 1, 'C'],
    ['666f6f626172', 9, 'CSQPYRK1E'],
    ['ffffffffff', 8, 'ZZZZZZZZ'],
    ['0000000000', 8, '00000000'],
  ])('%s in %i characters is %s', (hex, characters, text) => {
    expect(base32(bytesOf(hex), characters)).toBe(text);
  });

  test('more bits than there are is an error', () => {
    expect(() => base32(bytesOf('ff'), 2)).toThrow(RangeError);
  });
});

describe('pseudonyms', () => {
  const KEY = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';

  test('are the first 100 bits of the HMAC over context and id, by an independent computation', async () => {
    const ids = ['13812345678', '王小明', '', "O'Brien"];
    const expected = ids.map((id) => {
      const bits = createHmac('sha256', Buffer.from(KEY, 'hex'))
        .update(`silhouette customer 1\0${id}`, 'utf8')
        .digest()
        .reduce((text, byte) => text + byte.toString(2).padStart(8, '0'), '');
      const letters = Array.from(
        { length: 20 },
        (_, i) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[parseInt(bits.slice(i * 5, i * 5 + 5), 2)],
      );
      return `P-${letters.join('')}`;
    });
    expect(await pseudonymsOf(await importKey(KEY), ids)).toEqual(expected);
  });

  test('are the same for the same id under the same key and differ otherwise', async () => {
    const [one, other] = [await importKey(KEY), await importKey(KEY.replace('00', '01'))];
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.string(), { maxLength: 20 }), async (ids) => {
        const made = await pseudonymsOf(one, ids);
        expect(await pseudonymsOf(one, ids)).toEqual(made);
        const distinct = new Set(ids.map((id) => new TextEncoder().encode(id).join())).size;
        expect(new Set([...made, ...(await pseudonymsOf(other, ids))]).size).toBe(2 * distinct);
      }),
      { numRuns: 30 },
    );
  });

  test('come in the order of the ids, across the batches', async () => {
    const key = await importKey(KEY);
    const ids = Array.from({ length: 4_500 }, (_, i) => `C${i}`);
    const made = await pseudonymsOf(key, ids);
    expect(made).toHaveLength(4_500);
    for (const i of [0, 1_999, 2_000, 4_499]) expect([made[i]]).toEqual(await pseudonymsOf(key, [ids[i] ?? '']));
  });

  test('a key is known by a fingerprint that says nothing of a pseudonym', async () => {
    const key = await importKey(KEY);
    const fingerprint = await keyFingerprint(key);
    expect(fingerprint).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(await keyFingerprint(await importKey(KEY))).toBe(fingerprint);
    expect(await keyFingerprint(await importKey(KEY.replace('00', '01')))).not.toBe(fingerprint);
  });
});
