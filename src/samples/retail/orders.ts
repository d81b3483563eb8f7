import type { Random } from '../../core/random';
import { integer, lognormal, oneOf } from '../distributions';
import { COMPANION_SHARE, COMPANIONS, productOf, PRODUCTS, type Product } from './catalogue';
import { CHANNELS, type Channel } from './customer-types';
import type { Person } from './people';
import type { Payment } from './places';
import { DAY_SECONDS, type Setting } from './setting';
import { words, type Words } from './words';

export interface OrderLine {
  readonly product: Product;
  readonly quantity: number;
  /** For the whole line, after discount and coupon. */
  readonly paidCents: number;
}

/** Lines `from` to before `to` were given back, all of their quantity. */
export interface Refund {
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
}

export interface Order {
  readonly seconds: number;
  readonly channel: Channel;
  /** A position of STORES; online orders carry the person's home store, which no file shows. */
  readonly storePosition: number;
  /** The member number shown: the person's first (0), second (1), or none. */
  readonly membership: 0 | 1 | null;
  readonly lines: readonly OrderLine[];
  readonly coupon: Coupon | null;
  /** null for a cancelled order: nothing was ever paid. */
  readonly payment: Payment | null;
  readonly cancelled: boolean;
  readonly refund: Refund | null;
}

export interface Coupon {
  readonly name: Words;
  readonly leastCents: number;
  readonly offCents: number;
}

/** The dearest first: the best one that the order reaches is used. */
const COUPONS: readonly Coupon[] = [
  { name: words('60 off 400', '满400减60'), leastCents: 40_000, offCents: 6_000 },
  { name: words('30 off 200', '满200减30'), leastCents: 20_000, offCents: 3_000 },
  { name: words('10 off 99', '满99减10'), leastCents: 9_900, offCents: 1_000 },
];

const CARD_NOT_SHOWN_SHARE = 0.12;
const CANCELLED_SHARE = 0.02;
const WHOLE_ORDER_REFUND_SHARE = 0.4;
const MOST_LINES = 6;
const GIANT_LINES = 240;

/** The order with that number in the company's plan, drawn from its own generator. */
export function drawOrder(setting: Setting, person: Person, orderIndex: number, seconds: number): Order {
  const random = setting.streams('order', orderIndex);
  const channel = CHANNELS[setting.pickChannel[person.typePosition]?.(random) ?? 0] ?? 'store';
  const membership = drawMembership(random, person, channel, seconds);
  const basket = drawBasket(setting, random, person);
  const campaign = setting.window.campaignOn[Math.floor(seconds / DAY_SECONDS)];
  const couponShare = person.discountLove * (campaign === undefined ? 0.35 : 1);
  const { lines, coupon } = price(basket, campaign?.percentOff ?? 0, random() < couponShare);
  const cancelled = channel !== 'store' && random() < CANCELLED_SHARE;
  const refunded = !cancelled && random() < person.type.refundShare;
  return {
    seconds,
    channel,
    storePosition: person.homeStore,
    membership,
    lines: cancelled ? lines.map(({ product, quantity }) => ({ product, quantity, paidCents: 0 })) : lines,
    coupon: cancelled ? null : coupon,
    payment: cancelled ? null : drawPayment(random, channel),
    cancelled,
    refund: refunded ? drawRefund(setting, random, seconds, lines.length) : null,
  };
}

/** The planted giant: an office buys a gift for everyone, on one receipt. */
export function drawGiantOrder(setting: Setting, orderIndex: number, seconds: number): Order {
  const random = setting.streams('order', orderIndex);
  const basket = Array.from({ length: GIANT_LINES }, () => ({
    product: oneOf(random, PRODUCTS),
    quantity: 5 + integer(random, 46),
  }));
  const { lines } = price(basket, 0, false);
  return {
    seconds,
    channel: 'store',
    storePosition: 0,
    membership: 0,
    lines,
    coupon: null,
    payment: 'card',
    cancelled: false,
    refund: null,
  };
}

function drawMembership(random: Random, person: Person, channel: Channel, seconds: number): 0 | 1 | null {
  const justRegistered = seconds - person.registeredAt < 3600;
  if (channel === 'store' && !justRegistered && random() < CARD_NOT_SHOWN_SHARE) return null;
  const hasSecond = person.registeredAgainAt !== null && seconds > person.registeredAgainAt;
  return hasSecond && random() < 0.5 ? 1 : 0;
}

type Wanted = Pick<OrderLine, 'product' | 'quantity'>;

/** Fills a basket up to most of what it aims at: of two products the one nearer to what is left. */
function drawBasket(setting: Setting, random: Random, person: Person): readonly Wanted[] {
  const pick = setting.pickProduct[person.typePosition];
  if (pick === undefined) throw new RangeError(`invalid customer type: ${person.typePosition}`);
  const basket: Wanted[] = [];
  const taken = new Set<string>();
  const aim = lognormal(random, person.basketCents, 0.35);
  let left = aim;
  while (basket.length < MOST_LINES && (basket.length === 0 || left > aim * 0.4)) {
    const one = pick(random);
    const other = pick(random);
    const product = Math.abs(one.priceCents - left) <= Math.abs(other.priceCents - left) ? one : other;
    const quantity = product.priceCents * 3 < left && random() < 0.4 ? 2 + integer(random, 2) : 1;
    left -= product.priceCents * quantity;
    if (taken.has(product.sku)) continue;
    taken.add(product.sku);
    basket.push({ product, quantity });
    const companion = COMPANIONS.get(product.sku);
    if (companion !== undefined && !taken.has(companion) && random() < COMPANION_SHARE) {
      taken.add(companion);
      basket.push({ product: productOf(companion), quantity: 1 });
    }
  }
  return basket;
}

/** Puts a price on each line; a coupon is spread by value, its odd cents on the last line. */
function price(
  basket: readonly Wanted[],
  percentOff: number,
  wantsCoupon: boolean,
): { lines: OrderLine[]; coupon: Coupon | null } {
  const values = basket.map(
    ({ product, quantity }) => quantity * Math.round((product.priceCents * (100 - percentOff)) / 100),
  );
  const total = values.reduce((sum, value) => sum + value, 0);
  const coupon = wantsCoupon ? (COUPONS.find(({ leastCents }) => total >= leastCents) ?? null) : null;
  const off = coupon?.offCents ?? 0;
  let offLeft = off;
  const lines = basket.map(({ product, quantity }, position) => {
    const value = values[position] ?? 0;
    const share = position === basket.length - 1 ? offLeft : Math.floor((off * value) / total);
    offLeft -= share;
    return { product, quantity, paidCents: value - share };
  });
  return { lines, coupon };
}

function drawPayment(random: Random, channel: Channel): Payment {
  const x = random();
  if (channel === 'mini') return 'wechat';
  if (channel === 'app') return x < 0.5 ? 'alipay' : x < 0.9 ? 'wechat' : 'card';
  return x < 0.5 ? 'wechat' : x < 0.75 ? 'alipay' : x < 0.9 ? 'card' : 'cash';
}

/** A refund that falls after the window is not in the files, and so is none. */
function drawRefund(setting: Setting, random: Random, seconds: number, lineCount: number): Refund | null {
  const day = Math.floor(seconds / DAY_SECONDS) + 1 + integer(random, 14);
  const at = day * DAY_SECONDS + setting.pickSecondOfDay(random);
  const whole = random() < WHOLE_ORDER_REFUND_SHARE;
  const line = integer(random, lineCount);
  if (day >= setting.window.days) return null;
  return whole ? { seconds: at, from: 0, to: lineCount } : { seconds: at, from: line, to: line + 1 };
}
