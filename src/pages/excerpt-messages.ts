import type { Day } from '../core/dates';
import { defineMessages } from '../i18n/messages';
import type { Excerpt } from '../ingest/excerpt/excerpt';

/** How a part of the files is named wherever figures are of it. */
export const excerptMessages = defineMessages(
  (f) => {
    const period = (from: Day | null, to: Day | null): string => {
      if (from !== null && to !== null) return `${from} to ${to}`;
      return from === null ? `up to ${to ?? ''}` : `from ${from} on`;
    };
    const parts = ({ oneIn, from, to }: Excerpt): readonly string[] => [
      ...(oneIn > 1 ? [`one customer in ${f.integer(oneIn)}`] : []),
      ...(from !== null || to !== null ? [period(from, to)] : []),
    ];
    return {
      mark: ({ oneIn }: Excerpt) => (oneIn > 1 ? `1 in ${f.integer(oneIn)} customers` : 'a period'),
      /** What the mark stands for, in full. */
      figures: (excerpt: Excerpt) =>
        `These figures are of a part of your files: ${parts(excerpt).join(', ')}. ${
          excerpt.oneIn > 1
            ? 'Shares and averages are close to those of all customers; counts and sums are of the sample.'
            : ''
        }`.trim(),
    };
  },
  (f) => {
    const period = (from: Day | null, to: Day | null): string => {
      if (from !== null && to !== null) return `${from} 至 ${to}`;
      return from === null ? `截至 ${to ?? ''}` : `${from} 起`;
    };
    const parts = ({ oneIn, from, to }: Excerpt): readonly string[] => [
      ...(oneIn > 1 ? [`每 ${f.integer(oneIn)} 位客户取 1 位`] : []),
      ...(from !== null || to !== null ? [period(from, to)] : []),
    ];
    return {
      mark: ({ oneIn }: Excerpt) => (oneIn > 1 ? `1/${f.integer(oneIn)} 客户` : '部分时间'),
      figures: (excerpt: Excerpt) =>
        `以下数字只涉及文件的一部分：${parts(excerpt).join('，')}。${
          excerpt.oneIn > 1 ? '占比和平均值接近全体客户，数量和合计仅为样本。' : ''
        }`,
    };
  },
);
