import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { AppError } from '../../../../src/core/errors';
import { sql } from '../../../../src/core/sql';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { Dialect } from '../../../../src/ingest/file-preview';
import { dropStaged } from '../../../../src/ingest/staging/load-cells';
import { stageInProcess } from '../../../../src/ingest/staging/stage-in-process';
import type { StagingProgress } from '../../../../src/ingest/staging/staging-contract';

const db = createNodeDb();
afterAll(() => db.close());
beforeEach(() => dropStaged(db, 1));

const COMMA: Dialect = { encoding: 'utf-8', delimiter: ',', hasHeader: true };

function source(text: string | Blob, columnCount: number, dialect: Partial<Dialect> = {}) {
  const file = typeof text === 'string' ? new Blob([text]) : text;
  return { file, name: 'shop.csv', dialect: { ...COMMA, ...dialect }, columnCount };
}

const staged = (columns: 'source_row, c0, c1' | 'source_row, c0') =>
  columns === 'source_row, c0'
    ? db.query(sql`SELECT source_row, c0 FROM source_1`, { source_row: 'integer', c0: 'text?' })
    : db.query(sql`SELECT source_row, c0, c1 FROM source_1`, { source_row: 'integer', c0: 'text?', c1: 'text?' });

describe('staging a file', () => {
  test('Cells stand as written but for their quotes; cells of blanks alone are gaps; rows keep their line.', async () => {
    const text = 'name,note\n"O\'Brien, ""Bob""", x \n王小明,\n\n\u3000 ,"two\nlines"\nlast,00123';
    const table = await stageInProcess(db, source(text, 2), 1);
    expect(table).toEqual({
      table: 'source_1',
      ragged: 'ragged_1',
      columns: ['name', 'note'],
      rows: 4,
      padded: 0,
      cut: 0,
      leftOut: 0,
      blankLines: 1,
      titleLines: 0,
    });
    expect(await staged('source_row, c0, c1')).toEqual([
      { source_row: 2, c0: 'O\'Brien, "Bob"', c1: ' x ' },
      { source_row: 3, c0: '王小明', c1: null },
      { source_row: 5, c0: null, c1: 'two\nlines' },
      { source_row: 7, c0: 'last', c1: '00123' },
    ]);
  });

  test('Rows of another width are brought to the width and noted; a line whose quote never closes is left out.', async () => {
    const text = 'a,b\n1\n1,2,3\n"open,2\n5,6\n';
    const table = await stageInProcess(db, source(text, 2), 1);
    expect(table).toMatchObject({ rows: 3, padded: 1, cut: 1, leftOut: 1 });
    expect(await staged('source_row, c0, c1')).toEqual([
      { source_row: 2, c0: '1', c1: null },
      { source_row: 3, c0: '1', c1: '2' },
      { source_row: 5, c0: '5', c1: '6' },
    ]);
    const ragged = await db.query(sql`SELECT * FROM ragged_1`, { source_row: 'integer', cells: 'integer' });
    expect(ragged).toEqual([
      { source_row: 2, cells: 1 },
      { source_row: 3, cells: 3 },
      { source_row: 4, cells: 0 },
    ]);
  });

  test('Titles above the header are skipped and counted, and columns without a name get their place.', async () => {
    const table = await stageInProcess(db, source('Report 2024,,\n\nid,,id\n1,2,3\n', 3, { skipLines: 2 }), 1);
    expect(table).toMatchObject({ columns: ['id', '#2', 'id (2)'], rows: 1, titleLines: 1 });
  });

  test('Without a header every line is a row, and an empty or header-only file is a table of no rows.', async () => {
    expect(await stageInProcess(db, source('1;x\n2;y', 2, { delimiter: ';', hasHeader: false }), 1)).toMatchObject({
      columns: ['#1', '#2'],
      rows: 2,
    });
    expect(await stageInProcess(db, source('id,x\n', 2), 1)).toMatchObject({ columns: ['id', 'x'], rows: 0 });
    expect(await staged('source_row, c0, c1')).toEqual([]);
  });

  test('A GBK file is decoded on the way.', async () => {
    // 张三 in GBK.
    const bytes = new Uint8Array([0x61, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x0a]);
    await stageInProcess(db, source(new Blob([bytes]), 1, { encoding: 'gb18030' }), 1);
    expect(await staged('source_row, c0')).toEqual([{ source_row: 2, c0: '张三' }]);
  });

  test('Any cells come back as they were, in any number of batches.', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\u0000', ''));
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        // A first cell that is never blank keeps every row a row.
        const text = `a,b\n${rows.map(([a, b]) => `${quoted(`x${a}`)},${quoted(b)}\n`).join('')}`;
        await stageInProcess(db, source(text, 2), 1);
        const found = await staged('source_row, c0, c1');
        const blank = /^[\s\u200b\ufeff]*$/;
        expect(found.map((row) => [row.c0, 'c1' in row ? row.c1 : null])).toEqual(
          rows.map(([a, b]) => [`x${a}`, blank.test(b) ? null : b]),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('More rows than a batch holds arrive whole and in order.', async () => {
    const rows = 150_001;
    const text = `id\n${Array.from({ length: rows }, (_, i) => `v${i}`).join('\n')}`;
    const shares: StagingProgress[] = [];
    await stageInProcess(db, source(text, 1), 1, { onProgress: (progress) => shares.push(progress) });
    const [sums] = await db.query(
      sql`SELECT count(*) AS n, bool_and(c0 = 'v' || (source_row - 2)) AS fits, bool_and(rowid = source_row - 2) AS ordered FROM source_1`,
      { n: 'integer', fits: 'boolean', ordered: 'boolean' },
    );
    expect(sums).toEqual({ n: rows, fits: true, ordered: true });
    expect(shares.at(-1)).toEqual({ share: 1, rows });
  });

  test('A file that fails or is cancelled leaves the table before it.', async () => {
    await stageInProcess(db, source('a\nkept\n', 1), 1);
    const broken = new Blob([new Uint8Array([0x61, 0x0a, 0xff, 0xfe, 0x0a])]);
    await expect(stageInProcess(db, source(broken, 1), 1)).rejects.toMatchObject({ code: 'file-not-decodable' });
    const stop = new AbortController();
    stop.abort();
    await expect(stageInProcess(db, source('a\nnew\n', 1), 1, { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(await staged('source_row, c0')).toEqual([{ source_row: 2, c0: 'kept' }]);
    const tables = await db.query(sql`SELECT table_name FROM information_schema.tables ORDER BY 1`, {
      table_name: 'text',
    });
    expect(tables.map((row) => row.table_name)).toEqual(['ragged_1', 'source_1']);
  });

  test('A file whose table would pass the cap is refused by name before all of it is read.', async () => {
    const text = `a\n${'0123456789 longer than a handle\n'.repeat(1000)}`;
    const refused = stageInProcess(db, source(text, 1), 1, { capBytes: 20_000 });
    await expect(refused).rejects.toEqual(new AppError('file-too-large', { name: 'shop.csv', limit: 20_000 }));
  });
});
