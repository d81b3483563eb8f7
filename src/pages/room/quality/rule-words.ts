import type { Format } from '../../../i18n/format';
import { AS_OF, type QualityRule, type RuleCheck } from '../../../ingest/quality/rule';
import type { RuleOutcome } from '../../../ingest/quality/run-rules';
import type { Catalog } from '../../../i18n/messages';
import type { ruleMessages } from './rule-messages';

type RuleTexts = typeof ruleMessages extends Catalog<infer M> ? M : never;

/** What decides how a rule is told. */
export interface RuleWording {
  readonly m: RuleTexts;
  readonly f: Format;
  /** The last day that is not in the future. */
  readonly asOf: string;
  readonly fileName: (file: number) => string;
}

const SIGNS = { '=': '=', '<>': '≠', '<': '<', '<=': '≤', '>': '>', '>=': '≥' } as const;

/** The rule as a statement that holds or does not. */
export function ruleTitle(check: RuleCheck, { m, f, asOf }: RuleWording): string {
  switch (check.kind) {
    case 'width':
    case 'distinct-rows':
      return m[check.kind];
    case 'unique':
      return m.unique(f.list(check.columns));
    case 'agree':
      return m.agree(check.id, check.others);
    case 'product':
      return m.product(check.amount, check.price, check.quantity, String(check.tolerance));
    case 'days':
      return daysTitle(check.column, check.first, check.last === AS_OF ? asOf : check.last, m);
    case 'registered':
      return m.registered(check.time, check.members.time);
    case 'night':
      return m.night(check.fromHour, check.toHour);
    case 'signs':
      return m.signs(check.quantity, check.amount);
    case 'filled':
      return m.filled(check.column);
    case 'between':
      if (check.least === null) return m.atMost(check.column, check.most === null ? '∞' : plain(f, check.most));
      return check.most === null
        ? m.atLeast(check.column, plain(f, check.least))
        : m.between(check.column, plain(f, check.least), plain(f, check.most));
    case 'form':
      return m[`form-${check.form}`](check.column);
    case 'pattern':
      return m.pattern(check.column, check.pattern);
    case 'few-owners':
      return m['few-owners'](check.column, check.owner, check.most);
    case 'one-spelling':
      return m['one-spelling'](check.column);
    case 'in-list':
      return m['in-list'](check.column, check.values);
    case 'compare':
      return m.compare(check.left, SIGNS[check.comparison], check.right);
    case 'expression':
      return m.expression(check.expression);
  }
}

function daysTitle(column: string, first: string | null, last: string | null, m: RuleTexts): string {
  if (first === null) return m.daysTo(column, last ?? '9999-12-31');
  return last === null ? m.daysFrom(column, first) : m.daysBetween(column, first, last);
}

function plain(f: Format, value: number): string {
  return Number.isInteger(value) ? f.integer(value) : String(value);
}

/** What must be known to read the rule; '' where its title says all. */
export function ruleHint(check: RuleCheck, { m, f, fileName }: RuleWording): string {
  if (check.kind === 'agree' && check.amount !== null) return m.agreeHint;
  if (check.kind === 'registered') return m.registeredHint(fileName(check.members.file));
  return check.kind === 'night' ? m.nightHint(f.integer(check.factor)) : '';
}

/** What the rule came to, in words and rows. */
export function outcomeText(outcome: RuleOutcome | undefined, { m }: Pick<RuleWording, 'm'>): string {
  if (outcome === undefined) return '';
  if (outcome.state === 'unfit') return m[outcome.reason](outcome.what);
  if (outcome.state === 'passes') return m.passesOf(outcome.checked);
  return m.failingOf(outcome.failing, outcome.checked, outcome.failing / outcome.checked);
}

export type RuleState = RuleOutcome['state'] | 'off' | 'waiting';

export function ruleState(rule: QualityRule, outcome: RuleOutcome | undefined): RuleState {
  return rule.isOn ? (outcome?.state ?? 'waiting') : 'off';
}

const ORDER: readonly RuleState[] = ['fails', 'doubtful', 'unfit', 'waiting', 'passes', 'off'];

/** The rules that ask for attention first; else in the order they have. */
export function byState<T extends { readonly state: RuleState }>(rules: readonly T[]): readonly T[] {
  return rules.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}
