import { addMonths, dayOf, DAY_MS, startOfDay, type Day } from '../../core/dates';
import { words, type Words } from './words';

/** First day of the lunar year, by the Chinese calendar; the tests check it against the platform's own. */
const SPRING_FESTIVALS: Readonly<Record<number, Day>> = {
  2018: '2018-02-16',
  2019: '2019-02-05',
  2020: '2020-01-25',
  2021: '2021-02-12',
  2022: '2022-02-01',
  2023: '2023-01-22',
  2024: '2024-02-10',
  2025: '2025-01-29',
  2026: '2026-02-17',
  2027: '2027-02-06',
  2028: '2028-01-26',
  2029: '2029-02-13',
  2030: '2030-02-03',
  2031: '2031-01-23',
  2032: '2032-02-11',
  2033: '2033-01-31',
  2034: '2034-02-19',
  2035: '2035-02-08',
};

/** Years that an as-of date may lie in: the 24 months before it need their festivals. */
export const FIRST_YEAR = 2020;
export const LAST_YEAR = 2035;

/** First day of the lunar year that begins in `year`. Throws RangeError outside the table. */
export function springFestival(year: number): Day {
  const day = SPRING_FESTIVALS[year];
  if (day === undefined) throw new RangeError(`invalid year: ${year} (needs 2018..2035)`);
  return day;
}

export interface Campaign {
  readonly id: string;
  readonly name: Words;
  /** First and last day. */
  readonly from: Day;
  readonly to: Day;
  /** Days on which demand is at its peak, to the campaign's end. */
  readonly peakDays: number;
  /** Factors on the buying rate. */
  readonly demand: number;
  readonly peakDemand: number;
  readonly percentOff: number;
}

/** The campaigns of a year, in the order of their days. */
export function campaignsOf(year: number): readonly Campaign[] {
  const festival = startOfDay(springFestival(year));
  return [
    {
      id: `NEWYEAR${year}`,
      name: words('New Year goods', '年货节'),
      from: dayOf(festival - 21 * DAY_MS),
      to: dayOf(festival - 3 * DAY_MS),
      peakDays: 7,
      demand: 1.5,
      peakDemand: 2,
      percentOff: 10,
    },
    {
      id: `SPRING${year}`,
      name: words('Spring sale', '女神节'),
      from: `${year}-03-05`,
      to: `${year}-03-08`,
      peakDays: 1,
      demand: 1.3,
      peakDemand: 1.6,
      percentOff: 10,
    },
    {
      id: `618-${year}`,
      name: words('618 mid-year', '618年中大促'),
      from: `${year}-06-01`,
      to: `${year}-06-20`,
      peakDays: 5,
      demand: 1.3,
      peakDemand: 2.2,
      percentOff: 20,
    },
    {
      id: `D11-${year}`,
      name: words('Double 11', '双11'),
      from: `${year}-11-01`,
      to: `${year}-11-11`,
      peakDays: 2,
      demand: 1.4,
      peakDemand: 3.4,
      percentOff: 25,
    },
    {
      id: `D12-${year}`,
      name: words('Double 12', '双12'),
      from: `${year}-12-10`,
      to: `${year}-12-12`,
      peakDays: 1,
      demand: 1.4,
      peakDemand: 1.8,
      percentOff: 15,
    },
  ];
}

export const WINDOW_MONTHS = 24;

/** The 24 months that the files cover, as whole days from `start`. */
export interface Window {
  readonly start: Day;
  readonly asOf: Day;
  readonly days: number;
  /** Campaigns that touch the window. */
  readonly campaigns: readonly Campaign[];
  /** The campaign that runs on each day. */
  readonly campaignOn: readonly (Campaign | undefined)[];
  /** The days as text, `YYYY-MM-DD`. */
  readonly dayTexts: readonly Day[];
}

export function createWindow(asOf: Day): Window {
  const start = addMonths(asOf, -WINDOW_MONTHS);
  const startMs = startOfDay(start);
  const days = Math.round((startOfDay(asOf) - startMs) / DAY_MS);
  const dayTexts = Array.from({ length: days }, (_, day) => dayOf(startMs + day * DAY_MS));
  const years = new Set(dayTexts.map((day) => Number(day.slice(0, 4))));
  const campaigns = [...years].flatMap(campaignsOf).filter(({ from, to }) => to >= start && from < asOf);
  const campaignOn = dayTexts.map((day) => campaigns.find(({ from, to }) => from <= day && day <= to));
  return { start, asOf, days, campaigns, campaignOn, dayTexts };
}

/** Factor on the buying rate on each day of the window, before it is scaled to a mean of one. */
export function demandByDay(window: Window, sensitivity: number): Float64Array {
  return Float64Array.from(window.dayTexts, (day, position) => {
    const season = festivalDemand(day) * campaignDemand(day, window.campaignOn[position]);
    return weekDemand(day) * Math.max(0.1, 1 + (season - 1) * sensitivity);
  });
}

function weekDemand(day: Day): number {
  const weekday = new Date(startOfDay(day)).getUTCDay();
  return weekday === 0 || weekday === 6 ? 1.4 : 0.85;
}

function campaignDemand(day: Day, campaign: Campaign | undefined): number {
  if (campaign === undefined) return 1;
  const daysLeft = (startOfDay(campaign.to) - startOfDay(day)) / DAY_MS;
  return daysLeft < campaign.peakDays ? campaign.peakDemand : campaign.demand;
}

/** Shops are half empty in the Spring Festival week and full in the National Day week. */
function festivalDemand(day: Day): number {
  const sinceFestival = (startOfDay(day) - startOfDay(springFestival(Number(day.slice(0, 4))))) / DAY_MS;
  if (sinceFestival >= -1 && sinceFestival < 7) return 0.55;
  return day.slice(5) >= '10-01' && day.slice(5) <= '10-07' ? 1.4 : 1;
}

/** The day `day` days from the window's start; days before and after it count on. */
export function windowDay(window: Window, day: number): Day {
  return window.dayTexts[day] ?? dayOf(startOfDay(window.start) + day * DAY_MS);
}
