import { addDays } from '../../core/dates';
import { addMoney } from '../../core/money';
import type { Format } from '../../i18n/format';
import type { I18n } from '../../i18n/i18n.svelte';
import type { CustomerSelection } from '../analysis';
import type { BreakdownResult, BreakdownRow, Change, NamedValue } from './breakdowns';
import { overviewMessages } from './messages';
import { measureOf, type OverviewResult, type PeriodFigures } from './overview';
import type { Held } from './overview.sql';
import type { Breakdown, Measure } from './overview-params';
import { selectRow } from './selections';

const SHARES: readonly Measure[] = ['repeatRate', 'identifiedShare'];

/** The measure's name; that of the lines where the file says nothing of pieces, that of the audience where there is one. */
export function measureName(i18n: I18n, { scope, hasQuantity }: OverviewResult, measure: Measure): string {
  const m = i18n.of(overviewMessages);
  if (measure === 'itemsPerOrder' && !hasQuantity) return m.linesPerOrder;
  if (measure === 'identifiedShare' && scope.audience !== null) return m.audienceShare;
  return m[measure];
}

export function formatMeasure(format: Format, measure: Measure, value: number): string {
  if (SHARES.includes(measure)) return format.percent(value);
  if (measure === 'customers' || measure === 'orders') return format.integer(value);
  if (measure === 'itemsPerOrder') return format.decimal(value, 2);
  return measure === 'orderValue' && Math.abs(value) < 1000 ? format.decimal(value, 2) : format.compact(value);
}

/** Money with its sign. */
export function signedMoney(format: Format, amount: number): string {
  return `${amount > 0 ? '+' : amount < 0 ? '−' : ''}${format.compact(Math.abs(amount))}`;
}

/** How much a measure has changed: in points for shares, else relative to what it was; undefined without either. */
export function changeOf(
  i18n: I18n,
  result: OverviewResult,
  measure: Measure,
): { readonly text: string; readonly direction: 'up' | 'down' | 'same' } | undefined {
  if (result.before === null) return undefined;
  const [now, before] = [measureOf(result.now.total, measure), measureOf(result.before.total, measure)];
  const isShare = SHARES.includes(measure);
  const change = isShare ? now - before : (now - before) / Math.abs(before);
  if (!Number.isFinite(change)) return undefined;
  const print = (size: number): string =>
    isShare ? i18n.of(overviewMessages).points(i18n.format.decimal(100 * size, 1)) : i18n.format.percent(size);
  const text = print(Math.abs(change));
  return { text, direction: text === print(0) ? 'same' : change > 0 ? 'up' : 'down' };
}

/** The name of a row of a breakdown. */
export function heldName(i18n: I18n, held: Held, values: readonly NamedValue[]): string {
  const m = i18n.of(overviewMessages);
  switch (held.kind) {
    case 'value':
      return held.value;
    case 'rest':
      return m.rest(values.length - held.named.length);
    case 'missing':
      return m.missing;
  }
}

/** The name of a value with its breakdown. */
export function placeName(i18n: I18n, breakdown: Breakdown, name: string): string {
  const m = i18n.of(overviewMessages);
  return m.ofBreakdown(m[breakdown], name);
}

/** The title of a selection: what it is, and of which days. */
export function titleIn(i18n: I18n, { scope }: PeriodFigures, title: string): string {
  return i18n.of(overviewMessages).inPeriod(title, scope.from ?? '', addDays(scope.asOf, -1));
}

/** A change as a share of the total change where it has the same direction; null where it goes against it. */
export function shareOfChange({ now, before }: OverviewResult, change: number): number | null {
  const total = before === null ? 0 : addMoney(now.total.revenue, -before.total.revenue);
  return total * change > 0 ? change / total : null;
}

/** The breakdown chosen, or the first one where the data has no such; null where it has none. */
export function shownBreakdown({ breakdowns }: OverviewResult, chosen: Breakdown | null): BreakdownResult | null {
  return breakdowns.find(({ breakdown }) => breakdown === chosen) ?? breakdowns[0] ?? null;
}

/** Unlike any other row's of its breakdown. */
export function rowKey({ held }: BreakdownRow): string {
  return held.kind === 'value' ? `=${held.value}` : held.kind;
}

/** Those behind a change of revenue: of a fall the customers before, of a rise those now. */
export function selectChange(i18n: I18n, { now, before }: OverviewResult, change: Change): CustomerSelection {
  const period = change.change < 0 && before !== null ? before : now;
  const title = titleIn(i18n, period, placeName(i18n, change.breakdown, change.value));
  return selectRow(period, change.breakdown, { kind: 'value', value: change.value }, title);
}
