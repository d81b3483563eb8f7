import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { previewFile } from '../../../src/ingest/preview';
import { encodeGbk, encodeUtf16 } from '../../support/encoded-text';

const HEADER = '会员号,下单时间,实付金额';

function orders(rows: number, nameOf: (i: number) => string): string {
  const lines = Array.from(
    { length: rows },
    (_, i) => `${nameOf(i)},2024-01-${String(1 + (i % 28)).padStart(2, '0')} 08:05:00,${10 + (i % 90)}.50`,
  );
  return `${HEADER}\n${lines.join('\n')}\n`;
}

const member = (i: number): string => `M${String(i % 500).padStart(6, '0')}`;

describe('the preview of a file', () => {
  test('is the same in every encoding, but for the encoding and its evidence', async () => {
    const text = orders(40, (i) => `会员${i % 7}`);
    const plain = await previewFile(new Blob([text]), 'orders.csv');
    expect(plain).toMatchObject({
      dialect: { encoding: 'utf-8', delimiter: ',', hasHeader: true },
      encodingEvidence: 'strict',
      compressed: false,
      sampledRows: 40,
      estimatedRows: 40,
      wholeFileSampled: true,
      missing: [],
    });
    expect(plain.rows[0]).toEqual(['会员0', '2024-01-01 08:05:00', '10.50']);
    const variants = [
      [encodeGbk(text), 'gb18030', 'strict'],
      [encodeUtf16(text, 'le'), 'utf-16le', 'bom'],
      [encodeUtf16(text, 'be', false), 'utf-16be', 'strict'],
    ] as const;
    for (const [bytes, encoding, evidence] of variants) {
      const preview = await previewFile(new Blob([bytes]), 'orders.csv');
      expect(preview).toEqual({
        ...plain,
        bytes: bytes.length,
        dialect: { ...plain.dialect, encoding },
        encodingEvidence: evidence,
      });
    }
  });

  test('follows what was chosen, and says that the encoding was', async () => {
    const big5 = new Uint8Array([0xa5, 0xab, 0x2c, 0x31, 0x0a, 0xb8, 0xb9, 0x2c, 0x32, 0x0a]);
    const preview = await previewFile(new Blob([big5]), 'a.csv', { encoding: 'big5', hasHeader: false });
    expect(preview).toMatchObject({ dialect: { encoding: 'big5', hasHeader: false }, encodingEvidence: 'chosen' });
    expect(preview.rows).toEqual([
      ['市', '1'],
      ['號', '2'],
    ]);
    const byTabs = await previewFile(new Blob(['a,b\tc\n1,2\t3\n']), 'a.csv', { delimiter: '\t' });
    expect(byTabs.columns.map((each) => each.name)).toEqual(['a,b', 'c']);
  });

  test('looks at the end of a large file before it settles on an encoding and an order of dates', async () => {
    const early = Array.from(
      { length: 160_000 },
      (_, i) => `A${i % 900},0${1 + (i % 9)}/0${1 + ((i * 7) % 9)}/2024,5.00`,
    );
    const late = Array.from({ length: 2000 }, (_, i) => `会员${i % 9},12/${13 + (i % 15)}/2024,5.00`);
    const bytes = encodeGbk(`customer,date,amount\n${[...early, ...late].join('\n')}\n`);
    const preview = await previewFile(new Blob([bytes]), 'orders.csv');
    expect(preview.dialect.encoding).toBe('gb18030');
    expect(preview.columns[1]).toMatchObject({ timeFormat: 'mdy', timeOrderUnclear: false });
    expect(preview.wholeFileSampled).toBe(false);
    expect(Math.abs(preview.estimatedRows - 162_000) / 162_000).toBeLessThan(0.02);
  });

  test('estimates the rows of a large .gz, and counts those of a small one', async () => {
    const small = await previewFile(new Blob([gzipSync(orders(300, member))]), 'orders.csv.gz');
    expect(small).toMatchObject({ compressed: true, estimatedRows: 300, wholeFileSampled: true });
    const large = await previewFile(new Blob([gzipSync(orders(200_000, member))]), 'orders.csv.gz');
    expect(large.wholeFileSampled).toBe(false);
    expect(Math.abs(large.estimatedRows - 200_000) / 200_000).toBeLessThan(0.01);
  });

  test('counts all rows of a file that was read whole, also past those that were profiled', async () => {
    const preview = await previewFile(new Blob([orders(45_000, member).replaceAll(' 08:05:00', '')]), 'orders.csv');
    expect(preview.estimatedRows).toBe(45_000);
    expect(preview.sampledRows).toBeLessThan(45_000);
    expect(preview.wholeFileSampled).toBe(false);
  });

  test('shows the first fifty rows as cells, those of another width among them', async () => {
    const text = orders(80, member).replace('\nM000002,', '\nonly one\nM000002,');
    const { rows, columns } = await previewFile(new Blob([text]), 'orders.csv');
    expect(columns.map((each) => each.name)).toEqual(HEADER.split(','));
    expect(rows.map((row) => row[0])).toEqual([
      'M000000',
      'M000001',
      'only one',
      ...Array.from({ length: 47 }, (_, i) => member(i + 2)),
    ]);
  });

  test('gives back every cell of any table that is quoted as RFC 4180 has it', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '7', '"', ',', '\n', '\r\n', ' ', '王', '😀', ';'),
      maxLength: 8,
    });
    const table = fc.integer({ min: 2, max: 4 }).chain((width) =>
      fc.array(
        fc.array(
          cell.map((text) => `x${text}x`),
          { minLength: width, maxLength: width },
        ),
        { minLength: 1, maxLength: 12 },
      ),
    );
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(',' as const, ';' as const, '\t' as const), async (rows, delimiter) => {
        const text = rows
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter))
          .join('\r\n');
        const preview = await previewFile(new Blob([text]), 'table.csv', { delimiter, hasHeader: false });
        expect(preview.rows).toEqual(rows);
      }),
    );
  });

  test.each([
    ['file-empty', '', {}],
    ['file-empty', '\ufeff', {}],
    ['file-binary', 'PK\u0003\u0004....xl/workbook.xml', { kind: 'XLSX' }],
    ['file-binary', 'a,b\n1,\u0000\n', {}],
    ['no-columns', '\n\n \n', {}],
  ])('is refused as %s for %j', async (code, text, data) => {
    await expect(previewFile(new Blob([text]), 'x.csv')).rejects.toMatchObject({
      code,
      data: { name: 'x.csv', ...data },
    });
  });

  test('is refused as binary inside a .gz as well', async () => {
    const zipped = new Blob([gzipSync(new Uint8Array([0x50, 0x41, 0x52, 0x31, 0x15, 0x04]))]);
    await expect(previewFile(zipped, 'x.gz')).rejects.toMatchObject({ code: 'file-binary', data: { kind: 'Parquet' } });
  });

  test('still shows a file whose encoding does not fit everywhere', async () => {
    const text = orders(200, (i) => `会员${i % 9}`);
    const bytes = new Uint8Array([
      ...encodeGbk(text),
      ...encodeGbk('会').subarray(0, 1),
      ...encodeGbk(',2024-01-03,5.00\n'),
    ]);
    const preview = await previewFile(new Blob([bytes]), 'orders.csv');
    expect(preview).toMatchObject({ dialect: { encoding: 'gb18030' }, encodingEvidence: 'guess' });
    expect(preview.rows[0]?.[0]).toBe('会员0');
  });

  test('stops when it is cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(previewFile(new Blob(['a,b\n1,2\n']), 'a.csv', {}, abort.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('the fingerprint of a file', () => {
  async function fingerprint(text: string): Promise<string> {
    return (await previewFile(new Blob([text]), 'a.csv')).fingerprint;
  }

  test('is the same for next month’s rows under the same header', async () => {
    const january = await fingerprint('会员号,金额,日期\nM1,5.00,2024-01-03\nM2,6.00,2024-01-04\n');
    expect(january).toMatch(/^[0-9a-f]{16}$/);
    expect(await fingerprint('会员号 , 金额,日期\r\nM9,7,2024-02-03\r\n')).toBe(january);
    expect(await fingerprint('会员号,金额,日期\n')).toBe(january);
  });

  test('is another when a column is renamed, moved or added, or the delimiter changes', async () => {
    const prints = await Promise.all(
      [
        'id,amount\nA,1\nB,2\n',
        'id;amount\nA;1\nB;2\n',
        'amount,id\n1,A\n2,B\n',
        'id,total\nA,1\nB,2\n',
        'id,amount,x\nA,1,2\nB,2,3\n',
        'A,1\nB,2\nA,3\n',
      ].map(fingerprint),
    );
    expect(prints.filter((print, i) => prints.indexOf(print) !== i)).toEqual([]);
  });
});

