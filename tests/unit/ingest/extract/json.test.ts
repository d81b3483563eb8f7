import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, type TableChoice } from '../../../../src/ingest/extract/extract-contract';
import { jsonLinesReader, jsonReader } from '../../../../src/ingest/extract/json';
import { encodeGbk, encodeUtf16, encodeUtf8 } from '../../../support/encoded-text';
import { extractedRows } from '../../../support/extracted-rows';

type Cells = readonly (string | null)[];

async function rowsOf(text: string | Blob, choice: Partial<TableChoice> = {}, reader = jsonReader): Promise<Cells[]> {
  return extractedRows(await reader.extract(new Blob([text]), 'x.json', { table: '', ...choice }));
}

async function linesOf(text: string, choice: Partial<TableChoice> = {}): Promise<Cells[]> {
  return rowsOf(text, choice, jsonLinesReader);
}

async function tablesOf(text: string) {
  const { tables } = await jsonReader.inspect(new Blob([text]), 'x.json');
  return tables.map(({ id, rows }) => [id, rows]);
}

const ORDERS = `[
  {"order": "20240101000000000001", "member": {"id": 7, "city": "上海"}, "items": [{"sku": "a", "paid": 12.50}, {"sku": "b", "paid": 3}], "note": null},
  {"order": "20240101000000000002", "member": {"id": 8}, "items": [], "gift": true},
  {"order": "20240101000000000003", "items": [{"sku": "c", "paid": 1, "tags": ["x"]}]}
]`;

describe('values', () => {
  test('numbers stay as they are written, exponents are worked out', async () => {
    const numbers = [
      '123456789012345678901234567890',
      '0.10',
      '-0',
      '1e3',
      '-1.25E-3',
      '12E+2',
      '0e5',
      '1.5e400',
      '1e999999999',
    ];
    const rows = await rowsOf(`[${numbers.map((number) => `{"n":${number}}`).join()}]`);
    expect(rows.flat()).toEqual([
      'n',
      '123456789012345678901234567890',
      '0.10',
      '-0',
      '1000',
      '-0.00125',
      '1200',
      '0',
      `15${'0'.repeat(399)}`,
      '1e999999999',
    ]);
  });

  test('escapes are undone, pairs of surrogates joined and halves of them replaced', async () => {
    const text = String.raw`[{"t":"\u5f20\u4e09\n\"\/\b\f\r\t\\"},{"t":"\ud83d\ude00"},{"t":"\ud83d-\ude00"},{"t":""}]`;
    expect((await rowsOf(text)).flat()).toEqual(['t', '张三\n"/\b\f\r\t\\', '😀', '\ufffd-\ufffd', '']);
  });

  test('a key is one column however it is escaped, and the last of two alike counts', async () => {
    expect(await rowsOf(String.raw`[{"\u0061":1,"b":2},{"a":3,"b":4,"b":5}]`)).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '5'],
    ]);
  });

  test('NUL characters are left out, for they would make the text unreadable', async () => {
    expect((await rowsOf(String.raw`[{"a":"x\u0000y"},{"a":"\u0000"}]`)).flat()).toEqual(['a', 'xy', '']);
  });
});

describe('columns', () => {
  test('stand in order of first sight, rows without them have gaps', async () => {
    expect(await rowsOf('[{"b":1},{"a":2,"b":3},{"c":null},{}]')).toEqual([
      ['b', 'a', 'c'],
      ['1', null, null],
      ['3', '2', null],
      [null, null, null],
      [null, null, null],
    ]);
  });

  test('of objects that are null elsewhere are those of the object', async () => {
    expect(await rowsOf('[{"m":null,"a":1},{"m":{"x":2}}]')).toEqual([
      ['a', 'm.x'],
      ['1', null],
      [null, '2'],
    ]);
  });

  test('past the limit end the reading', async () => {
    const wide = `[{${Array.from({ length: 20_000 }, (_, i) => `"c${i}":${i}`).join()}}]`;
    await expect(rowsOf(wide)).rejects.toMatchObject({ code: 'over-limit', data: { what: 'columns', limit: 16_384 } });
    const tenThousand = `[{${Array.from({ length: 10_000 }, (_, i) => `"c${i}":${i}`).join()}}]`;
    expect((await rowsOf(tenThousand))[1]?.[9_999]).toBe('9999');
  });
});

