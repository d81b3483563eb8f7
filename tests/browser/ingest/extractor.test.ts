import { utils, write } from '@e965/xlsx';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createExtractor } from '../../../src/ingest/extract/extractor';
import extractWorkerUrl from '../../../src/ingest/extract/extract.worker?worker&url';
import type { ExtractProgress } from '../../../src/ingest/extract/extract-contract';
import { spawnModuleWorker } from '../../../src/workers/spawn';
import { number, shared, writeXlsxFile } from '../../support/xlsx-file';

const extractor = createExtractor(() => spawnModuleWorker(extractWorkerUrl));

/** Each worker holds a lock for as long as it lives. */
const livingWorkers = async () =>
  (await navigator.locks.query()).held?.filter(({ name }) => name?.startsWith('silhouette-worker')).length;

const sheetOf = (rows: number) =>
  new Blob([
    writeXlsxFile({
      sheets: [
        {
          name: '订单',
          rows: Array.from({ length: rows }, (_, i) => [shared(`4300000000000000${i}`), number(String(i / 4))]),
        },
      ],
    }),
  ]);

describe('an extraction through the worker', () => {
  it('tells the sheets of a workbook and gives their text, and ends its workers', async () => {
    const file = sheetOf(3);
    expect(await extractor.inspect(file, 'a.xlsx')).toEqual({
      format: 'workbook',
      tables: [{ id: '订单', name: '订单', rows: 3, columns: 2 }],
    });
    const extraction = await extractor.extract(file, 'a.xlsx', { table: '订单' });
    expect(await extraction.text.text()).toBe('43000000000000000,0\n43000000000000001,0.25\n43000000000000002,0.5\n');
    expect(extraction).toMatchObject({ rows: 3, columnNames: ['43000000000000000', '0'], notes: [] });
    await expect.poll(livingWorkers).toBe(0);
  });

  it('reads an old XLS with the general reader, fetched when it is first needed', async () => {
    const book = utils.book_new();
    utils.book_append_sheet(
      book,
      utils.aoa_to_sheet([
        ['会员', '积分'],
        ['王小明', 12.5],
      ]),
      '会员',
    );
    const file = new Blob([write(book, { type: 'array', bookType: 'biff8' }) as ArrayBuffer]);
    const { text } = await extractor.extract(file, 'a.xls', { table: '会员' });
    expect(await text.text()).toBe('会员,积分\n王小明,12.5\n');
  });

  it('unpacks an archive to files that the page can read', async () => {
    const archive = zipSync({
      '一月/a.csv': new TextEncoder().encode('a,b\n1,2\n'),
      '__MACOSX/._a.csv': new Uint8Array(3),
    });
    const { files, skipped } = await extractor.unpack([{ blob: new Blob([new Uint8Array(archive)]), name: 'x.zip' }]);
    expect(files.map(({ name, archive: from }) => [name, from])).toEqual([['一月/a.csv', 'x.zip']]);
    expect(await files[0]?.blob.text()).toBe('a,b\n1,2\n');
    expect(skipped).toBe(1);
  });

  it('passes a named error on with what it says', async () => {
    const cut = sheetOf(50).slice(0, 900);
    await expect(extractor.inspect(cut, 'cut.xlsx')).rejects.toMatchObject({
      name: 'AppError',
      code: 'file-damaged',
      data: { name: 'cut.xlsx' },
    });
  });

  it('ends the worker when it is cancelled on the way, and the next file is read', async () => {
    const cancel = new AbortController();
    const seen: ExtractProgress[] = [];
    const running = extractor.extract(
      sheetOf(40_000),
      'long.xlsx',
      { table: '订单' },
      {
        signal: cancel.signal,
        onProgress: (progress) => {
          seen.push(progress);
          cancel.abort();
        },
      },
    );
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen[0]?.rows).toBeLessThan(40_000);
    await expect.poll(livingWorkers).toBe(0);
    expect((await extractor.inspect(sheetOf(2), 'a.xlsx')).tables[0]?.rows).toBe(2);
  });
});
