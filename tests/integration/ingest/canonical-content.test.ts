import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random';
import { sql } from '../../../src/core/sql';
import type { Db } from '../../../src/db/db';
import { createNodeDb } from '../../../src/db/duckdb-node';
import { importOrders } from '../../support/import-orders';
import { mappingOf } from './orders-file';

let db: Db;

beforeAll(() => {
  db = createNodeDb();
});

const MAPPING = mappingOf(['orderId', 'customerId', 'orderedAt', 'amount', 'quantity', 'productId', 'status']);
const HEADER = 'o,c,t,a,q,p,s\n';
/** More than one batch of lines. */
const LINES = 300_000;
/** From this line on some amounts have three decimals, all before have two at most. */
const FINE_FROM = 260_000;

/** A line as it was meant, however it is written. */
interface Line {
  readonly order: string | null;
  readonly customer: string | null;
  readonly minute: number;
  /** Thousandths. */
  readonly amount: number;
  readonly quantity: number | null;
  readonly product: string | null;
  readonly status: string | null;
  readonly isUnusable: boolean;
}

const random = createRandom(20_261_121);
const below = (limit: number): number => Math.floor(random() * limit);
const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T;

function makeLine(line: number): Line {
  const number = below(LINES / 2);
  const orders = [`${number}`, `${number}`, `${number}`, `C${number}`, `A-order-of-many-bytes-${number}`, null];
  const customer = below(20) === 0 ? null : `${pick(['c', '会员', 'a customer with a long id '])}${below(4000)}`;
  return {
    order: pick(orders),
    customer,
    minute: below(500_000),
    amount: line < FINE_FROM ? 10 * (below(100_000) - 20_000) : below(100_000),
    quantity: below(9) === 0 ? null : below(5) - 1,
    product: below(7) === 0 ? null : `P${below(300)}`,
    status: pick(['paid', 'shipped, late', 'ＡＰＰ', 'APP', null]),
    isUnusable: below(40) === 0,
  };
}

function timeOf({ minute }: Line): string {
  return new Date(Date.UTC(2024, 0, 1) + minute * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** The line in one of the ways in which people write it. */
function write(line: Line): string {
  const gap = (): string => pick(['', ' ', 'NULL', 'n/a', '-']);
  const text = (value: string | null): string => {
    if (value === null) return gap();
    return value.includes(',') || below(4) === 0 ? `"${value}"` : pick([value, ` ${value} `, `${value}\t`]);
  };
  const amount = (line.amount / 1000).toFixed(3);
  const plain = amount.replace(/0$/, '');
  const cells = [
    line.order !== null && below(5) === 0 ? `="${line.order}"` : text(line.order),
    text(line.customer),
    line.isUnusable ? pick(['soon', '']) : pick([timeOf(line), timeOf(line).replaceAll('-', '/'), `"${timeOf(line)}"`]),
    pick([plain, plain, `¥${plain}`, `${plain}0000`]),
    line.quantity === null ? gap() : `${line.quantity}`,
    text(line.product),
    text(line.status),
  ];
  return cells.join(',') + pick(['\n', '\r\n', '\n\n']);
}

/** What lies in the tables when each line is looked at by itself, orders counted in a Map. */
function expectedLines(lines: readonly Line[]): string[] {
  const keys = new Map<string, number>();
  return lines.flatMap((line, i) => {
    if (line.isUnusable) return [];
    const { order, customer } = line;
    const alone = order === null && customer === null;
    const identity = alone ? `${i}` : JSON.stringify(order === null ? [customer, line.minute] : [customer, order, '']);
    if (!keys.has(identity)) keys.set(identity, keys.size);
    return [
      [
        i + 1,
        keys.get(identity),
        order ?? '~',
        customer?.trim() ?? '~',
        timeOf(line),
        (line.amount / 1000).toFixed(3),
        line.quantity ?? '~',
        line.product ?? '~',
        line.status?.replace('ＡＰＰ', 'APP') ?? '~',
        /^C\d/.test(order ?? ''),
      ].join('|'),
    ];
  });
}

describe('a large and messy file', () => {
  it('lies in the tables line by line as it was meant, in the order of the file', async () => {
    const lines = Array.from({ length: LINES }, (_, i) => makeLine(i));
    const file = new Blob([HEADER, ...lines.map(write)]);
    const { layout, report } = await importOrders(db, file, 'messy.csv', MAPPING);
    const { line } = await db.columns(
      sql`SELECT concat_ws('|', source_row, order_key, coalesce(order_id, '~'), coalesce(customer_id, '~'), ordered_at, amount,
            coalesce(CAST(quantity AS VARCHAR), '~'), coalesce(product_id, '~'), coalesce(status, '~'), cancel_mark) AS line
          FROM order_lines LEFT JOIN orders USING (order_key) LEFT JOIN accounts USING (account_key)
          LEFT JOIN customers USING (customer_key) LEFT JOIN products USING (product_key) ORDER BY order_lines.rowid`,
      { line: 'text' },
    );
    const expected = expectedLines(lines);
    expect(line.find((text, i) => text !== expected[i])).toBeUndefined();
    expect(line.length).toBe(expected.length);
    const customers = new Set(lines.flatMap((each) => (each.isUnusable ? [] : (each.customer?.trim() ?? []))));
    expect({ ...layout, ...report }).toMatchObject({
      moneyScale: 3,
      quantityScale: 0,
      rowsRead: LINES,
      rowsUsed: expected.length,
      amountsRounded: 0,
      customers: customers.size,
      orders: new Set(expected.map((text) => text.split('|')[1])).size,
      cancelMarks: expected.filter((text) => text.endsWith('|true')).length,
    });
    const customerIds = await db.columns(sql`SELECT customer_id AS id FROM customers ORDER BY customer_key`, {
      id: 'text',
    });
    expect(customerIds.id).toEqual([...customers].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  });
});

describe('order numbers with a leading C', () => {
  it('mark nothing in any batch where most order ids do not begin with a digit', async () => {
    const lines = Array.from({ length: 250_000 }, (_, i) => `C${i},a,2024-01-01,1,1,p,s`);
    const { report } = await importOrders(db, new Blob([HEADER, lines.join('\n')]), 'marks.csv', MAPPING);
    expect(report.cancelMarks).toBe(0);
    const marks = sql`SELECT cancel_mark, count(*) AS n FROM order_lines GROUP BY cancel_mark`;
    expect(await db.query(marks, { cancel_mark: 'boolean', n: 'integer' })).toEqual([
      { cancel_mark: false, n: 250_000 },
    ]);
  });
});

describe('the scales of a file', () => {
  it('grow after the first batch for money and quantities alike, and change no sum', async () => {
    const lines = Array.from({ length: 250_000 }, (_, i) => `${i},a,2024-01-01,-0.1,1,p,s`);
    const file = new Blob([HEADER, lines.join('\n'), '\nx,a,2024-01-01,0.000001,0.25,p,s']);
    const { layout } = await importOrders(db, file, 'scales.csv', MAPPING);
    expect([layout.moneyScale, layout.quantityScale]).toEqual([6, 2]);
    const sums = sql`SELECT CAST(sum(amount) AS VARCHAR) AS amount, CAST(sum(quantity) AS VARCHAR) AS quantity,
      any_value(typeof(amount)) AS type FROM order_lines`;
    expect(await db.query(sums, { amount: 'text', quantity: 'text', type: 'text' })).toEqual([
      { amount: '-24999.999999', quantity: '250000.25', type: 'DECIMAL(18,6)' },
    ]);
  });
});
