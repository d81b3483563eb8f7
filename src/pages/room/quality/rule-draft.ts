import type { Day } from '../../../core/dates';
import type { ColumnQuality } from '../../../ingest/quality/column-quality';
import { AS_OF, type Comparison, type QualityRule, type RuleCheck } from '../../../ingest/quality/rule';

/** The checks that a person can make. */
export const OWN_KINDS = [
  'filled',
  'unique',
  'between',
  'days',
  'in-list',
  'pattern',
  'compare',
  'few-owners',
  'one-spelling',
  'expression',
] as const;
export type OwnKind = (typeof OWN_KINDS)[number];

/** A rule as it is being made; fields that its kind does not need keep what was entered. */
export interface RuleDraft {
  readonly kind: OwnKind;
  readonly column: string;
  readonly second: string;
  readonly comparison: Comparison;
  readonly least: number | null;
  readonly most: number | null;
  readonly mostOwners: number | null;
  readonly first: Day | null;
  readonly last: Day | null;
  /** Allowed values, one a line. */
  readonly values: string;
  readonly pattern: string;
  readonly expression: string;
}

/** What the dialog starts with: the rule that is edited, or a new one about the first column. */
export function draftOf(rule: QualityRule | null, columns: readonly ColumnQuality[], asOf: Day): RuleDraft {
  const [column = '', second = ''] = columns.map(({ name }) => name);
  const empty: RuleDraft = {
    kind: 'filled',
    column,
    second: second === '' ? column : second,
    comparison: '<=',
    least: null,
    most: null,
    mostOwners: 1,
    first: null,
    last: null,
    values: '',
    pattern: '',
    expression: '',
  };
  return rule === null ? empty : filledDraft(empty, rule.check, asOf);
}

function filledDraft(empty: RuleDraft, check: RuleCheck, asOf: Day): RuleDraft {
  switch (check.kind) {
    case 'filled':
    case 'one-spelling':
      return { ...empty, kind: check.kind, column: check.column };
    case 'unique':
      return { ...empty, kind: 'unique', column: check.columns[0] ?? '' };
    case 'between':
      return { ...empty, ...check };
    case 'days':
      return { ...empty, ...check, last: check.last === AS_OF ? asOf : check.last };
    case 'in-list':
      return { ...empty, ...check, values: check.values.join('\n') };
    case 'pattern':
      return { ...empty, ...check };
    case 'compare':
      return { ...empty, kind: 'compare', column: check.left, second: check.right, comparison: check.comparison };
    case 'few-owners':
      return { ...empty, kind: 'few-owners', column: check.column, second: check.owner, mostOwners: check.most };
    case 'expression':
      return { ...empty, kind: 'expression', expression: check.expression };
    default:
      return empty;
  }
}

/** The check that the draft describes; null while something is missing. */
export function checkOf(draft: RuleDraft, asOf: Day): RuleCheck | null {
  const { kind, column, least, most, first, last } = draft;
  if (column === '' && kind !== 'expression') return null;
  switch (kind) {
    case 'filled':
    case 'one-spelling':
      return { kind, column };
    case 'unique':
      return { kind, columns: [column] };
    case 'between':
      return (least === null && most === null) || (least ?? -Infinity) > (most ?? Infinity)
        ? null
        : { kind, column, least, most };
    case 'days': {
      if ((first === null && last === null) || (first ?? '') > (last ?? '9999-12-31')) return null;
      return { kind, column, first, last: last === asOf ? AS_OF : last };
    }
    case 'in-list': {
      const values = [...new Set(draft.values.split('\n').map((value) => value.trim()))].filter(
        (value) => value !== '',
      );
      return values.length === 0 ? null : { kind, column, values };
    }
    case 'pattern':
      return draft.pattern === '' ? null : { kind, column, pattern: draft.pattern };
    case 'compare':
      return draft.second === '' || draft.second === column
        ? null
        : { kind, left: column, comparison: draft.comparison, right: draft.second };
    case 'few-owners': {
      const limit = draft.mostOwners;
      if (limit === null || limit < 1 || !Number.isInteger(limit) || draft.second === column) return null;
      return { kind, column, owner: draft.second, most: limit };
    }
    case 'expression':
      return draft.expression.trim() === '' ? null : { kind, expression: draft.expression.trim() };
  }
}
