import { defineMessages } from '../../../i18n/messages';

export const extractMessages = defineMessages(
  (f) => {
    const of = (count: number, one: string, many: string): string => `${f.integer(count)} ${count === 1 ? one : many}`;
    return {
      tablesOf: (file: string) => `Tables in ${file}`,
      tablesHint: 'Each table that is ticked is read as a file of its own.',
      unnamed: 'Table',
      rows: (count: number) => of(count, 'row', 'rows'),
      columns: (count: number) => of(count, 'column', 'columns'),
      uncounted: 'not counted yet',
      empty: 'empty',
      hidden: 'hidden',
      noTables: (file: string) => `${file} holds no table. Save the one you mean as XLSX or CSV and drop that.`,

      flatten: 'Values inside values',
      'flatten-none': 'as text',
      'flatten-objects': 'a column each',
      'flatten-lines': 'a row each',

      headerQuestion: 'Which line names the columns?',
      headerHint: 'Lines above it are skipped; rows begin below it.',
      noHeader: 'No line does: the first one already is data, and the columns are named by their position.',
      line: 'Line',
      lineNames: (line: number) => `Line ${f.integer(line)} names the columns`,
      skipped: 'skipped',
      names: 'names',
      moreCells: (count: number) => `+${f.integer(count)}`,
      moreCellsSpoken: (count: number) => `and ${of(count, 'more cell', 'more cells')}`,

      notes: 'Worth knowing about this table',
      'merged-cells-filled': (count: number, names: string) =>
        `${of(count, 'cell', 'cells')} of merged areas took the area's value${names === '' ? '' : ` (${names})`}. An amount that is written once for several rows now stands in each of them: check it before adding up.`,
      'formula-results': (count: number) =>
        `${of(count, 'cell holds a formula', 'cells hold formulas')}: read as last calculated when the file was saved.`,
      'formulas-without-result': (count: number) =>
        `${of(count, 'formula was', 'formulas were')} saved without a result and read as gaps. Open the file in a spreadsheet, save it, and drop it again.`,
      'error-cells': (count: number) =>
        `${of(count, 'cell shows', 'cells show')} an error such as #N/A: read as ${count === 1 ? 'a gap' : 'gaps'}.`,
      'digits-lost': (count: number) =>
        `${of(count, 'number of', 'numbers of')} more than 15 digits: a spreadsheet has made the digits beyond them zeros. If these are ids, export them again as text.`,
      'hidden-rows': (count: number) =>
        `${of(count, 'row is', 'rows are')} hidden in the sheet and read like the others.`,
      'hidden-columns': (count: number) =>
        `${of(count, 'column is', 'columns are')} hidden in the sheet and read like the others.`,
      'cells-with-line-breaks': (count: number) =>
        `${of(count, 'cell holds', 'cells hold')} a line break: below the first of them, line numbers are not the sheet's row numbers.`,
      'columns-left-out': (count: number, names: string) =>
        `${of(count, 'column holds', 'columns hold')} no text or numbers and ${count === 1 ? 'was' : 'were'} left out${names === '' ? '' : `: ${names}`}.`,
      'broken-lines': (count: number) =>
        `${of(count, 'line is', 'lines are')} no JSON and ${count === 1 ? 'was' : 'were'} left out.`,
      'values-left-out': (count: number) =>
        `${of(count, 'value', 'values')} stood where a record was expected and ${count === 1 ? 'was' : 'were'} left out.`,
      'nested-as-text': (count: number) =>
        `${of(count, 'cell holds', 'cells hold')} a nested value, kept as JSON text.`,
    };
  },
  (f) => ({
    tablesOf: (file: string) => `${file} 中的表`,
    tablesHint: '勾选的每张表都会作为一个单独的文件读取。',
    unnamed: '表',
    rows: (count: number) => `${f.integer(count)} 行`,
    columns: (count: number) => `${f.integer(count)} 列`,
    uncounted: '尚未计数',
    empty: '空表',
    hidden: '隐藏',
    noTables: (file: string) => `${file} 中没有表。请把需要的内容另存为 XLSX 或 CSV 后再拖入。`,

    flatten: '嵌套的值',
    'flatten-none': '保留为文本',
    'flatten-objects': '各成一列',
    'flatten-lines': '各成一行',

    headerQuestion: '哪一行是列名？',
    headerHint: '它上面的行会被跳过，数据从它下面一行开始。',
    noHeader: '没有列名行：第一行就是数据，各列按位置命名。',
    line: '行',
    lineNames: (line: number) => `第 ${f.integer(line)} 行是列名`,
    skipped: '跳过',
    names: '列名',
    moreCells: (count: number) => `+${f.integer(count)}`,
    moreCellsSpoken: (count: number) => `还有 ${f.integer(count)} 个单元格`,

    notes: '关于这张表，请留意',
    'merged-cells-filled': (count: number, names: string) =>
      `合并区域中的 ${f.integer(count)} 个单元格已填入该区域的值${names === '' ? '' : `(${names})`}。只写了一次的金额现在会出现在每一行，求和前请核对。`,
    'formula-results': (count: number) => `${f.integer(count)} 个单元格是公式，按文件保存时的计算结果读取。`,
    'formulas-without-result': (count: number) =>
      `${f.integer(count)} 个公式保存时没有结果，按空值读取。请用表格软件打开并保存后重新拖入。`,
    'error-cells': (count: number) => `${f.integer(count)} 个单元格显示 #N/A 等错误，按空值读取。`,
    'digits-lost': (count: number) =>
      `${f.integer(count)} 个数字超过 15 位，后面的位数已被表格软件改成 0。如果是编号，请以文本形式重新导出。`,
    'hidden-rows': (count: number) => `表中有 ${f.integer(count)} 行被隐藏，与其他行一样读取。`,
    'hidden-columns': (count: number) => `表中有 ${f.integer(count)} 列被隐藏，与其他列一样读取。`,
    'cells-with-line-breaks': (count: number) =>
      `${f.integer(count)} 个单元格内有换行：从第一个起，之后的行号与表中的行号不再一致。`,
    'columns-left-out': (count: number, names: string) =>
      `${f.integer(count)} 列既不是文本也不是数字，未读取${names === '' ? '' : `：${names}`}。`,
    'broken-lines': (count: number) => `${f.integer(count)} 行不是 JSON，未读取。`,
    'values-left-out': (count: number) => `${f.integer(count)} 个值出现在应为记录的位置，未读取。`,
    'nested-as-text': (count: number) => `${f.integer(count)} 个单元格含有嵌套的值，以 JSON 文本保留。`,
  }),
);
