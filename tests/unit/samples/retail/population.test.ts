import { describe, expect, it } from 'vitest';
import { daysBetween } from '../../../../src/core/dates';
import { generateRetail } from '../../../../src/samples/retail/company';
import { CUSTOMER_TYPES, type CustomerType } from '../../../../src/samples/retail/customer-types';
import type { Order } from '../../../../src/samples/retail/orders';
import type { Person } from '../../../../src/samples/retail/people';

const PEOPLE = 20_000;

/** A true hypothesis misses this many standard errors once in 150,000 tries. */
const ERRORS = 4.5;

const company = generateRetail({ seed: 99, customers: PEOPLE, asOf: '2026-01-01', locale: 'en' });
const people = Array.from({ length: PEOPLE }, (_, index) => company.person(index));
const orders = Array.from({ length: company.orderCount }, (_, index) => company.order(index)).filter(
  (_, index) => index !== company.giantOrder,
);
const buyers = Array.from({ length: company.orderCount }, (_, index) => company.buyerOf(index)).filter(
  (_, index) => index !== company.giantOrder,
);

const ofType = (type: CustomerType): Person[] => people.filter((person) => person.type.id === type.id);
const ordersOfType = (type: CustomerType): Order[] => orders.filter((_, i) => people[buyers[i]!]!.type.id === type.id);

function expectMean(values: readonly number[], expected: number): void {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  expect(Math.abs(mean - expected)).toBeLessThan(ERRORS * Math.sqrt(variance / n));
}

function expectShare(hits: number, n: number, expected: number): void {
  expect(Math.abs(hits / n - expected)).toBeLessThan(ERRORS * Math.sqrt((expected * (1 - expected)) / n));
}

describe.each(CUSTOMER_TYPES)('people of the type $id', (type) => {
  it('come in their share', () => {
    expectShare(ofType(type).length, PEOPLE, type.share);
  });

  it('buy at rates with the mean and the spread of the gamma distribution', () => {
    const rates = ofType(type).map((person) => person.ratePerYear);
    expectMean(rates, type.ratePerYear);
    const squares = rates.map((rate) => (rate - type.ratePerYear) ** 2);
    expectMean(squares, type.ratePerYear ** 2 / type.rateShape);
  });

  it('aim at baskets that are lognormal', () => {
    const logs = ofType(type).map((person) => Math.log(person.basketCents / type.basketCents));
    expectMean(logs, 0);
    expectMean(
      logs.map((log) => log ** 2),
      type.basketSigma ** 2,
    );
  });

  it('drop out at a constant hazard', () => {
    const years = ofType(type).map((person) => (person.aliveUntilDay - person.registeredAt / 86_400) / 365.25);
    expectMean(years, 1 / type.dropOutPerYear);
    // Memoryless: past the mean, as much again is left.
    const longer = years.filter((time) => time > 1 / type.dropOutPerYear);
    expectMean(
      longer.map((time) => time - 1 / type.dropOutPerYear),
      1 / type.dropOutPerYear,
    );
  });

  it('order as often as their own rates say while they are alive', () => {
    // Those who were there before the window: no order comes from registering in it.
    const clock = company.setting.clocks[CUSTOMER_TYPES.indexOf(type)]!;
    const early = ofType(type).filter((person) => person.registeredAt < 0 && person.aliveUntilDay > 0);
    let expected = 0;
    let found = 0;
    for (const person of early) {
      const [first, end] = company.ordersOf(person.index);
      const hasGiant = company.giantOrder >= first && company.giantOrder < end;
      found += end - first - (hasGiant ? 1 : 0);
      expected += (person.ratePerYear * clock.toSeason(Math.min(731, person.aliveUntilDay))) / 365.25;
    }
    expect(expected).toBeGreaterThan(5);
    expect(Math.abs(found - expected)).toBeLessThan(ERRORS * Math.sqrt(expected));
  });

  it('use the channels and send things back in their shares', () => {
    const theirs = ordersOfType(type);
    const total = type.channels.reduce((sum, weight) => sum + weight, 0);
    (['store', 'app', 'mini'] as const).forEach((channel, i) => {
      expectShare(theirs.filter((order) => order.channel === channel).length, theirs.length, type.channels[i]! / total);
    });
    // A refund may take 14 days, so orders of the last two weeks tell too little.
    const settled = theirs.filter((order) => !order.cancelled && order.seconds < (731 - 15) * 86_400);
    expectShare(settled.filter((order) => order.refund !== null).length, settled.length, type.refundShare);
  });
});

