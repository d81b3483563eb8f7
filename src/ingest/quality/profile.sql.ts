import { ident, integerConstant, join, sql, type Sql } from '../../core/sql';
import { columnName } from '../staging/staging-contract';
import { foldedOf, isBoolean, isDigitCode, numberOf, timeOf, withPlain, type CellFormat } from './cell-values.sql';

/** The different values of one column: value, n cells, plain and folded text. */
export const VALUES = sql`profile_values`;
/** The same with their measure, NULL where the value does not read as the type. */
export const MEASURES = sql`profile_measures`;

/** One pass over the column; everything after it reads the different values only. */
export function createValues(table: string, index: number): Sql {
  const cell = ident(columnName(index));
  const counted = sql`(SELECT ${cell} AS value, count(*) AS n FROM ${ident(table)} WHERE ${cell} IS NOT NULL GROUP BY 1)`;
  return sql`CREATE OR REPLACE TABLE ${VALUES} AS
SELECT value, n, plain, ${foldedOf(sql`plain`)} AS folded FROM ${withPlain(counted, [{ cell: sql`value`, plain: sql`plain` }])}`;
}

export const SUMMARY_SHAPE = {
  cells: 'integer',
  distinct_values: 'integer',
  folded_values: 'integer',
  booleans: 'integer',
  codes: 'integer',
  least_length: 'integer?',
  most_length: 'integer?',
  length_sum: 'integer',
  blank_edged: 'integer',
  full_width: 'integer',
} as const;

export function summary(): Sql {
  const cells = (condition: Sql): Sql => sql`coalesce(sum(n) FILTER (WHERE ${condition}), 0)`;
  return sql`SELECT coalesce(sum(n), 0) AS cells, count(*) AS distinct_values, count(DISTINCT folded) AS folded_values,
  ${cells(isBoolean(sql`folded`))} AS booleans, ${cells(isDigitCode(sql`plain`))} AS codes,
  min(length(value)) AS least_length, max(length(value)) AS most_length, coalesce(sum(length(value) * n), 0) AS length_sum,
  ${cells(sql`value <> trim(value, ' \t\u3000\u00a0')`)} AS blank_edged,
  ${cells(sql`regexp_matches(value, '[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]')`)} AS full_width
FROM ${VALUES}`;
}

export const VALUE_SHAPE = { value: 'text', n: 'integer' } as const;

/** The most frequent values; ties in the order of their bytes. */
export function topValues(most: number): Sql {
  return sql`SELECT value, n FROM ${VALUES} ORDER BY n DESC, value LIMIT ${integerConstant(most)}`;
}

/** Some of the values, the same ones each time, whatever their frequency. */
export function sampledValues(most: number): Sql {
  return sql`SELECT value, n FROM ${VALUES} ORDER BY hash(value), value LIMIT ${integerConstant(most)}`;
}

export const SPELLING_SHAPE = { folded: 'text', value: 'text', n: 'integer' } as const;
export const SPELLED_SHAPE = { distinct_values: 'integer', folds: 'integer', cells: 'integer' } as const;

const SPELT = sql`SELECT folded, count(*) AS spellings, sum(n) AS cells FROM ${VALUES} GROUP BY folded HAVING count(*) > 1`;

export function spellingCounts(): Sql {
  return sql`SELECT coalesce(sum(spellings), 0) AS distinct_values, count(*) AS folds, coalesce(sum(cells), 0) AS cells FROM (${SPELT})`;
}

/** The values of the groups with most cells, the most frequent spelling of each first. */
export function spellingGroups(groups: number): Sql {
  return sql`WITH spelt AS (${SPELT} ORDER BY cells DESC, folded LIMIT ${integerConstant(groups)})
SELECT folded, value, n FROM ${VALUES} WHERE folded IN (SELECT folded FROM spelt)
ORDER BY sum(n) OVER (PARTITION BY folded) DESC, folded, n DESC, value LIMIT 50`;
}

export const STAND_IN_SHAPE = { folded: 'text', n: 'integer' } as const;

