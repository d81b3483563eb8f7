import type { LineClass } from './import-contract';

/** Words that undo what stands beside them: a refund that failed or was withdrawn leaves a sale. */
const UNDONE =
  /\b(no|not|non|without|partial|partially)\b|(refund|return)s? (failed|rejected|cancel\w*|closed|declined)|部分|无退|未退|无需退|没有退|退[款货](失败|关闭|取消|驳回)|(取消|拒绝|撤销)退/;
const RETURN =
  /\b(returns?|returned|refund|refunds|refunded|refunding|chargeback|credit note)\b|退货|退款|退单|退换|已退|冲红|红冲/;
const LEAVE_OUT =
  /\b(cancel\w*|void|voided|closed|unpaid|failed|declined|expired|abandoned|draft|deleted|test|pending payment|payment pending|awaiting payment|pending)\b|not paid|取消|关闭|未付|待付|未支付|待支付|作废|无效|失败|已删除|测试/;

/** Words for what became of the order itself, not for a record of goods or money coming back. */
const STATE_OF_ORDER = /\brefunded\b|已退款|退款(成功|完成)/;

/**
 * True for a status that overwrote the one of the sale it stands beside: the money was paid back and
 * the row is all there is, so that counting it as a return would take it off twice.
 */
export function saysPaidBack(status: string): boolean {
  return STATE_OF_ORDER.test(status.normalize('NFKC').toLowerCase());
}

/**
 * What a value of a status or type column says about its lines: a return, nothing that took place, or
 * a sale. English and Chinese; values that say nothing are sales, gifts too (their amount is zero).
 */
export function classOfStatus(status: string): LineClass {
  const words = status
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[_\-/.]+/g, ' ');
  if (RETURN.test(words)) return UNDONE.test(words) ? 'sale' : 'return';
  return LEAVE_OUT.test(words) ? 'leave-out' : 'sale';
}
