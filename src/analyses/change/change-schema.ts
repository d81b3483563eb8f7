import * as v from 'valibot';
import { SALE_LABELS } from '../../ingest/sale-tables/sale-tables';
import { periodChoiceSchema } from '../period-schema';
import { BREAKDOWNS, type ChangeParams } from './change-params';

/** The parameters of the comparison as they come back from a recipe. */
export const changeParamsSchema: v.GenericSchema<unknown, ChangeParams> = v.object({
  periods: periodChoiceSchema,
  breakdown: v.picklist([...BREAKDOWNS, 'auto', 'none']),
  dimension: v.picklist([...SALE_LABELS, 'auto']),
  focus: v.nullable(v.object({ name: v.nullable(v.string()) })),
});
