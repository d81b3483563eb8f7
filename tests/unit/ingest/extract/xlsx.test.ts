import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExtractProgress } from '../../../../src/ingest/extract/extract-contract';
import { extractInProcess } from '../../../../src/ingest/extract/extract-in-process';
import { number, shared, writeXlsxFile, type WrittenCell } from '../../../support/xlsx-file';
import { extractTable } from './extraction';

const sheetOf = (rows: readonly (readonly (WrittenCell | null)[])[]) =>
  writeXlsxFile({ sheets: [{ name: '订单', rows }] });

const cellOf = async (cell: WrittenCell, is1904 = false): Promise<string | null | undefined> => {
  // References in the cells given by hand say B2.
  const rows = [
    [shared('name'), shared('value')],
    [shared('x'), cell],
  ];
  const bytes = writeXlsxFile({ sheets: [{ name: 's', rows }], is1904 });
  return (await extractTable(bytes, 's')).records[1]?.[1];
};

describe('an XLSX sheet becomes canonical text', () => {
  test('a thousand rows come back with their 18-digit ids, cents, days and Chinese as written', async () => {
    const known = Array.from({ length: 1000 }, (_, i) => {
      const cents = (i * 7919) % 1_000_000;
      const day = new Date(Date.UTC(2023, 0, 1) + i * 86_400_000).toISOString().slice(0, 10);
      return {
        id: `${430000000000000000n + BigInt(i) * 1234567n}`,
        amount: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`,
        day,
        serial: 44_927 + i,
        name: i % 3 === 0 ? `王"小"${i}` : `顾客, ${i} & <em>`,
      };
    });
    const bytes = sheetOf([
      ['订单号', '金额', '下单日期', '姓名'].map(shared),
      ...known.map(({ id, amount, serial, name }) => [
        shared(id),
        number(String(Number(amount)), '#,##0.00'),
        number(String(serial), 'yyyy/m/d'),
        shared(name),
      ]),
    ]);
    const { extraction, records } = await extractTable(bytes, '订单');
    expect(extraction.columnNames).toEqual(['订单号', '金额', '下单日期', '姓名']);
    expect(extraction.rows).toBe(1001);
    expect(extraction.notes).toEqual([]);
    expect(records.slice(1)).toEqual(
      known.map(({ id, amount, day, name }) => [id, amount.replace(/\.?0+$/, ''), day, name]),
    );
  });

  test.each<[string, WrittenCell, string | null]>([
    ['noise beyond 15 digits is rounded off', number('0.30000000000000004'), '0.3'],
    ['an exponent is written out', number('1.23E+17'), '123000000000000000'],
    ['a small number has no exponent either', number('1.5E-7'), '0.00000015'],
    ['a whole number of 18 digits keeps what the file says', number('123456789012345678'), '123456789012345678'],
    ['a percent is its number', number('0.155', '0.0%'), '0.155'],
    ['money is its number', number('1234.5', '[$¥-804]#,##0.00_);[Red]\\([$¥-804]#,##0.00\\)'), '1234.5'],
    ['a negative number keeps its sign', number('-12.5'), '-12.5'],
    ['minus zero is zero', number('-0'), '0'],
    ['true is true', { boolean: true }, 'true'],
    ['false is false', { boolean: false }, 'false'],
    ['an error is a gap', { error: '#N/A' }, null],
    ['a formula is its result', { formula: 'A1*2', result: '42' }, '42'],
    ['a formula of text is its result', { formula: 'A1&"x"', result: 'a<b', isText: true }, 'a<b'],
    ['a formula without a result is a gap', { formula: 'A1*2' }, null],
    ['text inside the cell is read', { inline: '线下 & 门店' }, '线下 & 门店'],
    ['leading zeros of text stay', shared('007'), '007'],
    ['blanks around text stay', shared('  a '), '  a '],
    ['an escaped character is that character', shared('a_x000D_b'), 'a\rb'],
    ['a day is a day', number('45296', 'yyyy-mm-dd'), '2024-01-05'],
    ['a Chinese day is a day', number('45296', 'yyyy"年"m"月"d"日";@'), '2024-01-05'],
    ['a day and time are both', number('45296.4375', 'yyyy/m/d h:mm'), '2024-01-05 10:30:00'],
    ['midnight of a moment is told', number('45296', 'yyyy/m/d h:mm'), '2024-01-05 00:00:00'],
    ['seconds are whole despite the double', number('45296.437511574077', 'm/d/yy h:mm:ss'), '2024-01-05 10:30:01'],
    ['milliseconds are kept', number('45296.437505787', 'yyyy-mm-dd hh:mm:ss.000'), '2024-01-05 10:30:00.500'],
    ['a time that a day format hides is kept', number('45296.75', 'yyyy-mm-dd'), '2024-01-05 18:00:00'],
    ['a time of day alone is a time', number('0.4375', 'h:mm AM/PM'), '10:30:00'],
    ['a time format over a day shows the day', number('45296.4375', 'h:mm'), '2024-01-05 10:30:00'],
    ['a length of time goes past a day', number('1.125', '[h]:mm'), '27:00:00'],
    ['a month is a day', number('45292', 'mmm-yy'), '2024-01-01'],
    ['the first day of the system is 1900', number('1', 'yyyy-mm-dd'), '1900-01-01'],
    ['28 February 1900 is before the day that never was', number('59', 'yyyy-mm-dd'), '1900-02-28'],
    ['1 March 1900 is after it', number('61', 'yyyy-mm-dd'), '1900-03-01'],
    ['a day beyond the calendar is a number', number('99999999', 'yyyy-mm-dd'), '99999999'],
    ['scientific format is no date', number('1500', '0.00E+00'), '1500'],
    ['a red format is no date', number('5', '[Red]0.0'), '5'],
    [
      'a day written as a date is that day',
      { xml: '<c r="B2" t="d"><v>2024-01-05T10:30:00Z</v></c>' },
      '2024-01-05 10:30:00',
    ],
    ['a unit in quotes is no date', number('5', '0"days"'), '5'],
  ])('%s', async (_, cell, text) => {
    expect(await cellOf(cell)).toBe(text);
  });

  test.each([
    ['0', '1904-01-01'],
    ['43834', '2024-01-05'],
  ])('serial %s of the system of 1904 is %s', async (serial, day) => {
    expect(await cellOf(number(serial, 'yyyy-mm-dd'), true)).toBe(day);
  });

  test('blank rows keep their place and empty columns are no part of the table', async () => {
    const bytes = sheetOf([
      [],
      [null, shared('a'), null, shared('b')],
      [],
      [null, number('1'), null, null],
      [null, null, null, number('2')],
      [{ xml: '<c r="A6" s="0"/>' }],
    ]);
    const { extraction } = await extractTable(bytes, '订单');
    expect(await extraction.text.text()).toBe('\na,b\n\n1,\n,2\n');
    expect(extraction.rows).toBe(5);
  });

  test('a title merged over the header stays one cell, a merge in the body gives its value to its rows', async () => {
    const bytes = writeXlsxFile({
      sheets: [
        {
          name: 's',
          rows: [
            [shared('2024年1月订单')],
            ['订单号', '商品', '金额'].map(shared),
            [shared('A1'), shared('茶'), number('3')],
            [null, shared('咖啡'), number('4')],
            [null, shared('杯'), number('5')],
            [shared('A2'), shared('茶'), number('3')],
          ],
          merges: ['A1:C1', 'A3:A5'],
        },
      ],
    });
    const { extraction, records } = await extractTable(bytes, 's');
    expect(records).toEqual([
      ['2024年1月订单', null, null],
      ['订单号', '商品', '金额'],
      ['A1', '茶', '3'],
      ['A1', '咖啡', '4'],
      ['A1', '杯', '5'],
      ['A2', '茶', '3'],
    ]);
    expect(extraction.notes).toEqual([{ kind: 'merged-cells-filled', count: 2, names: ['订单号'] }]);
  });

  test('formulas, errors, line breaks and ids whose digits are gone are counted', async () => {
    const bytes = sheetOf([
      ['a', 'b'].map(shared),
      [{ formula: '1+1', result: '2' }, { error: '#DIV/0!' }],
      [{ formula: 'X()' }, number('123456789012345000')],
      [shared('two\nlines'), { error: '#N/A' }],
      // Sixteen and more digits that a program has written out are all there; a double's are not.
      [number('123456789012345678'), number('1.2345678901234568E+17')],
    ]);
    const { extraction } = await extractTable(bytes, '订单');
    expect(extraction.notes).toEqual([
      { kind: 'formula-results', count: 1 },
      { kind: 'formulas-without-result', count: 1 },
      { kind: 'error-cells', count: 2 },
      { kind: 'digits-lost', count: 2 },
      { kind: 'cells-with-line-breaks', count: 1 },
    ]);
  });

  test('rich text is its text and the phonetic reading is left out', async () => {
    const xml =
      '<c r="B2" t="inlineStr"><is><r><t>上</t></r><r><rPr><b/></rPr><t>海</t></r><rPh sb="0" eb="1"><t>SH</t></rPh></is></c>';
    expect(await cellOf({ xml })).toBe('上海');
  });

  test.each([
    ['a prefix before every name', { prefix: 'x' }],
    ['no references of rows and cells', { references: false }],
  ])('a file with %s reads alike', async (_, form) => {
    const rows = [['id', 'day'].map(shared), [shared('a1'), number('45296', 'yyyy-mm-dd')]];
    const bytes = writeXlsxFile({ sheets: [{ name: 's', rows }], ...form });
    expect((await extractTable(bytes, 's')).records).toEqual([
      ['id', 'day'],
      ['a1', '2024-01-05'],
    ]);
  });
});

test('any table of texts comes back as it was', async () => {
  // Texts of XML's characters; a gap and an empty text are one in a sheet.
  const cell = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .filter((text) => !/[\0-\x08\x0b-\x1f\ufffe\uffff]|_x/.test(text));
  const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(table, fc.boolean(), async (rows, isInline) => {
      const named = [['a', 'b', 'c'], ...rows];
      const bytes = sheetOf(named.map((cells) => cells.map((text) => (isInline ? { inline: text } : shared(text)))));
      const { records } = await extractTable(bytes, '订单');
      const expected = named.map((cells) => cells.map((text) => (text === '' ? null : text.replaceAll('\n', '\r\n'))));
      while (expected.length > 0 && expected.at(-1)?.every((text) => text === null) === true) expected.pop();
      expect(records).toEqual(expected.map((cells) => (cells.every((text) => text === null) ? [null] : cells)));
    }),
    { numRuns: 60 },
  );
});

test('progress is told in rows and in the share of the sheet', async () => {
  const rows = Array.from({ length: 25_000 }, (_, i) => [number(String(i))]);
  const seen: ExtractProgress[] = [];
  await extractInProcess.extract(
    new Blob([sheetOf(rows)]),
    'a.xlsx',
    { table: '订单' },
    {
      onProgress: (progress) => void seen.push(progress),
    },
  );
  expect(seen.map((each) => each.rows)).toEqual([0, 10_000, 20_000]);
  expect(seen[1]?.share).toBeCloseTo(0.4, 1);
  expect(seen[2]?.share).toBeCloseTo(0.8, 1);
});

describe('a workbook tells its sheets', () => {
  test('hidden ones are marked, chart sheets left out, empty ones have no rows', async () => {
    const bytes = writeXlsxFile({
      sheets: [
        { name: '订单 & 明细', rows: [[shared('a'), shared('b')], [], [number('1')]], dimension: 'A1:XFD1048576' },
        { name: '图', rows: [], kind: 'chartsheet' },
        { name: 'codes', rows: [[shared('x')]], state: 'veryHidden' },
        { name: 'empty', rows: [] },
      ],
    });
    expect(await extractInProcess.inspect(new Blob([bytes]), 'book.xlsx')).toEqual({
      format: 'workbook',
      tables: [
        { id: '订单 & 明细', name: '订单 & 明细', rows: 2, columns: 2 },
        { id: 'codes', name: 'codes', rows: 1, columns: 1, hidden: true },
        { id: 'empty', name: 'empty', rows: 0, columns: 0 },
      ],
    });
  });

  test('a sheet that is not there is named in the error', async () => {
    const file = new Blob([sheetOf([[shared('a')]])]);
    await expect(extractInProcess.extract(file, 'b.xlsx', { table: '会员' })).rejects.toMatchObject({
      code: 'table-missing',
      data: { name: 'b.xlsx', table: '会员' },
    });
  });

  test('an empty sheet becomes an empty text', async () => {
    const { extraction } = await extractTable(sheetOf([]), '订单');
    expect([extraction.text.size, extraction.rows, extraction.columnNames]).toEqual([0, 0, []]);
  });
});
