import { describe, expect, test } from 'vitest';
import { isAppError } from '../../../../src/core/errors';
import { arrowReader } from '../../../../src/ingest/extract/arrow';
import { DEFAULT_LIMITS, type FormatReader } from '../../../../src/ingest/extract/extract-contract';
import { jsonLinesReader, jsonReader } from '../../../../src/ingest/extract/json';
import { parquetReader } from '../../../../src/ingest/extract/parquet';
import { fixtureFile } from '../../../support/fixture-file';

/** Rows, or a mistake with a name; anything else that is thrown fails the test. */
async function outcome(reader: FormatReader, bytes: Uint8Array): Promise<string> {
  try {
    const file = new Blob([bytes as Uint8Array<ArrayBuffer>]);
    const { rows } = await reader.extract(
      file,
      'damaged',
      { table: '' },
      { limits: { ...DEFAULT_LIMITS, rows: 100_000 } },
    );
    return rows > 0 ? 'rows' : 'none';
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.code;
  }
}

async function bytesOf(name: string): Promise<Uint8Array> {
  return new Uint8Array(await fixtureFile(`columnar/${name}`).arrayBuffer());
}

/** Every `step`th position. */
function* positions(length: number, step: number): Generator<number> {
  for (let at = 0; at < length; at += step) yield at;
}

async function jsonText(): Promise<Uint8Array> {
  const rows = Array.from({ length: 40 }, (_, id) => ({
    id,
    name: `张三 "${id}"\n`,
    amount: id / 8,
    tags: [true, null, { a: '😀' }],
    city: { code: `${id}` },
  }));
  return new TextEncoder().encode(JSON.stringify({ data: { rows } }));
}

const BINARIES: readonly (readonly [string, FormatReader])[] = [
  ['snappy.parquet', parquetReader],
  ['zstd-v2.parquet', parquetReader],
  ['delta.parquet', parquetReader],
  ['lz4.feather', arrowReader],
  ['zstd.feather', arrowReader],
  ['views.feather', arrowReader],
];

describe('damaged files end in a named mistake', () => {
  test.each(BINARIES)('%s cut off at every 97th byte is damaged', async (name, reader) => {
    const bytes = await bytesOf(name);
    const codes = new Set<string>();
    for (const end of positions(bytes.length, 97)) codes.add(await outcome(reader, bytes.subarray(0, end)));
    expect([...codes]).toEqual(['file-damaged']);
  });

  test('a stream cut off at every 97th byte is damaged, or ends with the batch before', async () => {
    const bytes = await bytesOf('stream.arrows');
    const codes = new Set<string>();
    for (const end of positions(bytes.length, 97)) codes.add(await outcome(arrowReader, bytes.subarray(0, end)));
    expect(codes).toContain('file-damaged');
    expect([...codes].every((code) => code === 'file-damaged' || code === 'rows')).toBe(true);
  });

  test.each(BINARIES)('%s with one of every 397 bytes changed gives rows or a named mistake', async (name, reader) => {
    const bytes = await bytesOf(name);
    const codes = new Set<string>();
    for (const at of positions(bytes.length, 397)) {
      for (const flip of [0x01, 0x80, 0xff]) {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ flip;
        codes.add(await outcome(reader, changed));
      }
    }
    expect(codes).toContain('rows');
    const known = ['rows', 'file-damaged', 'over-limit', 'format-unsupported', 'no-columns', 'file-encrypted'];
    expect(known).toEqual(expect.arrayContaining([...codes]));
  });

  test('JSON cut off at every 97th byte is broken at its end', async () => {
    const bytes = await jsonText();
    for (const end of positions(bytes.length, 97)) {
      const code = await outcome(jsonReader, bytes.subarray(0, end));
      expect(end === 0 ? ['file-empty'] : ['json-broken', 'file-not-decodable']).toContain(code);
    }
  });

  test('JSON lines cut off anywhere keep the lines before', async () => {
    const line = new TextEncoder().encode('{"id":1,"name":"ok"}\n');
    const bytes = await jsonText();
    for (const end of positions(bytes.length, 97)) {
      const joined = new Uint8Array([...line, ...bytes.subarray(0, end)]);
      expect(['rows', 'file-not-decodable']).toContain(await outcome(jsonLinesReader, joined));
    }
  });

  test('a wrong mark, noise and zeros are damaged', async () => {
    const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919 + 13) % 251);
    for (const reader of [parquetReader, arrowReader]) {
      expect(await outcome(reader, new TextEncoder().encode('PAR1 is not enough PAR1'))).toBe('file-damaged');
      expect(await outcome(reader, new TextEncoder().encode('ARROW1 nor is this one ARROW1'))).toBe('file-damaged');
      expect(await outcome(reader, noise)).toBe('file-damaged');
      expect(await outcome(reader, new Uint8Array(4096))).toBe('file-damaged');
      expect(await outcome(reader, new Uint8Array(1))).toBe('file-damaged');
    }
  });

  test('encrypted Parquet is told as such', async () => {
    const bytes = await bytesOf('snappy.parquet');
    const encrypted = bytes.slice();
    encrypted.set(new TextEncoder().encode('PARE'), bytes.length - 4);
    expect(await outcome(parquetReader, encrypted)).toBe('file-encrypted');
  });
});
