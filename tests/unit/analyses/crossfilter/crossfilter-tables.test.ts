import { expect, it } from 'vitest';
import type { CrossfilterResult } from '../../../../src/analyses/crossfilter/crossfilter';
import { dimensionTable, partColumns, partRows } from '../../../../src/analyses/crossfilter/crossfilter-tables';
import { leavingTable } from '../../../../src/charts/chart-table';
import { sql } from '../../../../src/core/sql';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import type { FilteredFigures } from '../../../../src/kernels/crossfilter/brush-cube';

const en = new I18n('en');

function figures(customers: readonly number[], orders: number, money: readonly number[]): FilteredFigures {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const bins = { customers: Float64Array.from(customers), money: Float64Array.from(money) };
  return { customers: sum(customers), orders, money: sum(money), dimensions: [bins] };
}

function resultOf(everyone: FilteredFigures): CrossfilterResult {
  return {
    scope: { asOf: '2024-07-01', from: null, audience: null },
    population: { customers: 0, orders: 0, revenue: 0, revenueOfAll: 0, identifiedShare: Number.NaN },
    dimensions: [{ id: 'city', labels: ['A', 'B', 'C', 'D', 'E'], others: 0, hasUnknown: false }],
    missing: [],
    moneyUnits: 100,
    everyone,
    figures: everyone,
    statement: sql`SELECT 1`,
  };
}

it('withholds bins where fewer than the least are chosen, are left over, or are there at all', () => {
  const everyone = figures([3, 40, 40, 40, 0], 200, [900, 4000, 4000, 4000, 0]);
  const left = figures([0, 36, 20, 40, 0], 150, [0, 3600, 2000, 4000, 0]);
  const { rows } = leavingTable(dimensionTable(en, resultOf(everyone), left, 0), 5, '-');
  expect(rows.slice(1)).toEqual([
    ['A', '-', '-', '-', '-'],
    ['B', '-', '-', '-', '-'],
    ['C', 20, 40, 20, 40],
    ['D', 40, 40, 40, 40],
    ['E', 0, 0, 0, 0],
  ]);
});

it('says nothing an order of customers with refunds alone, and no share of what is not above zero', () => {
  const result = resultOf(figures([2], 0, [-500]));
  const value = (key: string) => {
    const column = partColumns(en, result).find((candidate) => candidate.key === key);
    return partRows(result, result.everyone, false).map((row) => column?.value(row));
  };
  expect([value('order-value'), value('revenue-share'), value('per-head')]).toEqual([
    [Number.NaN],
    [Number.NaN],
    [-2.5],
  ]);
});
