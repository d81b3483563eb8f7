import { CREATE_AUDIENCE_MEMBERS } from '../../audiences/audience-members.sql';
import { integerConstant, join, sql, type Sql } from '../../core/sql';
import type { Row } from '../../db/shape';
import type { SaleTables } from '../../ingest/sale-tables/sale-tables';
import type { Day } from '../../core/dates';
import type { Analysis, Population, RunContext, Scope } from '../analysis';
import { populationOf, populationStatement } from '../population';
import { NO_VALUE } from './cohort-keys.sql';
import {
  ATTRIBUTE_KEYS,
  COHORT_DEFAULTS,
  criterionOf,
  FIRST_VALUES,
  isOfTime,
  validateCohort,
  type CohortKey,
  type CohortParams,
} from './cohort-params';
import { COHORT_SHAPE, cohortStatement, returnSteps } from './cohort.sql';
import { startOfNumber } from './steps.sql';

/** One row of the triangle. Lists run over steps 0, 1, 2 ... up to the last one that has begun for any of its customers. */
export interface Cohort {
  /** What the statements call it. */
  readonly number: number;
  readonly name: CohortName;
  readonly customers: number;
  /** Steps that are over for all of its customers at as-of. */
  readonly age: number;
  /** Who bought in that step, or then or later where the criterion says so. */
  readonly active: readonly number[];
  /** Empty where only customers are counted. */
  readonly orders: readonly number[];
  readonly revenue: readonly number[];
  /** Who bought again within the first steps (see CohortResult.returnSteps); null for cohorts of every period. */
  readonly returned: number | null;
}

/** A stretch of time by its first day, a value of the data, an audience's id, or one of the rows for the rest. */
export type CohortName =
  | { readonly kind: 'time'; readonly start: Day }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'other' };

export interface CohortResult {
  readonly scope: Scope;
  readonly params: CohortParams;
  readonly population: Population;
  /** By time, or the largest first with the rows for the rest last. */
  readonly cohorts: readonly Cohort[];
  /** For cohorts that are not a stretch of time: the last step that is over for everyone counted; else null. */
  readonly horizon: number | null;
  /** Customers left out because that step is not over for them. */
  readonly tooYoung: number;
  /** Buyers of the period who first bought before it began, and so are in none of its cohorts. */
  readonly earlier: number;
  /** How many steps after the first count as coming back soon. */
  readonly returnSteps: number;
  /** What cohorts were wanted by and the data does not have: they are by first purchase then. */
  readonly missing: CohortKey | null;
  readonly statements: CohortStatements;
}

export interface CohortStatements {
  readonly cohorts: Sql;
  readonly population: Sql;
}

/** Runs the cohorts. Throws `cancelled`. Cost: see cohortStatement. */
export async function runCohort(
  { db, tables, scope, signal }: RunContext,
  params: CohortParams,
): Promise<CohortResult> {
  const missing = (await isThere(tables, params.by, signal)) ? null : params.by;
  const known = missing === null ? params : { ...params, by: COHORT_DEFAULTS.by };
  if (known.by === 'audience') await db.exec(CREATE_AUDIENCE_MEMBERS, { signal });
  const statement = cohortStatement(scope, known);
  const rows = await db.query(statement, COHORT_SHAPE, { signal });
  const names = await labelsOf(known, rows, { db, signal });
  const of = (part: string): PartRow | undefined => rows.find((row) => row.part === part);
  const population = of('population');
  const horizon = of('horizon')?.step ?? null;
  const soon = returnSteps(known);
  return {
    scope,
    params: known,
    population: populationOf(
      population?.customers ?? 0,
      population?.orders ?? 0,
      population?.revenue ?? 0,
      of('everyone')?.revenue ?? 0,
    ),
    cohorts: gather(known, rows, names),
    horizon,
    tooYoung: of('horizon')?.customers ?? 0,
    earlier: of('earlier')?.customers ?? 0,
    returnSteps: horizon === null ? soon : Math.min(soon, horizon),
    missing,
    statements: { cohorts: statement, population: populationStatement(scope) },
  };
}

type PartRow = Row<typeof COHORT_SHAPE>;

