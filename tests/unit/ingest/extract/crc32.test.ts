import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Crc32 } from '../../../../src/ingest/extract/crc32';
import { encodeUtf8 } from '../../../support/encoded-text';

test('the checksum of "123456789" is the one of the standard', () => {
  const checksum = new Crc32();
  checksum.push(encodeUtf8('123456789'));
  expect(checksum.value).toBe(0xcbf43926);
});

test('however the bytes are cut, the checksum is that of zlib', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      const checksum = new Crc32();
      checksum.push(bytes.subarray(0, cut));
      checksum.push(bytes.subarray(cut));
      expect(checksum.value).toBe(crc32(bytes));
    }),
  );
});
