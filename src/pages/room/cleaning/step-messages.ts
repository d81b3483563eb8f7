import type { MistakeCode } from '../../../ingest/cleaning/expression/mistake';
import type { StepMistake } from '../../../ingest/cleaning/plan-scope';
import type { StepKind } from '../../../ingest/cleaning/step';
import { defineMessages } from '../../../i18n/messages';
import type { KindGroup, ListField, TextField } from './step-draft';

const KINDS_EN: Readonly<Record<StepKind, string>> = {
  trim: 'Trim blanks at the ends',
  'half-width': 'Full width to half width (NFKC)',
  'collapse-blanks': 'Collapse blanks inside',
  case: 'Change case',
  replace: 'Replace text',
  'map-values': 'Map values',
  'merge-spellings': 'Merge spellings',
  scale: 'Convert units',
  'read-number': 'Read as numbers',
  'read-time': 'Read as dates and times',
  'fill-gaps': 'Fill gaps',
  outliers: 'Clip or flag outliers',
  split: 'Split a column',
  join: 'Join columns',
  compute: 'Compute a column',
  'drop-columns': 'Drop columns',
  'keep-rows': 'Keep rows where',
  'distinct-rows': 'Remove equal rows',
  'distinct-by': 'Remove duplicates by key',
};

const KINDS_ZH: Readonly<Record<StepKind, string>> = {
  trim: '去除首尾空白',
  'half-width': '全角转半角(NFKC)',
  'collapse-blanks': '合并中间空白',
  case: '转换大小写',
  replace: '替换文本',
  'map-values': '映射取值',
  'merge-spellings': '合并写法',
  scale: '换算单位',
  'read-number': '读作数字',
  'read-time': '读作日期时间',
  'fill-gaps': '填补空缺',
  outliers: '截断或标记异常值',
  split: '拆分列',
  join: '合并列',
  compute: '计算列',
  'drop-columns': '删除列',
  'keep-rows': '按条件保留行',
  'distinct-rows': '删除完全相同的行',
  'distinct-by': '按主键去重',
};

const HINTS_EN: Readonly<Record<StepKind, string>> = {
  trim: 'Blanks of every width; a cell of blanks alone becomes a gap.',
  'half-width': 'ＡＢＣ１２３ becomes ABC123, ｶﾅ becomes カナ, ㎏ becomes kg.',
  'collapse-blanks': 'Every run of blanks or line ends becomes one blank.',
  case: 'Capitals, small letters, or a capital at each word.',
  replace: 'Plain text, or a regular expression with groups.',
  'map-values': 'Whole cells: M to 男, F to 女, a gap to unknown.',
  'merge-spellings': '上海, 上海市 and SH become one.',
  scale: '1.2万 becomes 12000, 分 becomes 元, g becomes kg. Exact.',
  'read-number': '¥1,234.50, (3.10) and １２ become plain numbers.',
  'read-time': '3/1/2024, 2024年1月3日 and epochs become 2024-01-03.',
  'fill-gaps': 'By a value, a group’s median or usual value, the value above; or drop the row.',
  outliers: 'Bounds by value, by quantile, or by quartiles (Tukey’s fences).',
  split: 'At a delimiter, into named columns; the last takes the rest.',
  join: 'With a text between; gaps are passed over.',
  compute: 'An SQL expression over the row, checked as you type.',
  'drop-columns': 'They are gone from here on; the file keeps them.',
  'keep-rows': 'Rows for which an SQL condition does not hold are dropped.',
  'distinct-rows': 'Of rows equal in every column the first stays.',
  'distinct-by': 'Of rows with the same key stays the first, the last, the fullest, the largest or the smallest.',
};

