import * as v from 'valibot';
import type { RfmParams } from './rfm-params';
import { BIN_COUNTS, validateRfm } from './rfm-params';
import { CLASS_IDS, NAMINGS, SEGMENT_IDS } from './segments';

const score = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5));
const interval = v.tuple([score, score]);
const rule = v.object({
  segment: v.picklist([...SEGMENT_IDS, ...CLASS_IDS]),
  recency: interval,
  frequency: interval,
  money: interval,
  combined: interval,
});
const rules = v.pipe(v.array(rule), v.maxLength(200));
const cuts = v.pipe(v.array(v.number()), v.maxLength(9));
const benchmark = v.nullable(v.number());

/** The parameters of RFM as they come back from a recipe: their form and everything that validateRfm asks. */
export const rfmParamsSchema: v.GenericSchema<unknown, RfmParams> = v.pipe(
  v.object({
    scoring: v.nullable(
      v.variant('method', [
        v.object({
          method: v.literal('quantile'),
          bins: v.picklist(BIN_COUNTS),
          ties: v.picklist(['split', 'together']),
        }),
        v.object({
          method: v.literal('thresholds'),
          bins: v.picklist(BIN_COUNTS),
          cuts: v.object({ recency: cuts, frequency: cuts, money: cuts }),
        }),
        v.object({
          method: v.literal('mean'),
          benchmarks: v.object({ recency: benchmark, frequency: benchmark, money: benchmark }),
        }),
      ]),
    ),
    naming: v.picklist(NAMINGS),
    rules: v.object({ segments: rules, classes: rules }),
    compareWith: v.nullable(v.string()),
  }),
  v.check((params) => validateRfm(params).length === 0, 'invalid parameters of RFM'),
);