/** Whether the data has what cohorts are wanted by. The tables that say so are made only where they are read. */
async function isThere(tables: SaleTables, by: CohortKey, signal: AbortSignal | undefined): Promise<boolean> {
  const attribute = ATTRIBUTE_KEYS.find((key) => key === by);
  if (attribute !== undefined) return (await tables.attributes({ signal })).texts.includes(attribute);
  if (!FIRST_VALUES.some((key) => key === by)) return true;
  const { hasProduct, labels } = await tables.lines({ signal });
  return by === 'first-product' ? hasProduct : labels.some((label) => by === `first-${label}`);
}

/** The names of cohorts by number; a product by its id. */
async function labelsOf(
  { by }: CohortParams,
  rows: readonly PartRow[],
  { db, signal }: Pick<RunContext, 'db' | 'signal'>,
): Promise<ReadonlyMap<number, string>> {
  const labels = rows.flatMap(({ part, cohort, label }) =>
    part === 'label' && cohort !== null && label !== null ? [[cohort, label] as const] : [],
  );
  if (by !== 'first-product') return new Map(labels);
  const keys = labels.map(([, key]) => Number(key));
  if (keys.length === 0) return new Map();
  const products = await db.query(
    sql`SELECT product_key, product_id FROM products WHERE product_key IN (${join(keys.map((key) => integerConstant(key)))}) ORDER BY product_key`,
    { product_key: 'integer', product_id: 'text' },
    { signal },
  );
  const ids = new Map(products.map(({ product_key, product_id }) => [product_key, product_id]));
  return new Map(labels.map(([cohort, key]) => [cohort, ids.get(Number(key)) ?? key]));
}

function gather(params: CohortParams, rows: readonly PartRow[], names: ReadonlyMap<number, string>): readonly Cohort[] {
  const cells = new Map<number, PartRow[]>();
  for (const row of rows) {
    if (row.part !== 'active' && row.part !== 'last' && row.part !== 'sum') continue;
    const cohort = row.cohort ?? 0;
    const known = cells.get(cohort);
    if (known === undefined) cells.set(cohort, [row]);
    else known.push(row);
  }
  const counts = criterionOf(params) === 'on-or-after' ? fromThenOn : (list: readonly number[]) => list;
  return rows
    .flatMap(({ part, cohort, customers, age, reach, returned }) => {
      if (part !== 'cohort' || cohort === null) return [];
      const own = cells.get(cohort) ?? [];
      const spread = (ofSums: boolean, value: (row: PartRow) => number | null): readonly number[] =>
        spreadSteps(
          own.filter((row) => (row.part === 'sum') === ofSums),
          value,
          (reach ?? 0) + 1,
        );
      return {
        number: cohort,
        name: nameOf(params, cohort, names),
        customers: customers ?? 0,
        age: age ?? 0,
        active: counts(spread(false, (row) => row.customers)),
        orders: params.measure === 'customers' ? [] : spread(true, (row) => row.orders),
        revenue: params.measure === 'customers' ? [] : spread(true, (row) => row.revenue),
        returned,
      };
    })
    .sort((a, b) => place(a) - place(b) || a.number - b.number);
}

/** The values by step; 0 where there is no row. */
function spreadSteps(
  rows: readonly PartRow[],
  value: (row: PartRow) => number | null,
  steps: number,
): readonly number[] {
  const list = new Array<number>(steps).fill(0);
  for (const row of rows) list[row.step ?? 0] = value(row) ?? 0;
  return list;
}

/** How many have their last purchase in each step or later. */
function fromThenOn(lasts: readonly number[]): readonly number[] {
  let sum = 0;
  return lasts
    .toReversed()
    .map((count) => (sum += count))
    .toReversed();
}

function nameOf({ by, cohortGrain }: CohortParams, cohort: number, names: ReadonlyMap<number, string>): CohortName {
  if (isOfTime(by)) return { kind: 'time', start: startOfNumber(cohortGrain, cohort) };
  if (cohort === NO_VALUE) return { kind: 'none' };
  const value = names.get(cohort);
  return value === undefined ? { kind: 'other' } : { kind: 'value', value };
}

/** Time runs on; of groups the largest comes first, and the rest last. */
function place({ number, name, customers }: Cohort): number {
  if (name.kind === 'time') return number;
  return { value: 0, other: 1, none: 2 }[name.kind] * Number.MAX_SAFE_INTEGER - customers;
}

export const cohort = {
  id: 'cohort' as const,
  defaults: COHORT_DEFAULTS,
  validate: validateCohort,
  run: runCohort,
} satisfies Analysis<CohortParams, CohortResult>;
