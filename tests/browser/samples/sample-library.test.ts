import { describe, expect, it } from 'vitest';
import { createSampleLibrary } from '../../../src/samples/sample-library';
import samplesWorkerUrl from '../../../src/samples/samples.worker?worker&url';
import { spawnModuleWorker } from '../../../src/workers/spawn';

const createLibrary = () => createSampleLibrary(() => spawnModuleWorker(samplesWorkerUrl));

describe('the sample library', () => {
  it('builds the Chinese company off the page, its orders in GBK, and tells how far it is', async () => {
    const shares: number[] = [];
    const files = await createLibrary().build('retail', 'zh', 1_000, undefined, (share) => shares.push(share));
    expect(files.map(({ kind }) => kind)).toEqual([
      'orders',
      'members',
      'events',
      'feedback',
      'external',
      'campaigns',
      'holidays',
      'truth',
      'truth',
    ]);
    const bytes = await files[0]!.blob.arrayBuffer();
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow(TypeError);
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    expect(text.slice(0, 12)).toBe('订单号,会员号,支付时间');
    const truth = JSON.parse(await files[7]!.blob.text()) as { totals: { rows: number } };
    // Header and the end of the last line.
    expect(text.split('\r\n').length - 2).toBe(truth.totals.rows);
    expect(shares.at(-1)).toBe(1);
  });

  it('stops when told to, and builds again afterwards', async () => {
    const library = createLibrary();
    const abort = new AbortController();
    const stopped = library.build('retail', 'en', 200_000, abort.signal, () => abort.abort());
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    const files = await library.build('retail', 'en', 1_000);
    expect(files[0]?.name).toBe('lantern-orders.csv');
  });

  it('passes on what is wrong with a size', async () => {
    await expect(createLibrary().build('retail', 'en', 10)).rejects.toMatchObject({
      code: 'invalid-parameter',
      data: { field: 'customers', value: 10, needs: '1000..1000000' },
    });
  });
});