describe('nesting', () => {
  test('objects become columns of their own, lists stay as text', async () => {
    const extraction = await jsonReader.extract(new Blob([ORDERS]), 'x', { table: '' });
    expect(await extractedRows(extraction)).toEqual([
      ['order', 'member.id', 'member.city', 'items', 'note', 'gift'],
      ['20240101000000000001', '7', '上海', '[{"sku":"a","paid":12.50},{"sku":"b","paid":3}]', null, null],
      ['20240101000000000002', '8', null, '[]', null, 'true'],
      ['20240101000000000003', null, null, '[{"sku":"c","paid":1,"tags":["x"]}]', null, null],
    ]);
    expect(extraction.notes).toEqual([{ kind: 'nested-as-text', count: 1, names: ['items'] }]);
  });

  test('nothing is taken apart where that is the choice', async () => {
    expect(await rowsOf('[{"m":{"a":[1, {"b":"\\n"}], "c":null}}]', { flatten: 'none' })).toEqual([
      ['m'],
      ['{"a":[1,{"b":"\\n"}],"c":null}'],
    ]);
  });

  test('a list of objects becomes a row each, with the fields around it; an order without lines stays', async () => {
    expect(await rowsOf(ORDERS, { flatten: 'lines' })).toEqual([
      ['order', 'member.id', 'member.city', 'items.sku', 'items.paid', 'note', 'gift', 'items.tags'],
      ['20240101000000000001', '7', '上海', 'a', '12.50', null, null, null],
      ['20240101000000000001', '7', '上海', 'b', '3', null, null, null],
      ['20240101000000000002', '8', null, null, null, null, 'true', null],
      ['20240101000000000003', null, null, 'c', '1', null, null, '["x"]'],
    ]);
  });

  test('nested deeper than any table is refused at its place', async () => {
    for (const text of ['['.repeat(100_000), `[${'{"a":'.repeat(100_000)}`]) {
      await expect(rowsOf(text)).rejects.toMatchObject({ code: 'json-too-deep', data: { line: 1, limit: 256 } });
    }
  });
});

describe('where the rows lie', () => {
  const WRAPPED = '{"code":0,"data":{"total":2,"orders":[{"id":1},{"id":2}]},"members":[{"m":"a"}],"ids":[1,2]}';

  test('arrays of objects are found by the keys down to them', async () => {
    expect(await tablesOf(WRAPPED)).toEqual([
      ['data.orders', 2],
      ['members', 1],
      ['', 1],
    ]);
    expect(await tablesOf(ORDERS)).toEqual([['', 3]]);
    expect(await tablesOf('{"id":1,"items":[{"a":1}]}\n{"id":2}')).toEqual([['', 2]]);
  });

  test('each of them can be read, by its id or by a path', async () => {
    expect(await rowsOf(WRAPPED, { table: 'data.orders' })).toEqual([['id'], ['1'], ['2']]);
    expect(await rowsOf(WRAPPED, { table: 'data.orders', path: 'members' })).toEqual([['m'], ['a']]);
    expect(await rowsOf(WRAPPED, { table: 'data', flatten: 'none' })).toEqual([
      ['total', 'orders'],
      ['2', '[{"id":1},{"id":2}]'],
    ]);
    await expect(rowsOf(WRAPPED, { table: 'data.lines' })).rejects.toMatchObject({
      code: 'table-missing',
      data: { table: 'data.lines' },
    });
  });

  test('an array of arrays is a table as it stands, as wide as its widest row', async () => {
    expect(await rowsOf('[["id","名"],[1],[2,"b",[3]]]')).toEqual([
      ['id', '名', null],
      ['1', null, null],
      ['2', 'b', '[3]'],
    ]);
  });

  test('what is of another kind than the first row is left out and counted', async () => {
    const extraction = await jsonReader.extract(new Blob(['[{"a":1},2,null,[3],{"a":4}]']), 'x', { table: '' });
    expect(await extractedRows(extraction)).toEqual([['a'], ['1'], ['4']]);
    expect(extraction.notes).toEqual([{ kind: 'values-left-out', count: 3 }]);
  });

  test('bare values are one column', async () => {
    expect(await rowsOf('["13800000000",2]')).toEqual([['value'], ['13800000000'], ['2']]);
  });
});

