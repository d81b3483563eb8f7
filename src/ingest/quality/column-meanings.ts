import { nameScore, normaliseName } from '../column-names';

/** What a column is about, as far as the rules and the masking need to know. */
export const COLUMN_MEANINGS = [
  'order',
  'customer',
  'product',
  'time',
  'registeredAt',
  'birthday',
  'amount',
  'quantity',
  'unitPrice',
  'refund',
  'store',
  'phone',
  'email',
  'idCard',
  'personName',
  'personId',
  'address',
  'age',
  'percent',
  'label',
] as const;
export type ColumnMeaning = (typeof COLUMN_MEANINGS)[number];

/** The roles of every kind of file that say outright what a column is about. */
const BY_ROLE: Readonly<Record<string, ColumnMeaning>> = {
  orderId: 'order',
  customerId: 'customer',
  member: 'customer',
  customer: 'customer',
  productId: 'product',
  orderedAt: 'time',
  occurredAt: 'time',
  givenAt: 'time',
  time: 'time',
  registeredAt: 'registeredAt',
  birthday: 'birthday',
  amount: 'amount',
  quantity: 'quantity',
  unitPrice: 'unitPrice',
  refundAmount: 'refund',
  store: 'store',
  phone: 'phone',
  email: 'email',
  'id-card': 'idCard',
  idCard: 'idCard',
  name: 'personName',
  openid: 'personId',
  unionid: 'personId',
  device: 'personId',
  age: 'age',
  category: 'label',
  subcategory: 'label',
  brand: 'label',
  channel: 'label',
  payment: 'label',
  city: 'label',
  province: 'label',
  status: 'label',
  gender: 'label',
  level: 'label',
};

/** Names that tell by themselves; the first that fits wins. Normalised by normaliseName. */
const BY_NAME: readonly (readonly [meaning: ColumnMeaning, name: RegExp])[] = [
  ['email', /^(?:.*e?mail(?:address)?|.*邮箱)$/],
  ['phone', /^(?:.*(?:mobile|phone|telephone|phonenumber)|tel|.*(?:手机号?码?|电话|手机))$/],
  ['idCard', /(?:idcard|identitycard|身份证|证件号)/],
  ['birthday', /^(?:birthday|birthdate|dateofbirth|dob|.*生日|出生日期)$/],
  [
    'registeredAt',
    /^(?:registered(?:at|on|time|date)|regist(?:er|ration)(?:time|date)|signup(?:date|time|at)|join(?:ed)?(?:date|at|on)|.*(?:注册|入会|开卡)(?:时间|日期))$/,
  ],
  ['age', /^(?:age|年龄|周岁|客户年龄|会员年龄)$/],
  ['percent', /(?:percent|pct|百分比|折扣率|转化率|占比|比例)/],
  ['personId', /^(?:openid|unionid|deviceid|cookieid|idfa|oaid|imei|设备id|设备号)$/],
  [
    'personName',
    /^(?:(?:customer|member|user|client|full|first|last|real|buyer|receiver)?name|nickname|username|.*(?:姓名|昵称)|收货人|收件人|联系人)$/,
  ],
  ['address', /(?:address|地址)/],
  [
    'label',
    /^(?:gender|sex|city|province|state|region|country|level|tier|brand|coupon|campaign|性别|城市|省份|地区|.*等级|品牌|优惠券|注册渠道|registeredchannel|season|季节)$/,
  ],
];

/** Above this a name says more than it hints. */
const SURE = 0.8;
const BY_SCORE = [
  ['orderId', 'order'],
  ['customerId', 'customer'],
  ['orderedAt', 'time'],
  ['amount', 'amount'],
  ['quantity', 'quantity'],
  ['unitPrice', 'unitPrice'],
  ['store', 'store'],
  ['productId', 'product'],
  ['category', 'label'],
  ['channel', 'label'],
  ['payment', 'label'],
  ['city', 'label'],
  ['status', 'label'],
] as const;

export interface NamedColumn {
  readonly name: string;
  /** The role it has in its kind of file; null where nobody said. */
  readonly role: string | null;
}

/** What the column is about by its role, else by its name; null when neither says. */
export function meaningOf({ role, name }: NamedColumn): ColumnMeaning | null {
  const byRole = role !== null && Object.hasOwn(BY_ROLE, role) ? BY_ROLE[role] : undefined;
  if (byRole !== undefined) return byRole;
  const normalised = normaliseName(name);
  const byName = BY_NAME.find(([, pattern]) => pattern.test(normalised));
  if (byName !== undefined) return byName[0];
  const [best] = BY_SCORE.map(([meantRole, meaning]) => ({ meaning, score: nameScore(normalised, meantRole) }))
    .filter(({ score }) => score >= SURE)
    .sort((a, b) => b.score - a.score);
  return best?.meaning ?? null;
}

const PERSONAL: ReadonlySet<ColumnMeaning> = new Set<ColumnMeaning>([
  'customer',
  'phone',
  'email',
  'idCard',
  'personName',
  'personId',
  'address',
  'birthday',
]);

/** True when cells of such a column are of a person, whatever they look like. */
export function isPersonalMeaning(meaning: ColumnMeaning | null): boolean {
  return meaning !== null && PERSONAL.has(meaning);
}

const CODES: ReadonlySet<ColumnMeaning> = new Set<ColumnMeaning>([
  'order',
  'customer',
  'product',
  'phone',
  'idCard',
  'personId',
]);

/** True when digits below it are a code, which nobody adds up. */
export function isCodeMeaning(meaning: ColumnMeaning | null): boolean {
  return meaning !== null && CODES.has(meaning);
}
