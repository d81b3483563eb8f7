import { defineMessages } from '../i18n/messages';

export const analysisExportMessages = defineMessages(
  (f) => ({
    title: 'Take it along',
    totalsTitle: 'Customers with their totals',
    totalsText: (count: number) => `${f.integer(count)} rows: customer, days since the last order, orders and revenue.`,
    customersTitle: 'Customers with scores and segment',
    customersText: (count: number) =>
      `${f.integer(count)} rows: customer, R, F and M scores, segment, days since the last order, orders and revenue.`,
    tablesTitle: 'Tables of figures',
    noneWithheld: 'Nothing is withheld.',
    sqlTitle: 'The SQL and its tables',
    sqlText:
      'A script that runs as it is in any DuckDB, and the tables it reads as CSV. Put the files in one folder. The browser may ask whether several downloads are allowed.',
    sqlAction: 'Download script and tables',
    fileCustomers: (analysis: string) => `customers-${analysis}`,
    sheetCustomers: 'customers',
    chartsText: 'Each chart has its own menu for PNG, SVG and its data.',
  }),
  (f) => ({
    title: '导出',
    totalsTitle: '客户与合计',
    totalsText: (count: number) => `${f.integer(count)} 行：客户、距最近下单天数、订单数与消费金额。`,
    customersTitle: '客户、分数与分群',
    customersText: (count: number) =>
      `${f.integer(count)} 行：客户、R/F/M 分、分群、距最近下单天数、订单数与消费金额。`,
    tablesTitle: '汇总表',
    noneWithheld: '没有隐去任何数字。',
    sqlTitle: 'SQL 与数据表',
    sqlText:
      '一份可在任意 DuckDB 中直接运行的脚本，以及它读取的表（CSV）。请放在同一文件夹。浏览器可能会询问是否允许多个下载。',
    sqlAction: '下载脚本和数据表',
    fileCustomers: (analysis: string) => `客户-${analysis}`,
    sheetCustomers: '客户',
    chartsText: '每张图表自带菜单，可存为 PNG、SVG 或导出数据。',
  }),
);