/** Words that say "nothing", and those of failed formulas. Folded. */
export const STAND_IN_WORDS = sql`'null', '(null)', '<null>', '[null]', 'none', 'nil', 'nan', 'na', 'n/a', '#n/a', '-', '--', '—', '/', '\\n', '?', '??', 'undefined', 'unknown', 'missing', 'tbd', 'test', '#ref!', '#value!', '#name?', '#div/0!', '无', '空', '未知', '不详', '暂无', '待补录', '未填写', '测试', '其他/未知'`;
/** Numbers and days that mark a gap as often as they are meant. */
const STAND_IN_MEASURES = sql`'-1', '-9', '-99', '-999', '-9999', '999', '9999', '99999', '999999', '9999999', '0000-00-00', '1900-01-01', '1900/1/1', '1899-12-30', '1970-01-01', '1970/1/1', '2099-12-31', '9999-12-31', '13800138000', '11111111111', '00000000000'`;

/** How often each of the usual stand-ins occurs; days also with a midnight behind them. */
export function standIns(): Sql {
  return sql`SELECT folded, sum(n) AS n FROM ${VALUES}
WHERE regexp_replace(folded, '[ t]00:00(:00)?(\\.0+)?$', '') IN (${STAND_IN_WORDS}, ${STAND_IN_MEASURES})
GROUP BY folded ORDER BY n DESC, folded`;
}

export const CANDIDATE_SHAPE = {
  cells: 'integer',
  point: 'integer',
  comma: 'integer',
  ymd: 'integer',
  dmy: 'integer',
  mdy: 'integer',
  hinted: 'integer',
} as const;

/** How many cells of the most frequent values read in each of the usual formats, and as times in the format that is known. */
export function candidates(most: number, known: CellFormat): Sql {
  const time = (timeFormat: 'ymd' | 'dmy' | 'mdy'): Sql =>
    timeOf(sql`plain`, { timeFormat, numberFormat: 'point', zoneOffsetMinutes: 0 });
  const cells = (value: Sql): Sql => sql`coalesce(sum(n) FILTER (WHERE ${value} IS NOT NULL), 0)`;
  return sql`SELECT coalesce(sum(n), 0) AS cells, ${cells(numberOf(sql`plain`, 'point'))} AS point, ${cells(numberOf(sql`plain`, 'comma'))} AS comma,
  ${cells(time('ymd'))} AS ymd, ${cells(time('dmy'))} AS dmy, ${cells(time('mdy'))} AS mdy, ${cells(timeOf(sql`plain`, known))} AS hinted
FROM (SELECT plain, n FROM ${VALUES} ORDER BY n DESC, value LIMIT ${integerConstant(most)})`;
}

export function createMeasures(type: 'number' | 'time', format: CellFormat): Sql {
  const measure =
    type === 'number'
      ? numberOf(sql`plain`, format.numberFormat)
      : sql`CAST(epoch_ms(${timeOf(sql`plain`, format)}) AS DOUBLE)`;
  return sql`CREATE OR REPLACE TABLE ${MEASURES} AS SELECT value, n, ${measure} AS measure FROM ${VALUES}`;
}

export const MEASURE_SHAPE = {
  cells: 'integer',
  distinct_values: 'integer',
  least: 'double?',
  most: 'double?',
  mean: 'double?',
  least_positive: 'double?',
  lower_1: 'double?',
  lower_2: 'double?',
  median_1: 'double?',
  median_2: 'double?',
  upper_1: 'double?',
  upper_2: 'double?',
  is_whole: 'boolean?',
} as const;

/** The values on both sides of each quartile, by counting up the cells in order. */
export function measureSummary(): Sql {
  // The position counts in quarters of a cell, so that it stays whole.
  const at = (quarter: number, isAbove: boolean): Sql =>
    sql`min(measure) FILTER (WHERE upto > ((cells_all - 1) * ${integerConstant(quarter)} + ${integerConstant(isAbove ? 3 : 0)}) // 4)`;
  return sql`WITH counted AS (SELECT measure, CAST(sum(n) AS BIGINT) AS n FROM ${MEASURES} WHERE measure IS NOT NULL GROUP BY measure),
ranked AS (SELECT measure, n, CAST(sum(n) OVER (ORDER BY measure) AS BIGINT) AS upto, CAST(sum(n) OVER () AS BIGINT) AS cells_all FROM counted)
SELECT coalesce(sum(n), 0) AS cells, count(*) AS distinct_values, min(measure) AS least, max(measure) AS most,
  sum(measure * n) / sum(n) AS mean, min(measure) FILTER (WHERE measure > 0) AS least_positive,
  ${at(1, false)} AS lower_1, ${at(1, true)} AS lower_2, ${at(2, false)} AS median_1, ${at(2, true)} AS median_2,
  ${at(3, false)} AS upper_1, ${at(3, true)} AS upper_2, bool_and(measure = floor(measure)) AS is_whole
FROM ranked`;
}

