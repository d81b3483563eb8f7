import type { Locale } from '../../i18n/format';
import { csvLine, type TextFile } from '../csv-writer';
import { BROKEN_ROWS, brokenRow } from './broken-rows';
import type { Movement, RetailCompany } from './company';
import { memberNumber } from './numbers';
import { orderHeader, receiptRows, type Receipt } from './order-row';
import { formatTime } from './setting';

/** The shop's export: one row a line in the order of time, refunds as rows of their own. */
export function ordersFile(company: RetailCompany, locale: Locale): TextFile {
  return {
    name: locale === 'zh' ? '灯笼生活-订单.csv' : 'lantern-orders.csv',
    kind: 'orders',
    encoding: locale === 'zh' ? 'gb18030' : 'utf-8',
    records: company.movementCount + BROKEN_ROWS.length + 1,
    lines: () => orderLines(company),
  };
}

function* orderLines(company: RetailCompany): Generator<string> {
  const { locale } = company.setting.options;
  yield csvLine(orderHeader(locale));
  let broken = 0;
  let written = 0;
  for (const movement of company.movements()) {
    yield movementLines(company, movement);
    written++;
    // Spread over the file, so that no first page of a preview shows them all.
    while (broken < BROKEN_ROWS.length && written * (BROKEN_ROWS.length + 1) >= (broken + 1) * company.movementCount) {
      yield brokenRow(company.setting, broken++, company.orderCount).text;
    }
  }
}

function movementLines(company: RetailCompany, { orderIndex, isRefund }: Movement): string {
  const { setting } = company;
  const order = company.order(orderIndex);
  const { refund } = order;
  const receipt: Receipt = {
    orderNumber: company.orderNumber(orderIndex),
    member: order.membership === null ? '' : memberNumber(company.buyerOf(orderIndex), order.membership),
    time: formatTime(setting.window, isRefund && refund !== null ? refund.seconds : order.seconds),
    storePosition: order.storePosition,
    channel: order.channel,
    coupon: order.coupon,
    payment: order.payment,
    status: isRefund ? 'refunded' : order.cancelled ? 'cancelled' : 'completed',
  };
  const lines = isRefund && refund !== null ? order.lines.slice(refund.from, refund.to) : order.lines;
  return receiptRows(receipt, lines, isRefund ? -1 : 1, setting.options.locale);
}
