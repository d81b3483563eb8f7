import { describe, expect, test } from 'vitest';
import { arrowReader } from '../../../../src/ingest/extract/arrow';
import type { FormatReader } from '../../../../src/ingest/extract/extract-contract';
import { parquetReader } from '../../../../src/ingest/extract/parquet';
import { extractedRows } from '../../../support/extracted-rows';
import { fixtureFile } from '../../../support/fixture-file';

interface Cells {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Written by Apache Arrow's own writers, with the cells worked out in Python: see make.py beside them. */
const FILES: readonly (readonly [string, FormatReader])[] = [
  ['plain.feather', arrowReader],
  ['lz4.feather', arrowReader],
  ['zstd.feather', arrowReader],
  ['large.feather', arrowReader],
  ['views.feather', arrowReader],
  ['stream.arrows', arrowReader],
  ['snappy.parquet', parquetReader],
  ['zstd-v2.parquet', parquetReader],
  ['delta.parquet', parquetReader],
];

async function expectedCells(): Promise<Cells> {
  const lines = (await fixtureFile('columnar/cells.jsonl').text()).trimEnd().split('\n');
  const [header = [], ...rows] = lines.map((line) => JSON.parse(line) as (string | null)[]);
  return { header: header.map(String), rows };
}

describe('files of another writer are read to the same cells', () => {
  test.each(FILES)('%s keeps every value, gap and empty text', async (name, reader) => {
    const file = fixtureFile(`columnar/${name}`);
    const expected = await expectedCells();
    const extraction = await reader.extract(file, name, { table: '' });
    expect(await extractedRows(extraction)).toEqual([expected.header, ...expected.rows]);
    expect(extraction.columnNames).toEqual(expected.header);
    expect(extraction.rows).toBe(expected.rows.length + 1);
    expect(extraction.notes).toEqual([
      { kind: 'columns-left-out', count: 1, names: ['blob'] },
      { kind: 'nested-as-text', count: 1, names: ['tags'] },
    ]);
    expect(await reader.inspect(file, name)).toEqual({
      tables: [{ id: '', name: '', rows: expected.rows.length, columns: expected.header.length }],
    });
  });

  test('times of the deprecated 96 bits are wall clocks', async () => {
    const expected = await expectedCells();
    const extraction = await parquetReader.extract(fixtureFile('columnar/int96.parquet'), 'x', { table: '' });
    const clock = expected.header.indexOf('clock');
    const utc = expected.header.indexOf('at_utc');
    const rows = expected.rows.map((row) =>
      row.flatMap((cell, at) => (at === clock ? [] : [at === utc ? (cell?.replace('Z', '') ?? null) : cell])),
    );
    expect((await extractedRows(extraction)).slice(1)).toEqual(rows);
  });

  test('Feather 1 is refused by its name', async () => {
    const file = fixtureFile('columnar/version1.feather');
    await expect(arrowReader.inspect(file, 'old.feather')).rejects.toMatchObject({
      code: 'format-unsupported',
      data: { name: 'old.feather', kind: 'Feather 1' },
    });
  });

  test.each(FILES)('%s has no table but its own', async (name, reader) => {
    await expect(reader.extract(fixtureFile(`columnar/${name}`), name, { table: 'Sheet1' })).rejects.toMatchObject({
      code: 'table-missing',
    });
  });
});
