import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ChangeMemory } from '../../../../src/analyses/change/change';
import {
  breakdownIn,
  CHANGE_DEFAULTS,
  dimensionIn,
  validateChange,
} from '../../../../src/analyses/change/change-params';
import { changeParamsSchema } from '../../../../src/analyses/change/change-schema';
import { treeTable } from '../../../../src/analyses/change/change-tables';
import { factorText, relativeChange, signedMoney } from '../../../../src/analyses/change/change-texts';
import {
  decompose,
  factorsOf,
  largestPart,
  NO_SUMS,
  sideOfRefunds,
} from '../../../../src/analyses/change/revenue-tree';
import { focusOf, gainLossOf, partnersOf } from '../../../../src/analyses/change/switching';
import { createFormat } from '../../../../src/i18n/format';
import { I18n } from '../../../../src/i18n/i18n.svelte';

const format = createFormat('en');

describe('the parameters of the comparison', () => {
  it('come back from a recipe as they were, and others do not', () => {
    const params = {
      ...CHANGE_DEFAULTS,
      breakdown: 'customer_city',
      dimension: 'brand',
      focus: { name: null },
    } as const;
    expect(v.parse(changeParamsSchema, JSON.parse(JSON.stringify(params)))).toEqual(params);
    expect(v.safeParse(changeParamsSchema, { ...params, breakdown: 'weather' }).success).toBe(false);
    expect(v.safeParse(changeParamsSchema, { ...params, focus: 'Tea' }).success).toBe(false);
  });

  it('name the mistake of a period that ends before it begins', () => {
    const custom = { from: '2024-03-01', to: '2024-03-01' };
    expect(
      validateChange({ ...CHANGE_DEFAULTS, periods: { ...CHANGE_DEFAULTS.periods, span: 'custom', custom } }),
    ).toEqual([{ field: 'custom', message: 'not-a-period' }]);
  });

  it('stay with what the data has', () => {
    expect(breakdownIn('auto', ['customer_gender', 'category', 'channel'])).toBe('channel');
    expect(breakdownIn('brand', ['customer_gender'])).toBe('customer_gender');
    expect(breakdownIn('none', ['channel'])).toBeNull();
    expect(breakdownIn('auto', [])).toBeNull();
    expect(dimensionIn('auto', ['channel', 'brand'])).toBe('brand');
    expect(dimensionIn('channel', ['channel', 'brand'])).toBe('channel');
    expect(dimensionIn('store', [])).toBeNull();
  });
});

