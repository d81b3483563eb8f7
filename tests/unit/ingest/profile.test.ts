import { describe, expect, test } from 'vitest';
import type { ColumnPreview } from '../../../src/ingest/file-preview';
import { previewFile } from '../../../src/ingest/preview';

/** The profile of one column of cells under a header. */
async function profile(name: string, cells: readonly string[]): Promise<ColumnPreview> {
  const quoted = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`);
  const text = `row,${name}\n${quoted.map((cell, i) => `r${i},${cell}`).join('\n')}`;
  const preview = await previewFile(new Blob([text]), 'column.csv', { delimiter: ',', hasHeader: true });
  const column = preview.columns[1];
  if (column === undefined) throw new RangeError('invalid column: none');
  return column;
}

function repeat(cells: readonly string[], times = 10): string[] {
  return Array.from({ length: times }, () => cells).flat();
}

describe('the times of a column', () => {
  test.each([
    ['ymd', ['2024-01-03', '2024-02-14', '2024-12-31']],
    ['ymd', ['2024/1/3 8:05', '2024/11/23 18:45']],
    ['ymd', ['2024年1月3日', '2024年12月31日']],
    ['ymd', ['24/01/03', '24/02/29', '24/12/31']],
    ['dmy', ['03/01/2024', '31/12/2024']],
    ['dmy', ['01/09/21', '25/12/21', '07/11/21']],
    ['dmy', ['3.1.2024 08:05', '28.2.2024 09:10']],
    ['mdy', ['01/03/2024', '12/31/2024']],
    ['mdy', ['1/3/24 8:26', '12/25/24 17:01']],
    ['compact', ['20240103', '20241231']],
    ['compact', ['20240103080500', '20241231235959']],
    ['named', ['1 Jan 2024', '31 Dec 2024']],
    ['named', ['14JUN09:17:58:34', '01JUL09:14:50:36']],
    ['epochS', ['1704268800', '1735603200']],
    ['epochMs', ['1704268800000', '1735603200123']],
    ['excel', ['45294', '45294.337', '45657']],
  ] as const)('are %s for %j', async (timeFormat, cells) => {
    const column = await profile('order time', repeat(cells));
    expect(column).toMatchObject({ type: 'time', timeFormat, parsedShare: 1, timeOrderUnclear: false });
  });

  test('are settled by a single value that only one order can read', async () => {
    const cells = [...repeat(['03/04/2024', '01/02/2024']), '13/01/2024'];
    expect(await profile('date', cells)).toMatchObject({ timeFormat: 'dmy', timeOrderUnclear: false, parsedShare: 1 });
    expect(await profile('date', [...cells.slice(0, -1), '01/13/2024'])).toMatchObject({
      timeFormat: 'mdy',
      timeOrderUnclear: false,
    });
  });

  test('are asked about when both orders read every value, and day first until then', async () => {
    const column = await profile('date', ['03/01/2024', '05/02/2024', '01/03/2024', '02/01/2024']);
    expect(column).toMatchObject({ type: 'time', timeFormat: 'dmy', timeOrderUnclear: true });
  });

  test('are settled by the order of the rows when only one reading never turns back', async () => {
    // 10 November, 11 November, 12 November, 1 December, 2 December
    const monthFirst = ['11/10/2024', '11/11/2024', '11/12/2024', '12/01/2024', '12/02/2024'];
    expect(await profile('date', monthFirst)).toMatchObject({ timeFormat: 'mdy', timeOrderUnclear: false });
    expect(await profile('date', monthFirst.toReversed())).toMatchObject({
      timeFormat: 'mdy',
      timeOrderUnclear: false,
    });
    const dayFirst = monthFirst.map((cell) => cell.replace(/^(\d+)\/(\d+)/, '$2/$1'));
    expect(await profile('date', dayFirst)).toMatchObject({ timeFormat: 'dmy', timeOrderUnclear: false });
  });

  test('are not seen in ids of ten digits, and in counts only under a name that speaks of a time', async () => {
    const counts = repeat(['1704268800', '1735603200']);
    expect(await profile('order_no', counts)).toMatchObject({ type: 'text', role: 'orderId', timeFormat: null });
    expect(await profile('x', counts)).toMatchObject({ type: 'number', timeFormat: null });
    expect(await profile('x', ['45294', '45657'])).toMatchObject({ type: 'number', timeFormat: null });
  });

  test('are not seen in order numbers that begin with the day', async () => {
    const numbers = repeat(['20240103080500', '20240103080612', '20241231235959']);
    expect(await profile('交易号', numbers)).toMatchObject({ type: 'text', role: 'orderId', timeFormat: null });
    expect(await profile('col_7', numbers)).toMatchObject({ type: 'time', timeFormat: 'compact' });
  });

  test('are not seen under a name of a time in numbers that would lie far off', async () => {
    expect(await profile('delivery time', repeat(['30', '45', '60']))).toMatchObject({
      type: 'number',
      timeFormat: null,
    });
    expect(await profile('date', repeat(['9999999999', '8888888888']))).toMatchObject({
      type: 'number',
      timeFormat: null,
    });
  });

  test('carry a zone when a value has an offset, and none otherwise', async () => {
    const plain = repeat(['2024-01-03T08:05:00', '2024-01-04T09:00:00']);
    expect((await profile('time', plain)).hasZone).toBe(false);
    expect((await profile('time', [...plain, '2024-01-05T08:05:00+08:00'])).hasZone).toBe(true);
    expect((await profile('time', [...plain, '2024-01-05T08:05:00Z'])).hasZone).toBe(true);
  });

  test('are found by value alone in a file without a header, but only when nothing else is a time', async () => {
    const rows = (time: (i: number) => string): string =>
      Array.from(
        { length: 100 },
        (_, i) => `${100 + (i % 9)},${2_268_318 + i},${1_511_544_070 + i * 5003}${time(i)}`,
      ).join('\n');
    const counted = await previewFile(new Blob([rows(() => '')]), 'events.csv');
    expect(counted.dialect.hasHeader).toBe(false);
    expect(counted.columns.map((each) => each.timeFormat)).toEqual([null, null, 'epochS']);
    const dated = await previewFile(new Blob([rows((i) => `,2024-01-${10 + (i % 9)}`)]), 'events.csv');
    expect(dated.columns.map((each) => each.timeFormat)).toEqual([null, null, null, 'ymd']);
  });

  test('count the share that parses, without the gaps', async () => {
    const column = await profile('date', [
      '2024-01-03',
      '2024-01-04',
      '2024-02-30',
      'soon',
      '2024-01-05',
      '',
      'NULL',
      ...repeat(['2024-03-01'], 5),
    ]);
    expect(column).toMatchObject({ type: 'time', gaps: 2, parsedShare: 0.8 });
  });
});

describe('the numbers of a column', () => {
  test.each([
    ['point', ['1,234.50', '12.5', '3']],
    ['point', ['¥1,299.00', '¥35.50']],
    ['comma', ['1.234,50', '12,5', '3']],
    ['comma', ['12,99 €', '1.299,00 €']],
  ] as const)('have a decimal %s in %j', async (numberFormat, cells) => {
    expect(await profile('amount', cells)).toMatchObject({ type: 'number', numberFormat, parsedShare: 1 });
  });

  test('that read both ways follow the columns of the file that do not', async () => {
    const text = (proof: string): string => `id;weight;amount\n${`A;1.234;${proof}\n`.repeat(5)}`;
    const byComma = await previewFile(new Blob([text('12,50')]), 'a.csv');
    expect(byComma.columns.map((each) => each.numberFormat)).toEqual([null, 'comma', 'comma']);
    const byPoint = await previewFile(new Blob([text('12.50')]), 'a.csv');
    expect(byPoint.columns.map((each) => each.numberFormat)).toEqual([null, 'point', 'point']);
  });

  test('that read both ways in the whole file have a comma between semicolons and a point between commas', async () => {
    const semicolons = await previewFile(new Blob(['id;amount\n' + 'A;1,234\n'.repeat(5)]), 'a.csv');
    expect(semicolons.columns[1]?.numberFormat).toBe('comma');
    const commas = await previewFile(new Blob(['id,amount\n' + 'A,"1,234"\n'.repeat(5)]), 'a.csv');
    expect(commas.columns[1]?.numberFormat).toBe('point');
  });

  test('are text when they are padded with zeros or longer than a number can hold', async () => {
    expect(await profile('x', repeat(['00123', '00007', '12345']))).toMatchObject({ type: 'text', parsedShare: 1 });
    expect(await profile('x', repeat(['12345678901234567890', '12345678901234567891']))).toMatchObject({
      type: 'text',
      distinct: 2,
    });
    expect(await profile('x', repeat(['0', '10', '0.5']))).toMatchObject({ type: 'number' });
  });
});

describe('the cells of a column', () => {
  test('are gaps when they are empty or hold a word for nothing', async () => {
    const gaps = ['', '  ', 'NULL', 'null', 'NaN', 'N/A', '-', '无', '空', '\u3000'];
    expect(await profile('x', [...gaps, 'a', '0', 'none of it'])).toMatchObject({
      gaps: gaps.length,
      distinct: 3,
      type: 'text',
    });
  });

  test('are empty as a column when all of them are gaps', async () => {
    expect(await profile('amount', ['', 'NULL', ''])).toMatchObject({
      type: 'empty',
      gaps: 3,
      distinct: 0,
      examples: [],
      role: 'ignore',
      parsedShare: 0,
    });
  });

  test('show up to five different values as they are written, in the order of the file', async () => {
    const column = await profile('x', [
      'b',
      'a',
      'b',
      ' a ',
      'say "hi", ok',
      '<script>alert(1)</script>',
      '王小明',
      'f',
      'g',
    ]);
    expect(column.examples).toEqual(['b', 'a', 'say "hi", ok', '<script>alert(1)</script>', '王小明']);
    expect(column.distinct).toBe(7);
  });
});
