import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { ExportColumn, ExportPage } from '../../../src/exports/cells';
import { XlsxWriter } from '../../../src/exports/xlsx';

interface SheetCell {
  readonly type: string | undefined;
  readonly style: string | undefined;
  readonly value: string;
}

/** Writes pages and reads the archive with another hand: parts as text by their path. */
function write(
  columns: readonly ExportColumn[],
  pages: readonly ExportPage[],
  sheetRows?: number,
  sheetName = 'Customers',
) {
  const chunks: Uint8Array[] = [];
  const limit = sheetRows === undefined ? {} : { sheetRows };
  const writer = new XlsxWriter(columns, { sheetName, onChunk: (chunk) => chunks.push(chunk), ...limit });
  for (const page of pages) writer.add(page);
  writer.finish();
  const parts = unzipSync(new Uint8Array(Buffer.concat(chunks)));
  return Object.fromEntries(Object.entries(parts).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

function unescapeXml(text: string): string {
  const plain = text.replace(
    /&(lt|gt|quot|amp);/g,
    (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name] ?? '',
  );
  return plain.replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function cellsOf(sheet: string | undefined): ReadonlyMap<string, SheetCell> {
  const cells = new Map<string, SheetCell>();
  for (const [, attributes = '', content = ''] of (sheet ?? '').matchAll(/<c ([^>]*)>(.*?)<\/c>/gs)) {
    const attribute = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1];
    const value = /<v>(.*?)<\/v>/s.exec(content)?.[1] ?? /<t xml:space="preserve">(.*?)<\/t>/s.exec(content)?.[1] ?? '';
    cells.set(attribute('r') ?? '', { type: attribute('t'), style: attribute('s'), value: unescapeXml(value) });
  }
  return cells;
}

const ids = (...cells: (string | null)[]): ExportPage => ({ rowCount: cells.length, columns: [cells] });
const ID: readonly ExportColumn[] = [{ heading: 'Customer', kind: 'id' }];

describe('XLSX', () => {
  test('Ids and texts are text cells that keep every digit and are never formulas.', () => {
    const sheet = cellsOf(
      write(ID, [ids('000123', '123456789012345678', '=1+1', '-5', '1E5')])['xl/worksheets/sheet1.xml'],
    );
    const written = ['A2', 'A3', 'A4', 'A5', 'A6'].map((place) => sheet.get(place));
    expect(written.map((cell) => cell?.value)).toEqual(['000123', '123456789012345678', '=1+1', '-5', '1E5']);
    expect(new Set(written.map((cell) => cell?.type))).toEqual(new Set(['inlineStr']));
  });

  test('The number format of an id cell is Text, so that editing it keeps the digits.', () => {
    const parts = write(ID, [ids('000123')]);
    const style = Number(cellsOf(parts['xl/worksheets/sheet1.xml']).get('A2')?.style);
    const formats = [
      ...(/<cellXfs.*<\/cellXfs>/s.exec(parts['xl/styles.xml'] ?? '')?.[0] ?? '').matchAll(/<xf[^>]*\/>/g),
    ];
    expect(formats[style]?.[0]).toContain('numFmtId="49"');
  });

  test('Numbers, times and truth values are values; what a number cell would round is text.', () => {
    const columns: ExportColumn[] = ['integer', 'decimal', 'number', 'time', 'day', 'boolean'].map((kind) => ({
      heading: kind,
      kind: kind as ExportColumn['kind'],
    }));
    const page: ExportPage = {
      rowCount: 3,
      columns: [
        Float64Array.of(42, Number.NaN, 1234567890123456),
        ['-12.50', null, '12345678901234.56'],
        Float64Array.of(0.1 + 0.2, Number.NaN, 0),
        // 45294 is 3 January 2024 in the 1900 system: 25569 days to 1970 and 19725 from there.
        Float64Array.of(Date.UTC(2024, 0, 3, 12), Number.NaN, Date.UTC(1899, 0, 1)),
        Float64Array.of(Date.UTC(2024, 0, 3), Number.NaN, Date.UTC(1900, 2, 1)),
        [true, null, false],
      ],
    };
    const sheet = cellsOf(write(columns, [page])['xl/worksheets/sheet1.xml']);
    const row = (number: number) =>
      ['A', 'B', 'C', 'D', 'E', 'F']
        .map((letter) => sheet.get(`${letter}${number}`))
        .map((cell) => cell && [cell.type, cell.value]);
    expect(row(2)).toEqual([
      [undefined, '42'],
      [undefined, '-12.50'],
      [undefined, '0.30000000000000004'],
      [undefined, '45294.5'],
      [undefined, '45294'],
      ['b', '1'],
    ]);
    expect(row(3)).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
    expect(row(4)).toEqual([
      ['inlineStr', '1234567890123456'],
      ['inlineStr', '12345678901234.56'],
      [undefined, '0'],
      ['inlineStr', '1899-01-01 00:00:00'],
      [undefined, '61'],
      ['b', '0'],
    ]);
  });

  test('Any text comes back from the XML, controls and look-alikes of escapes included.', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 20 }), (texts) => {
        const sheet = write(ID, [ids(...texts)])['xl/worksheets/sheet1.xml'] ?? '';
        // What XML 1.0 cannot hold must not be in the file as it is.
        expect(sheet).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
        expect(texts.map((_, i) => cellsOf(sheet).get(`A${i + 2}`)?.value)).toEqual(texts);
      }),
    );
    const tricky = ['_x0041_', '_x005F_x0041_', '\u0000', '\r\n', '<a b="c">&amp;', '\ud800', 'x\udc00y', ' blanks '];
    const sheet = cellsOf(write(ID, [ids(...tricky)])['xl/worksheets/sheet1.xml']);
    expect(tricky.map((_, i) => sheet.get(`A${i + 2}`)?.value)).toEqual(tricky);
  });

  test('Rows past the limit of a sheet go on in the next one, under the same bold and frozen heading.', () => {
    const parts = write(ID, [ids('a', 'b', 'c'), ids('d', 'e')], 3, "O'Neil: [x]/y");
    const sheets = [1, 2, 3].map((number) => parts[`xl/worksheets/sheet${number}.xml`]);
    expect(sheets.map((sheet) => [...cellsOf(sheet).values()].map(({ value }) => value))).toEqual([
      ['Customer', 'a', 'b'],
      ['Customer', 'c', 'd'],
      ['Customer', 'e'],
    ]);
    for (const sheet of sheets) expect(sheet).toContain('state="frozen"');
    expect([...(parts['xl/workbook.xml'] ?? '').matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      "O'Neil   x  y",
      "O'Neil   x  y 2",
      "O'Neil   x  y 3",
    ]);
    const types = parts['[Content_Types].xml'] ?? '';
    for (const number of [1, 2, 3]) expect(types).toContain(`/xl/worksheets/sheet${number}.xml`);
  });

  test('A workbook without rows still has its headings and opens as one sheet.', () => {
    const parts = write(ID, []);
    expect([...cellsOf(parts['xl/worksheets/sheet1.xml']).values()].map(({ value }) => value)).toEqual(['Customer']);
    expect(Object.keys(parts).toSorted()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
  });

  test('A text longer than a cell holds is cut there, never inside a pair.', () => {
    const long = `${'a'.repeat(32_766)}😀`;
    const cell = cellsOf(write(ID, [ids(long)])['xl/worksheets/sheet1.xml']).get('A2');
    expect(cell?.value).toBe('a'.repeat(32_766));
  });

  test('Wide characters get wide columns.', () => {
    const widths = (text: string) =>
      /<cols>(.*?)<\/cols>/.exec(write(ID, [ids(text)])['xl/worksheets/sheet1.xml'] ?? '')?.[1];
    expect(widths('王小明王小明')).toContain('width="14"');
    expect(widths('123456')).toContain('width="10"');
  });

  test('The same rows give the same bytes.', () => {
    const bytes = () => {
      const chunks: Uint8Array[] = [];
      const writer = new XlsxWriter(ID, { sheetName: 'x', onChunk: (chunk) => chunks.push(chunk) });
      writer.add(ids('a', 'b'));
      writer.finish();
      return Buffer.concat(chunks).toString('base64');
    };
    expect(bytes()).toBe(bytes());
  });
});
