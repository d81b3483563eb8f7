import { describe, expect, it } from 'vitest';
import { csvLine, formatCents, toSampleStream } from '../../../src/samples/csv-writer';
import { textOf } from './naive-csv';

describe('csv-writer', () => {
  it('quotes cells that hold a comma, a quote or a line end, and doubles the quotes', () => {
    expect(csvLine(['a', 'b,c', 'say "so"', 'x\ny', 12])).toBe('a,"b,c","say ""so""","x\ny",12\r\n');
  });

  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [-1205, '-12.05'],
    [123_456_789_012_345, '1234567890123.45'],
  ])('%d cents are written as %s', (cents, text) => {
    expect(formatCents(cents)).toBe(text);
  });

  it('a long file comes in several chunks whose shares rise to one, with one mark in front', () => {
    const line = csvLine(['x'.repeat(999)]);
    const file = toSampleStream({
      name: 'long.csv',
      kind: 'orders',
      encoding: 'utf-8',
      records: 1000,
      *lines() {
        for (let i = 0; i < 1000; i++) yield line;
      },
    });
    const shares: number[] = [];
    const chunks = [...file.chunks((share) => shares.push(share))];
    expect(chunks.length).toBeGreaterThan(2);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(textOf(file)).toBe(`\ufeff${line.repeat(1000)}`);
  });
});
