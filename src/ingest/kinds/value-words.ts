import { normaliseName } from '../column-names';
import type { FeedbackType } from './kind-mapping';

/** A step on the way to a purchase, as logs of behaviour call it. */
type EventClass = 'look' | 'interest' | 'purchase' | 'other';

const EVENT_LISTS: Readonly<Record<EventClass, string>> = {
  look: 'pv view pageview page_view view_product view_item product_view click clickitem impression exposure browse search home list detail 浏览 浏览商品 浏览页面 查看 点击 曝光 搜索 访问 首页',
  interest:
    'cart addtocart add_to_cart add2cart fav favorite favourite collect wishlist add_to_wishlist begin_checkout checkout remove_from_cart 加购 加入购物车 收藏 提交订单 结算 下单 移出购物车',
  purchase: 'buy purchase pay paid payment order transaction 购买 支付 付款 支付成功 成交 买',
  other:
    'login logout signup sign_up register share open app_open app_start start session_start scroll exit play download install uninstall subscribe unsubscribe push_open coupon_receive 登录 退出 注册 分享 启动 打开 领券 签到 关注 评论 下载 安装 卸载',
};

/** Known names of events, normalised, by what they are. */
export const EVENT_WORDS: ReadonlyMap<string, EventClass> = new Map(
  (Object.keys(EVENT_LISTS) as EventClass[]).flatMap((eventClass) =>
    EVENT_LISTS[eventClass].split(' ').map((word) => [normaliseName(word), eventClass] as const),
  ),
);

const FEEDBACK_LISTS: Readonly<Record<FeedbackType, string>> = {
  nps: 'nps npssurvey 净推荐值 推荐度 nps调研',
  csat: 'csat satisfaction satisfactionsurvey 满意度 满意度调查 服务满意度',
  review: 'review reviews comment rating productreview 评价 评论 商品评价 好评 差评 晒单 追评',
  complaint: 'complaint complaints claim refundrequest dispute 投诉 客诉 抱怨 维权 举报',
  inquiry:
    'inquiry enquiry question questions query consultation ticket support request presales aftersales 咨询 询问 提问 售前 售后 售前咨询 售后咨询 求助 工单 建议',
};

/** Known names of what a customer said, normalised, by the type of feedback they are. */
export const FEEDBACK_WORDS: ReadonlyMap<string, FeedbackType> = new Map(
  (Object.keys(FEEDBACK_LISTS) as FeedbackType[]).flatMap((type) =>
    FEEDBACK_LISTS[type].split(' ').map((word) => [normaliseName(word), type] as const),
  ),
);
