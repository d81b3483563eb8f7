import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayOf, daysBetween, isDay, startOfDay } from '../../../src/core/dates';

describe('days', () => {
  it('names the day of a wall-clock time, also before 1970', () => {
    expect(dayOf(Date.UTC(2024, 0, 3, 23, 59, 59))).toBe('2024-01-03');
    expect(dayOf(-1)).toBe('1969-12-31');
  });

  it('knows a real day from an unreal one', () => {
    expect(['2024-02-29', '2023-02-29', '2024-13-01', '2024-1-1', 'today', ''].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(startOfDay('2023-02-30')).toBeNaN();
  });

  it('adds days across a leap day and a year', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2024-12-31', 1)).toBe('2025-01-01');
  });

  it('holds a month step to the last day of the month', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2023-01-31', 1)).toBe('2023-02-28');
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29');
    expect(addMonths('2024-11-30', 14)).toBe('2026-01-30');
  });

  it('counts back the days that were added', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 40_000 }), fc.integer({ min: -9_000, max: 9_000 }), (start, days) => {
        const day = dayOf(start * 86_400_000);
        expect(daysBetween(day, addDays(day, days))).toBe(days);
      }),
    );
  });
});
