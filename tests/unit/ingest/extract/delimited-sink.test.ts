import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DelimitedSink } from '../../../../src/ingest/extract/delimited-sink';
import { DEFAULT_LIMITS, type ExtractLimits } from '../../../../src/ingest/extract/extract-contract';
import { extractedRows } from '../../../support/extracted-rows';

function sinkOf(limits: Partial<ExtractLimits> = {}): DelimitedSink {
  return new DelimitedSink({ name: 'x', limits: { ...DEFAULT_LIMITS, ...limits } });
}

function write(sink: DelimitedSink, rows: readonly (readonly (string | null)[])[]): void {
  for (const row of rows) {
    for (const cell of row) {
      if (cell === null) sink.gap();
      else sink.text(cell);
    }
    sink.endRow();
  }
}

describe('DelimitedSink', () => {
  test('quotes what needs quotes and nothing else', async () => {
    const sink = sinkOf();
    write(sink, [
      ['a b', 'a,b', 'a"b', 'a\nb', 'a\rb'],
      [null, '', ' ', '张三', '0'],
    ]);
    expect(await sink.finish().text()).toBe('a b,"a,b","a""b","a\nb","a\rb"\n,"", ,张三,0\n');
    expect(sink.rows).toBe(2);
  });

  test('a row of a lone gap is no blank line', async () => {
    const sink = sinkOf();
    write(sink, [['a'], [null], ['']]);
    expect(await sink.finish().text()).toBe('a\n""\n""\n');
  });

  test('NULs are left out of cells, and the quotes stay right', async () => {
    const sink = sinkOf();
    write(sink, [['\0', 'a\0b', '\0,\0', '"\0']]);
    expect(await sink.finish().text()).toBe('"",ab,",",""""\n');
  });

  test('bytes that are no UTF-8 are replaced', async () => {
    const sink = sinkOf();
    sink.utf8(Uint8Array.of(0x61, 0xff, 0x62), 0, 3);
    sink.utf8(new TextEncoder().encode('张'), 0, 3);
    sink.endRow();
    expect(await sink.finish().text()).toBe('a\ufffdb,张\n');
  });

  test('any cells come back', async () => {
    const cell = fc.option(fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\0', '')));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1 }), async (rows) => {
        const sink = sinkOf();
        write(sink, rows);
        expect(await extractedRows({ text: sink.finish(), rows: 0, columnNames: [], notes: [] })).toEqual(rows);
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  test('rows past the size of a piece stay whole', async () => {
    const sink = sinkOf();
    const row = ['张三'.repeat(100_000), null, `"${'x'.repeat(500_000)}`];
    for (let i = 0; i < 12; i++) write(sink, [row]);
    const line = `${row[0] ?? ''},,"""${'x'.repeat(500_000)}"\n`;
    expect((await sink.finish().text()) === line.repeat(12)).toBe(true);
  });

  test('past a limit of cells, columns, rows or bytes it refuses', () => {
    const refusal = (what: string, limit: number) =>
      expect.objectContaining({ code: 'over-limit', data: { name: 'x', what, limit } });
    expect(() => write(sinkOf({ cellBytes: 5 }), [['张三']])).toThrow(refusal('cellBytes', 5));
    expect(() => write(sinkOf({ columns: 2 }), [['a', 'b', 'c']])).toThrow(refusal('columns', 2));
    expect(() => write(sinkOf({ rows: 1 }), [['a'], ['b']])).toThrow(refusal('rows', 1));
    const sink = sinkOf({ inflatedBytes: 10 });
    write(sink, [['0123456789']]);
    expect(() => sink.finish()).toThrow(refusal('inflatedBytes', 10));
  });
});
