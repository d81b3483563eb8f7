import { defineMessages } from '../../i18n/messages';

export const learnMessages = defineMessages(
  () => ({
    title: 'The method, in the open',
    lead: 'How every number on the RFM page is made. The text is the one the page itself shows under Method.',
    checkTitle: 'Check that nothing is sent',
  }),
  () => ({
    title: '方法公开',
    lead: 'RFM 页面上每个数字的算法，与该页“方法”中的内容一致。',
    checkTitle: '自己验证没有数据被发出',
  }),
);
