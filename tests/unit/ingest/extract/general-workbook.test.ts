import { utils, write, type BookType, type CellObject, type WorkSheet } from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import { extractInProcess } from '../../../../src/ingest/extract/extract-in-process';
import { encodeGbk, encodeUtf16, encodeUtf8 } from '../../../support/encoded-text';
import { extractTable, recordsOf } from './extraction';

const HEADER = ['订单号', '金额', '下单时间', '会员', '客户'];

/** Rows whose texts are known beforehand; serials count days from 1899-12-30. */
const known = Array.from({ length: 1000 }, (_, i) => {
  const cents = (i * 7919 + 1) % 100_000;
  const moment = new Date(Date.UTC(2023, 0, 1, 9, 30) + i * 86_400_000);
  return {
    cells: [
      { t: 's', v: `${430000000000000000n + BigInt(i)}` },
      { t: 'n', v: cents / 100, z: '#,##0.00' },
      { t: 'n', v: 44_927 + i + 9.5 / 24, z: 'yyyy/mm/dd hh:mm:ss' },
      { t: 'b', v: i % 2 === 0 },
      { t: 's', v: `顾客${i},"甲"` },
    ] satisfies CellObject[],
    texts: [
      `${430000000000000000n + BigInt(i)}`,
      `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`.replace(/\.?0+$/, ''),
      `${moment.toISOString().slice(0, 10)} 09:30:00`,
      i % 2 === 0 ? 'true' : 'false',
      `顾客${i},"甲"`,
    ],
  };
});

function sheetOf(rows: readonly (readonly CellObject[])[]): WorkSheet {
  const sheet: WorkSheet = {};
  rows.forEach((cells, row) =>
    cells.forEach((cell, column) => (sheet[utils.encode_cell({ r: row, c: column })] = { ...cell })),
  );
  sheet['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows.length - 1, c: 4 } });
  return sheet;
}

function bookOf(bookType: BookType): Uint8Array<ArrayBuffer> {
  const book = utils.book_new();
  const header = HEADER.map((v): CellObject => ({ t: 's', v }));
  utils.book_append_sheet(book, sheetOf([header, ...known.map(({ cells }) => cells)]), '订单');
  utils.book_append_sheet(book, utils.aoa_to_sheet([['x']]), 'codes');
  return new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer);
}

