/** A value that may stand in a statement; it is bound, never spliced. */
export type SqlValue = string | number | boolean | null;

/**
 * A statement or a part of one: text with one `?` for each value, in order. Only `sql`, `ident`
 * and `join` make one, so text from outside can enter only as a bound value or a quoted name.
 */
export class Sql {
  readonly parts: readonly string[];
  readonly values: readonly SqlValue[];

  constructor(parts: readonly string[], values: readonly SqlValue[]) {
    this.parts = parts;
    this.values = values;
  }

  /** The text with each value's place filled by `place(index, value)`. */
  render(place: (index: number, value: SqlValue) => string): string {
    let text = this.parts[0] ?? '';
    for (let i = 0; i < this.values.length; i++) {
      text += place(i, this.values[i] ?? null) + (this.parts[i + 1] ?? '');
    }
    return text;
  }
}

/** The tag: a value is bound, an Sql is spliced with its own values. */
export function sql(strings: TemplateStringsArray, ...inserts: readonly (SqlValue | Sql)[]): Sql {
  const parts: string[] = [strings[0] ?? ''];
  const values: SqlValue[] = [];
  const append = (text: string): void => {
    parts[parts.length - 1] = (parts[parts.length - 1] ?? '') + text;
  };
  inserts.forEach((insert, i) => {
    if (insert instanceof Sql) {
      insert.parts.forEach((part, j) => {
        if (j === 0) append(part);
        else parts.push(part);
      });
      values.push(...insert.values);
      append(strings[i + 1] ?? '');
    } else {
      values.push(insert);
      parts.push(strings[i + 1] ?? '');
    }
  });
  return new Sql(parts, values);
}

/** A quoted identifier. Throws RangeError for an empty name or one that holds a NUL. */
export function ident(name: string): Sql {
  if (name === '' || name.includes('\0')) throw new RangeError(`invalid name: ${JSON.stringify(name)}`);
  return new Sql([`"${name.replaceAll('"', '""')}"`], []);
}

/** The fragments, with a separator between them: `', '` unless told. */
export function join(fragments: readonly Sql[], separator: Sql = COMMA): Sql {
  return fragments.reduce<Sql>((all, next, i) => (i === 0 ? next : sql`${all}${separator}${next}`), EMPTY);
}

/**
 * A whole number as it stands in the text. For bounds that the engine must know before it runs, to
 * skip what lies outside; any other value is bound. Throws RangeError for anything but a safe integer.
 */
export function integerConstant(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new RangeError(`invalid whole number: ${value}`);
  return new Sql([literal(value)], []);
}

/**
 * A decimal number as it stands in the text, exactly: bound, 0.1 would be the nearest double. Throws
 * RangeError for anything but digits with at most one point and a sign before them.
 */
export function decimalConstant(text: string): Sql {
  if (!/^-?(\d+(\.\d*)?|\.\d+)$/.test(text)) throw new RangeError(`invalid decimal: ${JSON.stringify(text)}`);
  return new Sql([text], []);
}

const COMMA = new Sql([', '], []);
export const EMPTY = new Sql([''], []);

/** A day as DuckDB's DATE, bound as text. */
export function sqlDate(day: string): Sql {
  return sql`CAST(${day} AS DATE)`;
}

/** A literal that reads back as the same value in any DuckDB. */
export function literal(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`invalid number in SQL: ${value}`);
    return Object.is(value, -0) ? '0' : String(value);
  }
  return `'${value.replaceAll("'", "''")}'`;
}

/** The statement with its values in place, runnable as it stands: what "Show SQL" prints. */
export function printSql(statement: Sql): string {
  return statement.render((_, value) => literal(value));
}

/** A statement that a person wrote or was shown whole, and asked to run. Nothing else enters as text. */
export function confirmedSql(text: string): Sql {
  return new Sql([text], []);
}
