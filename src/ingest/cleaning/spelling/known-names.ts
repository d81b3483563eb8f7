/** Ways to write one thing that no rule finds; compared in small letters without blanks and marks. */
const KNOWN_NAMES: readonly (readonly string[])[] = [
  ['北京', 'bj', 'peking'],
  ['上海', 'sh'],
  ['广州', 'gz', 'canton'],
  ['深圳', 'sz'],
  ['杭州', 'hz'],
  ['南京', 'nj'],
  ['成都', 'cd'],
  ['重庆', 'cq', 'chungking'],
  ['天津', 'tj'],
  ['武汉', 'wh'],
  ['西安', 'xa'],
  ['苏州', 'su', 'suzhou'],
  ['香港', 'hk', 'hongkong'],
  ['澳门', 'mo', 'macau', 'macao'],
  ['台北', 'taipei'],
  ['微信', 'wechat', 'weixin', 'wx'],
  ['支付宝', 'alipay', 'zfb'],
  ['淘宝', 'taobao', 'tb'],
  ['天猫', 'tmall'],
  ['京东', 'jd', 'jingdong'],
  ['拼多多', 'pdd', 'pinduoduo'],
  ['抖音', 'douyin', 'dy'],
  ['小红书', 'rednote', 'xiaohongshu', 'xhs'],
  ['小程序', 'miniprogram', 'miniapp'],
  ['门店', '线下', '线下门店', 'store', 'offline'],
  ['官网', 'website', 'web'],
  ['男', 'm', 'male', '男性'],
  ['女', 'f', 'female', '女性'],
];

const BY_NAME: ReadonlyMap<string, number> = new Map(
  KNOWN_NAMES.flatMap((names, group) => names.map((name): [string, number] => [name, group])),
);

/** Which thing a plain form names, or undefined. */
export function knownThing(plain: string): number | undefined {
  return BY_NAME.get(plain);
}
