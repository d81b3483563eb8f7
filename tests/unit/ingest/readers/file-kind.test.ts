import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { binaryKind, isGzip } from '../../../../src/ingest/readers/file-kind';
import { encodeUtf8 } from '../../../support/encoded-text';

function zipOf(entryName: string): Uint8Array {
  return new Uint8Array([0x50, 0x4b, 0x03, 0x04, ...new Array<number>(26).fill(0), ...encodeUtf8(entryName)]);
}

describe('the kind of a binary file', () => {
  test('tells a workbook from any other ZIP by the names inside', () => {
    expect(binaryKind(zipOf('[Content_Types].xml'))).toBe('XLSX');
    expect(binaryKind(zipOf('xl/workbook.xml'))).toBe('XLSX');
    expect(binaryKind(zipOf('orders.csv'))).toBe('ZIP');
  });

  test.each([
    ['XLS', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
    ['Parquet', [0x50, 0x41, 0x52, 0x31, 0x15]],
    ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    ['PDF', [...encodeUtf8('%PDF-1.7')]],
    ['UTF-32', [0xff, 0xfe, 0x00, 0x00, 0x61, 0x00]],
  ])('is %s by its first bytes', (kind, bytes) => {
    expect(binaryKind(new Uint8Array(bytes))).toBe(kind);
  });

  test('is null for text, also where it begins like a signature', () => {
    for (const text of ['', 'P', 'PK', 'PAR,TOTAL\n', 'Rar,1\n', 'BZh,2\n', 'GIF,1', '%PD', '订单号,金额']) {
      expect(binaryKind(encodeUtf8(text))).toBeNull();
    }
    expect(binaryKind(new Uint8Array([0xff, 0xfe, 0x61, 0x00]))).toBeNull();
  });

  test('is gzip when zlib says so', () => {
    expect(isGzip(gzipSync('a'))).toBe(true);
    expect(isGzip(new Uint8Array([0x1f, 0x8b]))).toBe(false);
    expect(isGzip(encodeUtf8('a,b'))).toBe(false);
  });
});
