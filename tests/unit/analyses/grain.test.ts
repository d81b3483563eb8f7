import { describe, expect, it } from 'vitest';
import { addGrains, grainLabel, grainsBetween, startOfGrain } from '../../../src/analyses/grain';
import { createFormat } from '../../../src/i18n/format';

describe('startOfGrain', () => {
  it.each([
    ['2024-03-03', '2024-02-26', '2024-03-01', '2024-01-01'],
    ['2024-03-04', '2024-03-04', '2024-03-01', '2024-01-01'],
    ['2024-12-31', '2024-12-30', '2024-12-01', '2024-10-01'],
    ['2023-01-01', '2022-12-26', '2023-01-01', '2023-01-01'],
  ])('finds Monday, month and quarter of %s', (day, week, month, quarter) => {
    expect([startOfGrain(day, 'week'), startOfGrain(day, 'month'), startOfGrain(day, 'quarter')]).toEqual([
      week,
      month,
      quarter,
    ]);
  });
});

it('counts stretches across years', () => {
  expect(addGrains('2023-11-01', 'month', 3)).toBe('2024-02-01');
  expect(addGrains('2023-10-01', 'quarter', -4)).toBe('2022-10-01');
  expect(addGrains('2024-02-26', 'week', 1)).toBe('2024-03-04');
  expect(addGrains('2024-01-01', 'year', 2)).toBe('2026-01-01');
});

it('lists every stretch with a day in the period, and none for an empty one', () => {
  expect(grainsBetween('2023-12-31', '2024-02-01', 'month')).toEqual(['2023-12-01', '2024-01-01']);
  expect(grainsBetween('2024-02-01', '2024-02-01', 'month')).toEqual([]);
});

it('names a stretch in both languages', () => {
  expect(grainLabel(createFormat('en'), '2024-04-01', 'quarter')).toBe('2024 Q2');
  expect(grainLabel(createFormat('zh'), '2024-04-01', 'quarter')).toBe('2024年2季度');
  expect(grainLabel(createFormat('en'), '2024-04-01', 'month')).toBe('2024-04');
});