export const SPREAD_SHAPE = {
  square_sum: 'double?',
  low: 'integer',
  high: 'integer',
  extreme: 'integer',
  deviation_1: 'double?',
  deviation_2: 'double?',
} as const;

export interface Fences {
  readonly mean: number;
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

/** Squares around the mean, cells beyond the fences, and the values on both sides of the median distance from the median. */
export function spread({ mean, median, lowerQuartile, upperQuartile }: Fences): Sql {
  const range = upperQuartile - lowerQuartile;
  const cells = (condition: Sql): Sql => sql`coalesce(sum(n) FILTER (WHERE ${condition}), 0)`;
  return sql`WITH counted AS (SELECT measure, n FROM ${MEASURES} WHERE measure IS NOT NULL),
distances AS (SELECT abs(measure - CAST(${median} AS DOUBLE)) AS distance, CAST(sum(n) AS BIGINT) AS n FROM counted GROUP BY 1),
ranked AS (SELECT distance, CAST(sum(n) OVER (ORDER BY distance) AS BIGINT) AS upto, CAST(sum(n) OVER () AS BIGINT) AS cells_all FROM distances)
SELECT sum(n * (measure - CAST(${mean} AS DOUBLE)) ** 2) AS square_sum,
  ${cells(sql`measure < CAST(${lowerQuartile - 1.5 * range} AS DOUBLE)`)} AS low,
  ${cells(sql`measure > CAST(${upperQuartile + 1.5 * range} AS DOUBLE)`)} AS high,
  ${cells(sql`measure < CAST(${lowerQuartile - 3 * range} AS DOUBLE) OR measure > CAST(${upperQuartile + 3 * range} AS DOUBLE)`)} AS extreme,
  (SELECT min(distance) FROM ranked WHERE upto > (cells_all - 1) // 2) AS deviation_1,
  (SELECT min(distance) FROM ranked WHERE upto > cells_all // 2) AS deviation_2
FROM counted`;
}

/** Cells farther from the median than the limit. */
export function cellsBeyond(median: number, limit: number): Sql {
  return sql`SELECT coalesce(sum(n), 0) AS n FROM ${MEASURES} WHERE abs(measure - CAST(${median} AS DOUBLE)) > CAST(${limit} AS DOUBLE)`;
}

export const BIN_SHAPE = { bin: 'integer', n: 'integer' } as const;

/** Cells a bin, by the number of the bin's first edge; the last bin includes its end. */
export function binCounts(edges: readonly number[]): Sql {
  const list = edges.join(',');
  return sql`WITH edges AS (SELECT CAST(part AS DOUBLE) AS edge, CAST(place - 1 AS INTEGER) AS bin
  FROM (SELECT unnest(string_split(${list}, ',')) AS part, generate_subscripts(string_split(${list}, ','), 1) AS place)
  WHERE place <= ${integerConstant(edges.length - 1)})
SELECT bin, sum(n) AS n FROM ${MEASURES} ASOF JOIN edges ON measure >= edge GROUP BY bin ORDER BY bin`;
}

/** Values that do not read as the type. */
export function oddValues(most: number): Sql {
  return sql`SELECT value, n FROM ${MEASURES} WHERE measure IS NULL ORDER BY n DESC, value LIMIT ${integerConstant(most)}`;
}

/** The tables the profile leaves behind. */
export function dropProfileTables(): Sql {
  return join([sql`DROP TABLE IF EXISTS ${VALUES}`, sql`DROP TABLE IF EXISTS ${MEASURES}`], sql`; `);
}
