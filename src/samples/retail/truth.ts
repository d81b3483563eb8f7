import type { Day } from '../../core/dates';
import type { SampleOptions } from '../sample';
import { BROKEN_ROWS, brokenRow, type Defect } from './broken-rows';
import { windowDay } from './calendar';
import { COMPANION_SHARE, COMPANIONS } from './catalogue';
import type { RetailCompany } from './company';
import { CUSTOMER_TYPES } from './customer-types';
import { firstCard, STORE_PHONE } from './member-cards';
import { memberNumber } from './numbers';
import { BROKEN_DAYS, BROKEN_VERSION, type SessionLog } from './sessions';
import type { OrderTotals } from './tally';

/** Sessions that came to the checkout, and those of them that paid. */
export interface CheckoutCount {
  readonly reached: number;
  readonly paid: number;
}

/** What the generator knows: the numbers an analysis should find, and what was planted. */
export interface RetailTruth {
  readonly options: SampleOptions;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly totals: OrderTotals;
  /** Rows of the member list; the people who have two of them. */
  readonly memberNumbers: number;
  readonly peopleRegisteredTwice: number;
  /** People by customer type. */
  readonly people: Readonly<Record<string, number>>;
  readonly brokenRows: readonly { readonly defect: Defect; readonly orderNumber: string }[];
  readonly giantOrder: { readonly orderNumber: string; readonly memberNumber: string; readonly lines: number };
  readonly storePhone: { readonly phone: string; readonly members: number };
  readonly brokenCheckout: {
    readonly version: string;
    readonly firstDay: Day;
    readonly lastDay: Day;
    readonly byVersion: Readonly<Record<string, CheckoutCount>>;
  };
  /** Products put together on purpose, and the share of baskets with the first that also get the second. */
  readonly companions: readonly { readonly sku: string; readonly with: string; readonly share: number }[];
  readonly unhappyButActive: string;
}

export function truthOf(company: RetailCompany, log: SessionLog): RetailTruth {
  const { setting, giantOrder, tally } = company;
  const { window, options } = setting;
  const { people, registeredTwice, withStorePhone } = census(company);
  return {
    options,
    firstDay: window.start,
    lastDay: windowDay(window, window.days - 1),
    totals: tally.totals,
    memberNumbers: options.customers + registeredTwice,
    peopleRegisteredTwice: registeredTwice,
    people,
    brokenRows: BROKEN_ROWS.map((_, position) => {
      const { defect, orderNumber } = brokenRow(setting, position, company.orderCount);
      return { defect, orderNumber };
    }),
    giantOrder: {
      orderNumber: company.orderNumber(giantOrder),
      memberNumber: memberNumber(company.buyerOf(giantOrder), 0),
      lines: company.order(giantOrder).lines.length,
    },
    storePhone: { phone: STORE_PHONE, members: withStorePhone },
    brokenCheckout: {
      version: BROKEN_VERSION,
      firstDay: windowDay(window, window.days - BROKEN_DAYS.from),
      lastDay: windowDay(window, window.days - BROKEN_DAYS.to - 1),
      byVersion: checkoutCounts(log),
    },
    companions: [...COMPANIONS].map(([sku, companion]) => ({ sku, with: companion, share: COMPANION_SHARE })),
    unhappyButActive: 'unhappy-active',
  };
}

function census(company: RetailCompany): {
  people: Record<string, number>;
  registeredTwice: number;
  withStorePhone: number;
} {
  const people: Record<string, number> = Object.fromEntries(CUSTOMER_TYPES.map(({ id }) => [id, 0]));
  let registeredTwice = 0;
  let withStorePhone = 0;
  for (let index = 0; index < company.setting.options.customers; index++) {
    const person = company.person(index);
    people[person.type.id] = (people[person.type.id] ?? 0) + 1;
    if (person.registeredAgainAt !== null) registeredTwice++;
    if (firstCard(company, person).phone === STORE_PHONE) withStorePhone++;
  }
  return { people, registeredTwice, withStorePhone };
}

function checkoutCounts(log: SessionLog): Record<string, CheckoutCount> {
  const counts: Record<string, { reached: number; paid: number }> = {};
  for (const { version, lastStep } of log.sessions()) {
    if (lastStep !== 'checkout' && lastStep !== 'pay') continue;
    const count = (counts[version] ??= { reached: 0, paid: 0 });
    count.reached++;
    if (lastStep === 'pay') count.paid++;
  }
  return counts;
}
