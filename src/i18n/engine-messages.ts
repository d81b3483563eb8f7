import { defineMessages } from './messages';

/** What went wrong behind the page and what came of it, said once wherever the person is. */
export const engineMessages = defineMessages(
  () => ({
    notTogether: (why: string) =>
      `The customers of your files were not brought together, so some count more than once. ${why} Open “One customer” to try again.`,
    rebuilding: 'The query engine stopped. Rebuilding it from your file …',
    rebuilt: 'The query engine had stopped and was rebuilt; everything is back.',
  }),
  () => ({
    notTogether: (why: string) => `各文件中的客户未能归一，部分客户会重复计数。${why}请打开“客户归一”重试。`,
    rebuilding: '查询引擎已停止，正在用您的文件重建……',
    rebuilt: '查询引擎曾停止，现已重建，一切恢复。',
  }),
);
