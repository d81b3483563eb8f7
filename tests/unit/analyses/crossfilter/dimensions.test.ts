import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateCrossfilter, CROSSFILTER_DEFAULTS } from '../../../../src/analyses/crossfilter/crossfilter-params';
import {
  binCount,
  binsOf,
  filterOf,
  runsOf,
  type Filters,
  type LabelDimension,
  type ValueDimension,
} from '../../../../src/analyses/crossfilter/dimensions';

/** Bins: below 30, 30-59, 60-89, 90 or more, unknown. */
const RECENCY: ValueDimension = { id: 'recency', cuts: [30, 60, 90], low: 1, high: 400, hasUnknown: true };
const CITY: LabelDimension = { id: 'city', labels: ['北京', "L'Aquila"], others: 3, hasUnknown: true };

describe('a range', () => {
  it('is the bins between its limits', () => {
    expect(binsOf(RECENCY, { from: 30, to: 90 })).toEqual([[1, 3]]);
    expect(binsOf(RECENCY, { from: null, to: 30 })).toEqual([[0, 1]]);
    expect(binsOf(RECENCY, { from: 90, to: null })).toEqual([[3, 4]]);
  });

  it('goes to the nearest cuts where another scope has others', () => {
    expect(binsOf(RECENCY, { from: 40, to: 365 })).toEqual([[1, 3]]);
  });

  it('is none where its limits fall together', () => {
    expect(binsOf(RECENCY, { from: 88, to: 91 })).toBeNull();
  });

  it('open at both ends leaves out those without the value, and nobody where all have it', () => {
    expect(binsOf(RECENCY, { from: null, to: null })).toEqual([[0, 4]]);
    expect(binsOf({ ...RECENCY, hasUnknown: false }, { from: null, to: null })).toBeNull();
  });
});

describe('labels', () => {
  const filter = { labels: ["L'Aquila", '上海'], others: false, unknown: true };

  it('are the bins of their names, of the others and of those without one', () => {
    expect(binsOf(CITY, filter)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(binsOf(CITY, { labels: [], others: true, unknown: true })).toEqual([[2, 4]]);
  });

  it('are no filter where none of them is here, or where all are chosen', () => {
    expect(binsOf(CITY, { labels: ['上海'], others: false, unknown: false })).toBeNull();
    expect(binsOf(CITY, { labels: CITY.labels, others: true, unknown: true })).toBeNull();
  });

  it('choose those without a value of a measure', () => {
    expect(binsOf(RECENCY, { labels: [], others: false, unknown: true })).toEqual([[4, 5]]);
  });
});

it('reads back as the bins it was made of', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.nat({ max: 3 }), (chosen, start) => {
      const runs = runsOf(chosen);
      const isFilter = runs.length > 0 && !chosen.every(Boolean);
      expect(binsOf(CITY, filterOf(CITY, isFilter ? runs : null))).toEqual(isFilter ? runs : null);
      for (let end = start + 1; end <= binCount(RECENCY) - 1; end++)
        expect(binsOf(RECENCY, filterOf(RECENCY, [[start, end]]))).toEqual([[start, end]]);
      expect(binsOf(RECENCY, filterOf(RECENCY, [[4, 5]]))).toEqual([[4, 5]]);
    }),
  );
});

it('finds runs of what is chosen', () => {
  expect(runsOf([true, true, false, true])).toEqual([
    [0, 2],
    [3, 4],
  ]);
  expect(runsOf([false, false])).toEqual([]);
});

it('refuses a range that ends before it begins, and a limit that is no number', () => {
  const mistakes = (filters: Filters) => validateCrossfilter({ ...CROSSFILTER_DEFAULTS, filters });
  expect(mistakes({ age: { from: 30, to: 40 }, money: { from: null, to: 5 } })).toEqual([]);
  expect(mistakes({ age: { from: 40, to: 40 } })).toEqual([{ field: 'filters.age', message: 'range' }]);
  expect(mistakes({ money: { from: Number.NaN, to: null } })).toEqual([{ field: 'filters.money', message: 'range' }]);
});
