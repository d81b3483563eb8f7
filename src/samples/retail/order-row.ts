import type { Locale } from '../../i18n/format';
import { csvCell, formatCents, LINE_END } from '../csv-writer';
import { CATEGORIES, PRODUCTS, type Product } from './catalogue';
import type { Channel } from './customer-types';
import type { Coupon, OrderLine } from './orders';
import { CHANNEL_NAMES, ONLINE_STORE, PAYMENTS, storeAt, type Payment } from './places';
import { words } from './words';

export const STATUSES = {
  completed: words('Completed', '已完成'),
  refunded: words('Refunded', '已退款'),
  cancelled: words('Cancelled', '已取消'),
} as const;

const COLUMNS = {
  en: [
    'order_no',
    'member_no',
    'paid_time',
    'store',
    'channel',
    'sku',
    'product',
    'category',
    'brand',
    'quantity',
    'list_price',
    'paid_amount',
    'coupon',
    'payment',
    'status',
  ],
  zh: [
    '订单号',
    '会员号',
    '支付时间',
    '门店',
    '渠道',
    '商品编号',
    '商品名称',
    '品类',
    '品牌',
    '数量',
    '吊牌价',
    '实付金额',
    '优惠券',
    '支付方式',
    '订单状态',
  ],
} as const;

export const orderHeader = (locale: Locale): readonly string[] => COLUMNS[locale];

/** What all rows of one order share, as cells. */
export interface Receipt {
  readonly orderNumber: string;
  /** Empty when no member number was shown. */
  readonly member: string;
  readonly time: string;
  /** A position of STORES; counts only when the channel is the store. */
  readonly storePosition: number;
  readonly channel: Channel;
  readonly coupon: Coupon | null;
  readonly payment: Payment | null;
  readonly status: keyof typeof STATUSES;
}

/** The cells before the product, joined: number, member, time, store and channel. */
export function receiptHead(receipt: Receipt, locale: Locale): string {
  const store = receipt.channel === 'store' ? storeAt(receipt.storePosition).name : ONLINE_STORE;
  const channel = CHANNEL_NAMES[receipt.channel];
  return `${receipt.orderNumber},${receipt.member},${receipt.time},${store[locale]},${channel[locale]}`;
}

const PRODUCT_CELLS: Readonly<Record<Locale, ReadonlyMap<Product, string>>> = {
  en: productCellsIn('en'),
  zh: productCellsIn('zh'),
};

function productCellsIn(locale: Locale): ReadonlyMap<Product, string> {
  return new Map(
    PRODUCTS.map((product) => [
      product,
      [product.sku, product.name[locale], CATEGORIES[product.category][locale], product.brand[locale]]
        .map(csvCell)
        .join(','),
    ]),
  );
}

/** Number, name, category and brand of a product, joined and quoted where they must be. */
export function productCells(product: Product, locale: Locale): string {
  return PRODUCT_CELLS[locale].get(product) ?? '';
}

/** The cells after the amounts, joined: coupon, payment and status. */
export function receiptTail(receipt: Receipt, locale: Locale): string {
  const payment = receipt.payment === null ? '' : PAYMENTS[receipt.payment][locale];
  return `${receipt.coupon?.name[locale] ?? ''},${payment},${STATUSES[receipt.status][locale]}`;
}

/** The rows of an order's lines, whole with their ends; `sign` -1 gives them back. */
export function receiptRows(receipt: Receipt, lines: readonly OrderLine[], sign: 1 | -1, locale: Locale): string {
  const head = receiptHead(receipt, locale);
  const tail = receiptTail(receipt, locale);
  let rows = '';
  for (const { product, quantity, paidCents } of lines) {
    const amounts = `${sign * quantity},${formatCents(product.priceCents)},${formatCents(sign * paidCents)}`;
    rows += `${head},${productCells(product, locale)},${amounts},${tail}${LINE_END}`;
  }
  return rows;
}
