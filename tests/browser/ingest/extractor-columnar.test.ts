import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { createExtractor } from '../../../src/ingest/extract/extractor';
import extractWorkerUrl from '../../../src/ingest/extract/extract.worker?worker&url';
import { spawnModuleWorker } from '../../../src/workers/spawn';

const extractor = createExtractor(() => spawnModuleWorker(extractWorkerUrl));

const ORDER_ID = 100_000_000_000_000_001n;

/** Snappy, which is unpacked by WebAssembly that has to start under the page's policy. */
function parquetFile(rows: number): Blob {
  const ids = Array.from({ length: rows }, (_, i) => ORDER_ID + BigInt(i));
  const channels = Array.from({ length: rows }, (_, i) => ['天猫', '京东', null][i % 3] ?? null);
  return new Blob([
    parquetWriteBuffer({
      columnData: [
        { name: '订单号', data: ids, type: 'INT64' },
        { name: '渠道', data: channels, type: 'STRING' },
      ],
    }),
  ]);
}

describe('tables of other programs through the worker', () => {
  it('takes Parquet to text, ids of 18 digits whole', async () => {
    const file = parquetFile(3);
    expect(await extractor.inspect(file, 'orders.parquet')).toEqual({
      format: 'parquet',
      tables: [{ id: '', name: '', rows: 3, columns: 2 }],
    });
    const { text } = await extractor.extract(file, 'orders.parquet', { table: '' });
    expect(await text.text()).toBe(
      '订单号,渠道\n100000000000000001,天猫\n100000000000000002,京东\n100000000000000003,\n',
    );
  });

  it('takes JSON and JSON lines to text, and names the place of a mistake', async () => {
    const lines = new Blob(['{"订单":"001","件":2}\n{"订单":"002","城市":"上海"}\n']);
    expect((await extractor.inspect(lines, 'a.txt')).format).toBe('json-lines');
    const extraction = await extractor.extract(lines, 'a.txt', { table: '' });
    expect(await extraction.text.text()).toBe('订单,件,城市\n001,2,\n002,,上海\n');
    await expect(extractor.extract(new Blob(['[{"a":1},\n{"a":}]']), 'b.json', { table: '' })).rejects.toMatchObject({
      code: 'json-broken',
      data: { name: 'b.json', line: 2, column: 6 },
    });
  });

  it('stops in the middle of a large file when asked', async () => {
    const row = '{"id":1,"text":"一二三四五六七八九十"},';
    const file = new Blob(['[', ...Array.from({ length: 40 }, () => row.repeat(20_000)), '{}]']);
    const stop = new AbortController();
    const started = extractor.extract(
      file,
      'a.json',
      { table: '' },
      { signal: stop.signal, onProgress: () => stop.abort() },
    );
    await expect(started).rejects.toMatchObject({ code: 'cancelled' });
  });
});
