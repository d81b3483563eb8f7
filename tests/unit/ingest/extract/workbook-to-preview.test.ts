import { describe, expect, test } from 'vitest';
import type { ExportColumn } from '../../../../src/exports/cells';
import { XlsxWriter } from '../../../../src/exports/xlsx';
import { extractInProcess } from '../../../../src/ingest/extract/extract-in-process';
import { previewFile } from '../../../../src/ingest/preview';
import { number, shared, writeXlsxFile } from '../../../support/xlsx-file';
import { recordsOf } from './extraction';

describe('a workbook goes the way of every other file', () => {
  test('a titled sheet is previewed with its header found, its ids whole and its times read', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [
      shared(`4300000000000000${10 + i}`),
      shared(`M${i % 9}`),
      number(String(45_292 + i + 0.5), 'yyyy/m/d h:mm'),
      number(String((i * 5) / 4)),
    ]);
    const sheet = {
      name: '订单',
      rows: [[shared('2024年订单明细')], [], ['订单号', '会员号', '下单时间', '实付金额'].map(shared), ...rows],
      merges: ['A1:D1'],
    };
    const file = new Blob([writeXlsxFile({ sheets: [sheet] })]);
    const { text } = await extractInProcess.extract(file, 'orders.xlsx', { table: '订单' });
    const preview = await previewFile(text, 'orders.xlsx');
    expect(preview.dialect).toEqual({ encoding: 'utf-8', delimiter: ',', hasHeader: true, skipLines: 2 });
    expect(
      preview.columns.map(({ name, role, parsedShare, examples }) => [name, role, parsedShare, examples[0]]),
    ).toEqual([
      ['订单号', 'orderId', 1, '430000000000000010'],
      ['会员号', 'customerId', 1, 'M0'],
      ['下单时间', 'orderedAt', 1, '2024-01-01 12:00:00'],
      ['实付金额', 'amount', 1, '0'],
    ]);
    expect(preview).toMatchObject({ estimatedRows: 40, missing: [] });
  });

  test('what the app itself writes as XLSX comes back value by value', async () => {
    const columns: readonly ExportColumn[] = [
      { heading: '客户', kind: 'id' },
      { heading: '金额', kind: 'decimal' },
      { heading: '最近下单', kind: 'time' },
      { heading: '生日', kind: 'day' },
      { heading: '会员', kind: 'boolean' },
      { heading: '备注', kind: 'text' },
    ];
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const writer = new XlsxWriter(columns, {
      sheetName: '客户',
      onChunk: (chunk) => chunks.push(new Uint8Array(chunk)),
    });
    writer.add({
      rowCount: 2,
      columns: [
        ['000430000000000012', '王小明'],
        ['1234567890.12', '0.30'],
        Float64Array.of(Date.UTC(2024, 1, 29, 23, 59, 59), NaN),
        Float64Array.of(Date.UTC(1999, 11, 31), Date.UTC(1899, 0, 1)),
        [true, false],
        ['a "b", c\nd', null],
      ],
    });
    writer.finish();
    const extraction = await extractInProcess.extract(new Blob(chunks), 'export.xlsx', { table: '客户' });
    expect(await recordsOf(extraction)).toEqual([
      ['客户', '金额', '最近下单', '生日', '会员', '备注'],
      ['000430000000000012', '1234567890.12', '2024-02-29 23:59:59', '1999-12-31', 'true', 'a "b", c\r\nd'],
      ['王小明', '0.3', null, '1899-01-01', 'false', null],
    ]);
    expect(extraction.notes).toEqual([{ kind: 'cells-with-line-breaks', count: 1 }]);
  });
});
