import { exponential, gamma, integer, lognormal } from '../distributions';
import { CHANNELS, customerType, type Channel, type CustomerType } from './customer-types';
import { DAY_SECONDS, type Setting } from './setting';

/** One person as they are in truth. Times are seconds from the window's start, days likewise. */
export interface Person {
  readonly index: number;
  readonly typePosition: number;
  readonly type: CustomerType;
  /** Orders a year while alive, in a year of average season. */
  readonly ratePerYear: number;
  /** May lie before the window, and then is negative. */
  readonly registeredAt: number;
  readonly registeredBy: Channel;
  /** The day, with its fraction, from which they never buy again; often long after the window. */
  readonly aliveUntilDay: number;
  /** What their baskets aim at. */
  readonly basketCents: number;
  readonly discountLove: number;
  readonly homeStore: number;
  readonly buysOnRegistering: boolean;
  /** When the same person took a second member number, if they did. */
  readonly registeredAgainAt: number | null;
}

export const YEAR_DAYS = 365.25;

/** Registrations go back this far before the window. */
export const REGISTRATION_LEAD_DAYS = 365;
const REGISTERED_BEFORE_SHARE = 0.3;
const REGISTERED_TWICE_SHARE = 0.02;

/** The `index`-th person of the company. Cheap, so it is drawn again rather than kept. */
export function drawPerson(setting: Setting, index: number): Person {
  const random = setting.streams('person', index);
  const typePosition = setting.pickType(random);
  const type = customerType(typePosition);
  const { days } = setting.window;
  const registeredDay =
    random() < REGISTERED_BEFORE_SHARE
      ? -1 - integer(random, REGISTRATION_LEAD_DAYS)
      : Math.floor(setting.clocks[typePosition]?.toCalendar(random() * days) ?? 0);
  const registeredAt = registeredDay * DAY_SECONDS + setting.pickSecondOfDay(random);
  const again = random() < REGISTERED_TWICE_SHARE ? registeredAt + (30 + integer(random, 270)) * DAY_SECONDS : null;
  return {
    index,
    typePosition,
    type,
    ratePerYear: gamma(random, type.rateShape, type.ratePerYear),
    registeredAt,
    registeredBy: CHANNELS[setting.pickChannel[typePosition]?.(random) ?? 0] ?? 'store',
    aliveUntilDay: registeredAt / DAY_SECONDS + exponential(random, YEAR_DAYS / type.dropOutPerYear),
    basketCents: lognormal(random, type.basketCents, type.basketSigma),
    discountLove: Math.min(1, type.discountLove * (0.5 + random())),
    homeStore: setting.pickStore(random),
    buysOnRegistering: random() < type.buysOnRegistering,
    registeredAgainAt: again === null || again >= days * DAY_SECONDS ? null : again,
  };
}

/**
 * The times at which a person orders within the window, rising from day to day. After the order that
 * may come with registering they are Poisson on the type's season clock until the person drops out.
 */
export function drawVisits(setting: Setting, person: Person): readonly number[] {
  const random = setting.streams('visits', person.index);
  const { days } = setting.window;
  const clock = setting.clocks[person.typePosition];
  if (clock === undefined) throw new RangeError(`invalid customer type: ${person.typePosition}`);
  const visits: number[] = [];
  if (person.registeredAt >= 0 && person.buysOnRegistering)
    visits.push(person.registeredAt + 60 + integer(random, 540));
  const end = Math.min(days, person.aliveUntilDay);
  const meanGap = YEAR_DAYS / person.ratePerYear;
  let season = clock.toSeason(Math.max(0, person.registeredAt / DAY_SECONDS)) + exponential(random, meanGap);
  for (let day = clock.toCalendar(season); day < end; day = clock.toCalendar(season)) {
    const seconds = Math.floor(day) * DAY_SECONDS + setting.pickSecondOfDay(random);
    visits.push(Math.max(seconds, person.registeredAt + 60));
    season += exponential(random, meanGap);
  }
  return visits;
}
