import { ident, integerConstant, sql, type Sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import { sliceCube, type BinFilter, type FilteredFigures } from '../../kernels/crossfilter/brush-cube';
import type { Analysis, Population, RunContext, Scope } from '../analysis';
import { populationOf } from '../population';
import {
  binName,
  binsQuery,
  LABEL_SHAPE,
  labelsQuery,
  SPREAD_SHAPE,
  spreadsQuery,
  TOTALS_SHAPE,
  totalsQuery,
  withCustomers,
} from './crossfilter.sql';
import { CROSSFILTER_DEFAULTS, validateCrossfilter, type CrossfilterParams } from './crossfilter-params';
import { cubesInProcess, type CubeWork } from './cube-work';
import {
  binCount,
  binsOf,
  DIMENSION_IDS,
  isLabelId,
  LABEL_SOURCES,
  MAX_LABELS,
  VALUE_UNITS,
  type Dimension,
  type DimensionId,
  type Filters,
  type LabelDimension,
  type LabelId,
  type ValueDimension,
  type ValueId,
} from './dimensions';
import { chooseCuts } from './value-cuts';

/** Rows that go from the engine to the cubes at a time, so that the page can breathe in between. */
const CHUNK_ROWS = 131_072;

export interface CrossfilterResult {
  readonly scope: Scope;
  readonly population: Population;
  /** Those on which customers differ, in the order of DIMENSION_IDS. */
  readonly dimensions: readonly Dimension[];
  /** Those that this data says nothing of. */
  readonly missing: readonly DimensionId[];
  /** The figures' money in these units makes one of the data's currency. */
  readonly moneyUnits: number;
  /** Everyone who bought or was refunded in scope. */
  readonly everyone: FilteredFigures;
  /** What the filters of the parameters left when it was run. */
  readonly figures: FilteredFigures;
  /** The customers with every value, runnable as printed. */
  readonly statement: Sql;
}

/**
 * Reads the customers of a scope, gives them to `work` as numbers of bins, and counts them once.
 * `suffix` keeps apart the tables that sessions make meanwhile. Cost: one GROUP BY over `purchases`, one over `sale_lines` a label of lines, and about a byte a customer and dimension.
 */
export async function runCrossfilter(
  context: RunContext,
  params: CrossfilterParams,
  work: CubeWork,
  suffix = '',
): Promise<CrossfilterResult> {
  const { db, scope, signal } = context;
  const options = { signal };
  const ids = await availableDimensions(context, options);
  const statement = sql`${withCustomers(scope, ids)}SELECT * FROM crossfilter_customers`;
  const customers = ident(`crossfilter_customers${suffix}`);
  await db.exec(sql`CREATE OR REPLACE TABLE ${customers} AS ${statement}`, options);
  const [totals] = await db.query(totalsQuery(customers, scope), TOTALS_SHAPE, options);
  if (totals === undefined) throw new RangeError('invalid totals: no row');
  const dimensions = await readDimensions(db, customers, ids, options);
  const bins = ident(`crossfilter_bins${suffix}`);
  if (dimensions.length > 0)
    await db.exec(
      sql`CREATE OR REPLACE TABLE ${bins} AS ${binsQuery(customers, dimensions, totals.money_scale)}`,
      options,
    );
  await db.exec(sql`DROP TABLE ${customers}`, options);
  await loadRows(db, work, bins, dimensions, totals.customers, options);
  const open = dimensions.map((): BinFilter => null);
  const everyone = await figuresOf(work, open);
  return {
    scope,
    population: populationOf(totals.buyers, totals.orders, totals.revenue, totals.revenue_of_all),
    dimensions,
    missing: DIMENSION_IDS.filter((id) => !ids.includes(id)),
    moneyUnits: 10 ** totals.money_scale,
    everyone,
    figures: await figuresOf(work, filtersOf(dimensions, params.filters)),
    statement: sql`${statement} ORDER BY customer_key`,
  };
}

/** The filters as bins, one a dimension. */
export function filtersOf(dimensions: readonly Dimension[], filters: Filters): readonly BinFilter[] {
  return dimensions.map((dimension) => binsOf(dimension, filters[dimension.id]));
}

async function figuresOf(work: CubeWork, filters: readonly BinFilter[]): Promise<FilteredFigures> {
  if (filters.length === 0) return { customers: 0, orders: 0, money: 0, dimensions: [] };
  return sliceCube(await work.cube(0, filters), filters[0] ?? null);
}

async function availableDimensions({ tables }: RunContext, options: CallOptions): Promise<readonly DimensionId[]> {
  const attributes = await tables.attributes(options);
  const lines = await tables.lines(options);
  return DIMENSION_IDS.filter((id) => {
    if (id === 'age') return attributes.hasBirthday || attributes.hasAge;
    if (!isLabelId(id)) return true;
    const source = LABEL_SOURCES[id];
    return 'label' in source ? lines.labels.includes(source.label) : attributes.texts.includes(source.attribute);
  });
}

/** Where the bins of each dimension end. Those on which everyone is alike are left out: there is nothing to choose. */
async function readDimensions(
  db: Db,
  customers: Sql,
  ids: readonly DimensionId[],
  options: CallOptions,
): Promise<readonly Dimension[]> {
  const valueIds = ids.filter((id) => !isLabelId(id));
  const labelIds = ids.filter(isLabelId);
  const spreads = await db.query(spreadsQuery(customers, valueIds), SPREAD_SHAPE, options);
  const labels = labelIds.length === 0 ? [] : await db.query(labelsQuery(customers, labelIds), LABEL_SHAPE, options);
  const dimensions = ids.flatMap((id): readonly Dimension[] => {
    if (isLabelId(id))
      return [
        labelDimension(
          id,
          labels.flatMap((row) => (row.id === id ? [row.label] : [])),
        ),
      ];
    const spread = spreads.find((row) => row.id === id);
    return spread === undefined ? [] : [valueDimension(id, spread)];
  });
  return dimensions.filter((dimension) => binCount(dimension) > 1);
}

interface SpreadRow {
  readonly low: number;
  readonly high: number;
  readonly q01: number;
  readonly q50: number;
  readonly q99: number;
  readonly unknown: number;
}

function valueDimension(id: ValueId, spread: SpreadRow): ValueDimension {
  const { low, high, unknown } = spread;
  return { id, cuts: chooseCuts(spread, VALUE_UNITS[id]), low, high, hasUnknown: unknown > 0 };
}

/** @param found the labels, that of most customers first; null for those without one */
function labelDimension(id: LabelId, found: readonly (string | null)[]): LabelDimension {
  const labels = found.filter((label) => label !== null);
  const shown = labels.length <= MAX_LABELS ? labels : labels.slice(0, MAX_LABELS - 1);
  return { id, labels: shown, others: labels.length - shown.length, hasUnknown: found.includes(null) };
}

/** Hands the bins over bit by bit; nothing of them stays in the engine. */
async function loadRows(
  db: Db,
  work: CubeWork,
  bins: Sql,
  dimensions: readonly Dimension[],
  rows: number,
  options: CallOptions,
): Promise<void> {
  if (dimensions.length === 0) return;
  await work.open(dimensions.map(binCount), rows);
  const names = dimensions.map((_, place) => binName(place));
  const shape: Readonly<Record<string, 'integer' | 'double'>> = {
    ...Object.fromEntries(names.map((name) => [name, 'integer'])),
    orders: 'integer',
    money: 'double',
  };
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const columns = await db.columns(
      sql`SELECT * FROM ${bins} WHERE rowid >= ${integerConstant(start)} AND rowid < ${integerConstant(start + CHUNK_ROWS)}`,
      shape,
      options,
    );
    await work.add({
      bins: names.map((name) => Uint8Array.from(columns[name] as Float64Array)),
      orders: Int32Array.from(columns['orders'] as Float64Array),
      money: columns['money'] as Float64Array,
    });
  }
  await db.exec(sql`DROP TABLE ${bins}`, options);
}

export const crossfilter = {
  id: 'crossfilter' as const,
  defaults: CROSSFILTER_DEFAULTS,
  validate: validateCrossfilter,
  run: (context, params) => runCrossfilter(context, params, cubesInProcess()),
} satisfies Analysis<CrossfilterParams, CrossfilterResult>;
