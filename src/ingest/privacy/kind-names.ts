import type { PersonalKind } from '../../core/personal-kinds';
import { nameScore, normaliseName } from '../column-names';

/** Names of columns, normalised, that say what is in them: whole names, and parts that suffice. */
interface KindNames {
  readonly kind: PersonalKind;
  readonly whole: ReadonlySet<string>;
  readonly parts: readonly string[];
  /** Parts that speak against it. */
  readonly never: readonly string[];
}

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));

function named(kind: PersonalKind, whole: string, parts: string, never = ''): KindNames {
  return { kind, whole: new Set(words(whole)), parts: words(parts), never: words(never) };
}

/** The surest first: 收货人手机 is a phone before it is anything of 收货人. */
const KIND_NAMES: readonly KindNames[] = [
  named(
    'mobile',
    'mobile cell cellphone 手机 mobileno mobilenumber',
    '手机号 手机 mobilephone mobile',
    '品牌 型号 brand model app',
  ),
  named(
    'phone',
    'tel phone telephone 电话 座机 fax 传真',
    '电话 联系方式 phonenumber telephone phone',
    'model 型号 手机壳',
  ),
  named('email', 'email mail 邮箱 邮件', '邮箱 电子邮件 email', 'status 状态 订阅 subscri count 数'),
  named('id-card', '身份证 证件号 idcard idno nationalid', '身份证 证件号码 idcardno nationalid', '类型 type'),
  named('passport', '护照 passport passportno', '护照 passport'),
  named(
    'bank-card',
    'cardnumber 银行卡 bankcard creditcard pan iban',
    '银行卡号 银行卡 信用卡号 bankcard creditcard bankaccount',
    'type 类型 bank名',
  ),
  named(
    'birthday',
    'birthday birthdate dob 生日 出生日期 出生年月 出生',
    '出生日期 生日 birthday birthdate dateofbirth',
    '礼 券 gift coupon 营销',
  ),
  named(
    'address',
    'address addr street 地址 住址 收货地址 家庭住址 详细地址 addressline1 addressline2',
    '收货地址 详细地址 家庭地址 联系地址 住址 streetaddress shippingaddress homeaddress 地址',
    'email ip mac 网址 邮件 邮箱',
  ),
  named('plate', '车牌 车牌号 plate licenseplate licenceplate', '车牌 licenseplate licenceplate numberplate'),
  named(
    'wechat',
    '微信 微信号 wechat wechatid openid unionid wxid',
    '微信号 openid unionid wechatid wxid',
    '渠道 支付',
  ),
  named('ip', 'ip ipaddress ipaddr 客户端ip clientip', 'ip地址 ipaddress clientip'),
  named(
    'device',
    'deviceid imei idfa oaid mac macaddress androidid cookieid visitorid 设备id 设备号',
    '设备号 设备id 设备标识 deviceid androidid idfa oaid imei macaddress cookieid',
    'type model 类型 型号',
  ),
  named(
    'chinese-name',
    '姓名 名字 客户姓名 会员姓名 收货人 收件人 联系人 真实姓名',
    '姓名 收货人 收件人 联系人',
    '手机 电话 地址 省 市 区 邮编 商品 门店 电话号',
  ),
  named(
    'latin-name',
    'name fullname firstname lastname surname givenname customername contactname recipient',
    'firstname lastname fullname surname givenname customername contactname membername',
    'product item store shop brand file column event campaign channel category city',
  ),
  named(
    'text',
    'text content comment comments review remark remarks note notes message feedback body 内容 评论 评价 备注 留言 反馈 描述 原因 意见 建议',
    '评论 评价内容 反馈内容 留言 备注 客服 内容 comment reviewtext feedbacktext remark message',
    'count 数 分 score rating id 时间 time date 类型 type',
  ),
];

/** What a column is said to hold by its name, surest first with its weight, 0..1; empty when the name tells nothing. */
export function kindsByName(name: string): readonly { readonly kind: PersonalKind; readonly weight: number }[] {
  const normalised = normaliseName(name);
  const found = KIND_NAMES.flatMap(({ kind, whole, parts, never }) => {
    if (whole.has(normalised)) return [{ kind, weight: 1 }];
    if (never.some((part) => normalised.includes(part))) return [];
    return parts.some((part) => normalised.includes(part)) ? [{ kind, weight: 0.8 }] : [];
  });
  const id = nameScore(normalised, 'customerId');
  return [
    ...found.toSorted((a, b) => b.weight - a.weight),
    ...(id >= 0.8 ? [{ kind: 'id' as const, weight: id }] : []),
  ];
}

const LABEL_ROLES = ['category', 'channel', 'store', 'payment', 'city', 'status', 'productId'] as const;
const LABEL_PARTS = /商品|产品|品名|品牌|货品|product|item|goods|brand|等级|level|类别|类型/;

/** True when the name is that of a label or of goods, whose words may look like names of people. */
export function namesALabel(name: string): boolean {
  const normalised = normaliseName(name);
  return LABEL_PARTS.test(normalised) || LABEL_ROLES.some((role) => nameScore(normalised, role) >= 0.6);
}
