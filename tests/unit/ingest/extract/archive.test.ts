import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { unpackFiles } from '../../../../src/ingest/extract/archive';
import { DEFAULT_LIMITS } from '../../../../src/ingest/extract/extract-contract';
import { encodeGbk, encodeUtf8 } from '../../../support/encoded-text';
import { shared, writeXlsxFile } from '../../../support/xlsx-file';
import { deflatedBomb, writeZipFile } from '../../../support/zip-file';

const CSV = encodeUtf8('id,amount\na,1\n');
const XLSX = writeXlsxFile({ sheets: [{ name: 's', rows: [[shared('a')]] }] });

const unpack = (bytes: Uint8Array<ArrayBuffer>, name = 'export.zip', limits = DEFAULT_LIMITS) =>
  unpackFiles([{ blob: new Blob([bytes]), name }], { limits });

const namesAndTexts = async (bytes: Uint8Array<ArrayBuffer>, name?: string) =>
  Promise.all((await unpack(bytes, name)).files.map(async ({ name: each, blob }) => [each, await blob.text()]));

describe('an archive becomes its files', () => {
  test('entries come in the order of their paths, with the archive they came from', async () => {
    const bytes = new Uint8Array(
      zipSync({ '2024/02.csv': encodeUtf8('b'), '2024/01.csv': CSV, 'a/': new Uint8Array() }),
    );
    const { files, skipped } = await unpack(bytes);
    expect(skipped).toBe(0);
    expect(files.map(({ name, archive }) => [name, archive])).toEqual([
      ['2024/01.csv', 'export.zip'],
      ['2024/02.csv', 'export.zip'],
    ]);
    expect(await files[0]?.blob.text()).toBe('id,amount\na,1\n');
  });

  test('what a Mac adds and hidden files are skipped and counted', async () => {
    const entries = { '__MACOSX/._a.csv': CSV, '.DS_Store': CSV, 'x/.hidden/b.csv': CSV, 'a.csv': CSV };
    const { files, skipped } = await unpack(new Uint8Array(zipSync(entries)));
    expect([files.map(({ name }) => name), skipped]).toEqual([['a.csv'], 3]);
  });

  test.each([
    ['GBK, as Windows in Chinese writes them', encodeGbk('订单\\一月.csv'), false],
    ['UTF-8 with its mark', encodeUtf8('订单/一月.csv'), true],
    ['UTF-8 without it', encodeUtf8('订单/一月.csv'), false],
  ])('names in %s are read', async (_, name, isUtf8) => {
    expect(await namesAndTexts(writeZipFile([{ name, data: CSV, isUtf8 }]))).toEqual([
      ['订单/一月.csv', 'id,amount\na,1\n'],
    ]);
  });

  test('stored entries, a comment, and something before the archive change nothing', async () => {
    const zip = writeZipFile([{ name: 'a.csv', data: CSV, method: 0 }], 'PK by hand');
    expect(await namesAndTexts(zip)).toEqual([['a.csv', 'id,amount\na,1\n']]);
    const shifted = writeZipFile([{ name: 'a.csv', data: CSV }]);
    const program = new Uint8Array([...encodeUtf8('PK\u0003\u0004 a program'), ...shifted]);
    expect(await namesAndTexts(program)).toEqual([['a.csv', 'id,amount\na,1\n']]);
  });

  test('a workbook is no archive, in an archive or out of it', async () => {
    expect((await unpack(XLSX, 'a.xlsx')).files).toMatchObject([{ name: 'a.xlsx', archive: null }]);
    const { files } = await unpack(new Uint8Array(zipSync({ 'in/a.xlsx': XLSX })));
    expect(new Uint8Array(await (files[0]?.blob ?? new Blob()).arrayBuffer())).toEqual(XLSX);
  });

  test('a .gz of text stays, of anything else it is unwrapped', async () => {
    const text = new Uint8Array(gzipSync(CSV));
    const book = new Uint8Array(gzipSync(XLSX));
    const { files } = await unpackFiles([
      { blob: new Blob([text]), name: 'a.csv.gz' },
      { blob: new Blob([book]), name: 'b.xlsx.gz' },
    ]);
    expect(files.map(({ name, blob }) => [name, blob.size])).toEqual([
      ['a.csv.gz', text.length],
      ['b.xlsx', XLSX.length],
    ]);
  });
});

