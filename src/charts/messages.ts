import { defineMessages } from '../i18n/messages';

export const chartMessages = defineMessages(
  (format) => ({
    chartMenu: 'Save or copy this chart',
    savePng: 'Picture, PNG',
    saveSvg: 'Drawing, SVG',
    copyData: 'Copy the data',
    saveCsv: 'Data, CSV',
    showTable: 'Show as a table',
    pin: 'Pin to my dashboard',
    pinned: 'On my dashboard',
    notPinned: 'Not pinned: the settings of this page hold a mistake, or the dashboard is full',
    copied: 'Copied',
    /** Stands in a file in place of a number. */
    withheld: 'withheld',
    cellsWithheld: (cells: number, leastCustomers: number) =>
      `${format.integer(cells)} ${cells === 1 ? 'row or cell' : 'rows or cells'} withheld: they rest on fewer than ${format.integer(leastCustomers)} customers, or would give such a number back.`,
    copyFailed: 'Copying was refused by the browser',
    exportFailed: 'The picture could not be made',
    cut: (position: number, count: number) => `Limit ${format.integer(position)} of ${format.integer(count)}`,
    brushFrom: (chart: string) => `${chart}: where the choice begins`,
    brushTo: (chart: string) => `${chart}: where the choice ends`,
    total: 'Total',
    incomplete: 'not complete yet',
  }),
  (format) => ({
    chartMenu: '保存或复制图表',
    savePng: '图片（PNG）',
    saveSvg: '矢量图（SVG）',
    copyData: '复制数据',
    saveCsv: '数据（CSV）',
    showTable: '以表格显示',
    pin: '固定到我的看板',
    pinned: '已在我的看板',
    notPinned: '未能固定：本页设置有误，或看板已满',
    copied: '已复制',
    withheld: '已隐去',
    cellsWithheld: (cells, leastCustomers) =>
      `已隐去 ${format.integer(cells)} 处：涉及客户不足 ${format.integer(leastCustomers)} 位，或可由此反推的数字。`,
    copyFailed: '浏览器拒绝了复制',
    exportFailed: '图片未能生成',
    cut: (position, count) => `第 ${format.integer(position)} 条界线，共 ${format.integer(count)} 条`,
    brushFrom: (chart) => `${chart}：选区起点`,
    brushTo: (chart) => `${chart}：选区终点`,
    total: '合计',
    incomplete: '尚未结束',
  }),
);