const HINTS_ZH: Readonly<Record<StepKind, string>> = {
  trim: '包括全角空格；只有空白的单元格视为空缺。',
  'half-width': 'ＡＢＣ１２３ 变为 ABC123，ｶﾅ 变为 カナ，㎏ 变为 kg。',
  'collapse-blanks': '连续的空白或换行变为一个空格。',
  case: '全部大写、全部小写，或每个单词首字母大写。',
  replace: '普通文本，或带分组的正则表达式。',
  'map-values': '按整格替换：M 变为男，F 变为女，空缺变为未知。',
  'merge-spellings': '上海、上海市、SH 合为一种写法。',
  scale: '1.2万 变为 12000，分换算成元，克换算成千克，精确计算。',
  'read-number': '¥1,234.50、(3.10)、１２ 变为普通数字。',
  'read-time': '3/1/2024、2024年1月3日、时间戳变为 2024-01-03。',
  'fill-gaps': '填入固定值、分组的中位数或众数、上一个值，或删除该行。',
  outliers: '按固定值、分位数或四分位距(Tukey 法)设界。',
  split: '按分隔符拆成若干列，最后一列取剩余部分。',
  join: '以指定文本连接，跳过空缺。',
  compute: '针对每一行的 SQL 表达式，输入时即检查。',
  'drop-columns': '此后不再出现，原文件不变。',
  'keep-rows': '不满足 SQL 条件的行会被删除。',
  'distinct-rows': '各列完全相同的行只留第一行。',
  'distinct-by': '主键相同的行保留第一行、最后一行、最完整、最大或最小的一行。',
};

const FIELDS_EN: Readonly<Record<TextField | ListField, string>> = {
  column: 'Column',
  letters: 'Letters',
  find: 'Find',
  put: 'Put in its place',
  as: 'Find as',
  values: 'Values, one a line: written => meant',
  others: 'Other values',
  groups: 'Spellings, one group a line: one | another => target',
  factor: 'Multiply numbers without a unit by',
  units: 'Units, one a line: unit => factor',
  numberFormat: 'Decimals are marked by',
  timeFormat: 'Written as',
  zoneHours: 'Zone for epochs and offsets (hours east of UTC)',
  unreadable: 'What cannot be read',
  fillWith: 'Fill with',
  value: 'Value',
  order: 'In the order of',
  boundsBy: 'Bounds',
  low: 'Not below',
  high: 'Not above',
  lowShare: 'Lower quantile (%)',
  highShare: 'Upper quantile (%)',
  fences: 'Quartile distances beyond the quartiles',
  then: 'What lies outside',
  flag: 'Name of the flag column',
  at: 'Split at',
  into: 'New columns, one name a line',
  name: 'Name of the column',
  between: 'Text between',
  keep: 'Keep the columns it is made from',
  expression: 'Expression',
  choose: 'Of each key keep',
  of: 'By the column',
  columns: 'Columns',
  by: 'Within groups of',
};

const FIELDS_ZH: Readonly<Record<TextField | ListField, string>> = {
  column: '列',
  letters: '字母',
  find: '查找',
  put: '替换为',
  as: '查找方式',
  values: '取值，每行一条：原值 => 新值',
  others: '其他值',
  groups: '写法，每行一组：写法一 | 写法二 => 统一写法',
  factor: '没有单位的数字乘以',
  units: '单位，每行一条：单位 => 倍数',
  numberFormat: '小数点写作',
  timeFormat: '书写格式',
  zoneHours: '时间戳与带偏移值所用时区(东 N 区，小时)',
  unreadable: '无法读取的单元格',
  fillWith: '填入',
  value: '值',
  order: '排序依据',
  boundsBy: '界限',
  low: '不低于',
  high: '不高于',
  lowShare: '下分位(%)',
  highShare: '上分位(%)',
  fences: '超出四分位数的倍数',
  then: '超出界限的',
  flag: '标记列的名称',
  at: '分隔符',
  into: '新列名，每行一个',
  name: '列名',
  between: '连接文本',
  keep: '保留原来的列',
  expression: '表达式',
  choose: '相同主键保留',
  of: '依据列',
  columns: '列',
  by: '分组依据',
};

const CHOICES_EN: Readonly<Record<string, string>> = {
  upper: 'CAPITALS',
  lower: 'small letters',
  title: 'A Capital At Each Word',
  text: 'plain text',
  pattern: 'regular expression',
  keep: 'stay as they are',
  empty: 'become gaps',
  point: 'a point: 1,234.5',
  comma: 'a comma: 1.234,5',
  ymd: 'year, month, day',
  dmy: 'day, month, year',
  mdy: 'month, day, year',
  compact: '20240103',
  named: '3 Jan 2024',
  epochS: 'seconds since 1970',
  epochMs: 'milliseconds since 1970',
  excel: 'Excel’s day number',
  value: 'a value',
  median: 'the median',
  mode: 'the most frequent value',
  previous: 'the value before',
  'drop-row': 'drop the row',
  nothing: 'nothing: they stay gaps',
  iqr: 'by quartiles',
  quantile: 'by quantiles',
  flag: 'flag in a column beside it',
  clip: 'clip to the bound',
  first: 'the first row',
  last: 'the last row',
  fullest: 'the fullest row',
  largest: 'the largest or latest',
  smallest: 'the smallest or earliest',
};

