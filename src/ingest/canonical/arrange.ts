import { sortedByBytes } from '../columns/byte-order';
import { NO_CODE, type CodedColumn } from '../columns/coded-column';
import { GrowingInt32 } from '../columns/growing';
import type { CollectedRows } from './row-collector';
import { sortByTime } from './stable-time-sort';

/** The rows in the order of the canonical tables. */
export interface Arrangement {
  /** The collected row at each place of order_lines. */
  readonly rows: Int32Array;
  /** The order key at each place. Below the number of order ids the key is the code of the id. */
  readonly orderKeys: Int32Array;
  /** Code of each customer key's id. */
  readonly customerCodes: Int32Array;
  /** Places of customer key k: [starts[k], starts[k + 1]); those without a customer follow the last. */
  readonly customerStarts: Int32Array;
  /** Codes of the order keys past the number of order ids, NO_CODE where the order has no id. */
  readonly extraOrderCodes: Int32Array;
  readonly orders: number;
  readonly ordersSplitByCustomer: number;
}

/**
 * Sorts the rows by customer (in byte order of the id, those without one last), time and place in the
 * file, and numbers the orders. An order is one order id of one customer: the first customer's part has
 * the id's code as its key, parts of others get keys behind. Rows without an order id are an order a
 * customer and time, and, without a customer as well, each its own.
 *
 * Cost: O(rows) and the sort of the ids; rows of a customer are sorted only where the file is not in
 * time order.
 */
export function arrange(collected: CollectedRows): Arrangement {
  const { customers } = collected;
  const customerCodes = sortedByBytes(customers.dictionary.pool());
  const { rows, starts } = groupByCustomer(customers, customerCodes);
  if (!collected.inTimeOrder) sortGroups(rows, starts, collected.times.view());
  return { rows, customerCodes, customerStarts: starts, ...numberOrders(collected, rows, starts) };
}

/** Counting sort of the rows by the key of their customer, stable. */
function groupByCustomer(customers: CodedColumn, customerCodes: Int32Array): { rows: Int32Array; starts: Int32Array } {
  const codes = customers.codes();
  const count = customerCodes.length;
  const keyOfCode = new Int32Array(count);
  for (let key = 0; key < count; key++) keyOfCode[customerCodes[key] as number] = key;
  const next = new Int32Array(count + 2);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    const key = code === NO_CODE ? count : (keyOfCode[code] as number);
    next[key + 1] = (next[key + 1] as number) + 1;
  }
  for (let key = 1; key < next.length; key++) next[key] = (next[key] as number) + (next[key - 1] as number);
  const starts = next.slice();
  const rows = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    const key = code === NO_CODE ? count : (keyOfCode[code] as number);
    const place = next[key] as number;
    rows[place] = row;
    next[key] = place + 1;
  }
  return { rows, starts };
}

function sortGroups(rows: Int32Array, starts: Int32Array, times: Float64Array): void {
  const spare = new Int32Array(rows.length);
  for (let key = 0; key + 1 < starts.length; key++) {
    sortByTime(rows, starts[key] as number, starts[key + 1] as number, times, spare);
  }
}

type OrderNumbers = Pick<Arrangement, 'orderKeys' | 'extraOrderCodes' | 'orders' | 'ordersSplitByCustomer'>;

function numberOrders(collected: CollectedRows, rows: Int32Array, starts: Int32Array): OrderNumbers {
  const codes = collected.orders?.codes();
  const times = collected.times.view();
  const idCount = collected.orders?.dictionary.count ?? 0;
  // As many ids as rows: each row is an order of its own, and its place in the file is its id's code.
  if (idCount === rows.length) {
    return { orderKeys: rows, extraOrderCodes: new Int32Array(0), orders: idCount, ordersSplitByCustomer: 0 };
  }
  const ownerOf = new Int32Array(idCount).fill(-1);
  const splitCodes = new Set<number>();
  /** Keys that the customer at hand has for ids that another one had first. */
  const ownSplits = new Map<number, number>();
  const extraOrderCodes = new GrowingInt32();
  const orderKeys = new Int32Array(rows.length);
  const addOrder = (code: number): number => {
    extraOrderCodes.push(code);
    return idCount + extraOrderCodes.length - 1;
  };
  const unidentified = starts.length - 2;
  for (let customer = 0; customer <= unidentified; customer++) {
    const to = starts[customer + 1] as number;
    let lastTime = Number.NaN;
    let lastKey = -1;
    if (ownSplits.size > 0) ownSplits.clear();
    for (let place = starts[customer] as number; place < to; place++) {
      const row = rows[place] as number;
      const code = codes === undefined ? NO_CODE : (codes[row] as number);
      if (code === NO_CODE) {
        const time = times[row] as number;
        if (time !== lastTime || customer === unidentified) lastKey = addOrder(NO_CODE);
        lastTime = time;
        orderKeys[place] = lastKey;
        continue;
      }
      const owner = ownerOf[code] as number;
      if (owner < 0) ownerOf[code] = customer;
      orderKeys[place] = code;
      if (owner < 0 || owner === customer) continue;
      const splitKey = ownSplits.get(code) ?? addOrder(code);
      ownSplits.set(code, splitKey);
      splitCodes.add(code);
      orderKeys[place] = splitKey;
    }
  }
  return {
    orderKeys,
    extraOrderCodes: extraOrderCodes.view(),
    orders: idCount + extraOrderCodes.length,
    ordersSplitByCustomer: splitCodes.size,
  };
}
