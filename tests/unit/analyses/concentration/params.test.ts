import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  CONCENTRATION_DEFAULTS,
  customersWithin,
  validateConcentration,
} from '../../../../src/analyses/concentration/concentration-params';
import { concentrationParamsSchema } from '../../../../src/analyses/concentration/concentration-schema';

describe('the limits', () => {
  it.each([[[20, 20]], [[50, 20]], [[0, 50]], [[20, 100]], [[Number.NaN, 50]]] as const)(
    '%j are no limits',
    (cutPercents) => {
      expect(validateConcentration({ measure: 'revenue', cutPercents })).toEqual([
        { field: 'cutPercents', message: 'not-ascending' },
      ]);
    },
  );

  it('take customers in whole, rounded up, without the last bits of a division', () => {
    expect(customersWithin(20, 7)).toBe(2);
    expect(customersWithin(7, 100)).toBe(7);
    expect(customersWithin(12.3, 1_000)).toBe(123);
    expect(customersWithin(0.01, 3)).toBe(1);
    expect(customersWithin(100, 41_207)).toBe(41_207);
    expect(customersWithin(20, 0)).toBe(0);
  });
});

describe('the recipe', () => {
  it('gives back what it was given, and refuses limits that run down', () => {
    expect(v.parse(concentrationParamsSchema, structuredClone(CONCENTRATION_DEFAULTS))).toEqual(CONCENTRATION_DEFAULTS);
    expect(v.is(concentrationParamsSchema, { measure: 'revenue', cutPercents: [50, 20] })).toBe(false);
    expect(v.is(concentrationParamsSchema, { measure: 'visits', cutPercents: [20, 50] })).toBe(false);
  });
});
