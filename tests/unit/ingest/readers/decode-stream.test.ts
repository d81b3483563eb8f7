import { appendFileSync, mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Encoding } from '../../../../src/ingest/file-preview';
import { openTextStream } from '../../../../src/ingest/readers/decode-stream';
import type { ReadOptions } from '../../../../src/ingest/readers/read-slice';
import { encodeGbk, encodeUtf16, encodeUtf8 } from '../../../support/encoded-text';

async function readAll(file: Blob, encoding: Encoding, options: ReadOptions = {}): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of await openTextStream(file, encoding, options)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

describe('a text stream', () => {
  test('gives the same UTF-8 whatever the encoding of the file, without its mark', async () => {
    const text = '会员号,金额\n00123,¥19.90\n'.replace('¥', '元');
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...encodeUtf8(text)]);
    expect(await readAll(new Blob([marked]), 'utf-8')).toBe(text);
    expect(await readAll(new Blob([encodeUtf8(text)]), 'utf-8')).toBe(text);
    expect(await readAll(new Blob([encodeGbk(text)]), 'gb18030')).toBe(text);
    expect(await readAll(new Blob([encodeUtf16(text, 'le')]), 'utf-16le')).toBe(text);
    expect(await readAll(new Blob([encodeUtf16(text, 'be')]), 'utf-16be')).toBe(text);
  });

  test('reads back any text written as UTF-16 with its mark', async () => {
    const text = fc.string({ unit: 'grapheme' }).filter((candidate) => !candidate.startsWith('\ufeff'));
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('le' as const, 'be' as const), async (written, order) => {
        expect(await readAll(new Blob([encodeUtf16(written, order)]), `utf-16${order}`)).toBe(written);
      }),
    );
  });

  test('keeps characters whole across the pieces in which a large file is read', async () => {
    // One byte first, so that the two-byte characters lie across every even boundary.
    const text = `x${'客户编号'.repeat(1_200_000)}`;
    const bytes = encodeGbk('客户编号');
    const file = new Blob(['x', ...Array.from({ length: 1200 }, () => repeated(bytes, 1000))]);
    expect(file.size).toBeGreaterThan(2 * 4 * 1024 * 1024);
    expect((await readAll(file, 'gb18030')) === text).toBe(true);
  });

  test('inflates a .gz by its content, whatever its name', async () => {
    const text = 'a,b\n1,会\n'.repeat(50_000);
    expect((await readAll(new Blob([gzipSync(text)]), 'utf-8')) === text).toBe(true);
    expect((await readAll(new Blob([gzipSync(encodeUtf16(text, 'le'))]), 'utf-16le')) === text).toBe(true);
  });

  test('has read as many bytes as the file has when it is through', async () => {
    for (const file of [new Blob(['a,b\n'.repeat(3_000_000)]), new Blob([gzipSync('a,b\n'.repeat(100_000))])]) {
      const stream = await openTextStream(file, 'utf-8');
      const steps = [stream.bytesRead()];
      for await (const piece of stream) if (piece.length > 0) steps.push(stream.bytesRead());
      expect(steps[0]).toBe(0);
      expect(steps).toEqual([...steps].sort((a, b) => a - b));
      expect(steps.at(-1)).toBe(file.size);
    }
  });

  test('names the line of the first byte that does not fit, at any depth of the file', async () => {
    const lines = Array.from({ length: 900_000 }, (_, i) => `${i + 1},ok`);
    for (const bad of [1, 7, 899_999, 900_000]) {
      const before = `${lines.slice(0, bad - 1).join('\n')}${bad > 1 ? '\n' : ''}`;
      const file = new Blob([before, new Uint8Array([0x61, 0xff, 0x62]), '\n', lines.slice(bad).join('\n')]);
      const expected = { code: 'file-not-decodable', data: { line: bad, encoding: 'utf-8' } };
      await expect(readAll(file, 'utf-8')).rejects.toMatchObject(expected);
      await expect(readAll(file, 'gb18030')).rejects.toMatchObject({
        ...expected,
        data: { line: bad, encoding: 'gb18030' },
      });
    }
  });

  test('names the line where UTF-16 breaks, counting line feeds and not bytes of 10', async () => {
    // U+0A0A and U+010A hold the byte 10 without being line feeds.
    const good = encodeUtf16('a\n\u0a0a\u010a\nb\n', 'le');
    const loneSurrogate = new Uint8Array([0x00, 0xd8, 0x61, 0x00]);
    await expect(readAll(new Blob([good, loneSurrogate]), 'utf-16le')).rejects.toMatchObject({
      code: 'file-not-decodable',
      data: { line: 4, encoding: 'utf-16le' },
    });
  });

  test('refuses a file that ends inside a character', async () => {
    await expect(readAll(new Blob([encodeUtf8('a\n会').subarray(0, -1)]), 'utf-8')).rejects.toMatchObject({
      code: 'file-not-decodable',
      data: { line: 2 },
    });
  });

  test('inflates every member of a .gz that was put together from several', async () => {
    const parts = Array.from({ length: 5 }, (_, i) => `${i},${'a,b\n'.repeat(10 ** i)}`);
    const file = new Blob(parts.map((part) => Uint8Array.from(gzipSync(part))));
    expect((await readAll(file, 'utf-8')) === parts.join('')).toBe(true);
    const cut = file.slice(0, file.size - 9);
    await expect(readAll(cut, 'utf-8', { name: 'x.gz' })).rejects.toMatchObject({ code: 'file-gzip-broken' });
  });

  test('says that a .gz is broken when it is cut off or damaged', async () => {
    const zipped = gzipSync(Array.from({ length: 20_000 }, (_, i) => `${i},${(i * 7919) % 997}\n`).join(''));
    const damaged = Uint8Array.from(zipped);
    damaged.fill(0x55, 2000, 2100);
    for (const bytes of [zipped.subarray(0, zipped.length - 500), damaged]) {
      await expect(readAll(new Blob([Uint8Array.from(bytes)]), 'utf-8', { name: 'x.gz' })).rejects.toMatchObject({
        code: 'file-gzip-broken',
        data: { name: 'x.gz' },
      });
    }
  });

  test('stops a .gz that inflates past the cap', async () => {
    const bomb = new Blob([gzipSync(new Uint8Array(30_000_000).fill(0x61))]);
    await expect(readAll(bomb, 'utf-8', { capBytes: 10_000_000 })).rejects.toMatchObject({
      code: 'file-too-large',
      data: { limit: 10_000_000 },
    });
  });

  test('ends with `cancelled` once the signal is aborted', async () => {
    for (const file of [new Blob(['a,b\n'.repeat(4_000_000)]), new Blob([gzipSync('a,b\n'.repeat(4_000_000))])]) {
      const abort = new AbortController();
      const reading = (async () => {
        for await (const piece of await openTextStream(file, 'utf-8', { signal: abort.signal })) {
          expect(piece.length).toBeGreaterThan(0);
          abort.abort();
        }
      })();
      await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    }
  });

  test('lets go of the file when the reader stops early', async () => {
    const file = new Blob([gzipSync('a,b\n'.repeat(1_000_000))]);
    for await (const piece of await openTextStream(file, 'utf-8')) {
      expect(Buffer.from(piece.subarray(0, 4)).toString()).toBe('a,b\n');
      break;
    }
  });

  test('says that the file is unreadable when it has changed since it was opened', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'silhouette-'));
    for (const [name, content] of [
      ['orders.csv', 'a,b\n'.repeat(10)],
      ['orders.csv.gz', gzipSync('a,b\n')],
    ] as const) {
      const path = join(folder, name);
      writeFileSync(path, content);
      const file = await openAsBlob(path);
      appendFileSync(path, 'more');
      await expect(readAll(file, 'utf-8', { name })).rejects.toMatchObject({ code: 'file-unreadable', data: { name } });
    }
    rmSync(folder, { recursive: true });
  });
});

function repeated(bytes: Uint8Array, times: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(bytes.length * times);
  for (let i = 0; i < times; i++) all.set(bytes, i * bytes.length);
  return all;
}
