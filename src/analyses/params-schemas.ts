import * as v from 'valibot';
import { overviewParamsSchema } from './overview/overview-schema';
import { changeParamsSchema } from './change/change-schema';
import { cohortParamsSchema } from './cohort/cohort-schema';
import { lifecycleParamsSchema } from './lifecycle/lifecycle-schema';
import { rhythmParamsSchema } from './rhythm/rhythm-schema';
import { rfmParamsSchema } from './rfm/rfm-schema';
import { crossfilterParamsSchema } from './crossfilter/crossfilter-schema';
import { concentrationParamsSchema } from './concentration/concentration-schema';
import { crossshopParamsSchema } from './crossshop/crossshop-schema';

/** Absent in recipes written before the analysis was there, null where nobody has been: the defaults. */
function kept<S extends v.GenericSchema>(schema: S) {
  return v.optional(v.nullable(schema), null);
}

/** Longer than any shop has been open. */
const MOST_DAYS = 36_500;

/** What is decided about the analyses, as a recipe has it: the parameters of each, and what they share. */
export const analysesSchema = v.object({
  overview: kept(overviewParamsSchema),
  change: kept(changeParamsSchema),
  cohort: kept(cohortParamsSchema),
  lifecycle: kept(lifecycleParamsSchema),
  rhythm: kept(rhythmParamsSchema),
  rfm: kept(rfmParamsSchema),
  crossfilter: kept(crossfilterParamsSchema),
  concentration: kept(concentrationParamsSchema),
  crossshop: kept(crossshopParamsSchema),
  /** See RunContext.churnWindowDays. */
  churnWindowDays: kept(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_DAYS))),
});
export type AnalysesSettings = v.InferOutput<typeof analysesSchema>;
export type SettingName = keyof AnalysesSettings;

/** Nothing decided. */
export const UNSETTLED: AnalysesSettings = v.parse(analysesSchema, {});
