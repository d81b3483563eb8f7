import { describe, expect, it } from 'vitest';
import { buildSampleBlobs } from '../../../src/samples/sample-blobs';
import { sampleFiles } from '../../../src/samples/sample-files';
import { textOf } from './naive-csv';

describe('buildSampleBlobs', { timeout: 60_000 }, () => {
  it('gives every file as a Blob with the stream’s bytes, the orders first', async () => {
    const blobs = buildSampleBlobs('retail', 'zh', 1_000, () => undefined);
    const streams = sampleFiles('retail', { seed: 20260101, customers: 1_000, asOf: '2026-01-01', locale: 'zh' });
    expect(blobs.map(({ name, kind }) => [name, kind])).toEqual(streams.map(({ name, kind }) => [name, kind]));
    expect(blobs[0]?.kind).toBe('orders');
    for (const [i, stream] of streams.entries()) {
      const bytes = await blobs[i]!.blob.arrayBuffer();
      expect(new TextDecoder(stream.encoding, { fatal: true, ignoreBOM: true }).decode(bytes)).toBe(textOf(stream));
    }
  });

  it('tells of its progress in rising shares that end at one', () => {
    const shares: number[] = [];
    buildSampleBlobs('retail', 'en', 10_000, (share) => shares.push(share));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(shares.filter((share) => share > 0.2 && share < 0.8).length).toBeGreaterThan(5);
  });

  it('a size that the company cannot have is refused', () => {
    expect(() => buildSampleBlobs('retail', 'en', 10, () => undefined)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', data: expect.objectContaining({ field: 'customers' }) }),
    );
  });
});
