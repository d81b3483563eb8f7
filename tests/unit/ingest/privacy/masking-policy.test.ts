import { parse, safeParse } from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_MASKING_POLICY,
  maskingPolicySchema,
  policyForOthers,
  treatmentOf,
  withColumn,
  type MaskingPolicy,
} from '../../../../src/ingest/privacy/masking-policy';

const FULL: MaskingPolicy = {
  kinds: {
    mobile: { do: 'pseudonym' },
    birthday: { do: 'generalise', how: { to: 'age-band', from: [0, 30] } },
    email: { do: 'show' },
  },
  columns: [
    { file: 'a.csv', column: 'tel', treatment: { do: 'show' } },
    { file: 'a.csv', column: 'addr', treatment: { do: 'generalise', how: { to: 'city' } } },
  ],
  exportIds: 'plain',
  leastCustomers: 11,
};

describe('the masking policy', () => {
  test('comes back from JSON as it was', () => {
    for (const policy of [DEFAULT_MASKING_POLICY, FULL]) {
      expect(parse(maskingPolicySchema, JSON.parse(JSON.stringify(policy)))).toEqual(policy);
    }
  });

  test.each([
    ['an unknown treatment', { ...FULL, kinds: { mobile: { do: 'sell' } } }],
    ['an unknown kind', { ...FULL, kinds: { shoe: { do: 'mask' } } }],
    [
      'bands that do not rise',
      { ...FULL, kinds: { birthday: { do: 'generalise', how: { to: 'age-band', from: [30, 0] } } } },
    ],
    ['a k of zero', { ...FULL, leastCustomers: 0 }],
    ['a form of ids that there is not', { ...FULL, exportIds: 'all' }],
    ['nothing', null],
  ])('%s is refused', (_, policy) => {
    expect(safeParse(maskingPolicySchema, policy).success).toBe(false);
  });

  test('a column goes before its kind, and what is not named is masked', () => {
    expect(treatmentOf(FULL, 'a.csv', 'tel', 'mobile')).toEqual({ do: 'show' });
    expect(treatmentOf(FULL, 'b.csv', 'tel', 'mobile')).toEqual({ do: 'pseudonym' });
    expect(treatmentOf(FULL, 'b.csv', 'name', 'chinese-name')).toEqual({ do: 'mask' });
    const back = withColumn(FULL, 'a.csv', 'tel', null);
    expect(treatmentOf(back, 'a.csv', 'tel', 'mobile')).toEqual({ do: 'pseudonym' });
  });

  test('what was shown by a deliberate act here is not shown to others', () => {
    const others = policyForOthers(FULL);
    expect(JSON.stringify(others)).not.toContain('show');
    expect(others).toMatchObject({
      exportIds: 'pseudonym',
      leastCustomers: 11,
      kinds: { mobile: { do: 'pseudonym' } },
    });
  });
});
