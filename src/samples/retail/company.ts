import { NumberList } from '../number-list';
import type { SampleOptions } from '../sample';
import { Timeline } from '../timeline';
import { BROKEN_ROWS } from './broken-rows';
import { drawGiantOrder, drawOrder, type Order } from './orders';
import { orderNumber } from './numbers';
import { drawPerson, drawVisits, type Person } from './people';
import { createSetting, DAY_SECONDS, type Setting } from './setting';
import { Tally } from './tally';

/** A sale or a refund at its place in time. */
export interface Movement {
  readonly orderIndex: number;
  readonly isRefund: boolean;
}

/**
 * Who ordered when, and what it comes to. People and orders are not kept: each is drawn again from
 * its own generator when it is asked for, which costs 24 bytes an order and 50 a person at most.
 */
export interface RetailCompany {
  readonly setting: Setting;
  readonly orderCount: number;
  readonly giantOrder: number;
  readonly tally: Tally;
  person(index: number): Person;
  order(orderIndex: number): Order;
  /** Seconds from the window's start. */
  timeOf(orderIndex: number): number;
  /** The index of the person whose order it is. */
  buyerOf(orderIndex: number): number;
  /** The person's orders are those from the first to before the last. */
  ordersOf(person: number): readonly [first: number, end: number];
  /** 18 digits, rising in the order of time. */
  orderNumber(orderIndex: number): string;
  /** The place of a member number in the tally. */
  memberPlace(person: number, membership: number): number;
  /** Sales (cancelled ones too) and refunds in the order of time. */
  movements(): Generator<Movement>;
  readonly movementCount: number;
}

const PEOPLE_BETWEEN_NEWS = 5_000;

/**
 * Plans the company. `onShare` hears how much is done, 0..1. Throws `invalid-parameter`.
 * Two to three seconds for 100,000 people.
 */
export function generateRetail(options: SampleOptions, onShare?: (share: number) => void): RetailCompany {
  const setting = createSetting(options);
  const { customers } = options;
  const buyers = new NumberList();
  const times = new NumberList();
  const firstOrders = new NumberList();
  const timeline = new Timeline();
  const tally = new Tally(customers * 2, BROKEN_ROWS.length);
  const giantAt = Math.max(0, setting.window.days - 200) * DAY_SECONDS + 15 * 3600;
  let giantOrder = -1;

  const plan = (order: Order, person: number): void => {
    tally.add(order, order.membership === null ? null : order.membership * customers + person);
    timeline.add(order.seconds, times.length * 2);
    if (order.refund !== null) timeline.add(order.refund.seconds, times.length * 2 + 1);
    buyers.push(person);
    times.push(order.seconds);
  };
  for (let index = 0; index < customers; index++) {
    if (index % PEOPLE_BETWEEN_NEWS === 0) onShare?.(index / customers);
    const person = drawPerson(setting, index);
    firstOrders.push(times.length);
    for (const seconds of drawVisits(setting, person)) plan(drawOrder(setting, person, times.length, seconds), index);
    if (giantOrder < 0 && person.type.id === 'loyal' && isCustomerAt(person, giantAt)) {
      giantOrder = times.length;
      plan(drawGiantOrder(setting, giantOrder, giantAt), index);
    }
  }
  firstOrders.push(times.length);

  const ranks = new Uint32Array(times.length);
  let rank = 0;
  for (const { entry } of timeline.entries()) if (entry % 2 === 0) ranks[entry / 2] = rank++;

  return {
    setting,
    orderCount: times.length,
    giantOrder,
    tally,
    person: (index) => drawPerson(setting, index),
    order: (index) =>
      index === giantOrder
        ? drawGiantOrder(setting, index, times.get(index))
        : drawOrder(setting, drawPerson(setting, buyers.get(index)), index, times.get(index)),
    timeOf: (index) => times.get(index),
    buyerOf: (index) => buyers.get(index),
    ordersOf: (person) => [firstOrders.get(person), firstOrders.get(person + 1)],
    orderNumber: (index) => orderNumber(setting.window, Math.floor(times.get(index) / DAY_SECONDS), ranks[index] ?? 0),
    memberPlace: (person, membership) => membership * customers + person,
    *movements() {
      for (const { entry } of timeline.entries())
        yield { orderIndex: Math.floor(entry / 2), isRefund: entry % 2 === 1 };
    },
    movementCount: timeline.length,
  };
}

function isCustomerAt(person: Person, seconds: number): boolean {
  return person.registeredAt < seconds && person.aliveUntilDay * DAY_SECONDS > seconds;
}
