import type { I18n } from '../../i18n/i18n.svelte';
import type { BinFilter } from '../../kernels/crossfilter/brush-cube';
import { dimensionMessages } from './dimension-messages';
import {
  isValue,
  knownBins,
  isLabelId,
  tableOf,
  VALUE_UNITS,
  type Dimension,
  type DimensionId,
  type ValueDimension,
} from './dimensions';

export function dimensionTitle(i18n: I18n, id: DimensionId): string {
  return i18n.of(dimensionMessages)[id];
}

/** The unit, or where a word of the customer comes from. */
export function dimensionSubtitle(i18n: I18n, id: DimensionId): string {
  const d = i18n.of(dimensionMessages);
  if (isLabelId(id)) return tableOf(id) === 'sale_lines' ? d.mostMoney : d.perMember;
  return d[`${id}Sub`];
}

/** A limit of values: whole numbers whole, money that has cents with them. */
export function valueText(i18n: I18n, value: number): string {
  return Number.isInteger(value) ? i18n.format.integer(value) : i18n.format.decimal(value, 2);
}

/** Values of a run of bins, with their unit: "90–179 days", "3 or more orders", "under 50". */
export function rangeText(i18n: I18n, dimension: ValueDimension, from: number, to: number): string {
  const d = i18n.of(dimensionMessages);
  const kind = VALUE_UNITS[dimension.id];
  const isWhole = kind !== 'money';
  const low = dimension.cuts[from - 1];
  const high = dimension.cuts[to - 1];
  const unit = (value: number | undefined): string => d[`${kind}Unit`](value === 1);
  const print = (value: number): string => valueText(i18n, value);
  if (low === undefined && high === undefined) return d.between(print(dimension.low), print(dimension.high), unit(0));
  if (high === undefined) return d.atLeast(print(low ?? 0), unit(0));
  const last = isWhole ? high - 1 : high;
  const first = low ?? (isWhole ? dimension.low : undefined);
  if (first === undefined) return d.below(print(high), unit(0));
  return first === last ? d.exactly(print(first), unit(first)) : d.between(print(first), print(last), unit(0));
}

/** What a bin holds, by itself. */
export function binText(i18n: I18n, dimension: Dimension, bin: number): string {
  const d = i18n.of(dimensionMessages);
  if (bin >= knownBins(dimension)) return d.unknown;
  if (isValue(dimension)) return rangeText(i18n, dimension, bin, bin + 1).trim();
  return dimension.labels[bin] ?? d.others(dimension.others);
}

/** A choice in the middle of a sentence about customers: "whose last purchase was 90–179 days ago". */
export function filterPhrase(i18n: I18n, dimension: Dimension, filter: NonNullable<BinFilter>): string {
  const d = i18n.of(dimensionMessages);
  const phrase = d[`${dimension.id}Phrase`];
  if (isValue(dimension)) {
    const [from, to] = filter[0] ?? [0, 0];
    if (from < knownBins(dimension)) return phrase(rangeText(i18n, dimension, from, to));
    // Everyone with anything in scope has money.
    return dimension.id === 'money' ? d.unknown : d[`${dimension.id}Unknown`];
  }
  const bins = filter.flatMap(([from, to]) => Array.from({ length: to - from }, (_, place) => from + place));
  return phrase(d.anyOf(bins.map((bin) => binText(i18n, dimension, bin))));
}

/** Every choice there is, in the order of the dimensions. */
export function filterPhrases(
  i18n: I18n,
  dimensions: readonly Dimension[],
  filters: readonly BinFilter[],
): readonly { readonly place: number; readonly phrase: string }[] {
  return dimensions.flatMap((dimension, place) => {
    const filter = filters[place] ?? null;
    return filter === null ? [] : [{ place, phrase: filterPhrase(i18n, dimension, filter) }];
  });
}

/** What an edge of the brush stands for. */
export function edgeText(i18n: I18n, dimension: ValueDimension, edge: number, side: 'from' | 'to'): string {
  const d = i18n.of(dimensionMessages);
  const cut = dimension.cuts[edge - 1];
  if (cut === undefined || edge > dimension.cuts.length) return side === 'from' ? d.lowest : d.highest;
  return side === 'from' ? d.from(valueText(i18n, cut)) : d.to(valueText(i18n, cut));
}

/** Labels under the bars: under the middle where each bin is one whole number, else on the edges between bins. */
export function valueTicks(
  i18n: I18n,
  { id, cuts, low }: ValueDimension,
): readonly { readonly place: number; readonly label: string }[] {
  const isWhole = VALUE_UNITS[id] !== 'money';
  const isUnitBins = isWhole && cuts.every((cut, place) => cut - (cuts[place - 1] ?? low) === 1);
  if (!isUnitBins) return cuts.map((cut, place) => ({ place: place + 1, label: tickText(i18n, cut) }));
  return [low, ...cuts].map((value, place) => ({
    place: place + 0.5,
    label: `${valueText(i18n, value)}${place === cuts.length ? '+' : ''}`,
  }));
}

function tickText(i18n: I18n, value: number): string {
  return Math.abs(value) >= 10_000 ? i18n.format.compact(value) : valueText(i18n, value);
}
