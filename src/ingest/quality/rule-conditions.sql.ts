import type { Day } from '../../core/dates';
import { join, sql, type Sql } from '../../core/sql';
import { checkExpression } from '../cleaning/expression/expression';
import { columnName } from '../staging/staging-contract';
import type { QualityTable } from './column-quality';
import { hasForm } from './personal-checks.sql';
import { AS_OF, type Comparison, type RuleCheck } from './rule';
import { RuleUnfit, type RuleSource } from './rule-source';

/** A check that a row passes or breaks by itself. */
export type RowCheck = Extract<
  RuleCheck,
  {
    readonly kind: 'product' | 'days' | 'signs' | 'between' | 'form' | 'pattern' | 'in-list' | 'compare' | 'expression';
  }
>;

/** What must be true of a row; NULL where the rule does not speak of it. Throws RuleUnfit. */
export function rowCondition(check: RowCheck, source: RuleSource, table: QualityTable, asOf: Day): Sql {
  switch (check.kind) {
    case 'product': {
      const [price, quantity, amount] = [check.price, check.quantity, check.amount].map((name) => source.number(name));
      // Doubles of cents differ from what is meant by far less than this.
      const tolerance = check.tolerance + 1e-6;
      return sql`abs(${price ?? NOTHING} * ${quantity ?? NOTHING} - ${amount ?? NOTHING}) <= CAST(${tolerance} AS DOUBLE)`;
    }
    case 'signs':
      return sql`NOT (${source.number(check.quantity)} < 0 AND ${source.number(check.amount)} > 0)`;
    case 'days': {
      const last = check.last === AS_OF ? asOf : check.last;
      const day = sql`CAST(${source.time(check.column)} AS DATE)`;
      return within(day, ...[check.first, last].map((bound) => (bound === null ? null : sql`CAST(${bound} AS DATE)`)));
    }
    case 'between': {
      const bounds = [check.least, check.most].map((bound) => (bound === null ? null : sql`CAST(${bound} AS DOUBLE)`));
      return within(source.number(check.column), ...bounds);
    }
    case 'form': {
      const plain = source.plain(check.column);
      return sql`CASE WHEN ${plain} IS NOT NULL THEN ${hasForm(plain, check.form)} END`;
    }
    case 'pattern':
      return sql`regexp_full_match(${source.key(check.column)}, ${check.pattern})`;
    case 'in-list':
      return sql`${source.key(check.column)} IN (${join(check.values.map((value) => sql`${value}`))})`;
    case 'compare':
      return compared(check, source);
    case 'expression':
      return expressed(check.expression, table);
  }
}

const NOTHING = sql`NULL`;

function within(value: Sql, least: Sql | null = null, most: Sql | null = null): Sql {
  if (least === null) return most === null ? sql`${value} IS NOT NULL` : sql`${value} <= ${most}`;
  return most === null ? sql`${value} >= ${least}` : sql`${value} BETWEEN ${least} AND ${most}`;
}

const SIGNS: Readonly<Record<Comparison, Sql>> = {
  '=': sql`=`,
  '<>': sql`<>`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
};

/** As times where both columns are, as numbers where both are, else as texts. */
function compared({ left, comparison, right }: Extract<RowCheck, { kind: 'compare' }>, source: RuleSource): Sql {
  const types = [left, right].map((name) => source.column(name).type);
  const read = (name: string): Sql => {
    if (types.every((type) => type === 'time')) return source.time(name);
    return types.every((type) => type === 'number') ? source.number(name) : source.key(name);
  };
  return sql`${read(left)} ${SIGNS[comparison]} ${read(right)}`;
}

function expressed(expression: string, table: QualityTable): Sql {
  const named = table.columns.map(({ index, name }) => ({ key: columnName(index), name }));
  const checked = checkExpression(expression, named);
  if (!checked.ok) throw new RuleUnfit('bad-expression', checked.mistake.code);
  if (checked.condition === null) throw new RuleUnfit('bad-expression', 'wrong-type');
  return checked.condition;
}