const CHOICES_ZH: Readonly<Record<string, string>> = {
  upper: '全部大写',
  lower: '全部小写',
  title: '单词首字母大写',
  text: '普通文本',
  pattern: '正则表达式',
  keep: '保持原样',
  empty: '变为空缺',
  point: '点：1,234.5',
  comma: '逗号：1.234,5',
  ymd: '年、月、日',
  dmy: '日、月、年',
  mdy: '月、日、年',
  compact: '20240103',
  named: '3 Jan 2024',
  epochS: '秒级时间戳',
  epochMs: '毫秒级时间戳',
  excel: 'Excel 日期序号',
  value: '固定值',
  median: '中位数',
  mode: '众数',
  previous: '上一个值',
  'drop-row': '删除该行',
  nothing: '不填，保持空缺',
  iqr: '按四分位距',
  quantile: '按分位数',
  flag: '在旁边加标记列',
  clip: '截断到界限',
  first: '第一行',
  last: '最后一行',
  fullest: '最完整的一行',
  largest: '最大或最晚的一行',
  smallest: '最小或最早的一行',
};

const GROUPS_EN: Readonly<Record<KindGroup, string>> = {
  texts: 'Texts',
  values: 'Numbers, dates, gaps',
  rows: 'Rows',
  columns: 'Columns',
};
const GROUPS_ZH: Readonly<Record<KindGroup, string>> = {
  texts: '文本',
  values: '数字、日期、空缺',
  rows: '行',
  columns: '列',
};

const EXPRESSION_EN: Readonly<Record<MistakeCode, (found: string) => string>> = {
  empty: () => 'Type an expression, such as price * quantity.',
  'too-long': () => 'The expression is longer than 2,000 characters.',
  'too-deep': () => 'The expression has too many brackets inside each other.',
  'bad-character': (found) => `${found} cannot stand in an expression.`,
  'unclosed-text': () => 'A text is opened by a single quote and not closed.',
  'unclosed-name': () => 'A column name is opened by a double quote and not closed.',
  'bad-number': (found) => `${found} is no number that can be held exactly.`,
  unexpected: (found) => `${found} was not expected here.`,
  'unexpected-end': () => 'The expression is not finished.',
  'unknown-column': (found) => `There is no column ${found}. Names with blanks stand in double quotes.`,
  'unknown-function': (found) => `${found} is not one of the functions that can be called here.`,
  'unknown-type': (found) => `${found} is not one of the types: text, decimal, integer, boolean, date, timestamp.`,
  'wrong-arguments': (found) => `${found} takes another number of arguments.`,
  'needs-constant': () => 'Here the value itself must stand, not a column.',
  'wrong-type': () => 'This part is of a type that cannot be used here.',
  refused: (found) => `The engine refuses it: ${found}`,
};
const EXPRESSION_ZH: Readonly<Record<MistakeCode, (found: string) => string>> = {
  empty: () => '请输入表达式，例如：单价 * 数量。',
  'too-long': () => '表达式超过 2000 个字符。',
  'too-deep': () => '括号嵌套过深。',
  'bad-character': (found) => `表达式中不能出现 ${found}。`,
  'unclosed-text': () => '文本的单引号没有闭合。',
  'unclosed-name': () => '列名的双引号没有闭合。',
  'bad-number': (found) => `${found} 无法作为数字精确保存。`,
  unexpected: (found) => `此处不应出现 ${found}。`,
  'unexpected-end': () => '表达式不完整。',
  'unknown-column': (found) => `没有名为 ${found} 的列；带空格的列名请用双引号。`,
  'unknown-function': (found) => `此处不能调用函数 ${found}。`,
  'unknown-type': (found) => `${found} 不是可用的类型：text、decimal、integer、boolean、date、timestamp。`,
  'wrong-arguments': (found) => `${found} 的参数个数不对。`,
  'needs-constant': () => '此处必须直接写值，不能用列。',
  'wrong-type': () => '此部分的类型不能用在这里。',
  refused: (found) => `引擎拒绝执行：${found}`,
};

