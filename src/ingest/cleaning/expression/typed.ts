import { sql, type Sql } from '../../../core/sql';
import type { Spot } from './tokens';
import { gapIfEmpty, numberIn, numberText } from '../values.sql';

/** What a part of an expression is. Cells are text; `nothing` is a lone NULL, which fits anywhere. */
export type ValueType = 'text' | 'number' | 'boolean' | 'day' | 'time' | 'nothing';

/** A checked part of an expression. */
export interface Typed extends Spot {
  readonly type: ValueType;
  readonly sql: Sql;
  /** The written value of a literal, for what must be known before the engine runs. */
  readonly literal?: string;
}

/** A part that stands in the text from the start of one to the end of another. */
export function spanning(type: ValueType, text: Sql, from: Spot, to: Spot): Typed {
  return { type, sql: text, start: from.start, end: to.end };
}

export function spot({ start, end }: Spot): Spot {
  return { start, end };
}

/** The part as a value of the type, or null where it can be none. A text that is no number or date is NULL. */
export function castTo(part: Typed, type: ValueType): Sql | null {
  if (part.type === type) return part.sql;
  if (part.type === 'nothing') return sql`CAST(NULL AS ${typeName(type)})`;
  switch (type) {
    case 'text':
      return textOf(part);
    case 'number':
      return part.type === 'text' ? numberIn(part.sql) : null;
    case 'day':
      return part.type === 'time' || part.type === 'text' ? sql`TRY_CAST(${part.sql} AS DATE)` : null;
    case 'time':
      return part.type === 'day' || part.type === 'text' ? sql`TRY_CAST(${part.sql} AS TIMESTAMP)` : null;
    case 'boolean':
      return part.type === 'text' ? sql`TRY_CAST(${part.sql} AS BOOLEAN)` : null;
    case 'nothing':
      return null;
  }
}

/** The value as a cell holds it: shortest decimals, true and false, YYYY-MM-DD HH:MM:SS, NULL for a gap. */
export function cellOf(part: Typed): Sql {
  return gapIfEmpty(textOf(part));
}

function textOf(part: Typed): Sql {
  switch (part.type) {
    case 'text':
      return part.sql;
    case 'number':
      return numberText(part.sql);
    case 'nothing':
      return sql`CAST(NULL AS VARCHAR)`;
    case 'boolean':
    case 'day':
    case 'time':
      return sql`CAST(${part.sql} AS VARCHAR)`;
  }
}

/** The type that two parts are compared in, or that both arms of a choice have; null where there is none. */
export function commonType(left: Typed, right: Typed): ValueType | null {
  if (left.type === right.type) return left.type;
  if (left.type === 'nothing') return right.type;
  if (right.type === 'nothing') return left.type;
  const types = new Set([left.type, right.type]);
  if (types.has('day') && types.has('time')) return 'time';
  // A cell is text whatever it holds, so beside a value of another type it is read as one.
  if (types.has('text')) return left.type === 'text' ? right.type : left.type;
  return null;
}

function typeName(type: ValueType): Sql {
  switch (type) {
    case 'number':
      return sql`DECIMAL(38,9)`;
    case 'boolean':
      return sql`BOOLEAN`;
    case 'day':
      return sql`DATE`;
    case 'time':
      return sql`TIMESTAMP`;
    case 'text':
    case 'nothing':
      return sql`VARCHAR`;
  }
}
