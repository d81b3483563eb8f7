import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { CSV } from '../../../src/exports/file-writer';
import { smallTableFile } from '../../../src/exports/small-table';
import { readCsv } from '../../support/independent-csv';

const ROWS = [
  ['Segment', 'Customers', 'Share'],
  ['=Champions', 'withheld', 'withheld'],
  ['Lost', 90, 0.125],
  ['None', 0, Number.NaN],
];
const NUMERIC = [false, true, true];

test('as CSV numbers are plain, a mark stands where one is withheld, and no text can run', async () => {
  const file = await smallTableFile(ROWS, NUMERIC, CSV);
  expect(readCsv(await file.text())).toEqual([
    ['Segment', 'Customers', 'Share'],
    ["'=Champions", 'withheld', 'withheld'],
    ['Lost', '90', '0.125'],
    ['None', '0', null],
  ]);
});

test('as a workbook numbers are numbers and the mark is text', async () => {
  const file = await smallTableFile(ROWS, NUMERIC, { kind: 'xlsx', sheetName: 'Groups' });
  const sheet = strFromU8(
    unzipSync(new Uint8Array(await file.arrayBuffer()))['xl/worksheets/sheet1.xml'] ?? new Uint8Array(),
  );
  expect(sheet).toMatch(/<c r="B3"[^>]*><v>90<\/v><\/c>/);
  expect(sheet).toMatch(/<c r="C3"[^>]*><v>0.125<\/v><\/c>/);
  expect(sheet).toMatch(/<c r="B2"[^>]*t="inlineStr"[^>]*>.*?withheld/);
  expect(sheet).not.toContain('<v>withheld');
});
