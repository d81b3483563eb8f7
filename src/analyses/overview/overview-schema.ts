import * as v from 'valibot';
import { periodChoiceSchema } from '../period-schema';
import { BREAKDOWNS, MEASURES, type OverviewParams } from './overview-params';

/** The parameters of the overview as they come back from a recipe. */
export const overviewParamsSchema: v.GenericSchema<unknown, OverviewParams> = v.object({
  periods: periodChoiceSchema,
  measure: v.picklist(MEASURES),
  breakdown: v.nullable(v.picklist(BREAKDOWNS)),
});
