import { defineMessages } from '../../../i18n/messages';
import type { MistakeCode } from '../../../ingest/cleaning/expression/mistake';
import type { StepMistake } from '../../../ingest/cleaning/plan-scope';
import type { StepKind } from '../../../ingest/cleaning/step';
import type { KindGroup, ListField, TextField } from './step-fields';
import { STEP_WORDS_EN } from './step-words-en';
import { STEP_WORDS_ZH } from './step-words-zh';

/** The words for kinds of steps, their fields and choices, and what can be wrong with them. */
export const stepMessages = defineMessages(
  (f) => ({
    kind: (kind: StepKind) => STEP_WORDS_EN.kinds[kind],
    hint: (kind: StepKind) => STEP_WORDS_EN.hints[kind],
    group: (group: KindGroup) => STEP_WORDS_EN.groups[group],
    field: (field: TextField | ListField) => STEP_WORDS_EN.fields[field],
    choice: (choice: string) => STEP_WORDS_EN.choices[choice] ?? choice,
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
    expressionMistake: (code: MistakeCode, found: string) => STEP_WORDS_EN.mistakes[code](found),
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
          return STEP_WORDS_EN.mistakes[mistake.mistake.code](mistake.mistake.found);
        case 'engine':
          return `The engine refuses it: ${mistake.words}`;
      }
    },
  }),
  (f) => ({
    kind: (kind: StepKind) => STEP_WORDS_ZH.kinds[kind],
    hint: (kind: StepKind) => STEP_WORDS_ZH.hints[kind],
    group: (group: KindGroup) => STEP_WORDS_ZH.groups[group],
    field: (field: TextField | ListField) => STEP_WORDS_ZH.fields[field],
    choice: (choice: string) => STEP_WORDS_ZH.choices[choice] ?? choice,
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
    expressionMistake: (code: MistakeCode, found: string) => STEP_WORDS_ZH.mistakes[code](found),
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
          return STEP_WORDS_ZH.mistakes[mistake.mistake.code](mistake.mistake.found);
        case 'engine':
          return `引擎拒绝执行：${mistake.words}`;
      }
    },
  }),
);
