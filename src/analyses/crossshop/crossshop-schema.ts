import * as v from 'valibot';
import { SALE_LABELS } from '../../ingest/sale-tables/sale-tables';
import { MOST_SETS, validateCrossShop, type CrossShopParams } from './crossshop-params';

/** The parameters of cross-shopping as they come back from a recipe. */
export const crossshopParamsSchema: v.GenericSchema<unknown, CrossShopParams> = v.pipe(
  v.object({
    dimension: v.nullable(v.picklist(SALE_LABELS)),
    sets: v.nullable(v.pipe(v.array(v.pipe(v.array(v.string()), v.maxLength(500))), v.maxLength(MOST_SETS))),
  }),
  v.check((params) => validateCrossShop(params).length === 0, 'invalid parameters of cross-shopping'),
);
