import { expect, test } from 'vitest';
import { readPeriod } from '../../../../src/ingest/kinds/periods';

const at = (text: string): number => Date.parse(`${text}T00:00:00Z`);

test.each([
  ['2024-01', '2024-01-01'],
  ['2024/9', '2024-09-01'],
  ['2024.12', '2024-12-01'],
  ['2024年1月', '2024-01-01'],
  ['202411', '2024-11-01'],
  ['2024Q1', '2024-01-01'],
  ['2024-Q4', '2024-10-01'],
  ['2024年第三季度', '2024-07-01'],
  ['2024年2季度', '2024-04-01'],
  ['2024', '2024-01-01'],
  ['2024年', '2024-01-01'],
])('the period %s begins on %s', (text, day) => {
  expect(readPeriod(text)).toBe(at(day));
});

test.each(['2024-13', '2024-00', '202400', '2024Q5', '1899', '2200-01', '24-01', 'Q1 2024', '2024-01-02', '', 'May'])(
  '%s is no period',
  (text) => {
    expect(readPeriod(text)).toBeNull();
  },
);
