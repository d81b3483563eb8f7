import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameColumns, sniffDelimiter, sniffHeader } from '../../../src/ingest/dialect';
import type { Delimiter } from '../../../src/ingest/file-preview';
import { SampleTable, scanSample } from '../../../src/ingest/sample-table';
import { encodeUtf8 } from '../../support/encoded-text';

function delimiterOf(text: string): Delimiter {
  return sniffDelimiter(encodeUtf8(text), true);
}

function hasHeader(text: string, delimiter: Delimiter = ','): boolean {
  const lines = text.split('\n');
  const table = new SampleTable((lines[0] ?? '').split(delimiter).length);
  scanSample(encodeUtf8(text), delimiter, true, (record) => table.add(record));
  return sniffHeader(table, true);
}

describe('the delimiter', () => {
  test('is the mark that parts the rows into alike many values', () => {
    expect(delimiterOf('id,date,amount\nA1,2024-01-03,12.5\nA2,2024-01-04,8\n')).toBe(',');
    expect(delimiterOf('id\tdate\tamount\nA1\t2024-01-03\t12.5\nA2\t2024-01-04\t8\n')).toBe('\t');
    expect(delimiterOf('id|date|amount\nA1|2024-01-03|12.5\nA2|2024-01-04|8\n')).toBe('|');
    expect(delimiterOf('id;date;amount\nA1;2024-01-03;12.5\nA2;2024-01-04;8\n')).toBe(';');
  });

  test('is the semicolon where commas stand before the decimals, with a header and without', () => {
    expect(delimiterOf('kunde;datum;betrag\n17;03.01.2024;12,50\n18;04.01.2024;8,00\n19;05.01.2024;1,25\n')).toBe(';');
    expect(delimiterOf('1,5;2,5;3,5\n2,5;4,5;5,5\n7,5;1,5;2,5\n')).toBe(';');
  });

  test('is the tab in rows whose times hold blanks', () => {
    expect(delimiterOf('a\t2024-01-03 08:05:00\t1\nb\t2024-01-04 09:05:00\t2\nc\t2024-01-05 10:00:00\t3\n')).toBe('\t');
    expect(delimiterOf('Ann Lee\tRed Shoes\nBob Ray\tBlue Socks\nCy Poe\tGrey Hats\n')).toBe('\t');
  });

  test('is runs of blanks where rows are aligned by them', () => {
    expect(
      delimiterOf(
        ' 00004 0001 19970101  2   29.33\n 00004 0001 19970118 12    9.73\n 00021 0002 19970101  3   63.34\n',
      ),
    ).toBe('whitespace');
  });

  test('is the comma when prose and quoted commas stand in the cells', () => {
    const row = '7,"Desk, oak; ""large"" | 2 m",19.90,say hello to all\n';
    expect(delimiterOf(`id,item,price,note\n${row.repeat(5)}`)).toBe(',');
  });

  test('is the comma in Chinese rows whose address holds blanks and whose last header does too', () => {
    const row = '1,178.8,0.0,上海 浦东,2020-02-21 00:00:00,,0.0\r\n';
    expect(delimiterOf(`订单编号,总金额,实付,收货地址 ,创建时间,付款时间 ,退款金额\n${row.repeat(9)}`)).toBe(',');
  });

  test('stands a few rows of another length', () => {
    const rows = Array.from({ length: 40 }, (_, i) => (i % 8 === 0 ? `${i},x` : `${i},2024-01-03 10:00:00,5.5`));
    expect(delimiterOf(`id,time,amount\n${rows.join('\n')}\n`)).toBe(',');
  });

  test('is the comma for a single column', () => {
    expect(delimiterOf('id\n1\n2\n3\n')).toBe(',');
    expect(delimiterOf('')).toBe(',');
  });

  test('is found for any table of numbers and plain words, quoted or not', () => {
    const word = fc.stringMatching(/^[a-z\u4e00-\u4e20]{1,8}$/);
    const amount = fc.integer({ min: 0, max: 99_999 }).map((cents) => (cents / 100).toFixed(2));
    const rows = fc.array(fc.tuple(word, amount, word, fc.boolean()), { minLength: 4, maxLength: 20 });
    fc.assert(
      fc.property(rows, fc.constantFrom<Delimiter>(',', '\t', ';', '|'), (table, delimiter) => {
        const lines = table.map(([name, paid, label, quoted]) =>
          [name, paid, quoted ? `"${label}${delimiter}${label}"` : label].join(delimiter),
        );
        expect(delimiterOf(`name${delimiter}paid${delimiter}label\n${lines.join('\n')}\n`)).toBe(delimiter);
      }),
    );
  });
});

describe('the header', () => {
  test('is there when the first row names what are numbers or times below', () => {
    expect(hasHeader('id,name\n1,a\n2,b')).toBe(true);
    expect(hasHeader('who,when\nann,2024-01-03\nbob,2024-01-04')).toBe(true);
  });

  test('is not there when the first row already holds numbers and times', () => {
    expect(hasHeader('00004,19970101,29.33\n00004,19970118,29.73\n00021,19970101,63.34')).toBe(false);
    expect(hasHeader('ann,2024-01-03\nbob,2024-01-04')).toBe(false);
  });

  test('is there above words alone, unless one of the first row comes again', () => {
    expect(hasHeader('member,city\nann,Paris\nbob,Rome\ncy,Rome')).toBe(true);
    expect(hasHeader('ann,Rome\nbob,Paris\ncy,Rome')).toBe(false);
  });

  test('does not lose its vote to a gap in the first row or gaps below', () => {
    expect(hasHeader(',amount\nA1,\nA2,NULL\nA3,5')).toBe(true);
  });

  test('is a single row of words, and no single row of values', () => {
    expect(hasHeader('id,amount')).toBe(true);
    expect(hasHeader('A1,5.00')).toBe(false);
  });
});

describe('the names of columns', () => {
  test('are as written without the blanks around them, and by position where there is none', () => {
    expect(nameColumns([' 收货地址 ', '', '\u3000', 'a b'], 5)).toEqual(['收货地址', '#2', '#3', 'a b', '#5']);
  });

  test('differ, also from each other without regard to case and from names that look counted', () => {
    expect(nameColumns(['a', 'a', 'A', 'a (2)', ''], 5)).toEqual(['a', 'a (2)', 'A (3)', 'a (2) (2)', '#5']);
  });

  test('are all different whatever the header', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'A', 'a (2)', '#1', '#2', '', ' a', '__proto__'), { maxLength: 12 }),
        (header) => {
          const names = nameColumns(header, header.length).map((name) => name.toLowerCase());
          expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
        },
      ),
    );
  });
});
