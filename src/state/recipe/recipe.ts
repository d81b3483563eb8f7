import * as v from 'valibot';
import { countSettingsWithValues, settingsForOthers } from '../../analyses/params-for-others';
import { analysesSchema } from '../../analyses/params-schemas';
import { isDay } from '../../core/dates';
import { AppError } from '../../core/errors';
import { cleaningSchema, holdsExpression, holdsValues } from '../../ingest/cleaning/step';
import { filePlanSchema } from '../../ingest/dataset/dataset-files';
import { excerptSchema, WHOLE } from '../../ingest/excerpt/excerpt';
import { tableChoiceSchema } from '../../ingest/extract/extract-contract';
import { identityChoicesSchema, NO_DECISIONS } from '../../ingest/identity/identity-choices';
import { policySchema } from '../../ingest/policy-schema';
import { maskingPolicySchema, policyForOthers } from '../../ingest/privacy/masking-policy';
import { qualityRuleSchema, ruleHoldsValues } from '../../ingest/quality/rule';
import { dashboardForOthers, dashboardSchema, EMPTY_DASHBOARD, valuesInDashboard } from './dashboard-recipe';

export const RECIPE_FORMAT = 'silhouette-recipe';
export const RECIPE_VERSION = 1;

const LONGEST_NAME = 300;
const LONGEST_STATEMENT = 100_000;
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_NAME));
const day = v.pipe(v.string(), v.check(isDay, 'invalid day: needs YYYY-MM-DD'));

/** How one file, or next month's with the same columns, becomes part of a dataset. */
const fileRecipeSchema = v.object({
  /** Of the columns' names, by which the file is recognised again. */
  fingerprint: name,
  name,
  table: v.nullable(tableChoiceSchema),
  /** The columns' names as the file had them, to say which are missing or new. */
  columns: v.pipe(v.array(v.string()), v.maxLength(20_000)),
  plan: filePlanSchema,
  cleaning: cleaningSchema,
  rules: v.pipe(v.array(qualityRuleSchema), v.maxLength(500)),
});
export type FileRecipe = v.InferOutput<typeof fileRecipeSchema>;

const audienceRecipeSchema = v.object({
  name,
  title: v.pipe(v.string(), v.maxLength(LONGEST_NAME)),
  /** The SELECT that chose the members: run only when a person says so. */
  statement: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_STATEMENT)),
});

const recipeSchema = v.object({
  format: v.literal(RECIPE_FORMAT),
  version: v.literal(RECIPE_VERSION),
  name,
  files: v.pipe(v.array(fileRecipeSchema), v.maxLength(500)),
  /** Absent in recipes written before there was a choice: everything. */
  excerpt: v.optional(excerptSchema, WHOLE),
  policy: v.nullable(policySchema),
  identity: v.nullable(identityChoicesSchema),
  privacy: maskingPolicySchema,
  /** null = what the data says: up to the day after the last order, from the first. */
  scope: v.object({ asOf: v.nullable(day), from: v.nullable(day) }),
  analyses: analysesSchema,
  /** Absent in recipes written before there was one: nothing on it. */
  dashboard: v.optional(dashboardSchema, EMPTY_DASHBOARD),
  audiences: v.pipe(v.array(audienceRecipeSchema), v.maxLength(500)),
});

/**
 * Everything that was decided on the way from files to figures, and not a row of them. What was decided
 * about single values (spellings, a pair of accounts) is in it unless `withoutValues` takes it out.
 */
export type Recipe = v.InferOutput<typeof recipeSchema>;

/** Throws `recipe-invalid` naming the place, or `recipe-newer` for one that a later version wrote. */
export function parseRecipe(json: unknown): Recipe {
  const { format, version } = v.parse(
    v.object({ format: v.optional(v.unknown()), version: v.optional(v.unknown()) }),
    typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {},
  );
  if (format !== RECIPE_FORMAT) throw new AppError('recipe-invalid', { place: 'format' });
  if (typeof version === 'number' && version > RECIPE_VERSION) throw new AppError('recipe-newer', { version });
  const read = v.safeParse(recipeSchema, json);
  if (read.success) return read.output;
  throw new AppError('recipe-invalid', { place: v.getDotPath(read.issues[0]) ?? 'version' });
}

/** The recipe for others: nothing in it that was taken from a value of the data or shown here on purpose. */
export function withoutValues(recipe: Recipe): Recipe {
  return {
    ...recipe,
    files: recipe.files.map((file) => ({
      ...file,
      cleaning: { ...file.cleaning, steps: file.cleaning.steps.filter((step) => !holdsValues(step)) },
      rules: file.rules.filter((rule) => !ruleHoldsValues(rule)),
    })),
    // The words of a status column are its values; each is judged anew by what it says.
    policy: recipe.policy === null ? null : { ...recipe.policy, statusClasses: {} },
    identity: recipe.identity === null ? null : { ...recipe.identity, decisions: NO_DECISIONS },
    privacy: policyForOthers(recipe.privacy),
    analyses: settingsForOthers(recipe.analyses),
    dashboard: dashboardForOthers(recipe.dashboard),
    audiences: [],
  };
}

/** How many decisions `withoutValues` takes out. */
export function valuesIn(recipe: Recipe): number {
  const ofFiles = recipe.files.map(
    ({ cleaning, rules }) => cleaning.steps.filter(holdsValues).length + rules.filter(ruleHoldsValues).length,
  );
  const { allowedValues, pairs } = recipe.identity?.decisions ?? NO_DECISIONS;
  const others = [
    allowedValues.length,
    pairs.length,
    recipe.audiences.length,
    countSettingsWithValues(recipe.analyses),
    valuesInDashboard(recipe.dashboard),
  ];
  return [...ofFiles, ...others].reduce((sum, count) => sum + count, 0);
}

/** The SQL that somebody wrote and the recipe would run: shown to a person before it does. */
export function expressionsIn(recipe: Recipe): readonly string[] {
  const ofFiles = recipe.files.flatMap(({ cleaning, rules }) => [
    ...cleaning.steps
      .filter(holdsExpression)
      .flatMap(({ action }) => ('expression' in action ? [action.expression] : [])),
    ...rules.flatMap(({ check }) => (check.kind === 'expression' ? [check.expression] : [])),
  ]);
  return [...ofFiles, ...recipe.audiences.map(({ statement }) => statement)];
}