describe('an archive that cannot be read ends in a named error', () => {
  const damaged = writeZipFile([{ name: 'a.csv', data: CSV, crc: 1 }]);
  const long = encodeUtf8('0123456789'.repeat(1000));

  test.each<[string, Uint8Array<ArrayBuffer>, object]>([
    ['a password', writeZipFile([{ name: 'a.csv', data: CSV, encrypted: true }]), { code: 'file-encrypted' }],
    [
      'an archive inside',
      new Uint8Array(zipSync({ 'a.zip': zipSync({ 'b.csv': CSV }) })),
      { code: 'archive-in-archive', data: { name: 'export.zip', entry: 'a.zip' } },
    ],
    [
      'an archive in a .gz inside',
      new Uint8Array(zipSync({ 'a.zip.gz': gzipSync(zipSync({ 'b.csv': CSV })) })),
      { code: 'archive-in-archive' },
    ],
    [
      'another packing',
      writeZipFile([{ name: 'a.csv', data: CSV, method: 12 }]),
      { code: 'format-unsupported', data: { kind: 'ZIP 12' } },
    ],
    ['a wrong checksum', damaged, { code: 'file-damaged' }],
    ['a wrong length', writeZipFile([{ name: 'a.csv', data: long, declaredBytes: 9 }]), { code: 'file-damaged' }],
    [
      'a tape archive in a .gz',
      new Uint8Array(gzipSync(tarOf('a.csv'))),
      { code: 'format-unsupported', data: { kind: 'TAR' } },
    ],
  ])('%s', async (_, bytes, error) => {
    await expect(unpack(bytes)).rejects.toMatchObject(error);
  });

  test.each([
    ['DOCX', { '[Content_Types].xml': CSV, 'word/document.xml': CSV }],
    ['PPTX', { '[Content_Types].xml': CSV, 'ppt/presentation.xml': CSV }],
    ['Numbers', { 'Index/Document.iwa': CSV }],
  ])('a %s is no archive of tables', async (kind, parts) => {
    await expect(unpack(new Uint8Array(zipSync(parts)), 'a')).rejects.toMatchObject({
      code: 'format-unsupported',
      data: { name: 'a', kind },
    });
  });

  test('more entries than allowed', async () => {
    const bytes = new Uint8Array(zipSync(Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`${i}.csv`, CSV]))));
    await expect(unpack(bytes, 'a.zip', { ...DEFAULT_LIMITS, entries: 10 })).rejects.toMatchObject({
      code: 'over-limit',
      data: { name: 'a.zip', what: 'entries', limit: 10 },
    });
  });

  test('more bytes than allowed, whatever the archive declares', async () => {
    const bytes = writeZipFile([{ name: 'a.csv', data: long, declaredBytes: 1 }]);
    await expect(unpack(bytes, 'a.zip', { ...DEFAULT_LIMITS, inflatedBytes: 5000 })).rejects.toMatchObject({
      code: 'over-limit',
      data: { what: 'inflatedBytes', limit: 5000 },
    });
  });

  test('a megabyte that inflates past a gigabyte is refused before it has', async () => {
    const bytes = writeZipFile([{ name: 'bomb.csv', data: CSV, packed: deflatedBomb('id\n', '0') }]);
    expect(bytes.length).toBeLessThan(1_500_000);
    const before = process.memoryUsage().arrayBuffers;
    await expect(unpack(bytes)).rejects.toMatchObject({ code: 'over-limit', data: { what: 'inflateRatio' } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(400_000_000);
  });

  test('wherever an archive is cut off it is told as damaged', async () => {
    const bytes = new Uint8Array(zipSync({ 'a.csv': CSV, 'b/c.csv': long }));
    for (let length = 4; length < bytes.length; length += 7) {
      await expect(unpack(bytes.slice(0, length))).rejects.toMatchObject({ code: 'file-damaged' });
    }
  });
});

/** The header block of a tape archive, with its mark where every reader looks for it. */
function tarOf(name: string): Uint8Array {
  const block = new Uint8Array(1024);
  block.set(encodeUtf8(name), 0);
  block.set(encodeUtf8('ustar\u000000'), 257);
  return block;
}
