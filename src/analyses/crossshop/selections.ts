import { integerConstant, sql, type Sql } from '../../core/sql';
import type { CustomerSelection } from '../analysis';
import { buyersInScope } from '../population';
import type { CrossShopResult } from './crossshop';
import { withShoppers } from './crossshop.sql';

/** What a selection rests on. */
export type Sets = Pick<CrossShopResult, 'scope' | 'dimension' | 'sets'>;

/** The customers who bought in exactly the sets of the mask; 0 = in none. */
export function selectCombination(result: Sets, mask: number, title: string): CustomerSelection {
  return { title, group: `exactly ${mask}`, members: shoppers(result, sql`sets = ${integerConstant(mask)}`) };
}

/** The customers who bought in all sets of the mask, and perhaps in others. */
export function selectWithin(result: Sets, mask: number, title: string): CustomerSelection {
  const bits = integerConstant(mask);
  return { title, group: `within ${mask}`, members: shoppers(result, sql`(sets & ${bits}) = ${bits}`) };
}

/** The customers who bought in so many sets, `least` to `most`. */
export function selectSetCount(result: Sets, least: number, most: number, title: string): CustomerSelection {
  const count = sql`bit_count(sets) BETWEEN ${integerConstant(least)} AND ${integerConstant(most)}`;
  return { title, group: `count ${least}-${most}`, members: shoppers(result, count) };
}

/** Those with rows in scope but no purchase, such as refunds. */
export function selectWithoutPurchase(result: Sets, title: string): CustomerSelection {
  return { title, members: sql`${within(result)}SELECT customer_key FROM shoppers WHERE orders = 0` };
}

/** Everyone with a purchase in scope. */
export function selectEveryone({ scope }: Pick<Sets, 'scope'>, title: string): CustomerSelection {
  return { title, members: buyersInScope(scope) };
}

function within({ scope, dimension, sets }: Sets): Sql {
  if (dimension === null) throw new RangeError('invalid dimension: null (needs a label of the lines)');
  return withShoppers(scope, dimension, sets);
}

function shoppers(result: Sets, condition: Sql): Sql {
  return sql`${within(result)}SELECT customer_key FROM shoppers WHERE orders > 0 AND ${condition}`;
}
