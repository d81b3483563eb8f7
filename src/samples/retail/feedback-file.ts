import type { Locale } from '../../i18n/format';
import { csvLine, type TextFile } from '../csv-writer';
import type { RetailCompany } from './company';
import { ANSWER_SHARE, feedbackOf } from './feedback';
import type { FeedbackKind } from './feedback-texts';
import { memberNumber } from './numbers';
import { formatTime } from './setting';
import { words, type Words } from './words';

const HEADER: Readonly<Record<Locale, readonly string[]>> = {
  en: ['feedback_time', 'member_no', 'order_no', 'kind', 'score', 'text'],
  zh: ['反馈时间', '会员号', '订单号', '类型', '评分', '内容'],
};

export const KIND_NAMES: Readonly<Record<FeedbackKind, Words>> = {
  nps: words('nps', 'NPS'),
  csat: words('csat', '满意度'),
  review: words('review', '评价'),
  complaint: words('complaint', '投诉'),
  inquiry: words('inquiry', '咨询'),
};

/** Surveys, reviews and tickets in the order of time. */
export function feedbackFile(company: RetailCompany, locale: Locale): TextFile {
  return {
    name: locale === 'zh' ? '灯笼生活-反馈.csv' : 'lantern-feedback.csv',
    kind: 'feedback',
    encoding: 'utf-8',
    records: Math.ceil(company.orderCount * ANSWER_SHARE),
    *lines() {
      yield csvLine(HEADER[locale]);
      for (const { seconds, order, kind, score, text } of feedbackOf(company)) {
        const { membership } = company.order(order);
        yield csvLine([
          formatTime(company.setting.window, seconds),
          memberNumber(company.buyerOf(order), membership ?? 0),
          company.orderNumber(order),
          KIND_NAMES[kind][locale],
          score ?? '',
          text?.[locale] ?? '',
        ]);
      }
    },
  };
}
