import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { cleaningColumns } from '../../../../src/ingest/cleaning/columns';
import { checkExpression, tryExpression } from '../../../../src/ingest/cleaning/expression/expression';
import { readFacts } from '../../../../src/ingest/cleaning/facts';
import { suggestSteps } from '../../../../src/ingest/cleaning/suggest';
import { clean, stageTable, type Table } from './staged';

let db: Db;

beforeAll(async () => {
  db = createNodeDb();
  await db.open();
});

afterAll(() => db.close());

async function suggested(headers: readonly string[], rows: Table) {
  await stageTable(db, 1, headers, rows);
  return suggestSteps(await readFacts(db, sql`SELECT * FROM source_1`, cleaningColumns(headers)));
}

describe('suggestSteps', () => {
  const headers = ['会员号', '城市', '金额', '日期', '销量', '备注'];
  const rows: Table = [
    ['00012', '上海', '¥12.50', '2024年1月3日', '1.2万', 'a  b'],
    ['00013', '上海市', '8', '2024-01-04', '300', ' x'],
    ['00012', '上海', '¥12.50', '2024年1月3日', '1.2万', 'a  b'],
    ['00014', 'ＳＨ', '1,000', '2024/1/5', '5', null],
    ['00015', '上海', '7.00', '2024-01-06', '6', 'y'],
  ];

  it('counts what each step would change, as the steps then do', async () => {
    const suggestions = await suggested(headers, rows);
    expect(suggestions.map(({ action, count, of }) => [action.do, count, of])).toEqual([
      ['half-width', 1, 'cells'],
      ['trim', 1, 'cells'],
      ['collapse-blanks', 2, 'cells'],
      ['distinct-rows', 1, 'rows'],
      ['merge-spellings', 2, 'cells'],
      ['read-number', 3, 'cells'],
      ['read-time', 3, 'cells'],
      ['scale', 2, 'cells'],
    ]);
    for (const { action, count, of } of suggestions) {
      const { report } = await clean(db, headers, rows, [action]);
      const done = report.steps[0];
      // A plain number loses the zeros behind its point too: 7.00 is not counted as badly written.
      const extra = action.do === 'read-number' ? 1 : 0;
      expect(of === 'rows' ? report.rowsBefore - report.rowsAfter : done?.cellsChanged).toBe(count + extra);
    }
  });

  it('takes digits that are padded or named an id for texts, and leaves plain columns alone', async () => {
    expect(
      await suggested(
        ['订单号', 'phone', 'n'],
        [
          ['20240103', '013800000001', '1'],
          ['20240104', '013800000002', '2.5'],
          ['20240105', '013800000003', '-3'],
        ],
      ),
    ).toEqual([]);
  });

  it('has nothing to say about an empty table, or about dates whose day and month are not clear', async () => {
    expect(await suggested(['a'], [])).toEqual([]);
    expect(await suggested(['day'], [['01/02/2024'], ['03/04/2024'], ['02/01/2024']])).toEqual([]);
  });
});

describe('expressions on the engine', () => {
  const columns = cleaningColumns(['t', 'n', 'd']);

  async function value(expression: string): Promise<string | null> {
    const checked = checkExpression(expression, columns);
    if (!checked.ok) throw new RangeError(`${checked.mistake.code} at ${checked.mistake.place.start}`);
    const source = sql`SELECT 'Aé上海' AS c0, '12.345' AS c1, '2024-02-28 23:30:00' AS c2`;
    const rows = await db.query(sql`SELECT ${checked.sql} AS v FROM (${source})`, { v: 'text?' });
    return rows[0]?.v ?? null;
  }

  it.each([
    ['0.1 + 0.2', '0.3'],
    ['n * n', '152.399025'],
    ['1 / 3', '0.333333333'],
    ['7 / 0', null],
    ['7 % 3', '1'],
    ['-n', '-12.345'],
    ['2 + 3 * 4 - 1', '13'],
    ['(2 + 3) * 4', '20'],
    ['round(1.005 * 100, 0)', '101'],
    ['round(n, 2)', '12.35'],
    ["t || '-' || n", 'Aé上海-12.345'],
    ['length(t)', '4'],
    ['upper(left(t, 2)) || right(t, 1)', 'AÉ海'],
    ["n > 9 AND t LIKE '%上%'", 'true'],
    ["NOT (t IN ('x', 'y'))", 'true'],
    ['n BETWEEN 12 AND 13', 'true'],
    ['t BETWEEN 1 AND 2', null],
    ["CASE WHEN n >= 100 THEN 'big' WHEN n > 10 THEN 'mid' END", 'mid'],
    ['coalesce(number(t), n, 0)', '12.345'],
    ["nullif(t, 'Aé上海')", null],
    ['year(d) * 100 + month(d)', '202402'],
    ['date(d) + 1', '2024-02-29'],
    ["date_diff('day', d, '2024-03-01')", '2'],
    ["date_trunc('month', d)", '2024-02-01 00:00:00'],
    ["date('2024-03-01') - date(d)", '2'],
    ["d > '2024-01-31'", 'true'],
    ["split_part('a-b-c', '-', 2)", 'b'],
    ["regexp_extract('ab12', '([a-z]+)(\\d+)', 2)", '12'],
    ["regexp_replace('a1b22', '\\d+', '#')", 'a#b#'],
    ["length(lpad('x', 1000000000, 'ab'))", '1000'],
    ["CAST('2.6' AS INTEGER)", '3'],
    ['greatest(n, 3, 20)', '20'],
    ["concat('a', NULL, n)", 'a12.345'],
    ['sqrt(0 - 1)', null],
    ['ln(0)', null],
    ['1 IS NOT NULL', 'true'],
    ['NULL', null],
  ])('%s is %s', async (expression, expected) => {
    expect(await value(expression)).toBe(expected);
  });

  it('refuses what only the engine can know, in its words, without running on a row', async () => {
    const refused = await tryExpression(db, "regexp_matches(t, '(')", columns);
    expect(refused).toMatchObject({
      ok: false,
      mistake: { code: 'refused', found: expect.stringContaining('missing )') },
    });
    expect(await tryExpression(db, "regexp_matches(t, '^a')", columns)).toMatchObject({ ok: true, type: 'boolean' });
  });

  it('refuses an expression that is too much for the engine in words, and the engine goes on', async () => {
    const long = await tryExpression(db, `1${'+1'.repeat(999)}`, columns);
    expect(long).toMatchObject({ ok: false, mistake: { code: 'refused' } });
    expect(await value(`1${'+1'.repeat(200)}`)).toBe('201');
  });
});
