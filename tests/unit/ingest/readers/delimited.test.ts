import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delimiter } from '../../../../src/ingest/file-preview';
import { DelimitedScanner, MAX_RECORD_BYTES } from '../../../../src/ingest/readers/delimited';
import { rawText } from '../../../../src/ingest/readers/record';

interface Read {
  readonly cells: readonly string[];
  readonly line: number;
  readonly raw: string;
  readonly unclosed: boolean;
}

interface Scan {
  readonly records: readonly Read[];
  readonly blankLines: number;
}

const decoder = new TextDecoder();

/** Scans a text that arrives in pieces cut at the given bytes. */
function scan(text: string, delimiter: Delimiter = ',', cuts: readonly number[] = []): Scan {
  const records: Read[] = [];
  const scanner = new DelimitedScanner(delimiter, (record) => {
    const { bytes, starts, ends } = record;
    const cells = Array.from({ length: record.count }, (_, cell) =>
      decoder.decode(bytes.subarray(starts[cell], ends[cell])),
    );
    records.push({ cells, line: record.line, raw: rawText(record), unclosed: record.unclosedQuote });
  });
  const bytes = new TextEncoder().encode(text);
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    // A buffer that is overwritten afterwards: the scanner may keep nothing of it.
    const chunk = bytes.slice(from, cut);
    scanner.push(chunk);
    chunk.fill(0x2a);
    from = cut;
  }
  scanner.end();
  return { records, blankLines: scanner.blankLines };
}

const cellsOf = (text: string, delimiter: Delimiter = ','): (readonly string[])[] =>
  scan(text, delimiter).records.map((record) => record.cells);

describe('cells', () => {
  it('are parted by the delimiter, empty ones too', () => {
    expect(cellsOf('a,b,,c,\n,x\n')).toEqual([
      ['a', 'b', '', 'c', ''],
      ['', 'x'],
    ]);
  });

  it.each([
    ['\t', 'a b\tc,d'],
    [';', 'a b;c,d'],
    ['|', 'a b|c,d'],
  ] as const)('may be parted by %j', (delimiter, text) => expect(cellsOf(text, delimiter)).toEqual([['a b', 'c,d']]));

  it('may hold the delimiter, line ends and doubled quotes inside quotes', () => {
    expect(cellsOf('"a,b","c\nd","say ""hi""","",""""\n')).toEqual([['a,b', 'c\nd', 'say "hi"', '', '"']]);
  });

  it('keep a quote that does not open them', () => {
    expect(cellsOf('5" pipe,a"b"c, "x"\n')).toEqual([['5" pipe', 'a"b"c', ' "x"']]);
  });

  it('keep what stands behind a closing quote on the same line', () => {
    expect(cellsOf('"abc"def,1\n"a""b"c,2\n')).toEqual([
      ['abcdef', '1'],
      ['a"bc', '2'],
    ]);
  });

  it('are parted by runs of blanks, with none at either end', () => {
    expect(cellsOf('  00001 19970101\t1   29.33 \n "a b"  c\n', 'whitespace')).toEqual([
      ['00001', '19970101', '1', '29.33'],
      ['a b', 'c'],
    ]);
  });

  it('may be as many as there are', () => {
    const many = Array.from({ length: 1000 }, (_, i) => String(i));
    expect(cellsOf(`${many.join(',')}\n`)).toEqual([many]);
  });
});

describe('records', () => {
  it('end at LF, CRLF and a lone CR alike, the last one without any', () => {
    expect(cellsOf('a\nb\r\nc\rd\r\n\r\ne')).toEqual([['a'], ['b'], ['c'], ['d'], ['e']]);
  });

  it('know their physical line, blank lines and lines inside quotes counted', () => {
    const { records, blankLines } = scan('h\n\n"a\nb\r\nc"\rx\n  \n,,\ny');
    expect(records.map(({ line, raw }) => [line, raw])).toEqual([
      [1, 'h'],
      [3, '"a\nb\r\nc"'],
      [6, 'x'],
      [9, 'y'],
    ]);
    expect(blankLines).toBe(3);
  });

  it('keep their text as written', () => {
    expect(scan('"a""b",c\r\n').records[0]?.raw).toBe('"a""b",c');
  });

  it('are none in an empty file', () => expect(scan('')).toEqual({ records: [], blankLines: 0 }));
});