describe('the memory of answers', () => {
  it('asks again only when what an answer depends on is another', async () => {
    const memory = new ChangeMemory();
    const ask = (answer: string) => () => Promise.resolve(answer);
    expect(await memory.recall('states', ['march'], ask('first'))).toBe('first');
    expect(await memory.recall('states', ['march'], ask('second'))).toBe('first');
    expect(await memory.recall('groups', ['march'], ask('other'))).toBe('other');
    expect(await memory.recall('states', ['april'], ask('third'))).toBe('third');
    expect(await memory.recall('states', ['march'], ask('fourth'))).toBe('fourth');
  });

  it('does not keep what was asked before it forgot, nor what failed', async () => {
    const memory = new ChangeMemory();
    const slow = memory.recall('states', [], async () => {
      memory.forget();
      return Promise.resolve('of the tables before');
    });
    expect(await slow).toBe('of the tables before');
    expect(await memory.recall('states', [], () => Promise.resolve('of the tables now'))).toBe('of the tables now');
    await expect(memory.recall('groups', [], () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    expect(await memory.recall('groups', [], () => Promise.resolve('found'))).toBe('found');
  });
});

describe('figures in words', () => {
  it('carry their sign, and a dash where there is no share', () => {
    expect([1250, -340, 0].map((amount) => signedMoney(format, amount))).toEqual(['+1.25K', '−340', '0']);
    expect(relativeChange(format, 200, 250)).toBe('+25.0%');
    // From -50 to -75 is a fall, though the quotient is above one.
    expect(relativeChange(format, -50, -75)).toBe('−50.0%');
    expect(relativeChange(format, 0, 5)).toBe('–');
    expect(relativeChange(format, Number.NaN, 5)).toBe('–');
    expect([factorText(format, 'customers', 1234), factorText(format, 'itemsPerOrder', 2.1)]).toEqual([
      '1,234',
      '2.10',
    ]);
  });
});

describe('a tree of nothing', () => {
  it('has no change, no factor to divide, and no part of zero that would be the largest by chance', () => {
    const { parts, change, method } = decompose(NO_SUMS, NO_SUMS);
    expect([change, method, Object.values(parts)]).toEqual([0, 'shapley', [0, 0, 0, 0, 0, 0]]);
    expect(factorsOf(NO_SUMS)).toEqual({
      customers: 0,
      ordersPerCustomer: Number.NaN,
      itemsPerOrder: Number.NaN,
      pricePerItem: Number.NaN,
    });
    expect(largestPart({ parts: { ...parts, itemsPerOrder: -3, refunds: 3 } })).toBe('itemsPerOrder');
  });
});

describe('switching', () => {
  const row = (name: string | null, before: number, now: number) =>
    gainLossOf({
      name,
      before,
      now,
      customers_before: 2,
      customers_now: 2,
      new_change: 0,
      new_customers: 0,
      lost_change: 0,
      lost_customers: 0,
      gained: Math.max(0, now - before),
      given_up: Math.min(0, now - before),
      wholly_in: Math.max(0, now - before),
      partly_in: 0,
      wholly_out: 0,
      partly_out: Math.min(0, now - before) / 2,
      more_customers: 0,
      less_customers: 1,
      in_customers: 1,
      out_customers: 1,
      without_change: 0,
      without_customers: 0,
      unidentified_change: 0,
    });

  it('leaves as spent more and less what was not switched', () => {
    expect(row('tea', 10, 4).parts).toMatchObject({ switchedOut: -3, less: -3, switchedIn: 0, more: 0 });
    expect(row('cups', 0.1, 0.3).parts).toMatchObject({ switchedIn: 0.2, more: 0 });
  });

  it('looks at the value chosen, else at the one that changed most', () => {
    const values = [row('tea', 10, 4), row(null, 0, 1), row('cups', 5, 20)];
    expect(focusOf(values, null)?.name).toBe('cups');
    expect(focusOf(values, { name: 'tea' })?.name).toBe('tea');
    expect(focusOf(values, { name: null })?.change).toBe(1);
    expect(focusOf(values, { name: 'of another dataset' })?.name).toBe('cups');
    expect(focusOf([], null)).toBeNull();
  });

  it('divides to the cent what came and went among the others', () => {
    // What came to cups is 5 in all, a third of it from each.
    const partner = { came: 5 / 3, came_customers: 1, went: 0, went_customers: 0 };
    const rows = ['a', 'b', null].map((name) => ({ name, ...partner }));
    expect(partnersOf(rows, row('cups', 5, 10)).map(({ came, went }) => [came, went])).toEqual([
      [1.66, 0],
      [1.67, 0],
      [1.67, 0],
    ]);
  });
});

it('withholds by the fewer customers of both periods, where a period has any', () => {
  const bought = { customers: 3, orders: 4, items: 5, revenue: 90, unidentified: 0 };
  const total = decompose({ ...NO_SUMS, refunds: -100, refunded: 40 }, { ...bought, refunds: -7, refunded: 1 });
  const period = { from: '2024-01-01', to: '2024-02-01' };
  const scope = { asOf: '2024-02-01', from: null, audience: null };
  const comparison = { scope, before: period, now: period };
  const figures = { comparison, total, states: [], groups: null, switching: null };
  const result = {
    scope,
    periods: null,
    firstDay: null,
    population: { customers: 3, orders: 4, revenue: 83, revenueOfAll: 83, identifiedShare: 1 },
    breakdowns: [],
    labels: [],
    hasQuantity: true,
    figures,
  };
  expect(treeTable(new I18n('en'), result, figures).smallCells).toEqual({
    layout: 'list',
    customers: [3, 3, 3, 3, 1, 0, 3],
    measures: [1, 2, 3],
  });
});

it('opens refunds in the period that has any', () => {
  const refunds = { ...NO_SUMS, refunds: -5, refunded: 1 };
  expect(sideOfRefunds(decompose(refunds, NO_SUMS))).toBe('before');
  expect(sideOfRefunds(decompose(refunds, refunds))).toBe('now');
});
