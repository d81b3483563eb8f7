import { sql, type Sql } from '../../../core/sql';
import { MistakeFound } from './mistake';
import { castTo, type Typed, type ValueType } from './typed';

const SIGNS: ReadonlyMap<string, Sql> = new Map([
  ['=', sql`=`],
  ['<>', sql`<>`],
  ['!=', sql`<>`],
  ['<', sql`<`],
  ['<=', sql`<=`],
  ['>', sql`>`],
  ['>=', sql`>=`],
]);

export function isComparison(mark: string): boolean {
  return SIGNS.has(mark);
}

export function comparison(mark: string): Sql {
  const sign = SIGNS.get(mark);
  if (sign === undefined) throw new RangeError(`invalid comparison: ${mark}`);
  return sign;
}

/** Joined texts; with a gap on one side the whole is a gap, as in SQL. */
export function concatenation(left: Typed, right: Typed): Typed {
  return over(left, right, 'text', sql`(${as(left, 'text')} || ${as(right, 'text')})`);
}

/** Numbers added, days moved by a number of days, or the days between two days. */
export function addition(left: Typed, right: Typed, isMinus: boolean): Typed {
  if (left.type === 'day' && right.type === 'day' && isMinus)
    return over(left, right, 'number', sql`CAST(${left.sql} - ${right.sql} AS DECIMAL(38,9))`);
  if (left.type === 'day') {
    const days = sql`CAST(floor(${as(right, 'number')}) AS INTEGER)`;
    return over(left, right, 'day', isMinus ? sql`(${left.sql} - ${days})` : sql`(${left.sql} + ${days})`);
  }
  const [a, b] = [as(left, 'number'), as(right, 'number')];
  return over(left, right, 'number', isMinus ? sql`(${a} - ${b})` : sql`(${a} + ${b})`);
}

/**
 * Products are exact and rounded to nine decimals; a quotient is rounded to nine, and one by zero is a gap.
 */
export function multiplication(left: Typed, right: Typed, mark: string): Typed {
  const [a, b] = [as(left, 'number'), as(right, 'number')];
  switch (mark) {
    case '*':
      return over(left, right, 'number', sql`TRY_CAST(${a} * ${b} AS DECIMAL(38,9))`);
    case '/': {
      const quotient = sql`CAST(${a} AS DOUBLE) / nullif(CAST(${b} AS DOUBLE), 0)`;
      return over(left, right, 'number', sql`TRY_CAST(${quotient} AS DECIMAL(38,9))`);
    }
    default:
      return over(left, right, 'number', sql`(${a} % nullif(${b}, 0))`);
  }
}

function as(part: Typed, type: ValueType): Sql {
  const value = castTo(part, type);
  if (value === null) throw new MistakeFound('wrong-type', part.start, part.end, '');
  return value;
}

function over(left: Typed, right: Typed, type: ValueType, text: Sql): Typed {
  return { type, sql: text, start: left.start, end: right.end };
}
