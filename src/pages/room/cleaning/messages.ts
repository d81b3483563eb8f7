import { defineMessages } from '../../../i18n/messages';
import type { SpellingReason } from '../../../ingest/cleaning/spelling/clusters';

const REASONS_EN: Readonly<Record<SpellingReason, string>> = {
  form: 'case, width or marks',
  place: 'with or without its rank',
  known: 'known short name',
  pinyin: 'same sound',
  similar: 'nearly the same letters',
};
const REASONS_ZH: Readonly<Record<SpellingReason, string>> = {
  form: '大小写、全半角或标点不同',
  place: '有无省市后缀',
  known: '已知简称',
  pinyin: '拼音相同',
  similar: '字形相近',
};

/** The texts of the page of cleaning steps. */
export const cleaningMessages = defineMessages(
  (f) => {
    const count = (number: number, one: string): string => `${f.integer(number)} ${one}${number === 1 ? '' : 's'}`;
    return {
      question: 'What must be mended before these rows can be trusted?',
      working: 'Doing the steps …',
      untouched: (rows: number, suggestions: number) =>
        suggestions === 0
          ? `${count(rows, 'row')}, as the file has them. No step has been added.`
          : `${count(rows, 'row')}, as the file has them; ${count(suggestions, 'step')} would help.`,
      verdict: (steps: number, before: number, after: number, cells: number) =>
        `${count(steps, 'step')}: ${count(cells, 'cell')} changed, ${
          before === after
            ? `all ${count(before, 'row')} kept`
            : `${f.integer(before - after)} of ${count(before, 'row')} dropped`
        }.`,
      mistaken: (steps: number) =>
        steps === 1
          ? 'One step cannot be done and is left out.'
          : `${f.integer(steps)} steps cannot be done and are left out.`,
      lead: 'The steps are done in this order, on a copy. The file itself is never changed, and every step can be switched off, edited, moved or undone.',
      steps: 'Steps',
      noSteps: 'No steps yet. Add one, or take one of the suggestions.',
      addStep: 'Add a step',
      failed: 'The steps could not be done; the figures are those of the time before.',
      retry: 'Try again',
      moveHint: 'Alt and arrows move a step up or down.',
      place: (place: number, of: number) => `Step ${f.integer(place)} of ${f.integer(of)}`,
      moved: (what: string, place: number, of: number) => `${what}: now step ${f.integer(place)} of ${f.integer(of)}.`,
      switchOn: (what: string) => `Do the step “${what}”`,
      edit: 'Edit',
      remove: 'Delete',
      moveUp: 'Move up',
      moveDown: 'Move down',
      actions: (what: string) => `More for “${what}”`,
      rowsFlow: (before: number, after: number) =>
        before === after ? count(after, 'row') : `${f.integer(before)} → ${count(after, 'row')}`,
      cellsChanged: (cells: number) => `${count(cells, 'cell')} changed`,
      nothingChanged: 'changes nothing',
      off: 'off',
      pending: 'waiting',
      suggestions: 'Suggestions',
      searching: 'Looking for what would help …',
      search: 'Look for what would help',
      noSuggestions: 'Nothing more to suggest.',
      suggestionCells: (cells: number, atLeast: boolean) => `${atLeast ? 'at least ' : ''}${count(cells, 'cell')}`,
      suggestionRows: (rows: number) => count(rows, 'row'),
      add: 'Add',
      addWhat: (what: string) => `Add: ${what}`,
      review: 'Review',
      reviewWhat: (what: string) => `Review: ${what}`,
      gap: 'gap',
      preview: 'Rows around the step',
      pickStep: 'Choose a step to see the rows it changed.',
      previewOf: (what: string) => `What “${what}” did`,
      touchedRows: 'Changed rows',
      allRows: 'All rows',
      whichRows: 'Rows shown',
      side: 'Show them',
      before: 'Before',
      after: 'After',
      fileRow: 'File row',
      dropped: 'dropped',
      was: (text: string) => `was ${text}`,
      willChange: 'changes',
      pageOf: (first: number, last: number, total: number) =>
        `${f.integer(first)}–${f.integer(last)} of ${count(total, 'row')}`,
      nextPage: 'Next rows',
      previousPage: 'Rows before',
      sampleOnly: 'The tables around this step were let go to save memory; these are the first rows it changed.',
      untouchedStep: 'This step changes nothing.',
      droppedTitle: 'The rows that the step dropped',
      downloadDropped: (rows: number) => `Download the ${count(rows, 'dropped row')}`,
      changedBy: (name: string, cells: number, emptied: number) =>
        `${name}: ${count(cells, 'cell')}${emptied === 0 ? '' : `, ${f.integer(emptied)} of them emptied`}`,
      chooseKind: 'Which step?',
      searchKinds: 'Search steps',
      noKinds: 'No step of that name.',
      newStep: (kind: string) => `New step: ${kind}`,
      editStep: (kind: string) => `Edit: ${kind}`,
      back: 'Other step',
      cancel: 'Cancel',
      save: 'Save',
      spellings: (column: string) => `Spellings in ${column}`,
      spellingsLead:
        'Tick what is the same thing. The target can be changed; nothing is merged until you add the step.',
      target: (text: string) => `Written as, in place of ${text}`,
      rows: (rows: number) => count(rows, 'row'),
      reason: (reason: SpellingReason) => REASONS_EN[reason],
      mergeCount: (spellings: number, rows: number) => `Merge ${count(spellings, 'spelling')}, ${count(rows, 'cell')}`,
      finish: 'Continue with the cleaned rows',
    };
  },
  (f) => ({
    question: '哪些地方要先修正，这些数据才可信？',
    working: '正在执行步骤 …',
    untouched: (rows: number, suggestions: number) =>
      suggestions === 0
        ? `${f.integer(rows)} 行，与文件一致，尚未添加步骤。`
        : `${f.integer(rows)} 行，与文件一致；有 ${f.integer(suggestions)} 个步骤会有帮助。`,
    verdict: (steps: number, before: number, after: number, cells: number) =>
      `${f.integer(steps)} 个步骤，修改 ${f.integer(cells)} 个单元格，${
        before === after
          ? `${f.integer(before)} 行全部保留`
          : `${f.integer(before)} 行中删除 ${f.integer(before - after)} 行`
      }。`,
    mistaken: (steps: number) => `有 ${f.integer(steps)} 个步骤无法执行，已跳过。`,
    lead: '步骤按此顺序在副本上执行，原文件不会改变；每一步都可以关闭、修改、移动或撤销。',
    steps: '步骤',
    noSteps: '还没有步骤。请添加一个，或采用建议。',
    addStep: '添加步骤',
    failed: '步骤未能执行，当前数字仍为上一次的结果。',
    retry: '重试',
    moveHint: '按 Alt 加上下箭头可移动步骤。',
    place: (place: number, of: number) => `第 ${f.integer(place)} 步，共 ${f.integer(of)} 步`,
    moved: (what: string, place: number, of: number) =>
      `${what}：现为第 ${f.integer(place)} 步，共 ${f.integer(of)} 步。`,
    switchOn: (what: string) => `执行“${what}”`,
    edit: '修改',
    remove: '删除',
    moveUp: '上移',
    moveDown: '下移',
    actions: (what: string) => `“${what}”的更多操作`,
    rowsFlow: (before: number, after: number) =>
      before === after ? `${f.integer(after)} 行` : `${f.integer(before)} → ${f.integer(after)} 行`,
    cellsChanged: (cells: number) => `修改 ${f.integer(cells)} 格`,
    nothingChanged: '没有变化',
    off: '已关闭',
    pending: '等待执行',
    suggestions: '建议',
    searching: '正在查找可改进之处 …',
    search: '查找可改进之处',
    noSuggestions: '没有更多建议。',
    suggestionCells: (cells: number, atLeast: boolean) => `${atLeast ? '至少 ' : ''}${f.integer(cells)} 个单元格`,
    suggestionRows: (rows: number) => `${f.integer(rows)} 行`,
    add: '添加',
    addWhat: (what: string) => `添加：${what}`,
    review: '逐一确认',
    reviewWhat: (what: string) => `逐一确认：${what}`,
    gap: '空缺',
    preview: '步骤前后的数据',
    pickStep: '选择一个步骤，查看它修改的行。',
    previewOf: (what: string) => `“${what}”的效果`,
    touchedRows: '有变化的行',
    allRows: '全部行',
    whichRows: '显示哪些行',
    side: '显示',
    before: '之前',
    after: '之后',
    fileRow: '文件行号',
    dropped: '已删除',
    was: (text: string) => `原为 ${text}`,
    willChange: '将变化',
    pageOf: (first: number, last: number, total: number) =>
      `第 ${f.integer(first)}–${f.integer(last)} 行，共 ${f.integer(total)} 行`,
    nextPage: '后面的行',
    previousPage: '前面的行',
    sampleOnly: '为节省内存，此步骤前后的表已释放；这里是最先修改的几行。',
    untouchedStep: '此步骤没有改变任何内容。',
    droppedTitle: '该步骤删除的行',
    downloadDropped: (rows: number) => `下载删除的 ${f.integer(rows)} 行`,
    changedBy: (name: string, cells: number, emptied: number) =>
      `${name}：${f.integer(cells)} 格${emptied === 0 ? '' : `，其中 ${f.integer(emptied)} 格变为空缺`}`,
    chooseKind: '添加哪种步骤？',
    searchKinds: '搜索步骤',
    noKinds: '没有这样的步骤。',
    newStep: (kind: string) => `新步骤：${kind}`,
    editStep: (kind: string) => `修改：${kind}`,
    back: '换一种步骤',
    cancel: '取消',
    save: '保存',
    spellings: (column: string) => `“${column}”的写法`,
    spellingsLead: '勾选含义相同的写法，统一后的写法可以修改；添加步骤之前不会合并任何内容。',
    target: (text: string) => `统一写法(原为 ${text})`,
    rows: (rows: number) => `${f.integer(rows)} 行`,
    reason: (reason: SpellingReason) => REASONS_ZH[reason],
    mergeCount: (spellings: number, rows: number) => `合并 ${f.integer(spellings)} 种写法，共 ${f.integer(rows)} 格`,
    finish: '使用清洗后的数据',
  }),
);
