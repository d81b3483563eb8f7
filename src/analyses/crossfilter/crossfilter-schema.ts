import * as v from 'valibot';
import { MEASURES, SCALES, validateCrossfilter, type CrossfilterParams } from './crossfilter-params';
import { DIMENSION_IDS } from './dimensions';

const limit = v.nullable(v.number());
const filter = v.union([
  v.strictObject({ from: limit, to: limit }),
  v.strictObject({ labels: v.pipe(v.array(v.string()), v.maxLength(100)), others: v.boolean(), unknown: v.boolean() }),
]);

/** The parameters of the crossfilter as they come back from a recipe: their form and what validateCrossfilter asks. */
export const crossfilterParamsSchema: v.GenericSchema<unknown, CrossfilterParams> = v.pipe(
  v.object({
    filters: v.record(v.picklist(DIMENSION_IDS), filter),
    measure: v.picklist(MEASURES),
    scale: v.picklist(SCALES),
  }),
  v.check((params) => validateCrossfilter(params).length === 0, 'invalid parameters of the crossfilter'),
);
