import { expect, it } from 'vitest';
import { daysFromCivil } from '../../../../src/ingest/values/calendar';

it('counts the days of every month of three centuries as Date does, and refuses the others', () => {
  for (let year = 1900; year <= 2199; year++) {
    for (let month = 1; month <= 12; month++) {
      const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
      for (const day of [1, 15, last]) {
        expect(daysFromCivil(year, month, day)).toBe(Date.UTC(year, month - 1, day) / 86_400_000);
      }
      expect(daysFromCivil(year, month, last + 1)).toBeNaN();
    }
  }
});

it.each([
  [1899, 12, 31],
  [2200, 1, 1],
  [2024, 0, 1],
  [2024, 13, 1],
  [2024, 1, 0],
  [Number.NaN, 1, 1],
  [2024, Number.NaN, 1],
  [2024, 1, Number.NaN],
])('has no day %d-%d-%d', (year, month, day) => expect(daysFromCivil(year, month, day)).toBeNaN());