describe('forms of the text', () => {
  test.each([
    ['UTF-8', encodeUtf8],
    ['GBK', encodeGbk],
    ['UTF-16 LE with its mark', (text: string) => encodeUtf16(text, 'le')],
    ['UTF-16 BE without a mark', (text: string) => encodeUtf16(text, 'be', false)],
  ])('%s is recognised', async (_, encode) => {
    const text = JSON.stringify(Array.from({ length: 50 }, (_, id) => ({ 编号: id, 城市: '上海市浦东新区' })));
    const rows = await rowsOf(new Blob([encode(text)]));
    expect(rows[0]).toEqual(['编号', '城市']);
    expect(rows[50]).toEqual(['49', '上海市浦东新区']);
  });

  test('JSON lines may be blank, end in a comma, carry CR or hold two values', async () => {
    expect(await linesOf('\ufeff{"a":1},\r\n\r\n  {"a":2} , \n{"a":3}{"a":4}')).toEqual([
      ['a'],
      ['1'],
      ['2'],
      ['3'],
      ['4'],
    ]);
  });

  test('objects one after the other need no commas and no lines of their own', async () => {
    expect(await rowsOf('{"a":\n1}{"a":2},\n{\n"a":3}')).toEqual([['a'], ['1'], ['2'], ['3']]);
  });

  test('a line that is no JSON is left out and counted, with the columns that only it has', async () => {
    const file = new Blob(['{"a":1}\n{"a":2,"z":3\n{"a":4} {"a":\n{"b":5}\n']);
    const extraction = await jsonLinesReader.extract(file, 'x', { table: '' });
    expect(await extractedRows(extraction)).toEqual([
      ['a', 'b'],
      ['1', null],
      ['4', null],
      [null, '5'],
    ]);
    expect(extraction.notes).toEqual([{ kind: 'broken-lines', count: 2 }]);
    expect((await jsonLinesReader.inspect(file, 'x')).tables).toMatchObject([{ id: '', rows: 2 }]);
  });

  test('arrays on lines are rows', async () => {
    expect(await linesOf('["a",1]\n["b",2]')).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  test('lines none of which is JSON are broken at the first', async () => {
    await expect(linesOf('\n{"a":x}\n{')).rejects.toMatchObject({ code: 'json-broken', data: { line: 2, column: 6 } });
  });
});

describe('mistakes are told with line and column, in characters', () => {
  test.each([
    ['[{"a":1},\n {"张三":tru}]', 2, 8],
    ['[{"a":1},\n {"a":"x\ny"}]', 2, 9],
    ['[{"a":1}', 1, 9],
    ['[{"a":01}]', 1, 7],
    ['[{"a":1.}]', 1, 7],
    ['[{"a":+1}]', 1, 7],
    ['[{"a":.5}]', 1, 7],
    ['[{"a":1e}]', 1, 7],
    ['[{"a":"\\x"}]', 1, 8],
    ['[{"a":"\\u12g4"}]', 1, 8],
    ['[{"a" 1}]', 1, 7],
    ['[{a:1}]', 1, 3],
    ['[{"a":1,}]', 1, 9],
    ['[{"a":1}]]', 1, 10],
    ['[{"a":1]', 1, 8],
    ['[{"a":NaN}]', 1, 7],
  ])('%s', async (text, line, column) => {
    await expect(rowsOf(text)).rejects.toMatchObject({ code: 'json-broken', data: { name: 'x.json', line, column } });
  });

  test('a cell past the limit is told as such', async () => {
    const file = new Blob([`[{"a":"${'x'.repeat(2000)}"}]`]);
    const limits = { ...DEFAULT_LIMITS, cellBytes: 1000 };
    await expect(jsonReader.extract(file, 'x', { table: '' }, { limits })).rejects.toMatchObject({
      code: 'over-limit',
      data: { what: 'cellBytes', limit: 1000 },
    });
  });
});

describe('any rows', () => {
  const scalar = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 10n ** 17n, max: 10n ** 30n }),
    fc.boolean(),
    fc.constant(null),
  );
  const key = fc.constantFrom('id', '名称', 'a"b', 'a,b', 'x y', '\n', '0', '__proto__');
  const record = fc.dictionary(key, scalar, { noNullPrototype: false });

  function writtenJson(value: unknown): string {
    return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  }

  test('written by hand come back cell by cell, whatever the columns of each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 12 }), async (records) => {
        const names = [...new Set(records.flatMap((each) => Object.keys(each)))];
        const header = new Set<string>();
        const objects = records.map((each) => {
          const pairs = Object.entries(each).map(([name, value]) => {
            header.add(name);
            return `${JSON.stringify(name)}:${writtenJson(value)}`;
          });
          return `{${pairs.join(', ')}}`;
        });
        if (names.length === 0) {
          await expect(rowsOf(`[${objects.join()}]`)).rejects.toMatchObject({ code: 'no-columns' });
          return;
        }
        const columns = [...header];
        const expected = records.map((each) =>
          columns.map((name) => {
            const value = Object.hasOwn(each, name) ? each[name] : null;
            return value === null || value === undefined ? null : String(value);
          }),
        );
        // A lone gap is written in quotes, since a blank line is no row.
        const cells = columns.length === 1 ? expected.map(([cell]) => [cell ?? '']) : expected;
        expect(await rowsOf(`[${objects.join(',\n')}]`)).toEqual([columns, ...cells]);
        expect(await linesOf(objects.join('\n'))).toEqual([columns, ...cells]);
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  test('are read alike however the bytes are cut into pieces', async () => {
    const { JsonScanner } = await import('../../../../src/ingest/extract/json-scanner');
    const events = (pieces: readonly Uint8Array[]): string[] => {
      const told: string[] = [];
      const show = (kind: string) => (bytes: Uint8Array, from: number, to: number) => {
        told.push(`${kind} ${new TextDecoder().decode(bytes.subarray(from, to))}`);
      };
      const scanner = new JsonScanner({
        beginObject: () => told.push('{'),
        endObject: () => told.push('}'),
        beginArray: () => told.push('['),
        endArray: () => told.push(']'),
        key: show('key'),
        text: show('text'),
        number: show('number'),
        boolean: show('boolean'),
        null: () => told.push('null'),
      });
      for (const piece of pieces) scanner.push(piece);
      scanner.end();
      return told;
    };
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.array(fc.nat(200), { maxLength: 6 }), async (value, cuts) => {
        const bytes = new TextEncoder().encode(JSON.stringify(value, null, 1));
        const places = [...new Set([0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length])].sort(
          (a, b) => a - b,
        );
        const pieces = places.slice(1).map((to, i) => bytes.subarray(places[i], to));
        expect(events(pieces)).toEqual(events([bytes]));
      }),
      { numRuns: 200, seed: 12 },
    );
  });
});
