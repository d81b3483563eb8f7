import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BIN_COUNTS, RFM_DEFAULTS, type QuantileScoring } from '../../../../src/analyses/rfm/rfm-params';
import { rfm } from '../../../../src/analyses/rfm/rfm';
import { addDays } from '../../../../src/core/dates';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { fillTables, type PlainPurchase } from './plain-rfm';

let db: Db;
beforeAll(() => {
  db = createNodeDb();
});
afterAll(() => db.close());

const purchase: fc.Arbitrary<PlainPurchase> = fc.record({
  customer: fc.option(
    fc.oneof(
      fc.nat({ max: 12 }).map(String),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }).filter((id) => !id.includes('\0')),
    ),
    { nil: null },
  ),
  at: fc.nat({ max: 60 }).map((days) => addDays('2024-01-01', days)),
  cents: fc.integer({ min: -2_000, max: 20_000 }),
  isPurchase: fc.boolean(),
});

const rows = () =>
  db.query(sql`SELECT recency_days, frequency, money, r, f, m FROM rfm_scores`, {
    recency_days: 'integer',
    frequency: 'integer',
    money: 'decimal',
    r: 'integer',
    f: 'integer',
    m: 'integer',
  });

it('keeps bins within one of each other by rank, equal values together by cuts, better values never below worse ones, and every sum exact', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(purchase, { maxLength: 60 }),
      fc.constantFrom(...BIN_COUNTS),
      fc.constantFrom('split', 'together'),
      async (purchases, bins, ties) => {
        await fillTables(db, purchases);
        const scoring: QuantileScoring = { method: 'quantile', bins, ties: ties === 'split' ? 'split' : 'together' };
        const asOf = '2024-02-15';
        const result = await rfm.run({ db, scope: { asOf, from: null, audience: null } }, { ...RFM_DEFAULTS, scoring });
        const scored = (await rows()).map(
          ({ recency_days, frequency, money, r, f, m }) =>
            [
              [-recency_days, r],
              [frequency, f],
              [money, m],
            ] as const,
        );
        for (const dimension of [0, 1, 2] as const) {
          const pairs = scored.map((row) => row[dimension]);
          const sizes = Array.from({ length: bins }, (_, i) => pairs.filter(([, score]) => score === i + 1).length);
          if (ties === 'split') expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          else
            expect(new Set(pairs.map(([value, score]) => `${value}:${score}`)).size).toBe(
              new Set(pairs.map(([value]) => value)).size,
            );
          for (const [value, score] of pairs)
            expect(pairs.every(([other, otherScore]) => other <= value || otherScore >= score)).toBe(true);
        }
        const identified = purchases.filter(({ customer, at }) => customer !== null && at < asOf);
        const everyone = new Set(purchases.flatMap(({ customer }) => (customer === null ? [] : [customer]))).size;
        expect(result.groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(everyone);
        expect(result.groups.reduce((sum, { revenue }) => sum + Math.round(revenue * 100), 0)).toBe(
          identified.reduce((sum, { cents }) => sum + cents, 0),
        );
        expect(result.population.orders).toBe(identified.filter(({ isPurchase }) => isPurchase).length);
      },
    ),
    { numRuns: 60, seed: 20240215 },
  );
});
