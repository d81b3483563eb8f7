import { describe, expect, test } from 'vitest';
import type { FileMapping, ImportReport } from '../../../src/ingest/file-preview';
import { mappingFromPreview } from '../../../src/ingest/mapping';
import { previewFile } from '../../../src/ingest/preview';
import { readTable } from '../../../src/ingest/read-table';
import { encodeGbk } from '../../support/encoded-text';

async function importAsGuessed(file: Blob): Promise<{ mapping: FileMapping; report: ImportReport }> {
  const mapping = mappingFromPreview(await previewFile(file, 'orders.csv'), 480);
  return { mapping, report: await reportOf(file, mapping) };
}

async function reportOf(file: Blob, mapping: FileMapping): Promise<ImportReport> {
  for await (const step of readTable(file, 'orders.csv', mapping))
    if (step.kind === 'result') return step.result.report;
  throw new RangeError('invalid import: no result');
}

describe('what the preview promises', () => {
  test('is what the import finds: the share of times and amounts that parse, and the gaps', async () => {
    const good = [
      '2024-01-03',
      '2024/1/4 8:05',
      '2024年1月5日',
      '2024-01-06T08:00:00Z',
      '24-1-7',
      '2024.01.08',
      '2024-1-9 下午3:05',
    ];
    const times = [...good, '2024-02-29', '2024-12-31 23:59:59', '2024-02-30', '', 'NULL'];
    const amounts = ['12.50', '¥1,299.00', '(8.00)', '12,5', 'free', '-', '1.2E+03', '０.５', '99元', '+3', '7'];
    // 12 and 11 have no common divisor, so every time meets every amount equally often.
    const rows = Array.from(
      { length: 924 },
      (_, i) => `M${i % 50},"${times[i % 12] ?? ''}","${amounts[i % 11] ?? ''}"`,
    );
    const file = new Blob([`会员号,下单时间,实付金额\n${rows.join('\n')}`]);
    const preview = await previewFile(file, 'orders.csv');
    const [, time, amount] = preview.columns;
    expect(time).toMatchObject({ role: 'orderedAt', type: 'time', gaps: 154, parsedShare: 0.9 });
    expect(amount).toMatchObject({ role: 'amount', type: 'number', gaps: 84, parsedShare: 0.8 });
    const { report } = await importAsGuessed(file);
    expect(Object.fromEntries(report.leftOut.map((each) => [each.reason, each.rows]))).toEqual({
      'no-time': 154,
      'bad-time': 77,
      'no-amount': 63,
      'bad-amount': 126,
    });
    expect(report.rowsUsed).toBe(924 - 154 - 77 - 63 - 126);
  });

  test('lets a GBK export with a title above its header be imported as guessed', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `M${i % 7},2024-01-${10 + (i % 9)},${i}.50`);
    const text = `交易明细\n起始日期:[2024-01-01]\n\n会员号,交易时间,金额（元）\n${rows.join('\n')}\n共30笔\n`;
    const { mapping, report } = await importAsGuessed(new Blob([encodeGbk(text)]));
    expect(mapping.dialect).toEqual({ encoding: 'gb18030', delimiter: ',', hasHeader: true, skipLines: 3 });
    // Two titles, a blank line between them and the names, and a footer, which is left out as a row.
    expect(report).toMatchObject({ rowsRead: 31, rowsUsed: 30, customers: 7, blankLines: 1, titleLines: 2 });
    expect(report.leftOut).toEqual([{ reason: 'too-few-cells', rows: 1 }]);
  });

  test('skips titles that a sheet merges over its columns, and shows the rows below the names', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `2024-01-${10 + i},M${i % 5},/,${i}.50`);
    const titles = [
      '微信支付账单明细,,,',
      '起始时间：[2024-01-01] 终止时间：[2024-02-01],,,',
      ',,,',
      '"账单\n明细",,,',
    ];
    const file = new Blob([[...titles, '交易时间,会员号,备注,金额(元)', ...rows, '共12笔,,,'].join('\r\n')]);
    const preview = await previewFile(file, 'bill.csv');
    expect(preview.dialect).toEqual({ encoding: 'utf-8', delimiter: ',', hasHeader: true, skipLines: 5 });
    expect(preview.columns.map((each) => each.name)).toEqual(['交易时间', '会员号', '备注', '金额(元)']);
    expect(preview.rows[0]).toEqual(['2024-01-10', 'M0', '/', '0.50']);
    expect(preview).toMatchObject({ estimatedRows: 13, sampledRows: 13 });
    const { report } = await importAsGuessed(file);
    expect(report).toMatchObject({ rowsRead: 13, rowsUsed: 12, customers: 5, blankLines: 1, titleLines: 3 });
    expect(report.leftOut).toEqual([{ reason: 'bad-time', rows: 1 }]);
  });

  test('skips nothing above a header of few names or rows of few values', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `2024-01-${10 + i},M${i % 5},${i}.50`);
    const trailing = new Blob([`时间,会员号,金额,,,,\n${rows.map((row) => `${row},,,,`).join('\n')}`]);
    const { mapping, report } = await importAsGuessed(trailing);
    expect(mapping.dialect).toEqual({ encoding: 'utf-8', delimiter: ',', hasHeader: true });
    expect(report).toMatchObject({ rowsRead: 12, rowsUsed: 12, titleLines: 0 });
    const sparse = await previewFile(new Blob([`,M9,\n${rows.join('\n')}`]), 'sparse.csv', { hasHeader: false });
    expect(sparse.dialect).toEqual({ encoding: 'utf-8', delimiter: ',', hasHeader: false });
    expect(sparse.rows[0]).toEqual(['', 'M9', '']);
    expect(sparse.estimatedRows).toBe(13);
  });

  test('takes the guards of spreadsheets off names, ids, times and amounts alike', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => {
      const [order, member, day, paid] = [
        `3300123456789012${10 + i}`,
        `00${i % 8}`,
        `2024-01-${10 + (i % 9)}`,
        `${i}.5`,
      ];
      // As Taobao writes it, as a spreadsheet writes that again, with apostrophes, and without any guard.
      if (i % 4 === 0) return `="${order}",="${member}",="${day}",="${paid}"`;
      if (i % 4 === 1) return `"=""${order}""","=""${member}""","=""${day}""","=""${paid}"""`;
      return i % 4 === 2 ? `'${order},'${member},'${day},'${paid}` : `${order},${member},${day},${paid}`;
    });
    const file = new Blob([`="订单编号","=""会员号""",下单时间,实付金额\n${rows.join('\n')}`]);
    const preview = await previewFile(file, 'orders.csv');
    expect(preview.columns.map((each) => [each.name, each.role, each.parsedShare, each.distinct])).toEqual([
      ['订单编号', 'orderId', 1, 40],
      ['会员号', 'customerId', 1, 8],
      ['下单时间', 'orderedAt', 1, 9],
      ['实付金额', 'amount', 1, 40],
    ]);
    expect(preview.columns[1]?.examples).toEqual(['000', '001', '002', '003', '004']);
    expect(preview.rows[1]).toEqual(['330012345678901211', '001', '2024-01-11', '1.5']);
    const { report } = await importAsGuessed(file);
    expect(report).toMatchObject({ rowsRead: 40, rowsUsed: 40, orders: 40, customers: 8, leftOut: [] });
  });

  test('lets a headerless file aligned by blanks be imported as guessed, leading zeros intact', async () => {
    const lines = Array.from({ length: 120 }, (_, i) => {
      const customer = String(1 + Math.floor(i / 4)).padStart(5, '0');
      return ` ${customer} 1997${String(1 + (i % 12)).padStart(2, '0')}15  ${1 + (i % 3)}   ${(20 + i * 0.11).toFixed(2)}`;
    });
    const { mapping, report } = await importAsGuessed(new Blob([lines.join('\r\n')]));
    expect(mapping.columns.map((each) => each.role)).toEqual(['customerId', 'orderedAt', 'quantity', 'amount']);
    expect(report).toMatchObject({ rowsRead: 120, rowsUsed: 120, customers: 30, leftOut: [] });
    expect(new Date(report.firstOrderedAt).toISOString()).toBe('1997-01-15T00:00:00.000Z');
  });
});
