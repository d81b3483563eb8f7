import * as v from 'valibot';
import { AGAINST, periodMistakes, SPANS, type PeriodChoice } from './periods';

const period = v.nullable(v.object({ from: v.string(), to: v.string() }));

/** Periods as they come back from a recipe. */
export const periodChoiceSchema: v.GenericSchema<unknown, PeriodChoice> = v.pipe(
  v.object({
    span: v.picklist(SPANS),
    custom: period,
    against: v.picklist(AGAINST),
    customAgainst: period,
  }),
  v.check((choice) => periodMistakes(choice).length === 0, 'invalid period'),
);
