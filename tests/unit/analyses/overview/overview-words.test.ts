import { describe, expect, it } from 'vitest';
import { grainOf, type Figures, type OverviewResult } from '../../../../src/analyses/overview/overview';
import { overviewParamsSchema } from '../../../../src/analyses/overview/overview-schema';
import { OVERVIEW_DEFAULTS, validateOverview } from '../../../../src/analyses/overview/overview-params';
import { figuresTable, trendTable } from '../../../../src/analyses/overview/overview-tables';
import {
  changeOf,
  formatMeasure,
  measureName,
  shareOfChange,
  shownBreakdown,
  signedMoney,
} from '../../../../src/analyses/overview/overview-words';
import { leavingTable } from '../../../../src/charts/chart-table';
import { addDays } from '../../../../src/core/dates';
import { sql } from '../../../../src/core/sql';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import { safeParse } from 'valibot';

const english = new I18n('en');
const chinese = new I18n('zh');

const figures = (given: Partial<Figures>): Figures => ({
  customers: 100,
  repeatCustomers: 25,
  orders: 150,
  identifiedOrders: 140,
  revenue: 3_000,
  identifiedRevenue: 2_700,
  items: 300,
  revenueOfAll: 3_000,
  ...given,
});
const scope = { asOf: '2024-03-01', from: '2024-02-01', audience: null };

function resultOf(
  now: Partial<Figures>,
  before: Partial<Figures> | null,
  more: Partial<OverviewResult> = {},
): OverviewResult {
  return {
    scope,
    firstDay: '2024-01-01',
    periods: null,
    grain: 'month',
    now: { scope, total: figures(now), stretches: [] },
    before: before === null ? null : { scope, total: figures(before), stretches: [] },
    population: { customers: 0, orders: 0, revenue: 0, revenueOfAll: 0, identifiedShare: Number.NaN },
    hasQuantity: true,
    breakdowns: [],
    changes: [],
    ...more,
  };
}

describe('a change', () => {
  it('is relative for amounts and counts, in points for rates', () => {
    const result = resultOf({ revenue: 3_300, repeatCustomers: 20 }, {});
    expect(changeOf(english, result, 'revenue')).toEqual({ text: '10.0%', direction: 'up' });
    expect(changeOf(english, result, 'repeatRate')).toEqual({ text: '5.0 points', direction: 'down' });
    expect(changeOf(chinese, result, 'repeatRate')).toEqual({ text: '5.0 个百分点', direction: 'down' });
    expect(changeOf(english, result, 'orders')).toEqual({ text: '0.0%', direction: 'same' });
  });

  it('is none without a period before, nor from nothing', () => {
    expect(changeOf(english, resultOf({}, null), 'revenue')).toBeUndefined();
    expect(changeOf(english, resultOf({}, { revenue: 0 }), 'revenue')).toBeUndefined();
    expect(changeOf(english, resultOf({}, { customers: 0, repeatCustomers: 0 }), 'repeatRate')).toBeUndefined();
  });

  it('that is too small to be read is none to be shown', () => {
    expect(changeOf(english, resultOf({ revenue: 3_001 }, {}), 'revenue')).toEqual({ text: '0.0%', direction: 'same' });
  });

  it('has a share of the total change where it goes the same way', () => {
    const result = resultOf({ revenue: 3_100 }, {});
    expect(shareOfChange(result, 150)).toBe(1.5);
    expect(shareOfChange(result, -50)).toBeNull();
    expect(shareOfChange(resultOf({}, {}), 50)).toBeNull();
  });
});

it('prints each measure in its unit', () => {
  const print = (measure: Parameters<typeof formatMeasure>[1], value: number) =>
    formatMeasure(english.format, measure, value);
  expect([
    print('revenue', 4_213_000),
    print('customers', 12_345),
    print('orderValue', 202.786),
    print('orderValue', 12_345),
    print('itemsPerOrder', 2.3),
    print('repeatRate', 0.698),
    print('orderValue', Number.NaN),
  ]).toEqual(['4.21M', '12,345', '202.79', '12.3K', '2.30', '69.8%', '–']);
  expect([
    signedMoney(english.format, 1_610_000),
    signedMoney(english.format, -900),
    signedMoney(chinese.format, 16_100),
  ]).toEqual(['+1.61M', '−900', '+1.61万']);
});

