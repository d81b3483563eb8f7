import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../../../src/core/sql';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { AGE_BANDS, generalise, joinBands, type Generalisation } from '../../../../src/ingest/privacy/generalise';
import { generaliseSql } from '../../../../src/ingest/privacy/generalise.sql';

const db = createNodeDb();
const ASOF = '2024-03-01';
afterAll(() => db.close());

async function inEngine(texts: readonly string[], how: Generalisation): Promise<readonly (string | null)[]> {
  await db.exec(sql`CREATE OR REPLACE TABLE cells (place INTEGER, c0 VARCHAR)`);
  await db.exec(sql`INSERT INTO cells SELECT CAST(json_place AS INTEGER), json_text FROM (
    SELECT unnest(range(${texts.length})) AS json_place, unnest(list_transform(string_split(${texts.map((text) => Buffer.from(text).toString('hex')).join(',')}, ','), h -> decode(unhex(h)))) AS json_text)`);
  const rows = await db.query(sql`SELECT ${generaliseSql(sql`c0`, how, ASOF)} AS shown FROM cells ORDER BY place`, {
    shown: 'text?',
  });
  return rows.map(({ shown }) => shown);
}

const AGES: Generalisation = { to: 'age-band', from: AGE_BANDS };

describe('a value made coarser', () => {
  test.each([
    [AGES, '2000-03-01', '18-24'],
    [AGES, '2006-03-02', '0-17'],
    [AGES, '2006-03-01', '18-24'],
    [AGES, '1959/2/28', '65+'],
    [AGES, '1990年5月1日', '25-34'],
    [AGES, '19900501', '25-34'],
    [AGES, '1990-05-01 00:00:00', '25-34'],
    [AGES, '2004-02-29', '18-24'],
    [AGES, '2030-01-01', null],
    [AGES, '1890-01-01', null],
    [AGES, '1990-02-30', null],
    [AGES, '05/01/1990', null],
    [AGES, '', null],
    [{ to: 'age-band', from: [30, 50] }, '2010-01-01', '0-29'],
    [{ to: 'city' }, '广东省深圳市南山区科技园路1号', '广东省深圳市'],
    [{ to: 'city' }, '北京市朝阳区建国路88号', '北京市'],
    [{ to: 'city' }, '上海浦东新区世纪大道1号', '上海'],
    [{ to: 'city' }, '杭州市西湖区北山街1号', '杭州市'],
    [{ to: 'city' }, '新疆维吾尔自治区伊犁哈萨克自治州伊宁市', '新疆维吾尔自治区伊犁哈萨克自治州'],
    [{ to: 'city' }, '香港特别行政区中西区', '香港特别行政区'],
    [{ to: 'city' }, '海南省文昌', '海南省'],
    [{ to: 'city' }, '城市花园3栋', null],
    [{ to: 'city' }, '350 Fifth Avenue, New York, NY 10118', 'New York'],
    [{ to: 'city' }, '12 High Street, Leeds LS1 4AB, UK', 'Leeds'],
    [{ to: 'city' }, 'Flat 3, 12 High Street', null],
    [{ to: 'prefix', characters: 3 }, '518057', '518*'],
    [{ to: 'prefix', characters: 2 }, '𠮷野家', '𠮷野*'],
    [{ to: 'prefix', characters: 2 }, '  ', null],
    [{ to: 'day' }, '2024-01-03 08:05:00', '2024-01-03'],
    [{ to: 'month' }, '2024/1/3 8:05', '2024-01'],
    [{ to: 'year' }, '20240103', '2024'],
    [{ to: 'amount-band', width: 100 }, '1,234.50', '1200..<1300'],
    [{ to: 'amount-band', width: 100 }, '-0.01', '-100..<0'],
    [{ to: 'amount-band', width: 100 }, '100', '100..<200'],
    [{ to: 'amount-band', width: 100 }, '12a', null],
    [{ to: 'amount-band', width: 50 }, '0', '0..<50'],
  ] as const)('%j of %s is %s, in the page and in the engine', async (how, text, shown) => {
    expect(generalise(text, how, ASOF)).toBe(shown);
    expect(await inEngine([text, 'x'], how)).toEqual([shown, generalise('x', how, ASOF)]);
  });

  const digits = fc.nat({ max: 2100 }).map(String);
  const mark = fc.constantFrom('-', '/', '.', '年', '月', '日', ' ', ':', '', '0');
  const datelike = fc.array(fc.oneof(digits, mark), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
  const addresslike = fc
    .array(
      fc.constantFrom(
        '广东省',
        '深圳市',
        '北京',
        '市',
        '区',
        '南山',
        '路',
        '1号',
        '内蒙古自治区',
        '盟',
        ' ',
        ',',
        'NY',
        'Leeds',
        'LS1 4AB',
        '10118',
        "O'Hare",
        'UK',
        '中国',
        '城市',
      ),
      { minLength: 1, maxLength: 7 },
    )
    .map((parts) => parts.join(''));
  const numberlike = fc
    .array(fc.oneof(digits, fc.constantFrom(',', '.', '-', ' ', 'e')), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(''));
  const anything = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0'));

  test.each([
    [AGES, fc.oneof(datelike, anything)],
    [{ to: 'day' }, fc.oneof(datelike, anything)],
    [{ to: 'month' }, datelike],
    [{ to: 'city' }, fc.oneof(addresslike, anything)],
    [{ to: 'prefix', characters: 3 }, fc.oneof(addresslike, anything)],
    [{ to: 'amount-band', width: 7 }, fc.oneof(numberlike, anything)],
  ] as const)('%j says the same in both on any text', async (how, texts) => {
    const sample = [...new Set(fc.sample(texts, { numRuns: 1_500, seed: 7 }).filter((text) => text !== ''))];
    const expected = sample.map((text) => generalise(text, how, ASOF));
    const found = await inEngine(sample, how);
    const differing = sample.flatMap((text, i) => (found[i] === expected[i] ? [] : [[text, expected[i], found[i]]]));
    expect(differing).toEqual([]);
  });
});

describe('bands joined until each has k', () => {
  test.each([
    [[0, 18, 25, 35], [3, 10, 2, 9], 5, [0, 25]],
    [[0, 18, 25, 35], [0, 10, 20, 2], 5, [0, 18, 25]],
    [[0, 18, 25], [1, 1, 1], 5, [0]],
    [[0, 18, 25], [5, 5, 5], 5, [0, 18, 25]],
    [[0, 18, 25], [0, 0, 0], 5, [0, 18, 25]],
  ])('%j with %j customers and k = %i', (from, counts, k, joined) => {
    expect(joinBands(from, counts, k)).toEqual(joined);
  });

  test('no band with anyone in it is left below k, and nobody is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 9 }), (counts) => {
        const from = counts.map((_, i) => i * 10);
        const joined = joinBands(from, counts, 5);
        const sums = joined.map((first, i) =>
          counts.reduce((sum, count, j) => {
            const age = j * 10;
            return age >= first && age < (joined[i + 1] ?? Infinity) ? sum + count : sum;
          }, 0),
        );
        expect(sums.reduce((a, b) => a + b, 0)).toBe(counts.reduce((a, b) => a + b, 0));
        if (joined.length > 1) expect(sums.filter((sum) => sum > 0 && sum < 5)).toEqual([]);
      }),
    );
  });
});

beforeAll(() => db.open());
