import { ATTRIBUTE_TEXTS, SALE_LABELS, type AttributeText, type SaleLabel } from '../../ingest/sale-tables/sale-tables';
import type { Mistake } from '../analysis';
import { DEFAULT_PERIODS, periodMistakes, type PeriodChoice } from '../periods';

/** What revenue can be broken down by: a label of the lines, or what is known of the customers. */
export type Breakdown = SaleLabel | `customer_${AttributeText}`;
export const BREAKDOWNS: readonly Breakdown[] = [
  ...SALE_LABELS,
  ...ATTRIBUTE_TEXTS.map((text) => `customer_${text}` as const),
];

/** A value of a label; null = lines that have none. */
export interface LabelValue {
  readonly name: string | null;
}

export interface ChangeParams {
  readonly periods: PeriodChoice;
  /** `auto` is the first that the data has. */
  readonly breakdown: Breakdown | 'auto' | 'none';
  /** Between whose values customers switch; `auto` is the first that the data has of SWITCHING_ORDER. */
  readonly dimension: SaleLabel | 'auto';
  /** The value looked at; null = the one that changed most. */
  readonly focus: LabelValue | null;
}

export const CHANGE_DEFAULTS: ChangeParams = {
  periods: DEFAULT_PERIODS,
  breakdown: 'auto',
  dimension: 'auto',
  focus: null,
};

const BREAKDOWN_ORDER: readonly Breakdown[] = ['channel', 'category', 'store', ...BREAKDOWNS];
const SWITCHING_ORDER: readonly SaleLabel[] = ['category', 'brand', ...SALE_LABELS];

/** The breakdown in force, of those the data has; null for none. */
export function breakdownIn(choice: ChangeParams['breakdown'], available: readonly Breakdown[]): Breakdown | null {
  if (choice === 'none') return null;
  return available.find((breakdown) => breakdown === choice) ?? firstOf(BREAKDOWN_ORDER, available);
}

/** The label between whose values switching is looked at, of those the data has; null for none. */
export function dimensionIn(choice: ChangeParams['dimension'], available: readonly SaleLabel[]): SaleLabel | null {
  return available.find((label) => label === choice) ?? firstOf(SWITCHING_ORDER, available);
}

function firstOf<T>(order: readonly T[], available: readonly T[]): T | null {
  return order.find((candidate) => available.includes(candidate)) ?? null;
}

export function validateChange({ periods }: ChangeParams): readonly Mistake[] {
  return periodMistakes(periods);
}