it('calls items lines where the file has no pieces, and the identified share that of the audience where there is one', () => {
  expect(measureName(english, resultOf({}, null), 'itemsPerOrder')).toBe('Items per order');
  expect(measureName(english, resultOf({}, null, { hasQuantity: false }), 'itemsPerOrder')).toBe('Lines per order');
  const audience = { ...scope, audience: sql`SELECT 1 AS customer_key` };
  expect(measureName(chinese, resultOf({}, null, { scope: audience }), 'identifiedShare')).toBe('占全部销售额');
});

it('falls back to the first breakdown where the data lacks the one chosen', () => {
  const channel = { breakdown: 'channel', rows: [], values: [] } as const;
  const city = { breakdown: 'city', rows: [], values: [] } as const;
  const result = resultOf({}, null, { breakdowns: [channel, city] });
  expect([shownBreakdown(result, 'city'), shownBreakdown(result, 'brand'), shownBreakdown(result, null)]).toEqual([
    city,
    channel,
    channel,
  ]);
  expect(shownBreakdown(resultOf({}, null), 'city')).toBeNull();
});

it('withholds the figures of a stretch where few came in either period, and all of a period of few', () => {
  const stretches = (year: number, customers: readonly number[]) =>
    customers.map((count, month) => ({
      ...figures({ customers: count, revenue: count * 10 }),
      start: `${year}-0${month + 1}-01`,
      isWhole: true,
    }));
  const result = resultOf(
    {},
    {},
    {
      now: { scope, total: figures({}), stretches: stretches(2024, [80, 50, 40, 70, 90]) },
      before: { scope, total: figures({}), stretches: stretches(2023, [81, 3, 2, 71, 91]) },
    },
  );
  const { rows } = leavingTable(trendTable(english, result, 'revenue'), 5, 'withheld');
  const withheld = (now: string, before: string) => [now, 'withheld', 'withheld', before, 'withheld', 'withheld'];
  // The fourth guards the second and third, whose sum it would give back.
  expect(rows.slice(1)).toEqual([
    ['2024-01', 800, 80, '2023-01', 810, 81],
    withheld('2024-02', '2023-02'),
    withheld('2024-03', '2023-03'),
    withheld('2024-04', '2023-04'),
    ['2024-05', 900, 90, '2023-05', 910, 91],
  ]);
  const few = leavingTable(figuresTable(english, resultOf({ customers: 4 }, {})), 5, 'withheld').rows;
  expect(few[1]).toEqual(['Revenue', 'withheld', 'withheld']);
});

it('cuts a period as coarsely as leaves a line something to say', () => {
  const lengths = [1, 45, 46, 200, 201, 1830, 1831];
  expect(lengths.map((days) => grainOf({ from: '2020-01-01', to: addDays('2020-01-01', days) }))).toEqual([
    'day',
    'day',
    'week',
    'week',
    'month',
    'month',
    'quarter',
  ]);
});

it('takes its parameters from a recipe, and none that make no sense', () => {
  const own = {
    ...OVERVIEW_DEFAULTS,
    periods: { ...OVERVIEW_DEFAULTS.periods, span: 'custom', custom: { from: '2024-02-01', to: '2024-02-01' } },
  } as const;
  expect(safeParse(overviewParamsSchema, OVERVIEW_DEFAULTS)).toMatchObject({
    success: true,
    output: OVERVIEW_DEFAULTS,
  });
  expect(safeParse(overviewParamsSchema, own).success).toBe(false);
  expect(safeParse(overviewParamsSchema, { ...OVERVIEW_DEFAULTS, measure: 'profit' }).success).toBe(false);
  expect(validateOverview(own)).toEqual([{ field: 'custom', message: 'not-a-period' }]);
});
