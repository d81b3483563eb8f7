import type { CallOptions } from '../../db/db';

/** What a line of a sale may be told apart by, as columns of `sale_lines`. */
export const SALE_LABELS = ['category', 'brand', 'channel', 'store', 'city', 'payment'] as const;
export type SaleLabel = (typeof SALE_LABELS)[number];

/** What is known of the lines beside their orders and money. */
export interface LineColumns {
  /** False where the file says nothing of pieces: each line counts as one. */
  readonly hasQuantity: boolean;
  /** True for a column `product_key`. */
  readonly hasProduct: boolean;
  readonly labels: readonly SaleLabel[];
}

export const ATTRIBUTE_TEXTS = ['gender', 'city', 'level', 'registration_channel'] as const;
export type AttributeText = (typeof ATTRIBUTE_TEXTS)[number];

/** What is known of the customers beside what they bought; a column is there when any customer has a value. */
export interface AttributeColumns {
  readonly texts: readonly AttributeText[];
  readonly hasBirthday: boolean;
  /** True for a column `age`, in years, as the member list states it. */
  readonly hasAge: boolean;
  readonly hasRegisteredAt: boolean;
}

/**
 * Tables that some analyses read beside `purchases` and `customers`, made when the first one asks.
 *
 * - `sale_lines`: a row a line that the policy leaves in, with the order_key, customer_key, ordered_at and
 *   is_purchase of its row in `purchases`, so that the sum of `amount` by order_key is that row's amount;
 *   `quantity` in pieces, below zero for returns; product_key and the labels of LineColumns (ENUM of text).
 * - `customer_attributes`: a row a customer with the columns of AttributeColumns; NULL = unknown.
 */
export interface SaleTables {
  /** Cost of the first call after the purchases have changed: one join of the lines with them. */
  lines(options?: CallOptions): Promise<LineColumns>;
  attributes(options?: CallOptions): Promise<AttributeColumns>;
}
