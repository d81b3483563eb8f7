import { addDays, type Day } from '../../core/dates';
import { springFestival, type Window } from './calendar';
import { words, type Words } from './words';

/** A stretch of days off, both ends included. */
export interface Holiday {
  readonly name: Words;
  readonly from: Day;
  readonly to: Day;
}

/** Dragon Boat and Mid-Autumn, month and day: the fifth of the fifth and the fifteenth of the eighth month of the Chinese calendar. */
const LUNAR_DAYS: Readonly<Record<number, readonly [dragonBoat: string, midAutumn: string]>> = {
  2018: ['06-18', '09-24'],
  2019: ['06-07', '09-13'],
  2020: ['06-25', '10-01'],
  2021: ['06-14', '09-21'],
  2022: ['06-03', '09-10'],
  2023: ['06-22', '09-29'],
  2024: ['06-10', '09-17'],
  2025: ['05-31', '10-06'],
  2026: ['06-19', '09-25'],
  2027: ['06-09', '09-15'],
  2028: ['05-28', '10-03'],
  2029: ['06-16', '09-22'],
  2030: ['06-05', '09-12'],
  2031: ['06-24', '10-01'],
  2032: ['06-12', '09-19'],
  2033: ['06-01', '09-08'],
  2034: ['06-20', '09-27'],
  2035: ['06-10', '09-16'],
};

/** Tomb-Sweeping Day, when the sun stands at 15 degrees: 4 or 5 April, by the rule that holds from 2000 to 2099. */
function tombSweeping(year: number): Day {
  const inCentury = year % 100;
  return `${year}-04-0${Math.floor(inCentury * 0.2422 + 4.81) - Math.floor(inCentury / 4)}`;
}

/** The public holidays of mainland China in a year, in the order of their days. Throws RangeError outside 2018..2035. */
export function holidaysOf(year: number): readonly Holiday[] {
  const festival = springFestival(year);
  const [dragonBoat = '', midAutumn = ''] = LUNAR_DAYS[year] ?? [];
  const stretch = (name: Words, from: Day, to: Day = from): Holiday => ({ name, from, to });
  return [
    stretch(words('New Year’s Day', '元旦'), `${year}-01-01`),
    stretch(words('Spring Festival', '春节'), addDays(festival, -1), addDays(festival, 6)),
    stretch(words('Tomb-Sweeping Day', '清明节'), tombSweeping(year)),
    stretch(words('Labour Day', '劳动节'), `${year}-05-01`, `${year}-05-05`),
    stretch(words('Dragon Boat Festival', '端午节'), `${year}-${dragonBoat}`),
    stretch(words('Mid-Autumn Festival', '中秋节'), `${year}-${midAutumn}`),
    stretch(words('National Day', '国庆节'), `${year}-10-01`, `${year}-10-07`),
  ].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** Each day off inside the window, with its name. */
export function holidayDays({ dayTexts }: Window): readonly { readonly day: Day; readonly name: Words }[] {
  const holidays = [...new Set(dayTexts.map((day) => Number(day.slice(0, 4))))].flatMap(holidaysOf);
  return dayTexts.flatMap((day) =>
    holidays.filter(({ from, to }) => from <= day && day <= to).map(({ name }) => ({ day, name })),
  );
}
