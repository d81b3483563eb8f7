import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sampleFiles } from '../../../../src/samples/sample-files';
import type { SampleOptions, SampleStream } from '../../../../src/samples/sample';
import { cellsOf, fileOfKind, recordsOf, textOf } from '../naive-csv';

const OPTIONS: SampleOptions = { seed: 5, customers: 1_000, asOf: '2026-01-01', locale: 'en' };

function hashes(files: readonly SampleStream[]): Record<string, string> {
  return Object.fromEntries(
    files.map((file) => {
      const hash = createHash('sha256');
      for (const chunk of file.chunks()) hash.update(chunk);
      return [file.name, hash.digest('hex')];
    }),
  );
}

describe('the files of the retail chain', { timeout: 60_000 }, () => {
  it.each(['en', 'zh'] as const)('the same options give the same bytes, in one call and in another (%s)', (locale) => {
    const files = sampleFiles('retail', { ...OPTIONS, locale });
    const first = hashes(files);
    expect(hashes(files)).toEqual(first);
    expect(hashes(sampleFiles('retail', { ...OPTIONS, locale }))).toEqual(first);
    expect(new Set(Object.keys(first)).size).toBe(9);
  });

  it('another seed changes every file but the campaigns and holidays, which follow the calendar alone', () => {
    const first = hashes(sampleFiles('retail', OPTIONS));
    const second = hashes(sampleFiles('retail', { ...OPTIONS, seed: 6 }));
    const same = Object.keys(first).filter((name) => first[name] === second[name]);
    expect(same).toEqual(['lantern-campaigns.csv', 'lantern-holidays.csv']);
  });

  it('both languages tell of the same orders: ids, times, products, amounts agree row by row', () => {
    const facts = (locale: 'en' | 'zh'): unknown[] => {
      const rows = cellsOf(textOf(fileOfKind(sampleFiles('retail', { ...OPTIONS, locale }), 'orders'))).slice(1);
      return rows
        .filter((cells) => cells.length === 15)
        .map((cells) => [0, 1, 5, 9, 10, 11].map((column) => cells[column]));
    };
    expect(facts('zh')).toEqual(facts('en'));
  });

  it('the English orders start with the UTF-8 mark and the English header', () => {
    const text = textOf(fileOfKind(sampleFiles('retail', OPTIONS), 'orders'));
    expect(text.split('\r\n')[0]).toBe(
      '\ufefforder_no,member_no,paid_time,store,channel,sku,product,category,brand,quantity,list_price,paid_amount,coupon,payment,status',
    );
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('the Chinese orders are GBK: no UTF-8, and their text decodes back', () => {
    const file = fileOfKind(sampleFiles('retail', { ...OPTIONS, locale: 'zh' }), 'orders');
    const [first] = file.chunks();
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(first)).toThrow(TypeError);
    const text = textOf(file);
    expect(text.split('\r\n')[0]).toBe(
      '订单号,会员号,支付时间,门店,渠道,商品编号,商品名称,品类,品牌,数量,吊牌价,实付金额,优惠券,支付方式,订单状态',
    );
    expect(
      new Set(
        cellsOf(text)
          .slice(1)
          .filter((cells) => cells.length === 15)
          .map((cells) => cells[14]),
      ),
    ).toEqual(new Set(['已完成', '已退款', '已取消']));
  });

  it('paid rows stand in the order of time, within the 24 months, and so do the order numbers', () => {
    const rows = recordsOf(textOf(fileOfKind(sampleFiles('retail', OPTIONS), 'orders')));
    // The broken rows were all paid in cash, and stand out of turn.
    const sold = rows.filter((row) => row['status'] === 'Completed' && row['payment'] !== 'Cash');
    const times = sold.map((row) => row['paid_time'] ?? '');
    const numbers = sold.map((row) => row['order_no'] ?? '');
    expect(times).toEqual([...times].sort());
    expect(numbers).toEqual([...numbers].sort());
    expect(times[0]! >= '2024-01-01' && times.at(-1)! < '2026-01-01').toBe(true);
    const days = sold.map((row) => row['order_no']?.slice(1, 7));
    expect(days).toEqual(times.map((time) => time.slice(2, 10).replaceAll('-', '')));
    expect(numbers.every((number) => /^6\d{17}$/.test(number))).toBe(true);
  });

  it('member numbers are one apart, closer than doubles of their size can be', () => {
    const rows = recordsOf(textOf(fileOfKind(sampleFiles('retail', OPTIONS), 'members')));
    const numbers = rows.map((row) => row['member_no'] ?? '');
    expect(numbers.every((number) => /^\d{18}$/.test(number))).toBe(true);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(new Set(numbers.map(Number)).size).toBeLessThan(numbers.length / 50);
  });

  it.each([
    ['customers', { customers: 999 }],
    ['customers', { customers: 1_000_001 }],
    ['customers', { customers: 1500.5 }],
    ['asOf', { asOf: '2026-02-30' }],
    ['asOf', { asOf: '2051-01-01' }],
  ])('an impossible %s is refused (%o)', (field, wrong) => {
    expect(() => sampleFiles('retail', { ...OPTIONS, ...wrong })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', data: expect.objectContaining({ field }) }),
    );
  });
});
