import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../src/ingest/policy';
import { classOfStatus } from '../../../src/ingest/policy-lexicon';

describe('a status', () => {
  it.each([
    'Returned',
    'returned_goods',
    'REFUND',
    'Refunded',
    'return-accepted',
    '退货',
    '已退款',
    '退款成功',
    '退货退款',
    '冲红',
  ])('%s is a return', (status) => expect(classOfStatus(status)).toBe('return'));

  it.each([
    'cancelled',
    'Canceled',
    'CANCEL',
    'void',
    'Closed',
    'unpaid',
    'pending payment',
    'payment_pending',
    'failed',
    '已取消',
    '交易关闭',
    '未付款',
    '待付款',
    '等待买家付款(待支付)',
    '作废',
  ])('%s is nothing that took place', (status) => expect(classOfStatus(status)).toBe('leave-out'));

  it.each([
    'paid',
    'completed',
    'Shipped',
    'Presented',
    'gift',
    '赠送',
    '交易成功',
    '已完成',
    '已付款',
    'delivered',
    '',
    // What undoes a return leaves the sale.
    'refund rejected',
    'No refund',
    'not returned',
    'partially refunded',
    '退款失败',
    '退款关闭',
    '未退款',
    '部分退款',
    '取消退款',
    // Words that only look like it.
    'returning customer',
    'avoid',
    'enclosed',
  ])('%s is a sale', (status) => expect(classOfStatus(status)).toBe('sale'));
});

describe('the policy assumed for a status', () => {
  const classFor = (value: string, amount: number): string | undefined =>
    defaultPolicy([{ group: 'status', value, rows: 3, orders: 3, amount }]).statusClasses[value];

  it('takes a refunded order written with what was paid as nothing, so that no money is taken off twice', () => {
    expect(['Refunded', '已退款', '退款成功'].map((value) => classFor(value, 300))).toEqual([
      'leave-out',
      'leave-out',
      'leave-out',
    ]);
  });

  it('takes the same status below zero, and a record of a return of either sign, as a return', () => {
    expect([classFor('Refunded', -300), classFor('已退款', -300)]).toEqual(['return', 'return']);
    expect([classFor('退货', 300), classFor('returned_goods', 300), classFor('退货', -300)]).toEqual([
      'return',
      'return',
      'return',
    ]);
  });
});
