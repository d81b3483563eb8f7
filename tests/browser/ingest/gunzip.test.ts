import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random';
import { openRawBytes } from '../../../src/ingest/readers/raw-bytes';

function zipped(text: string): Promise<Blob> {
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();
}

async function inflated(file: Blob): Promise<string> {
  const raw = await openRawBytes(file, { name: 'x.gz' });
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of raw) pieces.push(piece);
  expect(raw.bytesRead()).toBe(file.size);
  return new Blob(pieces).text();
}

/** Digits that hardly compress, so that members are longer than what is read of a file at a time. */
function noise(lines: number, seed: number): string {
  const random = createRandom(seed);
  return Array.from({ length: lines }, () => `${random()}\n`).join('');
}

describe('a .gz of several members, which the browser itself fails on', () => {
  it.each([
    ['short ones', ['a,b\n', '1,2\n', '', '3,4\n']],
    ['long ones', [noise(200_000, 1), noise(10, 2), noise(150_000, 3)]],
    ['a hundred', Array.from({ length: 100 }, (_, i) => noise(20, i))],
  ])('is inflated as a whole: %s', async (_, texts) => {
    const file = new Blob(await Promise.all(texts.map(zipped)));
    expect((await inflated(file)) === texts.join('')).toBe(true);
  });

  it('is broken where its last member is cut off or something else follows', async () => {
    const file = new Blob([await zipped('a,b\n'), await zipped(noise(1000, 4))]);
    for (const bad of [file.slice(0, file.size - 5), new Blob([file, 'no member'])]) {
      await expect(inflated(bad)).rejects.toMatchObject({ code: 'file-gzip-broken', data: { name: 'x.gz' } });
    }
  });
});
