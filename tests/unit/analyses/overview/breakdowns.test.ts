import { expect, it } from 'vitest';
import {
  namedChanges,
  revenueChanges,
  type BreakdownResult,
  type NamedValue,
} from '../../../../src/analyses/overview/breakdowns';

const value = (name: string, revenue: number, revenueBefore: number | null, customers = 50): NamedValue => ({
  value: name,
  revenue,
  revenueBefore,
  customers,
  customersBefore: revenueBefore === null ? null : customers,
});
const of = (breakdown: BreakdownResult['breakdown'], values: readonly NamedValue[]): BreakdownResult => ({
  breakdown,
  rows: [],
  values,
});

it('puts the changes of all breakdowns side by side, the largest first, without those that are none', () => {
  const changes = revenueChanges([
    of('channel', [value('store', 10.1, 0.2), value('app', 7, 7)]),
    of('category', [value('tea', 1, 21), value('cups', 5, 2, 29)]),
  ]);
  expect(changes.map(({ breakdown, value: name, change, isOfFew }) => [breakdown, name, change, isOfFew])).toEqual([
    ['category', 'tea', -20, false],
    ['channel', 'store', 9.9, false],
    ['category', 'cups', 3, true],
  ]);
});

it('passes over a breakdown with one value, and has nothing to say without a period before', () => {
  expect(revenueChanges([of('channel', [value('store', 10, 2)])])).toEqual([]);
  expect(revenueChanges([of('channel', [value('store', 10, null), value('app', 3, null)])])).toEqual([]);
});

it('does not call those few who were thirty in one of the periods', () => {
  const [change] = revenueChanges([
    of('city', [{ ...value('gone', 0, 90), customers: 0, customersBefore: 30 }, value('there', 1, 1)]),
  ]);
  expect(change).toMatchObject({ value: 'gone', isOfFew: false });
});

it('names four rises and four falls, each from the largest', () => {
  const values = [9, -8, 7, -6, 5, -4, 3, -2, 1, -10].map((change) => value(`${change}`, 100 + change, 100));
  const named = namedChanges(revenueChanges([of('brand', values)]));
  expect(named.map(({ change }) => change)).toEqual([9, 7, 5, 3, -10, -8, -6, -4]);
});