describe('the names of the columns', () => {
  const rows = Array.from({ length: 30 }, (_, i) => `M${i % 7},2024-01-${10 + (i % 9)},${i}.50`);

  test('stand below a title in exports that begin with one', async () => {
    const text = `交易明细\n起始日期:[2024-01-01]\n\n会员号,交易时间,金额（元）\n${rows.join('\n')}\n-----\n共30笔\n`;
    const preview = await previewFile(new Blob([encodeGbk(text)]), 'bill.csv');
    expect(preview.columns.map((each) => [each.name, each.role, each.parsedShare])).toEqual([
      ['会员号', 'customerId', 1],
      ['交易时间', 'orderedAt', 1],
      ['金额（元）', 'amount', 1],
    ]);
    expect(preview.dialect.hasHeader).toBe(true);
    expect(preview.sampledRows).toBe(30);
  });

  test('are taken from a header that has fewer or more cells than the rows', async () => {
    const trailing = await previewFile(
      new Blob([`会员号,日期,金额\n${rows.map((row) => `${row},`).join('\n')}`]),
      'a.csv',
    );
    expect(trailing.dialect.hasHeader).toBe(true);
    expect(trailing.columns.map((each) => [each.name, each.type])).toEqual([
      ['会员号', 'text'],
      ['日期', 'time'],
      ['金额', 'number'],
      ['#4', 'empty'],
    ]);
    const wide = await previewFile(new Blob([`会员号,日期,金额,\n${rows.join('\n')}`]), 'a.csv');
    expect(wide.columns.map((each) => each.name)).toEqual(['会员号', '日期', '金额']);
  });

  test('are positions when the first record is data of another width, or when told so', async () => {
    const ragged = await previewFile(new Blob([`M1,2024-01-03\n${rows.join('\n')}`]), 'a.csv');
    expect(ragged.dialect.hasHeader).toBe(false);
    expect(ragged.sampledRows).toBe(30);
    const told = await previewFile(new Blob([`会员号,日期\n${rows.join('\n')}`]), 'a.csv', { hasHeader: false });
    expect(told.columns.map((each) => each.name)).toEqual(['#1', '#2', '#3']);
  });
});
