import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../src/core/dates';
import { campaignsOf, createWindow, demandByDay, springFestival } from '../../../../src/samples/retail/calendar';
import { holidayDays, holidaysOf } from '../../../../src/samples/retail/holidays';
import { createSeasonClock } from '../../../../src/samples/retail/season-clock';

/** Month and day in the Chinese calendar, from the platform's own tables (ICU). */
function chineseDate(day: string): string {
  const format = new Intl.DateTimeFormat('en-u-ca-chinese', {
    month: 'numeric',
    day: 'numeric',
    timeZone: 'Asia/Shanghai',
  });
  return format.format(new Date(`${day}T12:00:00+08:00`));
}

/**
 * New moons within minutes of midnight in China: 2027-02-06 23:56 and 2030-02-03 00:07. ICU's shorter
 * series takes them for the other day; the official calendars have 6 and 3 February.
 */
const NEAR_MIDNIGHT: Readonly<Record<number, string>> = { 2027: '2027-02-06', 2030: '2030-02-03' };

describe('calendar', () => {
  it.each(Array.from({ length: 18 }, (_, i) => 2018 + i))('the lunar year begins on the table’s day in %d', (year) => {
    const day = springFestival(year);
    const official = NEAR_MIDNIGHT[year];
    if (official === undefined) expect(chineseDate(day)).toBe('1/1');
    else expect(day).toBe(official);
    expect(day.slice(0, 4)).toBe(String(year));
  });

  it('a year outside the table is refused', () => {
    expect(() => springFestival(2040)).toThrow('invalid year: 2040 (needs 2018..2035)');
  });

  it('the window is the 24 months up to the day before the as-of date', () => {
    const window = createWindow('2026-01-01');
    expect(window.dayTexts[0]).toBe('2024-01-01');
    expect(window.dayTexts.at(-1)).toBe('2025-12-31');
    // 2024 is a leap year.
    expect(window.days).toBe(731);
  });

  it('campaigns of a year follow one another without overlap', () => {
    for (let year = 2018; year <= 2035; year++) {
      const campaigns = campaignsOf(year);
      campaigns.forEach(({ from, to }, i) => {
        expect(from <= to).toBe(true);
        const next = campaigns[i + 1];
        if (next !== undefined) expect(to < next.from).toBe(true);
      });
    }
  });

  it('Double 11 sells more than the days around it, and more so to those who love a bargain', () => {
    const window = createWindow('2026-01-01');
    const ratio = (sensitivity: number): number => {
      const demand = demandByDay(window, sensitivity);
      // 2025-11-11 and 2025-11-25 are both Tuesdays.
      return demand[window.dayTexts.indexOf('2025-11-11')]! / demand[window.dayTexts.indexOf('2025-11-25')]!;
    };
    expect(ratio(0)).toBeCloseTo(1);
    expect(ratio(1)).toBeCloseTo(3.4);
    expect(ratio(2)).toBeCloseTo(5.8);
  });

  it('the Spring Festival week is quiet and the days before it are busy', () => {
    const window = createWindow('2026-01-01');
    const demand = demandByDay(window, 1);
    const on = (day: string): number => demand[window.dayTexts.indexOf(day)]!;
    // 2025-01-29 is the festival, a Wednesday; a week before lies in the New Year goods' peak.
    expect(on(springFestival(2025))).toBeLessThan(0.6);
    expect(on(addDays(springFestival(2025), -7))).toBeGreaterThan(1.5);
  });
});

describe('season clock', () => {
  it('runs from zero to the whole window and back again', () => {
    const clock = createSeasonClock(Float64Array.of(1, 3, 0.5, 1.5));
    expect(clock.toSeason(0)).toBe(0);
    expect(clock.toSeason(4)).toBeCloseTo(4);
    // The total of 6 is scaled to 4 days: the second day alone takes 2 of them.
    expect(clock.toSeason(2) - clock.toSeason(1)).toBeCloseTo(2);
    for (const day of [0, 0.25, 1, 1.9, 2.5, 3.99]) expect(clock.toCalendar(clock.toSeason(day))).toBeCloseTo(day);
    expect(clock.toCalendar(4)).toBe(4);
    expect(clock.toCalendar(99)).toBe(4);
  });
});

describe('holidays', () => {
  const dayOf = (year: number, name: string): string =>
    holidaysOf(year).find((holiday) => holiday.name.en === name)?.from ?? '';

  it.each(Array.from({ length: 18 }, (_, i) => 2018 + i))('Dragon Boat and Mid-Autumn are theirs in %d', (year) => {
    expect(chineseDate(dayOf(year, 'Dragon Boat Festival'))).toBe('5/5');
    expect(chineseDate(dayOf(year, 'Mid-Autumn Festival'))).toBe('8/15');
  });

  it('Tomb-Sweeping is on the published days', () => {
    // The Ching Ming Festival among the public holidays of Hong Kong.
    const published = [
      '2020-04-04',
      '2021-04-04',
      '2022-04-05',
      '2023-04-05',
      '2024-04-04',
      '2025-04-04',
      '2026-04-05',
    ];
    expect(published.map((day) => dayOf(Number(day.slice(0, 4)), 'Tomb-Sweeping Day'))).toEqual(published);
  });

  it('the file has each day off of the window once a name, in order', () => {
    const days = holidayDays(createWindow('2025-10-08'));
    const autumn = days.filter(({ day }) => day >= '2025-10-01').map(({ day, name }) => `${day} ${name.zh}`);
    expect(autumn).toEqual([
      '2025-10-01 国庆节',
      '2025-10-02 国庆节',
      '2025-10-03 国庆节',
      '2025-10-04 国庆节',
      '2025-10-05 国庆节',
      '2025-10-06 国庆节',
      '2025-10-06 中秋节',
      '2025-10-07 国庆节',
    ]);
    // The eve and the seven days from New Year's Day of the lunar year.
    const festival = days.filter(({ day, name }) => name.en === 'Spring Festival' && day < '2025-01-01');
    expect([festival[0]?.day, festival[7]?.day]).toEqual(['2024-02-09', '2024-02-16']);
  });
});
