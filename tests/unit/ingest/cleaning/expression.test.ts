import { describe, expect, it } from 'vitest';
import { printSql } from '../../../../src/core/sql';
import { cleaningColumns } from '../../../../src/ingest/cleaning/columns';
import { checkExpression } from '../../../../src/ingest/cleaning/expression/expression';

const COLUMNS = cleaningColumns(['单价', 'qty', 'City Name', 'select', 'a"b', 'Day', 'day']);

function written(text: string): string {
  const checked = checkExpression(text, COLUMNS);
  return checked.ok ? printSql(checked.sql) : `${checked.mistake.code}@${checked.mistake.place.start}`;
}

describe('checkExpression', () => {
  it('knows columns by their plain or quoted names, whatever they hold', () => {
    expect(written('qty')).toBe(`nullif("c1", '')`);
    expect(written('"City Name"')).toBe(`nullif("c2", '')`);
    expect(written('"select"')).toBe(`nullif("c3", '')`);
    expect(written('"a""b"')).toBe(`nullif("c4", '')`);
    expect(written('QTY')).toBe(`nullif("c1", '')`);
    expect(written('Day')).toBe(`nullif("c5", '')`);
    expect(written('DAY')).toBe(`nullif("c5", '')`);
    expect(written('"day (2)"')).toBe(`nullif("c6", '')`);
  });

  it('says what it reads and of what type the answer is', () => {
    const checked = checkExpression('qty * 2 > 单价', COLUMNS);
    expect(checked).toMatchObject({ ok: true, type: 'boolean', reads: ['c1', 'c0'] });
    expect(checkExpression("'a' || qty", COLUMNS)).toMatchObject({ type: 'text', condition: null });
  });

  it('writes texts anew with their quotes, so that none can end early', () => {
    expect(written("'it''s'")).toBe(`nullif('it''s', '')`);
    expect(written("'); DROP TABLE source_1; --'")).toBe(`nullif('); DROP TABLE source_1; --', '')`);
  });

  it('keeps the usual order of operators', () => {
    const cast = (value: string): string => `CAST(${value} AS DECIMAL(38,9))`;
    expect(written('1 + 2 * 3 = 7 AND NOT FALSE')).toBe(
      `nullif(CAST((((${cast('1')} + TRY_CAST(${cast('2')} * ${cast('3')} AS DECIMAL(38,9))) = ${cast('7')}) AND (NOT FALSE)) AS VARCHAR), '')`,
    );
  });

  it('points at a mistake', () => {
    const place = (text: string): unknown => {
      const checked = checkExpression(text, COLUMNS);
      return checked.ok ? null : [checked.mistake.code, checked.mistake.place.start, checked.mistake.place.end];
    };
    expect(place('')).toEqual(['empty', 0, 0]);
    expect(place('qty +')).toEqual(['unexpected-end', 5, 5]);
    expect(place('qty + price')).toEqual(['unknown-column', 6, 11]);
    expect(place('foo(qty)')).toEqual(['unknown-function', 0, 3]);
    expect(place('length(qty, 2)')).toEqual(['wrong-arguments', 0, 14]);
    expect(place("'open")).toEqual(['unclosed-text', 0, 5]);
    expect(place('"open')).toEqual(['unclosed-name', 0, 5]);
    expect(place('CASE WHEN qty THEN 1')).toEqual(['unexpected-end', 20, 20]);
    expect(place('1.5.2')).toEqual(['unexpected', 3, 5]);
    expect(place('round(qty, qty)')).toEqual(['needs-constant', 11, 14]);
    expect(place("date_diff('century', qty, qty)")).toEqual(['needs-constant', 10, 19]);
    expect(place('TRUE + 1')).toEqual(['wrong-type', 0, 4]);
    expect(place('CAST(qty AS BLOB)')).toEqual(['unknown-type', 12, 16]);
    expect(place('12345678901234567890')).toEqual(['bad-number', 0, 20]);
    expect(place('qty '.repeat(2))).toEqual(['unexpected', 4, 7]);
  });
});

/** Texts that try to be more than an expression over a row. None may be taken as such. */
const HOSTILE: readonly string[] = [
  'qty; DROP TABLE source_1',
  'qty; --',
  'qty -- the rest',
  'qty /* hidden */',
  'SELECT 1',
  '(SELECT 1)',
  '(SELECT max(c0) FROM source_1)',
  'qty IN (SELECT c0 FROM source_1)',
  'EXISTS (SELECT 1)',
  'qty FROM source_1',
  'qty, source_row',
  'qty AS x',
  '*',
  'count(*)',
  'sum(qty)',
  'row_number() OVER ()',
  'qty UNION ALL SELECT 1',
  'WITH x AS (SELECT 1) SELECT * FROM x',
  "getvariable('bound_0')",
  "current_setting('memory_limit')",
  "read_csv('/etc/passwd')",
  "read_text('/etc/passwd')",
  "read_blob('app/x')",
  "glob('*')",
  "getenv('HOME')",
  'pragma_table_info(qty)',
  "query('SELECT 1')",
  "query_table('customers')",
  "nextval('s')",
  'version()',
  'random()',
  'uuid()',
  'now()',
  'current_date()',
  'today()',
  "error('x')",
  'write_log(qty)',
  'unnest(qty)',
  'range(1000000000)',
  'generate_series(1, 1000000000)',
  "repeat('x', 1000000000)",
  'list_value(qty)',
  'struct_pack(a := qty)',
  'qty::INTEGER',
  'qty[1]',
  'qty.x',
  "{'a': qty}",
  '[qty]',
  '$1',
  '?',
  ':name',
  '@x',
  '#1',
  'qty\\',
  '`qty`',
  'qty := 1',
  'x -> x',
  'qty ~ 1',
  'qty ^ 2',
  'qty & 1',
  'qty | 1',
  '!qty',
  'qty ** 2',
  '$$text$$',
  "E'\\n'",
  "x'00'",
  '"c0"',
  'source_1.c0',
  'main.source_1',
  'COLUMNS(*)',
  "'a' COLLATE nocase",
  "qty AT TIME ZONE 'UTC'",
  "INTERVAL '1' DAY",
  "DATE '2024-01-01'",
  'CAST(qty AS STRUCT(a INT))',
  'CAST(qty AS "INTEGER")',
  'TRY_CAST(qty AS INTEGER)',
  "qty SIMILAR TO 'a'",
  "qty ILIKE 'a'",
  "qty LIKE 'a' ESCAPE '\\'",
  'qty IS DISTINCT FROM 1',
  'ARRAY[1]',
  'DROP TABLE source_1',
  "ATTACH 'x'",
  "COPY source_1 TO 'app/x.csv'",
  'SET memory_limit = 1',
  'INSTALL httpfs',
  'qty\u0000',
  "'\u0000'",
  '"\u0000"',
  '"" + 1',
  'qty　；DROP',
  'ｑｔｙ',
  `${'('.repeat(60)}qty${')'.repeat(60)}`,
  '-'.repeat(1999) + '1',
  '- '.repeat(60) + '1',
  'qty OR '.repeat(200),
  `lower(${'lower('.repeat(45)}qty${')'.repeat(46)}`,
];

describe('hostile texts', () => {
  it.each(HOSTILE.map((text) => [text.slice(0, 60), text]))('%j is refused', (_, text) => {
    const checked = checkExpression(text, COLUMNS);
    expect(checked.ok).toBe(false);
    if (!checked.ok) expect(checked.mistake.place.end).toBeLessThanOrEqual(text.length);
  });

  it('are more than sixty', () => {
    expect(new Set(HOSTILE).size).toBeGreaterThan(60);
  });
});
