import { describe, expect, it } from 'vitest';
import { customerCandidates, judgeFile } from '../../../../src/pages/import/file-verdict';
import { column, transactions } from '../../state/scripted-import';

const named = (...names: string[]) => transactions({ columns: names.map((name, index) => column(index, name)) });

describe('the verdict on a file', () => {
  it('is transactions once nothing is missing', () => {
    expect(judgeFile(transactions(), [])).toBe('transactions');
  });

  it('is "no customer" when there are times and money but nobody', () => {
    expect(judgeFile(named('date', 'total'), ['customer'])).toBe('no-customer');
  });

  it('is feedback when there are scores in either language and no money', () => {
    expect(judgeFile(named('user', 'created', 'NPS score'), ['amount'])).toBe('feedback');
    expect(judgeFile(named('会员号', '评价内容', '评分'), ['time', 'amount'])).toBe('feedback');
  });

  it('is baskets when items stand together without time or money', () => {
    expect(judgeFile(named('TransactionNo', 'Items'), ['customer', 'time', 'amount'])).toBe('baskets');
  });

  it('is incomplete when one thing is missing from what otherwise are transactions', () => {
    expect(judgeFile(named('customer', 'total'), ['time'])).toBe('incomplete');
    expect(judgeFile(named('customer', 'date'), ['amount'])).toBe('incomplete');
  });

  it('is something else when nothing in it is known', () => {
    expect(judgeFile(named('sepal', 'petal'), ['customer', 'time', 'amount'])).toBe('other');
  });
});

describe('columns that might stand for the customer', () => {
  it('are those named like a person first, then those that repeat as customers do', () => {
    const preview = transactions({
      sampledRows: 1000,
      columns: [
        column(0, 'till', { distinct: 4 }),
        column(1, 'code', { distinct: 300 }),
        column(2, '收货人手机', { distinct: 400 }),
        column(3, 'row id', { distinct: 1000 }),
        column(4, 'product name', { distinct: 300 }),
        column(5, 'paid', { distinct: 300, role: 'amount', type: 'number' }),
        column(6, 'day', { distinct: 300, type: 'time' }),
        column(7, 'member', { distinct: 100, gaps: 700 }),
      ],
    });
    expect(customerCandidates(preview).map((each) => each.column.name)).toEqual(['收货人手机', 'code']);
  });

  it('are none when no column repeats', () => {
    const preview = transactions({ sampledRows: 50, columns: [column(0, 'line', { distinct: 50 })] });
    expect(customerCandidates(preview)).toEqual([]);
  });
});
