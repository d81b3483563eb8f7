import { describe, expect, it } from 'vitest';
import { OrderNumbers } from '../../../../src/ingest/canonical/order-numbers';

const NONE = -1;

/** Numbers one batch of lines, each as [code of its order id, account, time]. */
function number(orders: OrderNumbers, ...lines: readonly (readonly [number, number, number])[]): number[] {
  const keys = new Int32Array(lines.length);
  orders.number(
    {
      count: lines.length,
      orders: Int32Array.from(lines, ([code]) => code),
      accounts: Int32Array.from(lines, ([, account]) => account),
      times: Int32Array.from(lines.flatMap(([, , time]) => [time, 0])),
    },
    keys,
  );
  return [...keys];
}

describe('the number of an order', () => {
  it('counts order ids as they first come, over batches', () => {
    const orders = new OrderNumbers();
    expect(number(orders, [0, 5, 1], [0, 5, 2], [1, 5, 1], [0, 5, 3])).toEqual([0, 0, 1, 0]);
    expect(number(orders, [1, 5, 9], [2, 6, 9])).toEqual([1, 2]);
    expect([...orders.codes()]).toEqual([0, 1, 2]);
    expect([orders.count, orders.splitIds]).toEqual([3, 0]);
  });

  it('belongs to the account that names the id first; others with the id have orders of their own', () => {
    const orders = new OrderNumbers();
    expect(number(orders, [0, 5, 1], [0, 6, 1], [0, NONE, 1], [1, 6, 1], [0, 5, 1], [0, 6, 1])).toEqual([
      0, 1, 2, 3, 0, 1,
    ]);
    expect(number(orders, [0, NONE, 2], [0, 7, 1], [1, 6, 1])).toEqual([2, 4, 3]);
    expect([...orders.codes()]).toEqual([0, 0, 0, 1, 0]);
    expect(orders.splitIds).toBe(1);
  });

  it('belongs to nobody first where nobody names it first', () => {
    const orders = new OrderNumbers();
    expect(number(orders, [0, NONE, 1], [0, 4, 1], [0, NONE, 5])).toEqual([0, 1, 0]);
  });

  it('is one an account and time without an order id, and one a line without an account as well', () => {
    const orders = new OrderNumbers();
    expect(number(orders, [NONE, 3, 1], [NONE, 3, 1], [NONE, 3, 2], [NONE, 4, 1])).toEqual([0, 0, 1, 2]);
    expect(number(orders, [NONE, NONE, 1], [NONE, NONE, 1], [NONE, 3, 2], [0, 3, 2])).toEqual([3, 4, 1, 5]);
    expect([...orders.codes()]).toEqual([NONE, NONE, NONE, NONE, NONE, 0]);
  });

  it('tells times apart that share their lower word', () => {
    const orders = new OrderNumbers();
    const keys = new Int32Array(3);
    const times = Int32Array.of(7, 0, 7, 1, 7, 0);
    orders.number({ count: 3, orders: null, accounts: new Int32Array(3), times }, keys);
    expect([...keys]).toEqual([0, 1, 0]);
  });
});