const HTML = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>
<table border="1"><tr><th>订单号</th><th>金额</th><th>备注</th></tr>
<tr><td rowspan="2">430000000000000012</td><td>1,234.50</td><td>a &amp; b</td></tr>
<tr><td>007</td><td>2024-01-05 10:00</td></tr></table>
<table><tr><td>x</td></tr></table></body></html>`;

describe('workbooks of other forms keep every value', () => {
  test.each<BookType>(['xlsx', 'xlsm', 'xlsb', 'biff8', 'xlml', 'ods'])('%s', async (bookType) => {
    const { extraction, records } = await extractTable(bookOf(bookType), '订单');
    expect(records).toEqual([HEADER, ...known.map(({ texts }) => texts)]);
    expect(extraction.columnNames).toEqual(HEADER);
    expect(extraction.notes).toEqual([]);
  });

  test.each<BookType>(['biff8', 'xlsb', 'xlml'])('%s tells days of the system of 1904', async (bookType) => {
    const book = utils.book_new();
    const sheet: WorkSheet = { A1: { t: 's', v: 'day' }, A2: { t: 'n', v: 43_834, z: 'yyyy-mm-dd' }, '!ref': 'A1:A2' };
    utils.book_append_sheet(book, sheet, 's');
    book.Workbook = { WBProps: { date1904: true } };
    const bytes = new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer);
    expect((await extractTable(bytes, 's')).records).toEqual([['day'], ['2024-01-05']]);
  });

  test('hidden sheets, merged cells and errors of an XLS are told', async () => {
    const book = utils.book_new();
    const sheet = utils.aoa_to_sheet([
      ['order', 'item', 'rate'],
      ['A1', 'tea', 1],
      [null, 'cup', 2],
    ]);
    sheet['C2'] = { t: 'e', v: 42 };
    sheet['!merges'] = [utils.decode_range('A2:A3')];
    utils.book_append_sheet(book, sheet, 'lines');
    utils.book_append_sheet(book, utils.aoa_to_sheet([['x']]), 'codes');
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'biff8' }) as ArrayBuffer);
    const { tables } = await extractInProcess.inspect(new Blob([bytes]), 'a.xls');
    expect(tables).toEqual([
      { id: 'lines', name: 'lines', rows: 3, columns: 3 },
      { id: 'codes', name: 'codes', rows: 1, columns: 1, hidden: true },
    ]);
    const { extraction, records } = await extractTable(bytes, 'lines');
    expect(records.slice(1)).toEqual([
      ['A1', 'tea', null],
      ['A1', 'cup', '2'],
    ]);
    expect(extraction.notes).toEqual([
      { kind: 'merged-cells-filled', count: 1, names: ['order'] },
      { kind: 'error-cells', count: 1 },
    ]);
  });
});

describe('what a shop names .xls is read by its content', () => {
  test.each([
    ['GBK that it declares', encodeGbk(HTML)],
    ['UTF-16 with its mark', encodeUtf16(HTML, 'le')],
  ])('HTML tables in %s are sheets whose text stays text', async (_, bytes) => {
    const file = new Blob([bytes]);
    const { format, tables } = await extractInProcess.inspect(file, '订单.xls');
    expect([format, tables.map(({ name, rows }) => [name, rows])]).toEqual([
      'workbook',
      [
        ['Sheet1', 3],
        ['Sheet2', 1],
      ],
    ]);
    const extraction = await extractInProcess.extract(file, '订单.xls', { table: 'Sheet1' });
    expect(await recordsOf(extraction)).toEqual([
      ['订单号', '金额', '备注'],
      ['430000000000000012', '1,234.50', 'a & b'],
      ['430000000000000012', '007', '2024-01-05 10:00'],
    ]);
  });

  test.each([
    ['comma-separated text', encodeGbk('订单号,金额\n1,2\n')],
    ['tab-separated UTF-16', encodeUtf16('订单号\t金额\r\n1\t2\r\n', 'le')],
    ['text that begins with a sign of HTML', encodeGbk('<客户>,金额\n王,2\n')],
  ])('%s stays delimited text and is handed back as it is', async (_, bytes) => {
    const file = new Blob([bytes]);
    expect(await extractInProcess.inspect(file, '订单.xls')).toEqual({
      format: 'delimited',
      tables: [{ id: '', name: '', rows: null, columns: null }],
    });
    expect((await extractInProcess.extract(file, '订单.xls', { table: '' })).text).toBe(file);
  });

  test('a workbook named .csv is a workbook', async () => {
    expect((await extractInProcess.inspect(new Blob([bookOf('biff8')]), 'orders.csv')).format).toBe('workbook');
  });
});

describe('an XLS of before Unicode', () => {
  /** The writer knows no GBK: ASCII of the same length is written, then exchanged, and the code page set to 936. */
  function oldWorkbook(): Uint8Array<ArrayBuffer> {
    const book = utils.book_new();
    utils.book_append_sheet(
      book,
      utils.aoa_to_sheet([
        ['AAAA', 'BBBB'],
        ['CCCCCC', 12.5],
      ]),
      's',
    );
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'biff5' }) as ArrayBuffer);
    const put = (found: Uint8Array, by: Uint8Array): void => {
      const at = Buffer.from(bytes.buffer).indexOf(found);
      expect(at).toBeGreaterThan(0);
      bytes.set(by, at);
    };
    put(encodeUtf8('AAAA'), encodeGbk('会员'));
    put(encodeUtf8('BBBB'), encodeGbk('积分'));
    put(encodeUtf8('CCCCCC'), encodeGbk('王小明'));
    const codePage = Buffer.from(bytes.buffer).indexOf(Buffer.from([0x42, 0, 2, 0]));
    expect(codePage).toBeGreaterThan(0);
    new DataView(bytes.buffer).setUint16(codePage + 4, 936, true);
    return bytes;
  }

  test('is read in the code page that it names', async () => {
    expect((await extractTable(oldWorkbook(), 's')).records).toEqual([
      ['会员', '积分'],
      ['王小明', '12.5'],
    ]);
  });
});
