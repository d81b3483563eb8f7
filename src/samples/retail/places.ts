import { words, type Words } from './words';

export interface Store {
  readonly name: Words;
  readonly city: Words;
  readonly weight: number;
}

export const STORES: readonly Store[] = [
  { name: words('Shanghai Jing’an', '上海静安店'), city: words('Shanghai', '上海'), weight: 5 },
  { name: words('Shanghai Pudong', '上海浦东店'), city: words('Shanghai', '上海'), weight: 4 },
  { name: words('Hangzhou West Lake', '杭州西湖店'), city: words('Hangzhou', '杭州'), weight: 4 },
  { name: words('Nanjing Xinjiekou', '南京新街口店'), city: words('Nanjing', '南京'), weight: 3 },
  { name: words('Suzhou Guanqian', '苏州观前店'), city: words('Suzhou', '苏州'), weight: 3 },
  { name: words('Beijing Chaoyang', '北京朝阳店'), city: words('Beijing', '北京'), weight: 4 },
  { name: words('Chengdu Chunxi', '成都春熙店'), city: words('Chengdu', '成都'), weight: 3 },
  { name: words('Chongqing Jiefangbei', '重庆解放碑店'), city: words('Chongqing', '重庆'), weight: 2 },
  { name: words('Guangzhou Tianhe', '广州天河店'), city: words('Guangzhou', '广州'), weight: 3 },
  { name: words('Shenzhen Nanshan', '深圳南山店'), city: words('Shenzhen', '深圳'), weight: 3 },
  { name: words('Wuhan Optics Valley', '武汉光谷店'), city: words('Wuhan', '武汉'), weight: 2 },
  { name: words('Xi’an Bell Tower', '西安钟楼店'), city: words('Xi’an', '西安'), weight: 2 },
];

export const ONLINE_STORE = words('Online', '线上商城');

export const CHANNEL_NAMES = {
  store: words('Store', '门店'),
  app: words('App', 'APP'),
  mini: words('Mini-program', '小程序'),
} as const;

export const PAYMENTS = {
  wechat: words('WeChat Pay', '微信支付'),
  alipay: words('Alipay', '支付宝'),
  card: words('Card', '银行卡'),
  cash: words('Cash', '现金'),
} as const;
export type Payment = keyof typeof PAYMENTS;

/** The store at a position of STORES. Throws RangeError for any other position. */
export function storeAt(position: number): Store {
  const store = STORES[position];
  if (store === undefined) throw new RangeError(`invalid store: ${position}`);
  return store;
}
