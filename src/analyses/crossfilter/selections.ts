import { sql } from '../../core/sql';
import type { I18n } from '../../i18n/i18n.svelte';
import type { CustomerSelection } from '../analysis';
import { buyersInScope } from '../population';
import type { CrossfilterResult } from './crossfilter';
import { membersQuery } from './crossfilter.sql';
import type { BinFilter } from '../../kernels/crossfilter/brush-cube';
import { filterPhrases } from './dimension-words';
import { crossfilterMessages } from './messages';

/** Everyone whom the filters let pass, by the name of what was chosen. */
export function selectLeft(
  i18n: I18n,
  { scope, dimensions }: CrossfilterResult,
  filters: readonly BinFilter[],
): CustomerSelection {
  const m = i18n.of(crossfilterMessages);
  const phrases = filterPhrases(i18n, dimensions, filters).map(({ phrase }) => phrase);
  return {
    title: phrases.length === 0 ? m.everyone : m.chosenTitle(phrases),
    members: membersQuery(scope, dimensions, filters),
  };
}

/** Everyone else. */
export function selectRest(
  i18n: I18n,
  { scope, dimensions }: CrossfilterResult,
  filters: readonly BinFilter[],
): CustomerSelection {
  const phrases = filterPhrases(i18n, dimensions, filters).map(({ phrase }) => phrase);
  return {
    title: i18n.of(crossfilterMessages).restTitle(phrases),
    members: sql`SELECT customer_key FROM (${membersQuery(scope, dimensions, [])})
WHERE customer_key NOT IN (${membersQuery(scope, dimensions, filters)})`,
  };
}

/** Everyone with a purchase in scope. */
export function selectBuyers({ scope }: CrossfilterResult, title: string): CustomerSelection {
  return { title, members: buyersInScope(scope) };
}
