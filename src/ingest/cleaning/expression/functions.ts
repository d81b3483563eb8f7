import { integerConstant, sql, type Sql } from '../../../core/sql';
import type { ValueType } from './typed';

/**
 * A parameter: a value of a type, a whole number that stands in the text, one of some words that stand
 * in the text, or a value of the type that all `same` parameters have in common.
 */
export type Parameter = ValueType | 'whole-constant' | 'unit' | 'same';

export interface FunctionSpec {
  readonly parameters: readonly Parameter[];
  /** How many of the parameters may be left out, from the end. */
  readonly optional?: number;
  /** The last parameter may stand any number of times. */
  readonly variadic?: boolean;
  readonly result: ValueType | 'same';
  readonly sql: (parts: readonly Sql[]) => Sql;
}

/** Parts of a time, as they may be named in date_diff and date_trunc. */
export const UNITS: ReadonlyMap<string, Sql> = new Map([
  ['year', sql`'year'`],
  ['quarter', sql`'quarter'`],
  ['month', sql`'month'`],
  ['week', sql`'week'`],
  ['day', sql`'day'`],
  ['hour', sql`'hour'`],
  ['minute', sql`'minute'`],
]);

const LONGEST_PADDED = 1000;

function call(name: Sql): (parts: readonly Sql[]) => Sql {
  return (parts) =>
    parts.reduce((all, part, i) => (i === 0 ? sql`${all}${part}` : sql`${all}, ${part}`), sql`${name}(`);
}

/** A function of the engine under its own name; what it gives back as a number becomes DECIMAL(38,9). */
function engine(
  name: Sql,
  parameters: readonly Parameter[],
  result: FunctionSpec['result'],
  more: Pick<FunctionSpec, 'optional' | 'variadic'> = {},
): FunctionSpec {
  const written = call(name);
  const close = (parts: readonly Sql[]): Sql => sql`${written(parts)})`;
  return { parameters, result, ...more, sql: result === 'number' ? (parts) => decimal(close(parts)) : close };
}

const decimal = (value: Sql): Sql => sql`TRY_CAST(${value} AS DECIMAL(38,9))`;
const position = (value: Sql): Sql => sql`CAST(least(greatest(${value}, -1000000), 1000000) AS BIGINT)`;
const part = ([first]: readonly Sql[]): Sql => first ?? sql`NULL`;

/** Of doubles: not a number and without end are gaps. */
const double = (value: Sql): Sql => sql`CAST(${value} AS DOUBLE)`;

function timePart(name: Sql): FunctionSpec {
  return engine(name, ['time'], 'number');
}

/** Pads to at most LONGEST_PADDED, so that no expression can ask for a text of a gigabyte. */
function pad(name: Sql): FunctionSpec {
  return {
    parameters: ['text', 'number', 'text'],
    result: 'text',
    sql: ([text, size, filler]) =>
      sql`${name}(${text ?? ''}, CAST(least(greatest(${size ?? 0}, 0), ${integerConstant(LONGEST_PADDED)}) AS INTEGER), coalesce(${gap(filler)}, ' '))`,
  };
}

const gap = (text: Sql | undefined): Sql => sql`nullif(${text ?? ''}, '')`;

