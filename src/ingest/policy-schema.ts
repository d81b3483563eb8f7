import * as v from 'valibot';
import { LINE_CLASSES, type Policy } from './import-contract';

/** A policy as it comes back from a recipe. The values of the status column in it are the file's own words. */
export const policySchema: v.GenericSchema<unknown, Policy> = v.object({
  returns: v.picklist(['net', 'ignore']),
  zeroOrders: v.picklist(['leave-out', 'count']),
  sameDay: v.picklist(['separate', 'merge']),
  unidentified: v.picklist(['leave-out', 'one-each']),
  cancelMarks: v.picklist(['return', 'sale']),
  statusClasses: v.record(v.pipe(v.string(), v.maxLength(200)), v.picklist(LINE_CLASSES)),
});
