import { csvLine, encodeUtf8, formatCents, type TextFile } from '../csv-writer';
import type { SampleStream } from '../sample';
import type { RetailCompany } from './company';
import { windowDay } from './calendar';
import { secondCard } from './member-cards';
import { memberNumber } from './numbers';
import type { Person } from './people';
import type { SessionLog } from './sessions';
import { formatTime } from './setting';
import { truthOf } from './truth';

/** The totals and the planted traps, as JSON. */
export function truthFile(company: RetailCompany, log: SessionLog): SampleStream {
  return {
    name: 'lantern-truth.json',
    kind: 'truth',
    encoding: 'utf-8',
    *chunks(onShare) {
      yield encodeUtf8(`${JSON.stringify(truthOf(company, log), null, 2)}\n`);
      onShare?.(1);
    },
  };
}

export const TRUTH_COLUMNS = [
  'member_no',
  'person',
  'same_person_as',
  'customer_type',
  'rate_per_year',
  'basket_aim',
  'discount_love',
  'registered_at',
  'alive_until',
  'paid_orders',
  'kept_orders',
  'last_paid_at',
  'last_kept_at',
  'net_amount',
  'slips',
] as const;

/** What is true of each member number: who it is, what drives them, what the orders file says of them. */
export function truthMembersFile(company: RetailCompany): TextFile {
  return {
    name: 'lantern-truth-members.csv',
    kind: 'truth',
    encoding: 'utf-8',
    records: company.setting.options.customers,
    *lines() {
      yield csvLine(TRUTH_COLUMNS);
      for (let index = 0; index < company.setting.options.customers; index++) {
        const person = company.person(index);
        yield truthLine(company, person, 0);
        if (person.registeredAgainAt !== null) yield truthLine(company, person, 1);
      }
    },
  };
}

function truthLine(company: RetailCompany, person: Person, membership: 0 | 1): string {
  const { window } = company.setting;
  const time = (seconds: number): string => (seconds < 0 ? '' : formatTime(window, seconds));
  const { paidOrders, keptOrders, lastPaidAt, lastKeptAt, netCents } = company.tally.member(
    company.memberPlace(person.index, membership),
  );
  const registeredAt = membership === 0 ? person.registeredAt : (person.registeredAgainAt ?? 0);
  return csvLine([
    memberNumber(person.index, membership),
    person.index,
    person.registeredAgainAt === null ? '' : memberNumber(person.index, 1 - membership),
    person.type.id,
    person.ratePerYear.toFixed(4),
    formatCents(Math.round(person.basketCents)),
    person.discountLove.toFixed(3),
    formatTime(window, registeredAt),
    windowDay(window, Math.floor(person.aliveUntilDay)),
    paidOrders,
    keptOrders,
    time(lastPaidAt),
    time(lastKeptAt),
    formatCents(netCents),
    membership === 0 ? '' : secondCard(company, person, registeredAt).slips.join(' '),
  ]);
}
