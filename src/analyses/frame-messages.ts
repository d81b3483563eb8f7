import { defineMessages } from '../i18n/messages';

/** What the frame of every analysis says. */
export const frameMessages = defineMessages(
  (f) => ({
    cancelled: 'Cancelled: the figures below are of the run before.',
    runAgain: 'Run again',
    failed: 'The figures could not be worked out.',
    mistakes: 'These settings cannot be used yet:',
    everyone: 'Everyone with a purchase',
    populationCustomers: (n: number) => `${f.integer(n)} customers`,
    populationOrders: (n: number) => `${f.integer(n)} orders`,
    populationRevenue: (amount: string) => `${amount} revenue`,
    populationIdentified: (share: number) => `${f.percent(share)} of revenue identified`,
    populationAudience: (share: number) => `${f.percent(share)} of the period's revenue`,
    showSql: 'Show SQL',
    method: 'Method',
    export: 'Export',
    sqlOf: 'Statement behind',
  }),
  (f) => ({
    cancelled: '已取消：下面是上一次运行的结果。',
    runAgain: '重新运行',
    failed: '未能得出结果。',
    mistakes: '这些设置还不能使用：',
    everyone: '全部有购买的客户',
    populationCustomers: (n) => `${f.integer(n)} 位客户`,
    populationOrders: (n) => `${f.integer(n)} 笔订单`,
    populationRevenue: (amount) => `销售额 ${amount}`,
    populationIdentified: (share) => `${f.percent(share)} 的销售额可识别客户`,
    populationAudience: (share) => `占本期销售额 ${f.percent(share)}`,
    showSql: '查看 SQL',
    method: '方法',
    export: '导出',
    sqlOf: '对应的语句',
  }),
);
