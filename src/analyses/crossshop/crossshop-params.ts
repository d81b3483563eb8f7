import type { SaleLabel } from '../../ingest/sale-tables/sale-tables';
import type { Mistake } from '../analysis';

/** Values that count as one, such as the app and the shop online against the store. */
export type ValueSet = readonly string[];

export interface CrossShopParams {
  /** By what the customers are told apart; null = the first that the data has. */
  readonly dimension: SaleLabel | null;
  /** null = the largest values, one a set. */
  readonly sets: readonly ValueSet[] | null;
}

export const CROSSSHOP_DEFAULTS: CrossShopParams = { dimension: null, sets: null };

export const FEWEST_SETS = 2;
export const MOST_SETS = 6;

/** So many sets are shown unless told. */
export const DEFAULT_SETS = 3;

export function validateCrossShop({ dimension, sets }: CrossShopParams): readonly Mistake[] {
  if (sets === null) return [];
  const values = sets.flat();
  const mistakes: Mistake[] = [];
  if (sets.length < FEWEST_SETS || sets.length > MOST_SETS) mistakes.push({ field: 'sets', message: 'how-many' });
  if (sets.some((set) => set.length === 0)) mistakes.push({ field: 'sets', message: 'empty' });
  if (new Set(values).size < values.length) mistakes.push({ field: 'sets', message: 'twice' });
  if (dimension === null) mistakes.push({ field: 'dimension', message: 'missing' });
  return mistakes;
}
