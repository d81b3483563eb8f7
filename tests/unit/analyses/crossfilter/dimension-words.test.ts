import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { crossfilterParamsSchema } from '../../../../src/analyses/crossfilter/crossfilter-schema';
import {
  binText,
  edgeText,
  filterPhrase,
  rangeText,
  valueTicks,
} from '../../../../src/analyses/crossfilter/dimension-words';
import type { LabelDimension, ValueDimension } from '../../../../src/analyses/crossfilter/dimensions';
import { I18n } from '../../../../src/i18n/i18n.svelte';

const en = new I18n('en');
const zh = new I18n('zh');
const RECENCY: ValueDimension = { id: 'recency', cuts: [30, 60, 90], low: 1, high: 400, hasUnknown: true };
const ORDERS: ValueDimension = { id: 'frequency', cuts: [2, 3], low: 1, high: 9, hasUnknown: false };
const MONEY: ValueDimension = { id: 'money', cuts: [12.5, 1250], low: -4, high: 9e6, hasUnknown: false };
const CITY: LabelDimension = { id: 'city', labels: ['北京', '上海'], others: 3, hasUnknown: true };

describe('a range in words', () => {
  it('names the first and the last whole number, and one alone by itself', () => {
    expect(rangeText(en, RECENCY, 1, 3)).toBe('30–89 days');
    expect(rangeText(en, RECENCY, 0, 1)).toBe('1–29 days');
    expect(rangeText(en, RECENCY, 3, 4)).toBe('90 or more days');
    expect([0, 1, 2].map((bin) => binText(en, ORDERS, bin))).toEqual(['1 order', '2 orders', '3 or more orders']);
    expect([0, 1, 2].map((bin) => binText(zh, ORDERS, bin))).toEqual(['1 次', '2 次', '3 次及以上']);
  });

  it('names limits of money, open where the bin is', () => {
    expect([0, 1, 2].map((bin) => binText(en, MONEY, bin))).toEqual(['under 12.50', '12.50–1,250', '1,250 or more']);
    expect(binText(zh, MONEY, 0)).toBe('不足 12.50');
  });

  it('reads in the middle of a sentence', () => {
    expect(filterPhrase(en, RECENCY, [[1, 3]])).toBe('whose last purchase was 30–89 days ago');
    expect(filterPhrase(zh, RECENCY, [[1, 3]])).toBe('末次购买距截止日 30–89 天');
    expect(filterPhrase(en, RECENCY, [[4, 5]])).toBe('without a purchase in the period');
    expect(filterPhrase(en, CITY, [[0, 2]])).toBe('living in 北京 or 上海');
    expect(filterPhrase(zh, CITY, [[1, 4]])).toBe('所在城市为上海或其他 3 个或未知');
  });

  it('is spoken at the edges of the brush', () => {
    expect([0, 1].map((edge) => edgeText(en, RECENCY, edge, 'from'))).toEqual(['from the lowest', 'from 30']);
    expect([1, 4].map((edge) => edgeText(en, RECENCY, edge, 'to'))).toEqual(['below 30', 'to the highest']);
  });
});

it('has ticks under the bars of whole numbers, and between the bars of others', () => {
  expect(valueTicks(en, ORDERS)).toEqual([
    { place: 0.5, label: '1' },
    { place: 1.5, label: '2' },
    { place: 2.5, label: '3+' },
  ]);
  expect(valueTicks(en, RECENCY)[0]).toEqual({ place: 1, label: '30' });
});

it('comes back from a recipe as it was, and not with a range that is none or a dimension that is not there', () => {
  const kept = {
    filters: { money: { from: null, to: 50 }, city: { labels: ["L'Aquila"], others: false, unknown: true } },
    measure: 'revenue',
    scale: 'shares',
  };
  expect(v.parse(crossfilterParamsSchema, JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  const refused = [{ money: { from: 5, to: 5 } }, { shoe_size: { from: null, to: 5 } }, { age: { from: 'x', to: 5 } }];
  expect(refused.map((filters) => v.is(crossfilterParamsSchema, { ...kept, filters }))).toEqual([false, false, false]);
});
