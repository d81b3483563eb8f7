import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { closestPair } from '../../../../src/analyses/crossshop/closest-pair';
import { setsIn } from '../../../../src/analyses/crossshop/crossshop';
import { CROSSSHOP_DEFAULTS, validateCrossShop } from '../../../../src/analyses/crossshop/crossshop-params';
import { crossshopParamsSchema } from '../../../../src/analyses/crossshop/crossshop-schema';
import { crossshopMessages } from '../../../../src/analyses/crossshop/messages';
import { onlineAndStore } from '../../../../src/analyses/crossshop/online-store';
import { combinationName, setName } from '../../../../src/analyses/crossshop/set-names';
import { createFormat } from '../../../../src/i18n/format';

describe('the parameters', () => {
  const mistakes = (sets: readonly (readonly string[])[], dimension: 'category' | null = 'category') =>
    validateCrossShop({ dimension, sets }).map(({ message }) => message);

  it('name two to six sets of values that no other has', () => {
    expect(mistakes([['a'], ['b', 'c']])).toEqual([]);
    expect(mistakes([['a']])).toEqual(['how-many']);
    expect(mistakes([['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g']])).toEqual(['how-many']);
    expect(mistakes([['a'], []])).toEqual(['empty']);
    expect(mistakes([['a'], ['b', 'a']])).toEqual(['twice']);
    expect(mistakes([['a'], ['b']], null)).toEqual(['missing']);
  });

  it('come back from a recipe, but not with mistakes', () => {
    const chosen = { dimension: 'channel', sets: [['App', '小程序'], ["O'Neil's"]] };
    expect(v.parse(crossshopParamsSchema, structuredClone(chosen))).toEqual(chosen);
    expect(v.parse(crossshopParamsSchema, { ...CROSSSHOP_DEFAULTS })).toEqual(CROSSSHOP_DEFAULTS);
    expect(v.is(crossshopParamsSchema, { dimension: 'channel', sets: [['App'], ['App']] })).toBe(false);
    expect(v.is(crossshopParamsSchema, { dimension: 'colour', sets: null })).toBe(false);
  });
});

describe('online and store', () => {
  it('are told apart by the words of the channels, in both languages', () => {
    expect(onlineAndStore(['Store', 'App', 'Mini-program'])).toEqual([['App', 'Mini-program'], ['Store']]);
    expect(onlineAndStore(['小程序', '门店', 'APP', '天猫'])).toEqual([['小程序', 'APP', '天猫'], ['门店']]);
    expect(onlineAndStore(['Online store', 'POS', 'Web shop'])).toEqual([['Online store', 'Web shop'], ['POS']]);
  });

  it('are not there where every channel is of one of them', () => {
    expect(onlineAndStore(['App', 'Web'])).toBeNull();
    expect(onlineAndStore(['门店'])).toBeNull();
    // "restored" holds the letters of store, and is none.
    expect(onlineAndStore(['restored', 'App'])).toBeNull();
  });
});

describe('names', () => {
  const m = crossshopMessages.build.en(createFormat('en'));
  const sets = [['tea'], ['cup', 'pot'], ['salt', 'oil', 'rice']];

  it('say what is in, and that nothing else is', () => {
    expect(sets.map(setName)).toEqual(['tea', 'cup + pot', 'salt +2']);
    expect(combinationName(m, sets, 0)).toBe('None of them');
    expect(combinationName(m, sets, 0b001)).toBe('Only tea');
    expect(combinationName(m, sets, 0b110)).toBe('Only cup + pot and salt +2');
    expect(combinationName(m, sets, 0b111)).toBe('tea, cup + pot, and salt +2');
  });

  it('rest on the sets that a mask names', () => {
    expect([0, 1, 0b101, 0b111111].map(setsIn)).toEqual([0, 1, 2, 6]);
  });
});

describe('the closest pair', () => {
  const pair = (customers: number, lift: number) => ({ customers, share: 0.5, lift });

  it('has the largest lift among those with thirty customers in common', () => {
    const overlaps = [
      [null, pair(30, 1.2), pair(29, 9)],
      [pair(30, 1.2), null, pair(400, 1.1)],
      [pair(29, 9), pair(400, 1.1), null],
    ];
    expect(closestPair(overlaps)).toEqual({ first: 0, second: 1, customers: 30, share: 0.5, lift: 1.2 });
    expect(
      closestPair([
        [null, pair(3, 2)],
        [pair(3, 2), null],
      ]),
    ).toBeNull();
  });
});
