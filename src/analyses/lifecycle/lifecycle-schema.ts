import * as v from 'valibot';
import { LIFECYCLE_GRAINS, LIFECYCLE_MEASURES, validateLifecycle, type LifecycleParams } from './lifecycle-params';

/** The parameters as they come back from a recipe. */
export const lifecycleParamsSchema: v.GenericSchema<unknown, LifecycleParams> = v.pipe(
  v.object({
    grain: v.picklist(LIFECYCLE_GRAINS),
    measure: v.picklist(LIFECYCLE_MEASURES),
    flowInto: v.nullable(v.string()),
  }),
  v.check((params) => validateLifecycle(params).length === 0),
);