/** The words for kinds of steps, their fields and choices, and what can be wrong with them. */
export const stepMessages = defineMessages(
  (f) => ({
    kind: (kind: StepKind) => KINDS_EN[kind],
    hint: (kind: StepKind) => HINTS_EN[kind],
    group: (group: KindGroup) => GROUPS_EN[group],
    field: (field: TextField | ListField) => FIELDS_EN[field],
    choice: (choice: string) => CHOICES_EN[choice] ?? choice,
    allColumns: 'all columns',
    columnList: (names: readonly string[]) => f.list(names),
    fileOrder: 'the file',
    noGroups: 'none: the whole column',
    expressionHint:
      'Columns by name, in double quotes if they hold blanks; texts in single quotes; + - * / || AND OR CASE; functions such as round, coalesce, substr, year.',
    expressionGood: (type: string) => `Good: it gives a ${type}.`,
    type: (type: string) =>
      ({ text: 'text', number: 'number', boolean: 'yes or no', day: 'date', time: 'time', nothing: 'gap' })[type] ??
      type,
    needsCondition: 'This is no condition: compare something, such as amount > 0.',
    expressionMistake: (code: MistakeCode, found: string) => EXPRESSION_EN[code](found),
    mistake: (mistake: StepMistake) => {
      switch (mistake.code) {
        case 'unknown-column':
          return `There is no column ${mistake.name} when this step’s turn comes.`;
        case 'taken-name':
          return `There already is a column ${mistake.name}.`;
        case 'no-column-left':
          return 'No column would be left.';
        case 'bounds-crossed':
          return 'The lower bound is above the upper one.';
        case 'no-bounds':
          return 'Give at least one bound.';
        case 'no-condition':
          return 'The expression is no condition.';
        case 'expression':
          return EXPRESSION_EN[mistake.mistake.code](mistake.mistake.found);
        case 'engine':
          return `The engine refuses it: ${mistake.words}`;
      }
    },
  }),
  (f) => ({
    kind: (kind: StepKind) => KINDS_ZH[kind],
    hint: (kind: StepKind) => HINTS_ZH[kind],
    group: (group: KindGroup) => GROUPS_ZH[group],
    field: (field: TextField | ListField) => FIELDS_ZH[field],
    choice: (choice: string) => CHOICES_ZH[choice] ?? choice,
    allColumns: '所有列',
    columnList: (names: readonly string[]) => f.list(names),
    fileOrder: '文件顺序',
    noGroups: '不分组，按整列',
    expressionHint:
      '直接写列名，含空格时用双引号；文本用单引号；可用 + - * / || AND OR CASE 以及 round、coalesce、substr、year 等函数。',
    expressionGood: (type: string) => `可以执行，结果为${type}。`,
    type: (type: string) =>
      ({ text: '文本', number: '数字', boolean: '是或否', day: '日期', time: '时间', nothing: '空缺' })[type] ?? type,
    needsCondition: '这不是条件，请写成比较，例如：金额 > 0。',
    expressionMistake: (code: MistakeCode, found: string) => EXPRESSION_ZH[code](found),
    mistake: (mistake: StepMistake) => {
      switch (mistake.code) {
        case 'unknown-column':
          return `执行到这一步时没有名为 ${mistake.name} 的列。`;
        case 'taken-name':
          return `已有名为 ${mistake.name} 的列。`;
        case 'no-column-left':
          return '这样就没有列了。';
        case 'bounds-crossed':
          return '下界高于上界。';
        case 'no-bounds':
          return '请至少给出一个界限。';
        case 'no-condition':
          return '该表达式不是条件。';
        case 'expression':
          return EXPRESSION_ZH[mistake.mistake.code](mistake.mistake.found);
        case 'engine':
          return `引擎拒绝执行：${mistake.words}`;
      }
    },
  }),
);
