import { utils, write, CFB } from '@e965/xlsx';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { isAppError } from '../../../../src/core/errors';
import { DEFAULT_LIMITS, type Extraction, type ExtractLimits } from '../../../../src/ingest/extract/extract-contract';
import { extractInProcess } from '../../../../src/ingest/extract/extract-in-process';
import { encodeUtf8 } from '../../../support/encoded-text';
import { number, shared, writeXlsxFile, xlsxParts } from '../../../support/xlsx-file';
import { deflatedBomb, writeZipFile } from '../../../support/zip-file';
import { recordsOf } from './extraction';

const NAMED = new Set([
  'file-damaged',
  'file-encrypted',
  'over-limit',
  'file-empty',
  'table-missing',
  'archive-in-archive',
  'format-unsupported',
]);
const ROWS = Array.from({ length: 60 }, (_, i) => [shared(`订单${i}`), number(String(i / 4))]);

const extract = (bytes: Uint8Array<ArrayBuffer>, table = 's', limits: ExtractLimits = DEFAULT_LIMITS) =>
  extractInProcess.extract(new Blob([bytes]), 'a.xlsx', { table }, { limits });

/** The extraction, or the code of the named error; anything else fails the test. */
async function outcome(work: Promise<Extraction>): Promise<Extraction | string> {
  try {
    return await work;
  } catch (error) {
    if (isAppError(error) && NAMED.has(error.code)) return error.code;
    throw error;
  }
}

const withSheet = (xml: string) =>
  new Uint8Array(
    zipSync({ ...xlsxParts({ sheets: [{ name: 's', rows: [] }] }), 'xl/worksheets/sheet1.xml': encodeUtf8(xml) }),
  );

