import { decimalConstant, sql, type Sql } from '../../core/sql';

/**
 * The number a cell holds, or NULL: DECIMAL(38,9), so that cents and tenths are exact. Only plain numbers
 * (12.5, -3, 1e3) are read; `1,234` and `¥5` are texts until a step has read them.
 */
export function numberIn(cell: Sql): Sql {
  return sql`TRY_CAST(${cell} AS DECIMAL(38,9))`;
}

/** A DECIMAL(38,9) as the shortest decimal text: 12.5, 12, -0.05. NULL stays NULL. */
export function numberText(number: Sql): Sql {
  return sql`rtrim(rtrim(CAST(CAST(${number} AS DECIMAL(38,9)) AS VARCHAR), '0'), '.')`;
}

/** A decimal written by us or by the person as DECIMAL(38,9). */
export function numberConstant(text: string): Sql {
  return sql`CAST(${decimalConstant(text)} AS DECIMAL(38,9))`;
}

/** '' is a gap like NULL. */
export function gapIfEmpty(text: Sql): Sql {
  return sql`nullif(${text}, '')`;
}
