import { defineMessages } from '../../i18n/messages';

/** Words that the rooms of the data share. */
export const roomMessages = defineMessages(
  () => ({
    files: 'Files',
    staging: (name: string) => (name === '' ? 'Laying out the file' : `Laying out ${name}`),
    ahead: 'The steps have changed since the dataset was made.',
    aheadText:
      'Figures on the other pages are of the rows as they were. Apply makes the dataset anew with these steps.',
    apply: 'Apply to the dataset',
    applying: 'Making the dataset anew',
  }),
  () => ({
    files: '文件',
    staging: (name: string) => (name === '' ? '正在展开文件' : `正在展开 ${name}`),
    ahead: '数据集生成之后，清洗步骤有了变动。',
    aheadText: '其他页面的数字仍是清洗前的行。点击“应用”将按这些步骤重新生成数据集。',
    apply: '应用到数据集',
    applying: '正在重新生成数据集',
  }),
);
