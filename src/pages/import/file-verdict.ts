import type { ColumnPreview, FilePreview, MissingNeed } from '../../ingest/file-preview';

/**
 * What a file seems to be, as far as it matters for the next step. `no-customer` has times and
 * money but nobody in it; the last three are no transactions: opinions (scores, comments), baskets
 * (items that belong together, without time or money) or something else.
 */
export type FileVerdict = 'transactions' | 'incomplete' | 'no-customer' | 'feedback' | 'baskets' | 'other';

const FEEDBACK =
  /score|rating|review|comment|feedback|nps|csat|satisf|survey|opinion|complain|sentiment|stars?\b|评分|评价|评论|反馈|满意|打分|投诉|建议|问卷|星级|推荐意愿/i;
const BASKET = /basket|items?\b|item[_ ]?set|transaction|invoice|cart|购物篮|商品清单|交易号|小票/i;
/** Headers of columns that often stand for a person, though they are not called so. */
const PERSON =
  /phone|mobile|tel|e-?mail|card|member|buyer|account|user|login|nick|name|recipient|consignee|receiver|address|wechat|openid|unionid|手机|电话|邮箱|卡号|会员|买家|账号|账户|用户|昵称|姓名|收货人|收件人|联系人|地址|微信/i;
const NOT_A_PERSON = /product|item|goods|sku|file|store|shop|category|brand|商品|产品|货品|门店|店铺|品类|品牌/i;

/** Says what the file seems to be from what is missing and what its columns are called. */
export function judgeFile(preview: FilePreview, missing: readonly MissingNeed[]): FileVerdict {
  if (missing.length === 0) return 'transactions';
  const lacks = (need: MissingNeed): boolean => missing.includes(need);
  if (lacks('customer') && !lacks('time') && !lacks('amount')) return 'no-customer';
  if (!lacks('amount')) return 'incomplete';
  if (preview.columns.some((column) => FEEDBACK.test(column.name))) return 'feedback';
  if (lacks('time') && preview.columns.some((column) => BASKET.test(column.name))) return 'baskets';
  return missing.length === 3 ? 'other' : 'incomplete';
}

/** A column that might say who bought, with how its values repeat in the rows that were looked at. */
export interface CustomerCandidate {
  readonly column: ColumnPreview;
  readonly distinct: number;
  readonly filledRows: number;
}

/**
 * Up to three columns that might serve as the customer, likeliest first: named like a person or an
 * address of one, or repeating as customers do (more than once, far from always); filled in at least
 * half of the rows.
 */
export function customerCandidates(preview: FilePreview): readonly CustomerCandidate[] {
  const scored = preview.columns.flatMap((column) => {
    const filledRows = preview.sampledRows - column.gaps;
    if (column.type === 'empty' || column.type === 'time' || column.distinct < 2 || NOT_A_PERSON.test(column.name))
      return [];
    // Money and measures repeat as well, but a number with decimals is nobody's id.
    if (column.type === 'number' && column.examples.some((example) => /[.,]\d/.test(example))) return [];
    if (column.role !== 'ignore' && column.role !== 'customerId') return [];
    if (filledRows < preview.sampledRows / 2) return [];
    const rowsEach = filledRows / column.distinct;
    const repeats = rowsEach >= 1.2 && column.distinct >= Math.min(20, filledRows / 10);
    const score = (PERSON.test(column.name) ? 2 : 0) + (repeats ? 1 : 0);
    return score === 0 ? [] : [{ score, candidate: { column, distinct: column.distinct, filledRows } }];
  });
  return scored
    .sort((a, b) => b.score - a.score || a.candidate.column.index - b.candidate.column.index)
    .slice(0, 3)
    .map((each) => each.candidate);
}
