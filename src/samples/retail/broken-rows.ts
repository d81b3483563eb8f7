import { formatCents, LINE_END } from '../csv-writer';
import { PRODUCTS } from './catalogue';
import { memberNumber, orderNumber } from './numbers';
import { productCells, receiptHead, receiptTail, type Receipt } from './order-row';
import { DAY_SECONDS, formatTime, type Setting } from './setting';
import { words } from './words';

export type Defect = 'too-few-cells' | 'too-many-cells' | 'bad-time' | 'no-amount';

/** The planted rows that no reader can use, whatever the size of the company. */
export const BROKEN_ROWS: readonly Defect[] = [
  'too-few-cells',
  'bad-time',
  'no-amount',
  'too-many-cells',
  'bad-time',
  'no-amount',
  'too-few-cells',
  'bad-time',
  'too-many-cells',
  'no-amount',
  'too-few-cells',
  'no-amount',
];

const BAD_TIMES = [words('2025-13-45 25:61:00', '2025-13-45 25:61:00'), words('to be confirmed', '待补录')];
const NOTE = words('phone order', '电话订单');

export interface BrokenRow {
  readonly defect: Defect;
  /** Stands nowhere else in the file. */
  readonly orderNumber: string;
  /** The row with its end. */
  readonly text: string;
}

/** The broken row at a position of BROKEN_ROWS, in a company of that many orders. */
export function brokenRow(setting: Setting, position: number, orderCount: number): BrokenRow {
  const { locale } = setting.options;
  const defect = BROKEN_ROWS[position];
  const product = PRODUCTS[position];
  if (defect === undefined || product === undefined) throw new RangeError(`invalid broken row: ${position}`);
  const day = Math.floor(((position + 0.5) * setting.window.days) / BROKEN_ROWS.length);
  const badTime = BAD_TIMES[position % BAD_TIMES.length] ?? NOTE;
  const receipt: Receipt = {
    orderNumber: orderNumber(setting.window, day, orderCount + position),
    member: memberNumber(position * 7, 0),
    time: defect === 'bad-time' ? badTime[locale] : formatTime(setting.window, day * DAY_SECONDS + 12 * 3600),
    storePosition: 0,
    channel: 'store',
    coupon: null,
    payment: 'cash',
    status: 'completed',
  };
  const price = formatCents(product.priceCents);
  const cells = [receiptHead(receipt, locale), productCells(product, locale)];
  if (defect === 'too-many-cells') cells.push(NOTE[locale]);
  if (defect !== 'too-few-cells') {
    cells.push('1', price, defect === 'no-amount' ? '' : price, receiptTail(receipt, locale));
  }
  return { defect, orderNumber: receipt.orderNumber, text: cells.join(',') + LINE_END };
}