describe('a malformed workbook ends in rows or a named error', () => {
  test('an XLSX cut off anywhere is damaged', async () => {
    const bytes = writeXlsxFile({ sheets: [{ name: 's', rows: ROWS }] });
    for (let length = 4; length < bytes.length; length += 97) {
      expect(await outcome(extract(bytes.slice(0, length)))).toBe('file-damaged');
    }
  });

  test.each(['biff8', 'xlsb', 'ods', 'xlml'] as const)(
    'a %s cut off or with bytes changed never ends otherwise',
    async (bookType) => {
      const book = utils.book_new();
      utils.book_append_sheet(book, utils.aoa_to_sheet(ROWS.map((_, i) => [`订单${i}`, i / 4, i % 2 === 0])), 's');
      const bytes = new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer);
      const step = Math.max(97, Math.floor(bytes.length / 60));
      for (let at = 16; at < bytes.length; at += step) {
        await outcome(extract(bytes.slice(0, at)));
        const changed = bytes.slice();
        changed.fill(0xff, at, at + 4);
        await outcome(extract(changed));
      }
      expect(await outcome(extract(bytes))).toMatchObject({ rows: 60 });
    },
  );

  test('a workbook with a password is told, whatever its form', async () => {
    const container = CFB.utils.cfb_new();
    CFB.utils.cfb_add(container, '/EncryptedPackage', encodeUtf8('x'.repeat(5000)));
    CFB.utils.cfb_add(
      container,
      '/EncryptionInfo',
      new Uint8Array([4, 0, 4, 0, 64, 0, 0, 0, ...encodeUtf8('<encryption/>')]),
    );
    const locked = new Uint8Array(CFB.write(container, { type: 'array' }));
    expect(await outcome(extract(locked))).toBe('file-encrypted');
    const manifest =
      '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
    const ods = zipSync({
      mimetype: encodeUtf8('application/vnd.oasis.opendocument.spreadsheet'),
      'content.xml': encodeUtf8('scrambled'),
      'META-INF/manifest.xml': encodeUtf8(manifest),
    });
    expect(await outcome(extract(new Uint8Array(ods)))).toBe('file-encrypted');
  });

  test('an OLE container of something else is told as what it is not', async () => {
    const container = CFB.utils.cfb_new();
    CFB.utils.cfb_add(container, '/WordDocument', encodeUtf8('x'.repeat(5000)));
    const bytes = new Uint8Array(CFB.write(container, { type: 'array' }));
    await expect(extract(bytes)).rejects.toMatchObject({ code: 'format-unsupported', data: { kind: 'OLE' } });
  });

  test('a sheet that inflates past a gigabyte is refused before it has', async () => {
    const parts = Object.entries(xlsxParts({ sheets: [{ name: 's', rows: [] }] }));
    const sheet = 'xl/worksheets/sheet1.xml';
    const start = '<worksheet><sheetData><row><c t="str"><v>';
    const bytes = writeZipFile(
      parts.map(([name, data]) => ({
        name,
        data: data as Uint8Array,
        ...(name === sheet && { packed: deflatedBomb(start, '0') }),
      })),
    );
    expect(bytes.length).toBeLessThan(1_500_000);
    const before = process.memoryUsage().heapUsed;
    expect(await outcome(extract(bytes))).toBe('over-limit');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000);
  });

  test('ten thousand columns are read, one more than allowed is refused by name', async () => {
    const header = Array.from({ length: 10_000 }, (_, i) => shared(`c${i}`));
    const bytes = writeXlsxFile({ sheets: [{ name: 's', rows: [header, header] }] });
    const { rows, columnNames } = (await outcome(extract(bytes))) as Extraction;
    expect([rows, columnNames.length, columnNames[9999]]).toEqual([2, 10_000, 'c9999']);
    await expect(extract(bytes, 's', { ...DEFAULT_LIMITS, columns: 9_999 })).rejects.toMatchObject({
      code: 'over-limit',
      data: { name: 'a.xlsx', what: 'columns', limit: 9_999 },
    });
  });

  test('a declared million rows with three in them are three rows', async () => {
    const bytes = writeXlsxFile({ sheets: [{ name: 's', rows: ROWS.slice(0, 3), dimension: 'A1:XFD1048576' }] });
    expect(await outcome(extract(bytes))).toMatchObject({ rows: 3 });
  });

  test('a stray cell in the last corner costs blank lines and one column', async () => {
    const xml =
      '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>';
    const extraction = (await outcome(extract(withSheet(xml)))) as Extraction;
    expect([extraction.rows, extraction.text.size]).toEqual([1_048_576, '1,\n'.length + 1_048_574 + ',2\n'.length]);
  });

  test('more rows than allowed are refused by name', async () => {
    const bytes = writeXlsxFile({ sheets: [{ name: 's', rows: ROWS }] });
    await expect(extract(bytes, 's', { ...DEFAULT_LIMITS, rows: 59 })).rejects.toMatchObject({
      code: 'over-limit',
      data: { what: 'rows', limit: 59 },
    });
    expect(await outcome(extract(bytes, 's', { ...DEFAULT_LIMITS, rows: 60 }))).toMatchObject({ rows: 60 });
  });

  test('a cell longer than allowed is refused by name', async () => {
    const bytes = writeXlsxFile({ sheets: [{ name: 's', rows: [[shared('é'.repeat(600))]] }] });
    await expect(extract(bytes, 's', { ...DEFAULT_LIMITS, cellBytes: 1000 })).rejects.toMatchObject({
      code: 'over-limit',
      data: { what: 'cellBytes', limit: 1000 },
    });
  });

  test.each([
    ['a tag that never ends', '<worksheet><sheetData><row'],
    ['a part that stops between two rows', '<worksheet><sheetData><row><c><v>1</v></c></row>'],
    ['no XML at all', 'PK is not XML <'],
    [
      'an entity that would grow is left as it stands',
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>',
    ],
  ])('%s', async (_, xml) => {
    const result = await outcome(extract(withSheet(xml)));
    if (typeof result === 'string') expect(result).toBe('file-damaged');
    else expect(await recordsOf(result)).toEqual([['&a;']]);
  });

  test('cells that name a text or a column that is not there are gaps', async () => {
    const xml =
      '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>99</v></c><c r="B1" t="s"><v>x</v></c><c r="ZZZZZZZ1"><v>1</v></c><c r="C1"><v>2</v></c><c r="D1"><v>12x</v></c></row></sheetData></worksheet>';
    expect(await recordsOf((await outcome(extract(withSheet(xml)))) as Extraction)).toEqual([['2']]);
  });

  test('a workbook without any sheet holds no tables', async () => {
    const bytes = writeXlsxFile({ sheets: [] });
    expect(await extractInProcess.inspect(new Blob([bytes]), 'a.xlsx')).toEqual({ format: 'workbook', tables: [] });
  });
});
