import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { startOfDay } from '../../../../src/core/dates';
import { sql } from '../../../../src/core/sql';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { ColumnQuality } from '../../../../src/ingest/quality/column-quality';
import { profileTable } from '../../../../src/ingest/quality/profile-table';
import { tableOf, type Described } from './quality-table';

const db = createNodeDb();
beforeAll(() => db.open());
afterAll(() => db.close());

/** The profile of one column of these cells. */
async function profileOf(cells: readonly (string | null)[], described: Described = {}, name = 'x') {
  const table = await tableOf(
    db,
    1,
    { [name]: described },
    cells.map((cell) => [cell]),
  );
  const [column] = await profileTable(db, table);
  return column as ColumnQuality;
}

describe('the profile of a column', () => {
  test('Gaps, different values and the most frequent ones are counted, ties in the order of their bytes.', async () => {
    const column = await profileOf(['b', 'a', 'b', null, 'a', "O'Brien", '张三', '"quoted"']);
    expect(column).toMatchObject({ rows: 8, gaps: 1, distinct: 5, type: 'text', parsedShare: 1 });
    expect(column.top).toEqual([
      { value: 'a', cells: 2 },
      { value: 'b', cells: 2 },
      { value: '"quoted"', cells: 1 },
      { value: "O'Brien", cells: 1 },
      { value: '张三', cells: 1 },
    ]);
    // 1 + 1 + 1 + 1 + 7 + 2 + 8 characters of seven cells.
    expect(column.lengths).toEqual({ least: 1, most: 8, mean: 21 / 7 });
  });

  test('Numbers have quartiles between their neighbours, the mean, and the deviation of a sample.', async () => {
    // 1 2 3 4 | 10 20: positions 1.25, 2.5, 3.75 of type 7.
    const column = await profileOf(['4', '1', '3', '2', '20', '10', null]);
    expect(column).toMatchObject({ type: 'number', parsedShare: 1, gaps: 1 });
    expect(column.measure).toMatchObject({
      cells: 6,
      distinct: 6,
      least: 1,
      most: 20,
      lowerQuartile: 2.25,
      median: 3.5,
      upperQuartile: 8.5,
      isWhole: true,
    });
    expect(column.measure?.mean).toBeCloseTo(40 / 6, 12);
    // Squares around 6.667: 32.111 + 21.778 + 13.444 + 7.111 + 11.111 + 177.778 = 263.333; / 5 = 52.667.
    expect(column.measure?.deviation).toBeCloseTo(Math.sqrt(52.666_666_667), 6);
  });

  test('Cells beyond 1.5 and 3 interquartile ranges are outliers, and by the distance from the median.', async () => {
    // Quartiles 3, 5, 7; fences -3 and 13, -9 and 19. MAD: distances 0 1 1 2 2 3 3 4 9 95, median (2 + 3) / 2 = 2.5.
    const column = await profileOf(['1', '2', '3', '4', '5', '5', '6', '7', '8', '14', '100'].filter((x) => x !== '2'));
    expect(column.measure).toMatchObject({ lowerQuartile: 4.25, median: 5.5, upperQuartile: 7.75 });
    // Fences: range 3.5, 4.25 - 5.25 = -1 and 7.75 + 5.25 = 13; three ranges: 18.25.
    expect(column.measure?.outliers).toMatchObject({ lowFence: -1, highFence: 13, low: 0, high: 2, extreme: 1 });
    // |x - 5.5|: 0.5 0.5 0.5 1.5 1.5 2.5 2.5 4.5 8.5 94.5, MAD (1.5 + 2.5) / 2 = 2; the limit 3.5 * 2 / 0.6745 = 10.4.
    expect(column.measure?.outliers?.byRobustZ).toBe(1);
  });

  test('A column of one number many times has no outliers to speak of, one row has no deviation.', async () => {
    expect((await profileOf(['5', '5', '5', '5', '5', '9'])).measure?.outliers).toBeNull();
    const single = await profileOf(['7.25']);
    expect(single.measure).toMatchObject({ cells: 1, least: 7.25, most: 7.25, median: 7.25 });
    expect(single.measure?.deviation).toBeNaN();
    expect(single.measure?.bins).toEqual([expect.objectContaining({ count: 1 })]);
  });

  test('An empty column and an empty table are told as such.', async () => {
    expect(await profileOf([null, null])).toMatchObject({ type: 'empty', gaps: 2, distinct: 0, warnings: ['empty'] });
    expect(await profileOf([])).toMatchObject({ type: 'empty', rows: 0, warnings: [] });
  });

  test('Money as people write it is read: grouped, with a currency, in brackets, full-width; words are not.', async () => {
    const cells = ['1,234.50', '¥12', '12元', '(3.00)', '１２．５', '-0.5', ' 7 ', '45%', 'USD 5', 'none'];
    const column = await profileOf(cells);
    expect(column.type).toBe('number');
    expect(column.measure).toMatchObject({ cells: 9, least: -3, most: 1234.5 });
    // 1234.5 + 12 + 12 - 3 + 12.5 - 0.5 + 7 + 45 + 5
    expect((column.measure?.mean ?? 0) * 9).toBeCloseTo(1324.5, 9);
    expect(column.odd).toEqual({ cells: 1, values: [{ value: 'none', cells: 1 }] });
    expect(column.warnings).toContain('mixed-types');
  });

  test('A decimal comma is read as the preview says, and found where nobody said.', async () => {
    const cells = ['1.234,5', '2,5', '1.000,25'];
    expect((await profileOf(cells, { type: 'number', numberFormat: 'comma' })).measure).toMatchObject({
      most: 1234.5,
      least: 2.5,
    });
    expect((await profileOf(cells)).measure).toMatchObject({ most: 1234.5, least: 2.5 });
  });

  test.each([
    ['ymd', ['2024-01-03', '2024/1/3 08:05', '2024年1月3日', '2024.01.03T08:05:09.5Z', '2024-13-01'], 4],
    ['dmy', ['3/1/2024', '03.01.2024 08:05', '31-12-2023', '2024-01-03', '1/13/2024'], 4],
    ['mdy', ['1/3/2024', '12/31/2023 8:05', '1/3/24', '31/12/2023'], 3],
    ['compact', ['20240103', '202401030805', '20240103 080509', '20241301'], 3],
    ['named', ['3 Jan 2024', 'Jan 3, 2024', '03-JAN-2024 08:05', 'soon'], 3],
    ['epochS', ['1704240300', '1704240300.5', 'x'], 2],
    ['epochMs', ['1704240300000', '12'], 1],
    ['excel', ['45294', '45294.5', '12'], 2],
  ] as const)('Times written as %s are read where they are in the calendar.', async (timeFormat, cells, read) => {
    const column = await profileOf(cells, { type: 'time', timeFormat });
    expect(column.measure?.cells).toBe(read);
    const inDay = (wallMs: number): boolean => wallMs >= startOfDay('2023-12-31') && wallMs < startOfDay('2024-01-04');
    expect([column.measure?.least, column.measure?.most].every((wallMs) => inDay(wallMs ?? 0))).toBe(true);
  });

  test('A format is enough to know a time by, without the type; digits of a code stay a code.', async () => {
    const compact = await profileOf(['20240103', '20240104'], { timeFormat: 'compact', numberFormat: 'point' });
    expect(compact).toMatchObject({ type: 'time', measure: { least: startOfDay('2024-01-03') } });
    expect((await profileOf(['20240103', '20240104'])).type).toBe('number');
    expect((await profileOf(['20240103'], { timeFormat: 'compact' }, '会员号')).type).toBe('text');
  });

  test('An epoch is the wall clock of the dataset’s zone, a written time the clock as it stands.', async () => {
    // 2024-01-03 00:05:00 UTC is 08:05 in a zone eight hours east.
    const epoch = await profileOf(['1704240300'], { type: 'time', timeFormat: 'epochS' });
    const written = await profileOf(['2024-01-03 08:05:00'], { type: 'time', timeFormat: 'ymd' });
    expect(epoch.measure?.least).toBe(Date.UTC(2024, 0, 3, 8, 5));
    expect(written.measure?.least).toBe(Date.UTC(2024, 0, 3, 8, 5));
  });

  test('Digits of ids are text: by name, by a leading zero, by more digits than a double holds.', async () => {
    expect((await profileOf(['1001', '1002'], {}, 'order_no')).type).toBe('text');
    expect((await profileOf(['00123', '00456'])).type).toBe('text');
    const long = await profileOf(['123456789012345678', '123456789012345679']);
    expect(long).toMatchObject({ type: 'text', distinct: 2 });
  });

  test('Spellings that differ in blanks, width and case fall together, the most frequent first.', async () => {
    const column = await profileOf(['Ａｐｐ', 'app', 'app', ' APP ', '上海', '上海 ', 'web']);
    expect(column.spellings).toEqual({
      values: 5,
      surplus: 3,
      cells: 6,
      groups: [
        [
          { value: 'app', cells: 2 },
          { value: ' APP ', cells: 1 },
          { value: 'Ａｐｐ', cells: 1 },
        ],
        [
          { value: '上海', cells: 1 },
          { value: '上海 ', cells: 1 },
        ],
      ],
    });
    expect(column).toMatchObject({ blankEdged: 2, fullWidth: 1 });
  });

  test('Stand-ins are named where they stick out, and left alone where they belong.', async () => {
    const ages = await profileOf(['31', '40', '55', '-1', '-1', '28', '9999']);
    expect(ages.standIns).toEqual([
      { value: '-1', cells: 2 },
      { value: '9999', cells: 1 },
    ]);
    expect((await profileOf(['-1', '-2', '-1', '3', '-4'])).standIns).toEqual([]);
    const days = await profileOf(['1900-01-01', '2024-01-03', '2024-01-04 00:00:00'], {
      type: 'time',
      timeFormat: 'ymd',
    });
    expect(days.standIns).toEqual([{ value: '1900-01-01', cells: 1 }]);
    expect((await profileOf(['上海', '未知', '无', '北京', '无'])).standIns).toEqual([
      { value: '无', cells: 2 },
      { value: '未知', cells: 1 },
    ]);
  });

  test('Columns of persons are known by name or by what the cells look like.', async () => {
    expect(await profileOf(['13812345678', '15900001111'])).toMatchObject({
      meaning: 'phone',
      isPersonal: true,
      type: 'text',
    });
    expect(await profileOf(['a@example.com', 'b@example.org'])).toMatchObject({ meaning: 'email', isPersonal: true });
    expect(await profileOf(['王小明', '李雷'], {}, '姓名')).toMatchObject({ isPersonal: true });
    expect(await profileOf(['女装', '男装'], {}, '品类')).toMatchObject({ isPersonal: false });
    // 11010519491231002X is the example of GB 11643-1999; with another last character it is wrong.
    const cards = await profileOf(['11010519491231002X', '110105194912310021']);
    expect(cards).toMatchObject({ meaning: 'idCard', badChecksums: 1 });
  });

  test('Every cell is in one bin, in one form, and either read or odd.', async () => {
    const cell = fc.oneof(
      fc.constant(null),
      fc.integer({ min: -1000, max: 100_000 }).map(String),
      fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value.toFixed(2)),
      fc.constantFrom('abc', '2024-01-03', '张三', '１２'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 40 }), async (cells) => {
        const column = await profileOf(cells, { type: 'number', numberFormat: 'point' });
        const filled = cells.filter((value) => value !== null);
        expect(column.gaps + filled.length).toBe(column.rows);
        if (column.type === 'empty') return;
        expect(column.forms.reduce((sum, form) => sum + form.cells, 0)).toBe(filled.length);
        if (column.measure === null || column.type !== 'number') return;
        expect(column.measure.cells + column.odd.cells).toBe(filled.length);
        for (const bins of [column.measure.bins, column.measure.logBins ?? column.measure.bins]) {
          expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(column.measure.cells);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('The tables of the profile are gone afterwards, and a cancel is told.', async () => {
    const table = await tableOf(db, 1, { a: {}, b: {} }, [['1', '2']]);
    const stop = new AbortController();
    const seen: string[] = [];
    const cancelled = profileTable(db, table, {
      signal: stop.signal,
      onColumn: ({ name }) => {
        seen.push(name);
        stop.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual(['a']);
    const left = await db.query(
      sql`SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'profile%'`,
      {
        table_name: 'text',
      },
    );
    expect(left).toEqual([]);
  });
});
