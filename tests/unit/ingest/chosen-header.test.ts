import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/ingest/file-preview';
import { previewFile } from '../../../src/ingest/preview';

const LINES = [
  '1月订单,,',
  '',
  '"店铺\n上海",,',
  '订单号,会员,金额',
  '编号,会员号,元',
  ...Array.from({ length: 30 }, (_, i) => `A${i},M${i % 7},${i}.50`),
];
const FILE = new Blob([LINES.join('\n')]);
const look = (chosen: Partial<Dialect>) => previewFile(FILE, 'orders.csv', chosen);

describe('a header line that a person has chosen', () => {
  test('names the columns though it is not the one that would have been guessed', async () => {
    expect((await look({})).dialect.skipLines).toBe(4);
    const preview = await look({ skipLines: 5 });
    expect(preview.dialect).toMatchObject({ hasHeader: true, skipLines: 5 });
    expect(preview.columns.map(({ name }) => name)).toEqual(['编号', '会员号', '元']);
    expect(preview.rows.slice(0, 2)).toEqual([
      ['A0', 'M0', '0.50'],
      ['A1', 'M1', '1.50'],
    ]);
    expect(preview).toMatchObject({ estimatedRows: 30, sampledRows: 30 });
  });

  test('is taken as the header even when it is a title', async () => {
    const preview = await look({ skipLines: 2 });
    expect(preview.columns.map(({ name }) => name)).toEqual(['店铺\n上海', '#2', '#3']);
    expect(preview.rows[0]).toEqual(['订单号', '会员', '金额']);
    expect(preview.estimatedRows).toBe(32);
  });

  test('of another width than the rows still names those that it reaches', async () => {
    const file = new Blob([['title', 'a,b', '1,2,3', '4,5,6', '7,8,9'].join('\n')]);
    const preview = await previewFile(file, 'x.csv', { skipLines: 1, delimiter: ',' });
    expect(preview.columns.map(({ name, examples }) => [name, examples])).toEqual([
      ['a', ['1', '4', '7']],
      ['b', ['2', '5', '8']],
      ['#3', ['3', '6', '9']],
    ]);
    expect(preview).toMatchObject({ estimatedRows: 3, sampledRows: 3 });
  });

  test('may be none: the rows then begin behind the skipped lines', async () => {
    const preview = await look({ skipLines: 6, hasHeader: false });
    expect(preview.dialect).toMatchObject({ hasHeader: false, skipLines: 6 });
    expect(preview.rows[0]).toEqual(['A0', 'M0', '0.50']);
    expect(preview.estimatedRows).toBe(30);
  });

  test('can be the first line, so that nothing is skipped', async () => {
    const preview = await look({ skipLines: 0 });
    expect(preview.dialect.skipLines).toBeUndefined();
    expect(preview.columns[0]?.name).toBe('1月订单');
  });

  test('is chosen among the first lines, which are told with where they begin', async () => {
    const { topLines } = await look({ skipLines: 5 });
    expect(topLines.slice(0, 5)).toEqual([
      { line: 1, cells: ['1月订单', '', ''] },
      { line: 3, cells: ['店铺\n上海', '', ''] },
      { line: 5, cells: ['订单号', '会员', '金额'] },
      { line: 6, cells: ['编号', '会员号', '元'] },
      { line: 7, cells: ['A0', 'M0', '0.50'] },
    ]);
    expect(topLines).toHaveLength(20);
  });

  test('behind the end of the file leaves no columns', async () => {
    await expect(look({ skipLines: 99 })).rejects.toMatchObject({ code: 'no-columns' });
  });
});