describe('a quote that is never closed', () => {
  it('costs its own line and no other, at the end of the file', () => {
    const { records } = scan('a,1\n"b,2\nc,3\nd,4');
    expect(records.map(({ cells, line, raw, unclosed }) => [cells, line, raw, unclosed])).toEqual([
      [['a', '1'], 1, 'a,1', false],
      [[], 2, '"b,2', true],
      [['c', '3'], 3, 'c,3', false],
      [['d', '4'], 4, 'd,4', false],
    ]);
  });

  it('costs its own line when another quote further on is no end of a cell', () => {
    const { records } = scan('"b,2\nc,"x"\nd,4\n');
    expect(records.map(({ cells, line, unclosed }) => [cells, line, unclosed])).toEqual([
      [[], 1, true],
      [['c', 'x'], 2, false],
      [['d', '4'], 3, false],
    ]);
  });

  it('costs its own line when the cell would grow past any sense', () => {
    const rows = 'c,3\n'.repeat(MAX_RECORD_BYTES / 4 + 10);
    const { records } = scan(
      `"b,2\n${rows}`,
      ',',
      [100_000, 2_000_000].filter((cut) => cut < rows.length),
    );
    expect(records[0]).toMatchObject({ line: 1, raw: '"b,2', unclosed: true });
    expect(records.length).toBe(1 + MAX_RECORD_BYTES / 4 + 10);
    expect(records.at(-1)).toMatchObject({ cells: ['c', '3'], line: records.length });
  });

  it('is an error with its line when there is no line end to resume at', () => {
    const text = `a\n"${'x'.repeat(MAX_RECORD_BYTES + 10)}`;
    expect(() => scan(text)).toThrow(
      expect.objectContaining({ code: 'line-too-long', data: { line: 2, bytes: MAX_RECORD_BYTES } }),
    );
    expect(() => scan('x'.repeat(MAX_RECORD_BYTES + 1))).toThrow(expect.objectContaining({ code: 'line-too-long' }));
  });
});

/** Splits the plain way: no quotes, no whitespace runs. */
function splitPlainly(text: string): string[][] {
  return text
    .split(/\r\n|\n|\r/)
    .filter((line) => line.replace(/[, ]/g, '') !== '')
    .map((line) => line.split(','));
}

describe('wherever the bytes are cut', () => {
  const texts = [
    'id,名称,amount\r\n1,"张,三",2.50\r\n\r\n2,"a ""b""\r\nc",-1\r3,x,4\n"open,5\n6,"y"z,7',
    ' a  "b c" \t d\r\n\r e\n"f\ng" h',
  ];

  it.each([
    [',', texts[0] ?? ''],
    ['whitespace', texts[1] ?? ''],
  ] as const)('the records are the same (%s)', (delimiter, text) => {
    const whole = scan(text, delimiter);
    const length = new TextEncoder().encode(text).length;
    for (let cut = 0; cut <= length; cut++) expect(scan(text, delimiter, [cut])).toEqual(whole);
    expect(
      scan(
        text,
        delimiter,
        Array.from({ length }, (_, i) => i),
      ),
    ).toEqual(whole);
  });

  it('the records are the same for any text of delimiters, quotes, line ends and letters', () => {
    const text = fc.string({ unit: fc.constantFrom(',', '"', '\n', '\r', 'a', '好', ' '), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(60), { maxLength: 4 }), (content, positions) => {
        const length = new TextEncoder().encode(content).length;
        const cuts = positions.filter((cut) => cut <= length).sort((a, b) => a - b);
        expect(scan(content, ',', cuts)).toEqual(scan(content));
      }),
      { numRuns: 2000 },
    );
  });

  it('text without quotes splits as String.split does', () => {
    const text = fc.string({ unit: fc.constantFrom(',', '\n', '\r', 'a', 'b', ' '), maxLength: 60 });
    fc.assert(
      fc.property(text, (content) => {
        expect(cellsOf(content)).toEqual(splitPlainly(content));
      }),
      { numRuns: 1000 },
    );
  });

  it('cells written with quotes are read back as they were', () => {
    const cell = fc.string({ unit: fc.constantFrom(',', '"', '\n', '\r', 'a', '好', ' ', ''), maxLength: 8 });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, (table) => {
        const written = table.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\n');
        const filled = table.filter((row) => row.some((text) => text.trim() !== ''));
        expect(cellsOf(written)).toEqual(filled);
      }),
    );
  });
});
