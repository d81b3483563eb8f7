import * as v from 'valibot';
import { MEASURES, validateConcentration, type ConcentrationParams } from './concentration-params';

/** The parameters of concentration as they come back from a recipe. */
export const concentrationParamsSchema: v.GenericSchema<unknown, ConcentrationParams> = v.pipe(
  v.object({ measure: v.picklist(MEASURES), cutPercents: v.tuple([v.number(), v.number()]) }),
  v.check((params) => validateConcentration(params).length === 0, 'invalid parameters of concentration'),
);
