import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExportColumn, ExportPage } from '../../../src/exports/cells';
import { csvHead, csvRows, csvText, guardFormula, unguardFormula, type CsvIdStyle } from '../../../src/exports/csv';
import { readCsv } from '../../support/independent-csv';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', "'", '"', ',', ';', ' ', 'a', '0', '＝', '王', '𠮷'),
  }),
);

function column(kind: ExportColumn['kind'], cells: ExportPage['columns'][number], ids: CsvIdStyle = 'plain'): string {
  return csvRows([{ heading: 'x', kind }], { rowCount: cells.length, columns: [cells] }, ids);
}

describe('CSV', () => {
  test('A file starts with the byte order mark, ends every line in CR LF and shows NULL as nothing.', () => {
    const columns: ExportColumn[] = [
      { heading: 'Customer', kind: 'id' },
      { heading: 'R', kind: 'integer' },
      { heading: 'Revenue', kind: 'decimal' },
      { heading: 'Share', kind: 'number' },
      { heading: 'Last', kind: 'time' },
      { heading: 'Day', kind: 'day' },
      { heading: 'Counts', kind: 'boolean' },
    ];
    const page: ExportPage = {
      rowCount: 2,
      columns: [
        ['000123', null],
        Float64Array.of(5, Number.NaN),
        ['-12.50', null],
        Float64Array.of(-0.25, Number.NaN),
        Float64Array.of(Date.UTC(2024, 0, 3, 8, 5), Number.NaN),
        Float64Array.of(Date.UTC(2024, 1, 29), Number.NaN),
        [true, null],
      ],
    };
    expect(csvText(columns, page)).toBe(
      '\u{feff}Customer,R,Revenue,Share,Last,Day,Counts\r\n' +
        '000123,5,-12.50,-0.25,2024-01-03 08:05:00,2024-02-29,true\r\n' +
        ',,,,,,\r\n',
    );
  });

  test('Milliseconds are written only where there are any, before and after 1970.', () => {
    expect(column('time', Float64Array.of(1, -1))).toBe('1970-01-01 00:00:00.001\r\n1969-12-31 23:59:59.999\r\n');
  });

  test('A text that a spreadsheet might run gets an apostrophe, a number never does.', () => {
    const texts = [
      '=1+1',
      '+1',
      '-1',
      '@x',
      '\tx',
      '\rx',
      '\nx',
      '＝1',
      "'=1",
      "''@",
      'a=1',
      ' =1',
      "O'Brien",
      "'quoted'",
    ];
    expect(texts.map(guardFormula)).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@x",
      "'\tx",
      "'\rx",
      "'\nx",
      "'＝1",
      "''=1",
      "'''@",
      'a=1',
      ' =1',
      "O'Brien",
      "'quoted'",
    ]);
    expect(column('decimal', ['-5.00'])).toBe('-5.00\r\n');
    expect(column('integer', Float64Array.of(-5))).toBe('-5\r\n');
  });

  test('A heading is guarded and quoted like any text.', () => {
    expect(
      csvHead([
        { heading: '=cmd|"a"!A1', kind: 'text' },
        { heading: 'a,b', kind: 'text' },
      ]),
    ).toBe('\u{feff}"\'=cmd|""a""!A1","a,b"\r\n');
  });

  test('Ids for spreadsheets keep their digits as a quoted formula of text; others stay as they are.', () => {
    const ids = ['000123', '123456789012345678', '1E5', '12345', 'C001', '0', '=1'];
    expect(column('id', ids, 'spreadsheet')).toBe(
      ['"=""000123"""', '"=""123456789012345678"""', '"=""1E5"""', '12345', 'C001', '0', "'=1", ''].join('\r\n'),
    );
    expect(column('text', ['000123'], 'spreadsheet')).toBe('000123\r\n');
    expect(column('id', ids)).toBe(
      ['000123', '123456789012345678', '1E5', '12345', 'C001', '0', "'=1", ''].join('\r\n'),
    );
  });

  test('Any table comes back through an independent reader, NULL apart from empty text.', () => {
    const cell = fc.option(anyText, { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), fc.tuple(anyText, anyText), (rows, headings) => {
        const columns = headings.map((heading) => ({ heading, kind: 'text' as const }));
        const page = { rowCount: rows.length, columns: [rows.map(([a]) => a), rows.map(([, b]) => b)] };
        const read = readCsv(csvText(columns, page)).map((row) =>
          row.map((text) => (text === null ? null : unguardFormula(text))),
        );
        expect(read).toEqual([headings, ...rows]);
      }),
    );
  });

  test('No text cell that is read back starts with something a spreadsheet runs.', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = readCsv(`\u{feff}${column('text', [text])}`)[0]?.[0] ?? '';
        expect(read.charAt(0)).not.toMatch(/[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
  });

  test('The guard can always be taken off again.', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(unguardFormula(guardFormula(text))).toBe(text);
      }),
    );
  });
});