describe('orders', () => {
  it('never come before their buyer registers or after the buyer drops out', () => {
    const wrong = orders.filter((order, i) => {
      const person = people[buyers[i]!]!;
      // Somebody who drops out in the hour of registering still makes the order that came with it.
      const limit = Math.max((Math.floor(person.aliveUntilDay) + 1) * 86_400, person.registeredAt + 660);
      return order.seconds <= person.registeredAt || order.seconds >= limit;
    });
    expect(wrong).toEqual([]);
  });

  it('come on Double 11 as often as the calendar of the bargain hunters says', () => {
    const bargain = CUSTOMER_TYPES.find(({ id }) => id === 'bargain')!;
    const steady = new Set(
      ofType(bargain)
        .filter((person) => person.registeredAt < 0 && person.aliveUntilDay >= 731)
        .map((person) => person.index),
    );
    const theirs = orders.filter((_, i) => steady.has(buyers[i]!));
    const peak = ['2024-11-10', '2024-11-11', '2025-11-10', '2025-11-11'].map((day) => daysBetween('2024-01-01', day));
    const hits = theirs.filter((order) => peak.includes(Math.floor(order.seconds / 86_400)));
    // By hand: demand on a peak day is (1 + 2.4 x 2) x 0.85 on a weekday and x 1.4 on Sunday 2024-11-10, over the window's sum.
    const peakDemand = 5.8 * (1.4 + 3 * 0.85);
    expectShare(hits.length, theirs.length, peakDemand / bargainDemand());
  });

  it('show no card in 12 % of the store orders, and never online', () => {
    const grown = orders.filter((order, i) => order.seconds - people[buyers[i]!]!.registeredAt >= 3600);
    const inStore = grown.filter((order) => order.channel === 'store');
    expectShare(inStore.filter((order) => order.membership === null).length, inStore.length, 0.12);
    expect(grown.filter((order) => order.channel !== 'store' && order.membership === null)).toEqual([]);
  });

  it('cost what their lines cost less the discount and the coupon, to the cent', () => {
    const wrong = orders.filter((order) => {
      const off = company.setting.window.campaignOn[Math.floor(order.seconds / 86_400)]?.percentOff ?? 0;
      const full = order.lines.reduce(
        (sum, { product, quantity }) => sum + quantity * Math.round(product.priceCents * (1 - off / 100)),
        0,
      );
      const paid = order.lines.reduce((sum, line) => sum + line.paidCents, 0);
      const whole = order.lines.every(({ paidCents }) => Number.isInteger(paidCents) && paidCents > 0);
      return !order.cancelled && !(whole && paid === full - (order.coupon?.offCents ?? 0));
    });
    expect(wrong).toEqual([]);
  });
});

/** The bargain hunters' demand over the window, written out from retail.md alone. */
function bargainDemand(): number {
  const campaigns: [from: string, to: string, peakFrom: string, demand: number, peak: number][] = [
    ['2024-01-20', '2024-02-07', '2024-02-01', 1.5, 2],
    ['2025-01-08', '2025-01-26', '2025-01-20', 1.5, 2],
    ...['2024', '2025'].flatMap((y): [string, string, string, number, number][] => [
      [`${y}-03-05`, `${y}-03-08`, `${y}-03-08`, 1.3, 1.6],
      [`${y}-06-01`, `${y}-06-20`, `${y}-06-16`, 1.3, 2.2],
      [`${y}-11-01`, `${y}-11-11`, `${y}-11-10`, 1.4, 3.4],
      [`${y}-12-10`, `${y}-12-12`, `${y}-12-12`, 1.4, 1.8],
    ]),
  ];
  const festivals = [
    ['2024-02-09', '2024-02-16'],
    ['2025-01-28', '2025-02-04'],
  ] as const;
  let sum = 0;
  for (let ms = Date.UTC(2024, 0, 1); ms < Date.UTC(2026, 0, 1); ms += 86_400_000) {
    const day = new Date(ms).toISOString().slice(0, 10);
    const weekday = new Date(ms).getUTCDay();
    const campaign = campaigns.find(([from, to]) => from <= day && day <= to);
    let season = campaign === undefined ? 1 : day >= campaign[2] ? campaign[4] : campaign[3];
    if (festivals.some(([from, to]) => from <= day && day <= to)) season *= 0.55;
    else if (day.slice(5) >= '10-01' && day.slice(5) <= '10-07') season *= 1.4;
    sum += (weekday === 0 || weekday === 6 ? 1.4 : 0.85) * Math.max(0.1, 1 + (season - 1) * 2);
  }
  return sum;
}
