import * as v from 'valibot';
import { findPersonalSpans } from '../../core/personal-spans';
import { isDay, type Day } from '../../core/dates';

export const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Forms whose rules are known: a telephone's length, an address with @, the check character of GB 11643. */
export const CHECKED_FORMS = ['phone', 'email', 'resident-number'] as const;
export type CheckedForm = (typeof CHECKED_FORMS)[number];

/** In the place of a day: the last one that is not in the future, whenever the rule is checked. */
export const AS_OF = 'as-of';

/** What must hold. Columns go by their names in the file, so that next month's file is held to the same. */
export type RuleCheck =
  /** No two rows share the values. */
  | { readonly kind: 'unique'; readonly columns: readonly string[] }
  /** Rows with the same id agree in the others; rows with a negative amount (refunds) are not asked. */
  | { readonly kind: 'agree'; readonly id: string; readonly others: readonly string[]; readonly amount: string | null }
  | {
      readonly kind: 'product';
      readonly price: string;
      readonly quantity: string;
      readonly amount: string;
      /** Largest difference that is still equal, in the money of the file. */
      readonly tolerance: number;
    }
  /** Days from `first` to `last`, both included; null is open, and `last` may be AS_OF. */
  | { readonly kind: 'days'; readonly column: string; readonly first: Day | null; readonly last: string | null }
  /** Not on a day before the day that the other file has for the same customer. */
  | {
      readonly kind: 'registered';
      readonly time: string;
      readonly customer: string;
      readonly members: { readonly file: number; readonly customer: string; readonly time: string };
    }
  /** No shop that sells between the hours far more often than the others; order is null where rows are orders. */
  | {
      readonly kind: 'night';
      readonly time: string;
      readonly store: string;
      readonly order: string | null;
      readonly fromHour: number;
      readonly toHour: number;
      /** How many times the share of the other shops is too much. */
      readonly factor: number;
    }
  /** No negative quantity beside a positive amount. */
  | { readonly kind: 'signs'; readonly quantity: string; readonly amount: string }
  | { readonly kind: 'filled'; readonly column: string }
  /** No row is another one again, in every cell. */
  | { readonly kind: 'distinct-rows' }
  /** Numbers from `least` to `most`, both included; null is open. */
  | { readonly kind: 'between'; readonly column: string; readonly least: number | null; readonly most: number | null }
  | { readonly kind: 'form'; readonly column: string; readonly form: CheckedForm }
  /** The whole value fits an RE2 pattern. */
  | { readonly kind: 'pattern'; readonly column: string; readonly pattern: string }
  /** A value stands with at most so many different owners. */
  | { readonly kind: 'few-owners'; readonly column: string; readonly owner: string; readonly most: number }
  /** One spelling for each value: blanks, width and case alike. */
  | { readonly kind: 'one-spelling'; readonly column: string }
  | { readonly kind: 'in-list'; readonly column: string; readonly values: readonly string[] }
  | { readonly kind: 'compare'; readonly left: string; readonly comparison: Comparison; readonly right: string }
  /** A checked expression over the row (ingest/cleaning/expression) that must be true. */
  | { readonly kind: 'expression'; readonly expression: string }
  /** As many cells as the file has columns. */
  | { readonly kind: 'width' };

export type RuleKind = RuleCheck['kind'];

/** A rule of a file: JSON, without a row of data in it. `in-list` holds the values a person allowed. */
export interface QualityRule {
  /** Unique among the rules of a file. */
  readonly id: string;
  readonly isOn: boolean;
  /** Suggested by the app, or made by a person. */
  readonly isOwn: boolean;
  readonly check: RuleCheck;
}

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const day = v.pipe(v.string(), v.check(isDay, 'invalid day'));
const bound = v.nullable(v.pipe(v.number(), v.finite()));
const hour = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(24));
const atLeastOne = v.pipe(v.number(), v.finite(), v.minValue(1));

const ruleCheckSchema = v.variant('kind', [
  v.object({ kind: v.literal('unique'), columns: v.pipe(v.array(name), v.minLength(1)) }),
  v.object({
    kind: v.literal('agree'),
    id: name,
    others: v.pipe(v.array(name), v.minLength(1)),
    amount: v.nullable(name),
  }),
  v.object({
    kind: v.literal('product'),
    price: name,
    quantity: name,
    amount: name,
    tolerance: v.pipe(v.number(), v.finite(), v.minValue(0)),
  }),
  v.object({
    kind: v.literal('days'),
    column: name,
    first: v.nullable(day),
    last: v.nullable(v.union([v.literal(AS_OF), day])),
  }),
  v.object({
    kind: v.literal('registered'),
    time: name,
    customer: name,
    members: v.object({ file: v.pipe(v.number(), v.integer(), v.minValue(0)), customer: name, time: name }),
  }),
  v.object({
    kind: v.literal('night'),
    time: name,
    store: name,
    order: v.nullable(name),
    fromHour: hour,
    toHour: hour,
    factor: atLeastOne,
  }),
  v.object({ kind: v.literal('signs'), quantity: name, amount: name }),
  v.object({ kind: v.literal('filled'), column: name }),
  v.object({ kind: v.literal('distinct-rows') }),
  v.object({ kind: v.literal('between'), column: name, least: bound, most: bound }),
  v.object({ kind: v.literal('form'), column: name, form: v.picklist(CHECKED_FORMS) }),
  v.object({ kind: v.literal('pattern'), column: name, pattern: v.pipe(v.string(), v.minLength(1), v.maxLength(500)) }),
  v.object({ kind: v.literal('few-owners'), column: name, owner: name, most: v.pipe(atLeastOne, v.integer()) }),
  v.object({ kind: v.literal('one-spelling'), column: name }),
  v.object({ kind: v.literal('in-list'), column: name, values: v.pipe(v.array(v.string()), v.minLength(1)) }),
  v.object({ kind: v.literal('compare'), left: name, comparison: v.picklist(COMPARISONS), right: name }),
  v.object({ kind: v.literal('expression'), expression: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)) }),
  v.object({ kind: v.literal('width') }),
]);

/** A rule as it comes back from a recipe. */
export const qualityRuleSchema: v.GenericSchema<unknown, QualityRule> = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  isOn: v.boolean(),
  isOwn: v.boolean(),
  check: ruleCheckSchema,
});

/** Names of the columns that the check reads in its own file; an expression names its own. */
export function columnsOf(check: RuleCheck): readonly string[] {
  switch (check.kind) {
    case 'unique':
      return check.columns;
    case 'agree':
      return [check.id, ...check.others, ...(check.amount === null ? [] : [check.amount])];
    case 'product':
      return [check.price, check.quantity, check.amount];
    case 'registered':
      return [check.time, check.customer];
    case 'night':
      return [check.time, check.store, ...(check.order === null ? [] : [check.order])];
    case 'signs':
      return [check.quantity, check.amount];
    case 'few-owners':
      return [check.column, check.owner];
    case 'compare':
      return [check.left, check.right];
    case 'distinct-rows':
    case 'expression':
    case 'width':
      return [];
    default:
      return [check.column];
  }
}

/** True when the rule was made from values of the file or names somebody, for the recipe to leave out. */
export function ruleHoldsValues({ check }: QualityRule): boolean {
  return check.kind === 'in-list' || findPersonalSpans(JSON.stringify(check)).length > 0;
}
