import { integer, poisson, weighted } from '../distributions';
import { NumberList } from '../number-list';
import { Timeline } from '../timeline';
import type { RetailCompany } from './company';
import type { Channel } from './customer-types';
import type { Person } from './people';
import { DAY_SECONDS, type Setting } from './setting';

/** The log of behaviour is kept for this long before the as-of date. */
export const LOG_DAYS = 90;

export const STEPS = ['view', 'cart', 'checkout', 'pay'] as const;
export type Step = (typeof STEPS)[number];

export type OnlineChannel = Exclude<Channel, 'store'>;

/** One visit to the app or the mini-program. */
export interface Session {
  readonly index: number;
  readonly person: number;
  readonly seconds: number;
  readonly channel: OnlineChannel;
  readonly version: string;
  /** The index of the order it ended in; null when nothing was bought. */
  readonly order: number | null;
  readonly lastStep: Step;
}

/** The release whose checkout fails: nearly every attempt to pay stops there, and is tried again. */
export const BROKEN_VERSION = '5.2.0';
/** Days before the as-of date on which it came and was replaced. */
export const BROKEN_DAYS = { from: 75, to: 45 } as const;
const UPDATED_SHARE = 0.65;
const FAILED_ATTEMPTS_PER_PAID = 4;

/** How visits without an order end. */
const pickLastStep = weighted([0.55, 0.35, 0.1]);

/** The sessions of the log; `sessions` walks them in the order of their start. */
export interface SessionLog {
  readonly count: number;
  sessions(): Generator<Session>;
}

export function planSessions(company: RetailCompany): SessionLog {
  const people = new NumberList();
  /** The order's index plus one, 0 for none. */
  const orders = new NumberList();
  const steps = new NumberList();
  const channels = new NumberList();
  const timeline = new Timeline();
  const add = (person: Person, seconds: number, channel: OnlineChannel, lastStep: number, order = -1): void => {
    timeline.add(seconds, people.length);
    people.push(person.index);
    orders.push(order + 1);
    steps.push(lastStep);
    channels.push(ONLINE.indexOf(channel));
  };
  for (let index = 0; index < company.setting.options.customers; index++) {
    const person = company.person(index);
    planPaying(company, person, add);
    planBrowsing(company, person, add);
  }
  return {
    count: timeline.length,
    *sessions() {
      for (const { seconds, entry } of timeline.entries()) {
        const person = people.get(entry);
        const channel = ONLINE[channels.get(entry)] ?? 'app';
        const order = orders.get(entry);
        yield {
          index: entry,
          person,
          seconds,
          channel,
          version: versionOf(company.setting, person, channel, seconds),
          order: order === 0 ? null : order - 1,
          lastStep: STEPS[steps.get(entry)] ?? 'view',
        };
      }
    },
  };
}

const ONLINE: readonly OnlineChannel[] = ['app', 'mini'];

type Add = (person: Person, seconds: number, channel: OnlineChannel, lastStep: number, order?: number) => void;

/** Each paid online order has a session; under the broken release, failed attempts come before it. */
function planPaying(company: RetailCompany, person: Person, add: Add): void {
  const { setting } = company;
  const start = logStart(setting) + DAY_SECONDS;
  const [first, end] = company.ordersOf(person.index);
  for (let index = first; index < end; index++) {
    if (company.timeOf(index) < start) continue;
    const order = company.order(index);
    if (order.channel === 'store' || order.cancelled) continue;
    const random = setting.streams('attempts', index);
    add(person, order.seconds - 60 - integer(random, 600), order.channel, 3, index);
    if (versionOf(setting, person.index, order.channel, order.seconds) !== BROKEN_VERSION) continue;
    const attempts = poisson(random, FAILED_ATTEMPTS_PER_PAID);
    for (let i = 0; i < attempts; i++) add(person, order.seconds - 900 - integer(random, 6 * 3600), order.channel, 2);
  }
}

function planBrowsing(company: RetailCompany, person: Person, add: Add): void {
  const { setting } = company;
  const random = setting.streams('browsing', person.index);
  const from = Math.max(logStart(setting) / DAY_SECONDS, Math.ceil(person.registeredAt / DAY_SECONDS));
  const days = Math.floor(Math.min(setting.window.days, person.aliveUntilDay) - from);
  if (days <= 0) return;
  const visits = poisson(random, (person.type.browsesPerMonth * days) / 30);
  const [, app, mini] = person.type.channels;
  for (let i = 0; i < visits; i++) {
    const seconds = (from + integer(random, days)) * DAY_SECONDS + setting.pickSecondOfDay(random);
    add(person, seconds, random() * (app + mini) < app ? 'app' : 'mini', pickLastStep(random));
  }
}

function logStart(setting: Setting): number {
  return (setting.window.days - LOG_DAYS) * DAY_SECONDS;
}

/** The release a person runs: most take each new one at once, the others skip the broken one. */
function versionOf(setting: Setting, person: number, channel: OnlineChannel, seconds: number): string {
  if (channel === 'mini') return 'mp-3.4';
  const daysLeft = setting.window.days - seconds / DAY_SECONDS;
  if (daysLeft <= BROKEN_DAYS.to) return '5.2.1';
  if (daysLeft > BROKEN_DAYS.from) return '5.1.3';
  return setting.streams('updates', person)() < UPDATED_SHARE ? BROKEN_VERSION : '5.1.3';
}
