import { defineMessages } from './messages';

/** The word of the engine's death and return, said once wherever the person is. */
export const engineMessages = defineMessages(
  () => ({
    rebuilding: 'The query engine stopped. Rebuilding it from your file …',
    rebuilt: 'The query engine had stopped and was rebuilt; everything is back.',
  }),
  () => ({
    rebuilding: '查询引擎已停止，正在用您的文件重建……',
    rebuilt: '查询引擎曾停止，现已重建，一切恢复。',
  }),
);
