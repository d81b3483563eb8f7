import { words, type Words } from './words';

export const FEEDBACK_KINDS = ['nps', 'csat', 'review', 'complaint', 'inquiry'] as const;
export type FeedbackKind = (typeof FEEDBACK_KINDS)[number];

/** What people say when they are pleased, neither, or displeased. */
export type Mood = 'good' | 'mixed' | 'bad';

export const REVIEW_TEXTS: Readonly<Record<Mood, readonly Words[]>> = {
  good: [
    words('Lovely quality, will buy again.', '质量很好，还会回购。'),
    words('Arrived the next day, well packed.', '第二天就到了，包装很用心。'),
    words('The staff in the store were patient and kind.', '门店店员很耐心，服务好。'),
    words('Good value, exactly as pictured.', '性价比高，和图片一样。'),
    words('My whole family likes the tea.', '全家都喜欢喝这个茶。'),
  ],
  mixed: [
    words('It is fine, nothing special.', '还可以，没什么特别的。'),
    words('Good product, but delivery took a week.', '东西不错，就是物流慢，等了一周。'),
    words('A bit dear without the coupon.', '不用券的话有点贵。'),
    words('Colour differs slightly from the photo.', '颜色和图片有一点色差。'),
  ],
  bad: [
    words('Broken on arrival and nobody answers.', '收到就是坏的，客服没人理。'),
    words('The app would not let me pay, again.', 'APP又付不了款，太差了。'),
    words('Third late delivery in a row.', '连续第三次配送延迟。'),
    words('Points disappeared from my account.', '会员积分莫名其妙没了。'),
    words('Quality has gone down, price has gone up.', '质量下降了，价格还涨了。'),
  ],
};

export const COMPLAINT_TEXTS: readonly Words[] = [
  words('Refund still not received after ten days.', '退款十天了还没到账。'),
  words('Wrong item in the parcel.', '发错货了。'),
  words('Parcel arrived damaged.', '包裹破损，商品坏了。'),
  words('Charged twice for one order.', '一个订单扣了两次钱。'),
  words('Coupon was not applied at the till.', '收银时优惠券没有生效。'),
];

export const INQUIRY_TEXTS: readonly Words[] = [
  words('When will my order be shipped?', '我的订单什么时候发货？'),
  words('Can I return this in a store?', '可以到门店退货吗？'),
  words('How do I get an invoice?', '怎么开发票？'),
  words('When do my points expire?', '积分什么时候过期？'),
  words('Is the down jacket back in stock?', '羽绒服什么时候补货？'),
];
