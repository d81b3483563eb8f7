import { describe, expect, it } from 'vitest';
import { occasionDays, occasionEffects, type Occasion } from '../../../../src/analyses/rhythm/occasions';
import { addDays } from '../../../../src/core/dates';

const holiday = (name: string, first: string, last = first): Occasion => ({ name, isHoliday: true, first, last });
const campaign = (name: string, first: string, last: string): Occasion => ({ name, isHoliday: false, first, last });

/** Ten orders of 100 each on every day, from Monday 2024-01-01 on; twenty on Saturdays. */
const figures = Array.from({ length: 70 }, (_, i) => {
  const orders = i % 7 === 5 ? 20 : 10;
  return { day: addDays('2024-01-01', i), orders, revenue: orders * 100, customers: orders };
});
const END = '2024-03-11';

describe('days with a name', () => {
  it('are those inside the data, with everything that takes place on them', () => {
    const days = occasionDays(
      [campaign('sale', '2023-12-30', '2024-01-02'), holiday('new year', '2024-01-01'), holiday('later', '2024-05-01')],
      '2024-01-01',
      END,
    );
    expect([...days].map(([day, all]) => [day, all.map(({ name }) => name)])).toEqual([
      ['2024-01-01', ['sale', 'new year']],
      ['2024-01-02', ['sale']],
    ]);
  });
});

describe('a holiday beside usual days', () => {
  it('is set against the mean of its own weekdays up to four weeks around it', () => {
    // Saturday 2024-02-10 with 50 orders, Sunday 2024-02-11 with none at all.
    const now = figures
      .filter(({ day }) => day !== '2024-02-11')
      .map((one) => (one.day === '2024-02-10' ? { ...one, orders: 50, revenue: 4_000 } : one));
    const [effect] = occasionEffects([holiday('festival', '2024-02-10', '2024-02-11')], now, '2024-01-01', END);
    expect(effect).toEqual({
      name: 'festival',
      isHoliday: true,
      days: ['2024-02-10', '2024-02-11'],
      orders: 50,
      revenue: 4_000,
      leastCustomers: 20,
      usual: { orders: 30, revenue: 3_000 },
    });
  });

  it('leaves other named days out of what is usual, and says so where none is left', () => {
    const everySaturday = Array.from({ length: 10 }, (_, i) => holiday(`S${i}`, addDays('2024-01-06', 7 * i)));
    expect(occasionEffects(everySaturday, figures, '2024-01-01', END).map(({ usual }) => usual)).toEqual(
      everySaturday.map(() => null),
    );
    const spoiled = figures.map((one) => (one.day === '2024-01-13' ? { ...one, orders: 900 } : one));
    const effects = occasionEffects(
      [holiday('a', '2024-01-06'), campaign('b', '2024-01-13', '2024-01-13')],
      spoiled,
      '2024-01-01',
      END,
    );
    expect(effects.map(({ name, usual }) => [name, usual?.orders])).toEqual([
      ['a', 20],
      ['b', 20],
    ]);
  });

  it('counts a day once for a name that two rows give it, and adds the years of one name up', () => {
    const rows = [holiday('x', '2024-01-03', '2024-01-04'), holiday('x', '2024-01-04'), holiday('x', '2024-02-06')];
    const [effect] = occasionEffects(rows, figures, '2024-01-01', END);
    expect(effect?.days).toEqual(['2024-01-03', '2024-01-04', '2024-02-06']);
    expect([effect?.orders, effect?.usual?.orders]).toEqual([30, 30]);
  });
});
