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
  const phrases = filterPhrases(i18n, dimensions, filters).map(({ phrase }) => phrase);
  return {
    title:
      phrases.length === 0 ? i18n.of(crossfilterMessages).everyone : phrases.join(i18n.locale === 'zh' ? '、' : ', '),
    members: membersQuery(scope, dimensions, filters),
  };
}

/** A row of the table: those chosen, everyone else, or everyone. */
export function selectPart(
  i18n: I18n,
  result: CrossfilterResult,
  filters: readonly BinFilter[],
  part: 'chosen' | 'rest' | 'everyone',
): CustomerSelection {
  const { scope, dimensions } = result;
  const chosen = selectLeft(i18n, result, filters);
  if (part === 'chosen') return chosen;
  const everyone = membersQuery(scope, dimensions, []);
  const m = i18n.of(crossfilterMessages);
  return part === 'everyone'
    ? { title: m.everyone, members: everyone }
    : {
        title: m.restOf(chosen.title),
        members: sql`SELECT customer_key FROM (${everyone}) WHERE customer_key NOT IN (${chosen.members})`,
      };
}

/** Everyone with a purchase in scope. */
export function selectBuyers({ scope }: CrossfilterResult, title: string): CustomerSelection {
  return { title, members: buyersInScope(scope) };
}
