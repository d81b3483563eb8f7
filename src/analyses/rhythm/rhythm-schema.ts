import * as v from 'valibot';
import { RHYTHM_MEASURES, type RhythmParams } from './rhythm-params';

/** The parameters as they come back from a recipe. */
export const rhythmParamsSchema: v.GenericSchema<unknown, RhythmParams> = v.object({
  hourMeasure: v.picklist(RHYTHM_MEASURES),
  dayMeasure: v.picklist(RHYTHM_MEASURES),
});
