import { addDays } from '../../core/dates';
import type { I18n } from '../../i18n/i18n.svelte';
import { addGrains, grainLabel } from '../grain';
import type { Cohort, CohortResult } from './cohort';
import { ROLLING_DAYS, stepRule, type CohortParams } from './cohort-params';
import { cohortMessages } from './messages';
import type { Triangle } from './triangle';

/** What a cohort is called; `audienceName` knows audiences by their ids. */
export function cohortLabel(
  i18n: I18n,
  { by, cohortGrain }: CohortParams,
  { name }: Pick<Cohort, 'name'>,
  audienceName: (id: string) => string,
): string {
  const m = i18n.of(cohortMessages);
  switch (name.kind) {
    case 'time':
      return grainLabel(i18n.format, name.start, cohortGrain);
    case 'value':
      return by === 'audience' ? audienceName(name.value) : name.value;
    case 'none':
      return by === 'audience' ? m.noAudience : m.notGiven;
    case 'other':
      return m.other;
  }
}

/** The days after the first purchase that a step stands for; null where it is a period of the calendar. */
function daysOf(params: CohortParams, step: number): readonly [from: number, to: number] | null {
  const rule = stepRule(params);
  switch (rule.kind) {
    case 'calendar':
      return null;
    case 'rolling':
      return [step * rule.days, (step + 1) * rule.days - 1];
    case 'brackets': {
      const segment = rule.segments[step];
      return segment === undefined ? null : [segment.fromDay, segment.toDay];
    }
  }
}

function grainOf(params: CohortParams): CohortParams['grain'] {
  const rule = stepRule(params);
  return rule.kind === 'calendar' ? rule.grain : params.grain;
}

/** A step in full: Month 3, Days 8–30. */
export function stepLabel(i18n: I18n, params: CohortParams, step: number): string {
  const m = i18n.of(cohortMessages);
  const days = daysOf(params, step);
  return days === null ? m.step(step, grainOf(params)) : m.dayRange(...days);
}

/** A step over its column: 3, 8–30. */
export function stepHead(i18n: I18n, params: CohortParams, step: number): string {
  const days = daysOf(params, step);
  const [from, to] = days ?? [step, step];
  const { integer } = i18n.format;
  return from === to ? integer(from) : `${integer(from)}–${integer(to)}`;
}

/** What the columns count. */
export function sinceText(i18n: I18n, params: CohortParams): string {
  const m = i18n.of(cohortMessages);
  if (daysOf(params, 0) !== null) return m.sinceDays;
  return params.by === 'active' ? m.sinceThat(grainOf(params)) : m.since(grainOf(params));
}

/** How long so many steps after the first are. */
export function withinText(i18n: I18n, params: CohortParams, steps: number): string {
  const m = i18n.of(cohortMessages);
  const rule = stepRule(params);
  switch (rule.kind) {
    case 'calendar':
      return m.periods(steps, rule.grain);
    case 'rolling':
      return m.days(rule.days === ROLLING_DAYS.day ? steps : (steps + 1) * rule.days);
    case 'brackets':
      return m.days(rule.segments[steps]?.toDay ?? 0);
  }
}

/** What a value of the triangle looks like. */
export function formatValue(
  i18n: I18n,
  { measure }: CohortParams,
  { isShare }: Pick<Triangle, 'isShare'>,
  value: number,
): string {
  const { format } = i18n;
  if (isShare) return format.percent(value);
  return measure === 'revenue' || measure === 'value' ? format.compact(value) : format.integer(value);
}

/** What a value of the triangle is. */
export function valueName(i18n: I18n, params: CohortParams, { isShare }: Pick<Triangle, 'isShare'>): string {
  const m = i18n.of(cohortMessages);
  if (isShare) return params.reference === 'first' ? m.ofFirst : m.ofPrevious;
  if (params.measure !== 'customers') return m[params.measure];
  return params.criterion === 'on-or-after' ? m.boughtThenOrLater : m.bought;
}

export function triangleTitle(i18n: I18n, { measure }: CohortParams): string {
  const m = i18n.of(cohortMessages);
  return {
    customers: m.triangleCustomers,
    orders: m.triangleOrders,
    revenue: m.triangleRevenue,
    value: m.triangleValue,
  }[measure];
}

/** The days on which the customers of these cohorts of time can have come first, the last one included. */
export function daysCovered(
  { scope, params }: CohortResult,
  cohorts: readonly Cohort[],
): readonly [from: string, to: string] | null {
  const [first, last] = [cohorts[0]?.name, cohorts.at(-1)?.name];
  if (first?.kind !== 'time' || last?.kind !== 'time') return null;
  const from = scope.from !== null && scope.from > first.start ? scope.from : first.start;
  const end = addGrains(last.start, params.cohortGrain, 1);
  return [from, addDays(end < scope.asOf ? end : scope.asOf, -1)];
}
