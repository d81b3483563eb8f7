import * as v from 'valibot';
import { findPersonalSpans } from '../../core/personal-spans';
import { NUMBER_FORMATS, TIME_FORMATS } from '../file-preview';

/** Grows when the form of a step changes, so that an older recipe is recognised. */
export const CLEANING_VERSION = 1;

const MOST_STEPS = 200;
const LONGEST_TEXT = 10_000;

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_TEXT));
const text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT));
const names = v.pipe(v.array(name), v.minLength(1));
/** Columns by their names, or every column there is when the step's turn comes. */
const columns = v.union([v.literal('all'), names]);
/** A decimal number as it is written, so that a factor of 0.1 is exactly that. */
const decimal = v.pipe(v.string(), v.regex(/^-?\d{1,15}(\.\d{1,9})?$/));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** What becomes of a cell that cannot be read. */
const unreadable = v.picklist(['keep', 'empty']);

const fill = v.variant('with', [
  v.object({ with: v.literal('value'), value: name }),
  v.object({ with: v.literal('median'), by: v.array(name) }),
  v.object({ with: v.literal('mode'), by: v.array(name) }),
  /** The last filled cell above, within the group, in the order of a column or of the file. */
  v.object({ with: v.literal('previous'), by: v.array(name), order: v.nullable(name) }),
  /** A decision too: the gaps are known and stay. */
  v.object({ with: v.literal('nothing') }),
  v.object({ with: v.literal('drop-row') }),
]);

const bounds = v.variant('by', [
  v.object({ by: v.literal('value'), low: v.nullable(decimal), high: v.nullable(decimal) }),
  v.object({ by: v.literal('quantile'), low: share, high: share }),
  /** Tukey's fences: quartiles less and plus `factor` times their distance. */
  v.object({ by: v.literal('iqr'), factor: v.pipe(v.number(), v.minValue(0), v.maxValue(100)) }),
]);

const duplicates = v.variant('keep', [
  v.object({ keep: v.picklist(['first', 'last', 'fullest']) }),
  v.object({ keep: v.picklist(['largest', 'smallest']), of: name }),
]);

/** What a step does. Columns stand by their names in the file. A cell without text is a gap. */
export const actionSchema = v.variant('do', [
  v.object({ do: v.literal('trim'), columns }),
  v.object({ do: v.literal('half-width'), columns }),
  v.object({ do: v.literal('collapse-blanks'), columns }),
  v.object({ do: v.literal('case'), columns, to: v.picklist(['upper', 'lower', 'title']) }),
  v.object({
    do: v.literal('replace'),
    columns,
    find: name,
    put: text,
    /** `pattern` is a regular expression of RE2, with \1 for its first group in `put`. */
    as: v.picklist(['text', 'pattern']),
  }),
  v.object({
    do: v.literal('map-values'),
    column: name,
    values: v.array(v.object({ from: v.nullable(text), to: v.nullable(text) })),
    others: v.picklist(['keep', 'empty']),
  }),
  v.object({
    do: v.literal('merge-spellings'),
    column: name,
    groups: v.array(v.object({ to: name, from: v.array(name) })),
  }),
  v.object({
    do: v.literal('scale'),
    column: name,
    /** What a number without a unit is multiplied by. */
    factor: decimal,
    /** Units that may stand behind a number, each with its own factor: 万 by 10000. */
    units: v.array(v.object({ unit: name, factor: decimal })),
  }),
  v.object({ do: v.literal('read-number'), column: name, format: v.picklist(NUMBER_FORMATS), unreadable }),
  v.object({
    do: v.literal('read-time'),
    column: name,
    format: v.picklist(TIME_FORMATS),
    zoneOffsetMinutes: v.pipe(v.number(), v.integer(), v.minValue(-840), v.maxValue(840)),
    unreadable,
  }),
  v.object({ do: v.literal('fill-gaps'), column: name, fill }),
  v.object({
    do: v.literal('outliers'),
    column: name,
    bounds,
    /** `flag` adds a column of true and false beside it, under the name `flag`. */
    then: v.picklist(['clip', 'empty', 'flag', 'drop-row']),
    flag: name,
  }),
  v.object({ do: v.literal('split'), column: name, at: name, into: names, keep: v.boolean() }),
  v.object({ do: v.literal('join'), columns: names, between: text, into: name, keep: v.boolean() }),
  v.object({ do: v.literal('compute'), into: name, expression: name }),
  v.object({ do: v.literal('drop-columns'), columns: names }),
  v.object({ do: v.literal('keep-rows'), expression: name }),
  v.object({ do: v.literal('distinct-rows') }),
  v.object({ do: v.literal('distinct-by'), columns: names, choose: duplicates }),
]);

export type StepAction = v.InferOutput<typeof actionSchema>;
export type StepKind = StepAction['do'];
export type ActionOf<K extends StepKind> = Extract<StepAction, { readonly do: K }>;

export const cleaningStepSchema = v.object({
  /** Tells the steps of a list apart; never shown. */
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  on: v.boolean(),
  action: actionSchema,
});

/** One step of a list; they are applied in order. */
export type CleaningStep = v.InferOutput<typeof cleaningStepSchema>;

/** The whole cleaning of a file, as the recipe keeps it. */
export const cleaningSchema = v.object({
  version: v.literal(CLEANING_VERSION),
  steps: v.pipe(
    v.array(cleaningStepSchema),
    v.maxLength(MOST_STEPS),
    v.check((steps) => new Set(steps.map(({ id }) => id)).size === steps.length, 'invalid steps: an id stands twice'),
  ),
});

export type Cleaning = v.InferOutput<typeof cleaningSchema>;

/** True when the step was made from values of the file (spellings, mapped values) or names somebody, for the recipe to leave out. */
export function holdsValues({ action }: CleaningStep): boolean {
  const isOfValues = action.do === 'merge-spellings' || action.do === 'map-values';
  return isOfValues || findPersonalSpans(JSON.stringify(action)).length > 0;
}

/** True when the step runs an expression that somebody wrote, for the recipe to ask before it does. */
export function holdsExpression({ action }: CleaningStep): boolean {
  return action.do === 'compute' || action.do === 'keep-rows';
}
