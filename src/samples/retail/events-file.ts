import type { Random } from '../../core/random';
import type { Locale } from '../../i18n/format';
import { csvLine, type TextFile } from '../csv-writer';
import { integer } from '../distributions';
import type { RetailCompany } from './company';
import { memberNumber } from './numbers';
import { CHANNEL_NAMES } from './places';
import { openidOf } from './profiles';
import { STEPS, type Session, type SessionLog, type Step } from './sessions';
import { formatTime } from './setting';
import { words, type Words } from './words';

const HEADER: Readonly<Record<Locale, readonly string[]>> = {
  en: ['event_time', 'session_id', 'member_no', 'openid', 'device_id', 'channel', 'app_version', 'event', 'sku'],
  zh: ['事件时间', '会话编号', '会员号', 'openid', '设备号', '渠道', '版本', '事件', '商品编号'],
};

export const EVENT_NAMES: Readonly<Record<Step, Words>> = {
  view: words('view_product', '浏览商品'),
  cart: words('add_to_cart', '加入购物车'),
  checkout: words('begin_checkout', '提交订单'),
  pay: words('pay', '支付成功'),
};

/** Visits to look around are mostly made without signing in; only the device is known then. */
const SIGNED_OUT_SHARE = 0.4;

/** The behaviour log of the app and the mini-program, sessions in the order of their start. */
export function eventsFile(company: RetailCompany, log: SessionLog, locale: Locale): TextFile {
  return {
    name: locale === 'zh' ? '灯笼生活-行为.csv' : 'lantern-events.csv',
    kind: 'events',
    encoding: 'utf-8',
    records: log.count,
    *lines() {
      yield csvLine(HEADER[locale]);
      for (const session of log.sessions()) yield sessionLines(company, session);
    },
  };
}

function sessionLines(company: RetailCompany, session: Session): string {
  const { setting } = company;
  const { locale } = setting.options;
  const random = setting.streams('session', session.index);
  const signedOut = (session.lastStep === 'view' || session.lastStep === 'cart') && random() < SIGNED_OUT_SHARE;
  const who = [
    signedOut ? '' : memberNumber(session.person, 0),
    signedOut || session.channel === 'app' ? '' : openidOf(setting, session.person),
    `${session.channel === 'app' ? 'A' : 'M'}${String(session.person * 7 + 1_000_000)}`,
    CHANNEL_NAMES[session.channel][locale],
    session.version,
  ];
  const id = `S${String(session.index).padStart(9, '0')}`;
  let seconds = session.seconds;
  let lines = '';
  for (const [step, sku] of stepsOf(company, session, random)) {
    lines += csvLine([formatTime(setting.window, seconds), id, ...who, EVENT_NAMES[step][locale], sku]);
    seconds += 5 + integer(random, 40);
  }
  return lines;
}

/** The events of a session: looks first, then each further step once. */
function stepsOf(company: RetailCompany, session: Session, random: Random): readonly (readonly [Step, string])[] {
  const person = company.person(session.person);
  const bought = session.order === null ? undefined : company.order(session.order).lines[0]?.product.sku;
  const look = (): string => company.setting.pickProduct[person.typePosition]?.(random).sku ?? '';
  const sku = bought ?? look();
  const looks = Array.from({ length: integer(random, 3) }, () => ['view', look()] as const);
  const reached = STEPS.slice(0, STEPS.indexOf(session.lastStep) + 1).map((step) => [step, sku] as const);
  return [...looks, ...reached];
}
