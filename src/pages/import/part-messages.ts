import { defineMessages } from '../../i18n/messages';

/** The texts of the choice to take only a part of the files, and of the warning that goes before it. */
export const partMessages = defineMessages(
  (f) => ({
    title: 'Take a part only',
    from: 'Orders from',
    to: 'to',
    seen: (first: string, last: string) => `The rows looked at lie between ${first} and ${last}.`,
    periodHint: 'Orders, events and feedback of these days; members and products are taken whole.',
    customers: 'Customers',
    all: 'All customers',
    oneIn: (n: number) => `One customer in ${f.integer(n)}`,
    choice: (choice: string, needed: number, limit: number) => `${choice}: ${f.bytes(needed)} of ${f.bytes(limit)}`,
    doesNotFit: (choice: string) => `${choice} (does not fit)`,
    customersHint:
      'Whole customers, not rows: whoever is chosen keeps every row, in every file that names them the same way, and is chosen again next time.',
    comesTo: (rows: number, needed: number, limit: number) =>
      `As chosen: about ${f.compact(rows)} rows, ${f.bytes(needed)} of ${f.bytes(limit)}.`,
    takeAll: 'Take everything',
    tight: 'These files are large for a browser.',
    tooLarge: 'These files are probably too large for a browser.',
    needed: (rows: number, needed: number, limit: number) =>
      `About ${f.compact(rows)} rows will take about ${f.bytes(needed)} of the ${f.bytes(limit)} that the engine can hold, and analyses need room beside them.`,
    held: (bytes: number) =>
      `${f.bytes(bytes)} of that are of the dataset that is open, which stays until the new one is there.`,
    columns: (columns: readonly string[], bytes: number) =>
      `Leaving out ${f.list(columns)} frees about ${f.bytes(bytes)}.`,
    leaveOut: 'Leave these out',
    takePart: 'Or take a period, or a sample of the customers, below.',
  }),
  (f) => ({
    title: '只取一部分',
    from: '订单起始日',
    to: '截止日',
    seen: (first: string, last: string) => `已查看的行在 ${first} 至 ${last} 之间。`,
    periodHint: '订单、行为和反馈只取这些天；会员和商品全部读取。',
    customers: '客户',
    all: '全部客户',
    oneIn: (n: number) => `每 ${f.integer(n)} 位客户取 1 位`,
    choice: (choice: string, needed: number, limit: number) => `${choice}：${f.bytes(needed)} / ${f.bytes(limit)}`,
    doesNotFit: (choice: string) => `${choice}（放不下）`,
    customersHint: '按客户抽取而不是按行：被选中的客户在各个以同样方式标识客户的文件中保留全部数据，下次仍会选中。',
    comesTo: (rows: number, needed: number, limit: number) =>
      `按当前选择：约 ${f.compact(rows)} 行，${f.bytes(needed)} / ${f.bytes(limit)}。`,
    takeAll: '全部读取',
    tight: '这些文件对浏览器来说较大。',
    tooLarge: '这些文件对浏览器来说可能太大了。',
    needed: (rows: number, needed: number, limit: number) =>
      `约 ${f.compact(rows)} 行，大约占用 ${f.bytes(needed)}（引擎上限 ${f.bytes(limit)}），分析时还需要额外空间。`,
    held: (bytes: number) => `其中 ${f.bytes(bytes)} 属于当前打开的数据集，新数据就绪之前一直保留。`,
    columns: (columns: readonly string[], bytes: number) => `不导入${f.list(columns)}可节省约 ${f.bytes(bytes)}。`,
    leaveOut: '不导入这些列',
    takePart: '也可以在下面只取一段时间，或抽取一部分客户。',
  }),
);