/** Every function that an expression may call. Whatever is not here cannot be called. */
export const FUNCTIONS: ReadonlyMap<string, FunctionSpec> = new Map<string, FunctionSpec>([
  ['lower', engine(sql`lower`, ['text'], 'text')],
  ['upper', engine(sql`upper`, ['text'], 'text')],
  ['trim', engine(sql`trim`, ['text'], 'text')],
  ['ltrim', engine(sql`ltrim`, ['text'], 'text')],
  ['rtrim', engine(sql`rtrim`, ['text'], 'text')],
  ['reverse', engine(sql`reverse`, ['text'], 'text')],
  ['length', engine(sql`length`, ['text'], 'number')],
  [
    'left',
    {
      parameters: ['text', 'number'],
      result: 'text',
      sql: ([a, n]) => sql`left(${a ?? ''}, ${position(n ?? sql`0`)})`,
    },
  ],
  [
    'right',
    {
      parameters: ['text', 'number'],
      result: 'text',
      sql: ([a, n]) => sql`right(${a ?? ''}, ${position(n ?? sql`0`)})`,
    },
  ],
  ['substr', substring()],
  ['substring', substring()],
  ['replace', engine(sql`replace`, ['text', 'text', 'text'], 'text')],
  ['concat', engine(sql`concat`, ['text'], 'text', { variadic: true })],
  ['contains', engine(sql`contains`, ['text', 'text'], 'boolean')],
  ['starts_with', engine(sql`starts_with`, ['text', 'text'], 'boolean')],
  ['ends_with', engine(sql`ends_with`, ['text', 'text'], 'boolean')],
  ['lpad', pad(sql`lpad`)],
  ['rpad', pad(sql`rpad`)],
  [
    'split_part',
    {
      parameters: ['text', 'text', 'number'],
      result: 'text',
      sql: ([a, at, n]) => sql`split_part(${a ?? ''}, ${at ?? ''}, ${position(n ?? sql`1`)})`,
    },
  ],
  ['regexp_matches', engine(sql`regexp_matches`, ['text', 'text'], 'boolean')],
  ['regexp_extract', engine(sql`regexp_extract`, ['text', 'text', 'whole-constant'], 'text', { optional: 1 })],
  [
    'regexp_replace',
    {
      parameters: ['text', 'text', 'text'],
      result: 'text',
      sql: ([a, pattern, put]) => sql`regexp_replace(${a ?? ''}, ${pattern ?? ''}, ${put ?? ''}, 'g')`,
    },
  ],
  ['abs', engine(sql`abs`, ['number'], 'number')],
  ['floor', engine(sql`floor`, ['number'], 'number')],
  ['ceil', engine(sql`ceil`, ['number'], 'number')],
  ['sign', engine(sql`sign`, ['number'], 'number')],
  ['round', engine(sql`round`, ['number', 'whole-constant'], 'number', { optional: 1 })],
  ['least', engine(sql`least`, ['same'], 'same', { variadic: true })],
  ['greatest', engine(sql`greatest`, ['same'], 'same', { variadic: true })],
  [
    'sqrt',
    {
      parameters: ['number'],
      result: 'number',
      sql: ([x]) => decimal(sql`CASE WHEN ${x ?? 0} >= 0 THEN sqrt(${double(x ?? sql`0`)}) END`),
    },
  ],
  [
    'ln',
    {
      parameters: ['number'],
      result: 'number',
      sql: ([x]) => decimal(sql`CASE WHEN ${x ?? 0} > 0 THEN ln(${double(x ?? sql`0`)}) END`),
    },
  ],
  ['coalesce', engine(sql`coalesce`, ['same'], 'same', { variadic: true })],
  ['nullif', engine(sql`nullif`, ['same', 'same'], 'same')],
  ['number', { parameters: ['number'], result: 'number', sql: part }],
  ['text', { parameters: ['text'], result: 'text', sql: part }],
  ['date', { parameters: ['day'], result: 'day', sql: part }],
  ['year', timePart(sql`year`)],
  ['quarter', timePart(sql`quarter`)],
  ['month', timePart(sql`month`)],
  ['day', timePart(sql`day`)],
  ['hour', timePart(sql`hour`)],
  ['minute', timePart(sql`minute`)],
  ['isodow', timePart(sql`isodow`)],
  ['date_diff', engine(sql`date_diff`, ['unit', 'time', 'time'], 'number')],
  [
    'date_trunc',
    {
      parameters: ['unit', 'time'],
      result: 'time',
      // By a day or more the engine gives a DATE.
      sql: ([unit, time]) => sql`CAST(date_trunc(${unit ?? ''}, ${time ?? sql`NULL`}) AS TIMESTAMP)`,
    },
  ],
]);

function substring(): FunctionSpec {
  return {
    parameters: ['text', 'number', 'number'],
    optional: 1,
    result: 'text',
    sql: ([text, from, size]) =>
      size === undefined
        ? sql`substr(${text ?? ''}, ${position(from ?? sql`1`)})`
        : sql`substr(${text ?? ''}, ${position(from ?? sql`1`)}, ${position(size)})`,
  };
}

export function parameterAt(spec: FunctionSpec, index: number): Parameter {
  return spec.parameters[Math.min(index, spec.parameters.length - 1)] ?? 'text';
}

/** True when the function may be called with so many parameters. */
export function takes(spec: FunctionSpec, count: number): boolean {
  const most = spec.variadic === true ? Number.POSITIVE_INFINITY : spec.parameters.length;
  return count >= spec.parameters.length - (spec.optional ?? 0) && count <= most;
}
