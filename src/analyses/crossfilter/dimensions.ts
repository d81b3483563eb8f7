import type { BinFilter, BinRun } from '../../kernels/crossfilter/brush-cube';
import type { AttributeText, SaleLabel } from '../../ingest/sale-tables/sale-tables';
import type { Unit } from './value-cuts';

/** What is measured of a customer, and its unit. */
export const VALUE_UNITS = {
  recency: 'days',
  frequency: 'count',
  money: 'money',
  order_value: 'money',
  tenure: 'days',
  age: 'years',
} as const satisfies Readonly<Record<string, Unit>>;

/** Words about a customer: from the member list, or the one among the customer's lines with the most money. */
export const LABEL_SOURCES = {
  gender: { attribute: 'gender' },
  city: { attribute: 'city' },
  level: { attribute: 'level' },
  registration_channel: { attribute: 'registration_channel' },
  channel: { label: 'channel' },
  category: { label: 'category' },
  store: { label: 'store' },
  order_city: { label: 'city' },
} as const satisfies Readonly<Record<string, { readonly attribute: AttributeText } | { readonly label: SaleLabel }>>;

export type ValueId = keyof typeof VALUE_UNITS;
export type LabelId = keyof typeof LABEL_SOURCES;
export type DimensionId = ValueId | LabelId;

export const VALUE_IDS = Object.keys(VALUE_UNITS) as readonly ValueId[];
export const LABEL_IDS = Object.keys(LABEL_SOURCES) as readonly LabelId[];
export const DIMENSION_IDS: readonly DimensionId[] = [...VALUE_IDS, ...LABEL_IDS];

export function isLabelId(id: DimensionId): id is LabelId {
  return id in LABEL_SOURCES;
}

/** The table that a dimension is read from. */
export function tableOf(id: DimensionId): 'purchases' | 'sale_lines' | 'customer_attributes' {
  if (id === 'age') return 'customer_attributes';
  if (!isLabelId(id)) return 'purchases';
  return 'label' in LABEL_SOURCES[id] ? 'sale_lines' : 'customer_attributes';
}

/** Labels with a bar of their own; the rest stand together. */
export const MAX_LABELS = 10;

/** A measure and where its bins end. */
export interface ValueDimension {
  readonly id: ValueId;
  /** See chooseCuts: bin k holds values from cut k-1 up to, not including, cut k. */
  readonly cuts: readonly number[];
  readonly low: number;
  readonly high: number;
  /** True for one more bin, the last, of customers without the value. */
  readonly hasUnknown: boolean;
}

/** A word and its bins: one a label, then the others together, then customers without one. */
export interface LabelDimension {
  readonly id: LabelId;
  /** Those of most customers, the most first. */
  readonly labels: readonly string[];
  /** Labels that stand together; 0 = no bin for them. */
  readonly others: number;
  readonly hasUnknown: boolean;
}

export type Dimension = ValueDimension | LabelDimension;

export function isValue(dimension: Dimension): dimension is ValueDimension {
  return 'cuts' in dimension;
}

/** Bins of what is known: those of values, or of the labels and the others. */
export function knownBins(dimension: Dimension): number {
  return isValue(dimension) ? dimension.cuts.length + 1 : dimension.labels.length + (dimension.others > 0 ? 1 : 0);
}

export function binCount(dimension: Dimension): number {
  return knownBins(dimension) + (dimension.hasUnknown ? 1 : 0);
}

/** Values from `from` on and below `to`; null = open. */
export interface RangeFilter {
  readonly from: number | null;
  readonly to: number | null;
}

/** Labels by their text, those that stand together, and customers without one or without the value. */
export interface LabelFilter {
  readonly labels: readonly string[];
  readonly others: boolean;
  readonly unknown: boolean;
}

export type Filter = RangeFilter | LabelFilter;
export type Filters = { readonly [Id in DimensionId]?: Filter | undefined };

export function isRange(filter: Filter): filter is RangeFilter {
  return 'from' in filter;
}

/**
 * The bins that a filter means here. A range goes to the nearest cuts, since another scope has other bins; labels
 * without a bar count among the others only where those are chosen. null where nothing of it can be held to.
 */
export function binsOf(dimension: Dimension, filter: Filter | undefined): BinFilter {
  if (filter === undefined) return null;
  if (isRange(filter)) return isValue(dimension) ? rangeBins(dimension, filter) : null;
  const known = knownBins(dimension);
  const chosen = new Array<boolean>(binCount(dimension)).fill(false);
  if (!isValue(dimension)) {
    dimension.labels.forEach((label, bin) => (chosen[bin] = filter.labels.includes(label)));
    if (dimension.others > 0) chosen[known - 1] = filter.others;
  }
  if (dimension.hasUnknown) chosen[known] = filter.unknown;
  const runs = runsOf(chosen);
  return runs.length === 0 || chosen.every(Boolean) ? null : runs;
}

function rangeBins(dimension: ValueDimension, { from, to }: RangeFilter): BinFilter {
  const known = knownBins(dimension);
  const start = from === null ? 0 : nearestCut(dimension.cuts, from) + 1;
  const end = to === null ? known : nearestCut(dimension.cuts, to) + 1;
  if (start >= end || (start === 0 && end === known && !dimension.hasUnknown)) return null;
  return [[start, end]];
}

/** The filter that means these bins here and, as nearly as its bins allow, elsewhere; undefined for none. */
export function filterOf(dimension: Dimension, bins: BinFilter): Filter | undefined {
  if (bins === null) return undefined;
  const known = knownBins(dimension);
  if (isValue(dimension)) {
    const [from, to] = bins[0] ?? [0, known];
    if (from >= known) return { labels: [], others: false, unknown: true };
    return { from: dimension.cuts[from - 1] ?? null, to: dimension.cuts[to - 1] ?? null };
  }
  const holds = (bin: number): boolean => bins.some(([from, to]) => bin >= from && bin < to);
  return {
    labels: dimension.labels.filter((_, bin) => holds(bin)),
    others: dimension.others > 0 && holds(known - 1),
    unknown: dimension.hasUnknown && holds(known),
  };
}

/** Ascending runs of the bins that are chosen. */
export function runsOf(chosen: readonly boolean[]): readonly BinRun[] {
  const starts = chosen.flatMap((isIn, bin) => (isIn && chosen[bin - 1] !== true ? [bin] : []));
  return starts.map((start) => {
    const end = chosen.indexOf(false, start);
    return [start, end === -1 ? chosen.length : end];
  });
}

function nearestCut(cuts: readonly number[], value: number): number {
  return cuts.reduce(
    (best, cut, place) => (Math.abs(cut - value) < Math.abs((cuts[best] ?? Infinity) - value) ? place : best),
    0,
  );
}
