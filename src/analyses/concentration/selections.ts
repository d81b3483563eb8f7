import { integerConstant, sql, type Sql } from '../../core/sql';
import type { CustomerSelection } from '../analysis';
import { buyersInScope } from '../population';
import { withRanked } from './concentration.sql';
import type { ConcentrationResult, CustomerClass } from './concentration';
import type { ClassId } from './concentration-params';

/** What a selection rests on. */
export type Ranking = Pick<ConcentrationResult, 'scope' | 'measure'>;

/** The name of a class with its place, e.g. "Medium · 20–50% of customers". */
export function classTitle(
  { cutPercents: [heavy, medium] }: Pick<ConcentrationResult, 'cutPercents'>,
  id: ClassId,
  m: { readonly classRange: (name: string, from: number, to: number) => string } & Readonly<Record<ClassId, string>>,
): string {
  const ranges: Readonly<Record<ClassId, readonly [number, number]>> = {
    heavy: [0, heavy],
    medium: [heavy, medium],
    light: [medium, 100],
  };
  return m.classRange(m[id], ...ranges[id]);
}

/** The customers of a class. */
export function selectClass(
  result: Ranking,
  { firstRank, lastRank, id }: Pick<CustomerClass, 'firstRank' | 'lastRank' | 'id'>,
  title: string,
): CustomerSelection {
  return { title, group: id, members: ranks(result, firstRank, lastRank) };
}

/** So many customers from the top. */
export function selectTop(result: Ranking, customers: number, title: string): CustomerSelection {
  return { title, members: ranks(result, 1, customers) };
}

/** Those with rows in scope but no purchase, such as refunds. */
export function selectWithoutPurchase({ scope, measure }: Ranking, title: string): CustomerSelection {
  return {
    title,
    members: sql`${withRanked(scope, measure)}SELECT customer_key FROM ranked WHERE orders = 0`,
  };
}

/** Everyone with a purchase in scope. */
export function selectEveryone({ scope }: Ranking, title: string): CustomerSelection {
  return { title, members: buyersInScope(scope) };
}

function ranks({ scope, measure }: Ranking, first: number, last: number): Sql {
  return sql`${withRanked(scope, measure)}SELECT customer_key FROM ranked
WHERE orders > 0 AND rank BETWEEN ${integerConstant(first)} AND ${integerConstant(last)}`;
}
