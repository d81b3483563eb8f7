import { integerConstant, join, sql, type Sql } from '../../core/sql';
import type { NumberFormat, TimeFormat } from '../file-preview';

/** How a column's cells are written, as the preview found it or a person chose. */
export interface CellFormat {
  readonly numberFormat: NumberFormat;
  readonly timeFormat: TimeFormat;
  /** Minutes east of UTC of the dataset's wall clock, for epochs. */
  readonly zoneOffsetMinutes: number;
}

/** Full-width ASCII, the ideographic and no-break blanks and the mathematical minus, and what each stands for. */
const FULL_WIDTH = sql`'！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～　\u00a0\u2212'`;
const HALF_WIDTH = sql`'!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_\`abcdefghijklmnopqrstuvwxyz{|}~  -'`;
/** The blanks of values/cell.ts that are left once full-width forms are folded. */
const BLANKS = sql`'\t\n\v\f\r \u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\ufeff'`;

/** A column of text and the name under which its plain text is wanted. */
export interface PlainColumn {
  readonly cell: Sql;
  readonly plain: Sql;
}

/**
 * The rows of `source` with the plain text of some columns beside them: full-width ASCII folded, no blanks
 * around, without the guards ="..." and '0123 of spreadsheets. Narrower than NFKC: half-width katakana,
 * ligatures and circled digits stay. Layer upon layer, because the engine works out what stands inside a CASE anew
 * each time it is named.
 */
export function withPlain(source: Sql, columns: readonly PlainColumn[]): Sql {
  if (columns.length === 0) return source;
  const layer = (below: Sql, valueOf: (column: PlainColumn) => Sql): Sql =>
    sql`(SELECT * EXCLUDE (${join(columns.map(({ plain }) => plain))}), ${join(columns.map((column) => sql`${valueOf(column)} AS ${column.plain}`))} FROM ${below})`;
  const named = sql`(SELECT *, ${join(columns.map(({ cell, plain }) => sql`${cell} AS ${plain}`))} FROM ${source})`;
  return layer(
    layer(named, ({ plain }) => foldedWidth(plain)),
    ({ plain }) => unguarded(plain),
  );
}

/** Of ASCII alone there is nothing to fold, and translate builds its table anew for every row. */
function foldedWidth(cell: Sql): Sql {
  return sql`trim(CASE WHEN strlen(${cell}) = length(${cell}) THEN ${cell} ELSE translate(${cell}, ${FULL_WIDTH}, ${HALF_WIDTH}) END, ${BLANKS})`;
}

function unguarded(text: Sql): Sql {
  return sql`CASE WHEN starts_with(${text}, '=') OR starts_with(${text}, '''')
    THEN regexp_replace(${text}, '^="(.*)"$|^''([0-9].*)$', '\\1\\2') ELSE ${text} END`;
}

/** The plain text in one case with single blanks: what two spellings of one value have in common. */
export function foldedOf(plain: Sql): Sql {
  return sql`lower(regexp_replace(${plain}, '\\s+', ' ', 'g'))`;
}

const CURRENCY_BEFORE = sql`'^([+-]?)\\s*(?:RMB|CNY|USD|EUR|GBP|HKD|TWD|JPY|US\\$|HK\\$|[¥$€£₩₹])\\s*'`;
const UNIT_BEHIND = sql`'\\s*(?:元|円|%|RMB|CNY|USD|EUR|GBP|HKD|TWD|JPY)$'`;
const PLAIN_NUMBER = sql`'[+-]?(?:[0-9]{1,15}(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?'`;
const GROUPED_NUMBER = sql`'[+-]?[0-9]{1,3}(?:[, ''][0-9]{2,3})*[, ''][0-9]{3}(?:\\.[0-9]*)?'`;

/**
 * A plain text as DOUBLE, NULL when it is no number: 1234.5, 1,234.50, ¥12, 12元, (12.00), 12-, 1.2E5 and, as
 * points, 45%. Of more than 15 digits it is none. Narrower than the import's NumberReader: fewer
 * currencies, and doubles where that one is exact.
 */
export function numberOf(plain: Sql, format: NumberFormat): Sql {
  // Swapping the two marks turns one way of writing into the other.
  const written = format === 'comma' ? sql`translate(${plain}, '.,', ',.')` : plain;
  const bare = sql`regexp_replace(regexp_replace(${written}, ${CURRENCY_BEFORE}, '\\1'), ${UNIT_BEHIND}, '')`;
  const signed = sql`regexp_replace(${bare}, '^\\((.+)\\)$|^([^-]+)-$', '-\\1\\2')`;
  return sql`CASE
    WHEN regexp_full_match(${written}, ${PLAIN_NUMBER}) THEN try_cast(${written} AS DOUBLE)
    WHEN NOT regexp_matches(${written}, '[0-9]') OR length(${written}) > 32 THEN NULL
    WHEN regexp_full_match(${signed}, ${PLAIN_NUMBER}) THEN try_cast(${signed} AS DOUBLE)
    WHEN regexp_full_match(${signed}, ${GROUPED_NUMBER}) THEN try_cast(regexp_replace(${signed}, '[, '']', '', 'g') AS DOUBLE)
  END`;
}

/** True for digits that nobody adds up: a leading zero, or more of them than a double holds. */
export function isDigitCode(plain: Sql): Sql {
  return sql`regexp_full_match(${plain}, '0[0-9]+|[0-9]{16,}')`;
}

const YMD = sql`'^(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})[日号]?[T\\s]*'`;
const YEAR_LAST = sql`'^(\\d{1,2})[-/. ](\\d{1,2})[-/. ](\\d{4})[,T\\s]*'`;
const SHORT_YEAR_LAST = sql`'^(\\d{1,2})[-/. ](\\d{1,2})[-/. ](\\d{2})(?:[,T\\s]+|$)'`;
const COMPACT_DAY = sql`'^(\\d{4})(\\d{2})(\\d{2})$'`;
const COMPACT_TIME = sql`'^(\\d{4})(\\d{2})(\\d{2})[T\\s]?(\\d{2}):?(\\d{2}):?(\\d{2})?$'`;
/** The offset behind a time of day; the written clock is kept. */
const OFFSET = sql`'(:\\d{2}(?:\\.\\d+)?)\\s*(?:Z|UTC|GMT|[+-]\\d{2}:?\\d{2})$'`;

const DAY_FORMATS = [
  sql`'%d %b %Y'`,
  sql`'%d %B %Y'`,
  sql`'%d-%b-%Y'`,
  sql`'%d-%b-%y'`,
  sql`'%b %d, %Y'`,
  sql`'%B %d, %Y'`,
  sql`'%b %d %Y'`,
  sql`'%d%b%Y'`,
];
const CLOCK_FORMATS = [sql`''`, sql`' %H:%M'`, sql`' %H:%M:%S'`, sql`' %I:%M %p'`];
const NAMED_FORMATS = join(DAY_FORMATS.flatMap((day) => CLOCK_FORMATS.map((clock) => sql`${day} || ${clock}`)));

/**
 * A plain text as TIMESTAMP, the clock as written; NULL when it is no time in the format. Narrower than
 * the import's TimeReader: an offset is dropped and not applied, two-digit years stand only behind (as
 * 20xx), 上午/PM only in `named`, and 下午, 星期 not at all. Years outside 1900..2199 are kept, so that
 * placeholders such as 9999-12-31 are seen.
 */
export function timeOf(plain: Sql, { timeFormat, zoneOffsetMinutes }: CellFormat): Sql {
  switch (timeFormat) {
    case 'ymd':
      return yearFirst(plain);
    case 'dmy':
      return yearLast(plain, sql`'\\3-\\2-\\1 '`, sql`'20\\3-\\2-\\1 '`);
    case 'mdy':
      return yearLast(plain, sql`'\\3-\\1-\\2 '`, sql`'20\\3-\\1-\\2 '`);
    case 'compact':
      return sql`CASE WHEN regexp_matches(${plain}, ${COMPACT_DAY}) THEN try_cast(regexp_replace(${plain}, ${COMPACT_DAY}, '\\1-\\2-\\3') AS TIMESTAMP)
    WHEN regexp_matches(${plain}, ${COMPACT_TIME}) THEN try_cast(rtrim(regexp_replace(${plain}, ${COMPACT_TIME}, '\\1-\\2-\\3 \\4:\\5:\\6'), ':') AS TIMESTAMP) END`;
    case 'named':
      return sql`try_strptime(${plain}, [${NAMED_FORMATS}])`;
    case 'epochS':
      return epoch(plain, 1000, zoneOffsetMinutes);
    case 'epochMs':
      return epoch(plain, 1, zoneOffsetMinutes);
    case 'excel':
      return sql`CASE WHEN regexp_full_match(${plain}, '[0-9]{2,6}(\\.[0-9]+)?') AND CAST(${plain} AS DOUBLE) BETWEEN 61 AND 109938
    THEN epoch_ms(CAST(round((CAST(${plain} AS DOUBLE) - 25569) * 86400000) AS BIGINT)) END`;
  }
}

function yearFirst(plain: Sql): Sql {
  // Nearly all cells are as the engine reads them, and a cast costs a fraction of a pattern.
  return sql`CASE WHEN regexp_matches(${plain}, '^\\d{4}[-/]') AND try_cast(${plain} AS TIMESTAMP) IS NOT NULL THEN try_cast(${plain} AS TIMESTAMP)
    WHEN regexp_matches(${plain}, ${YMD}) THEN ${castTime(sql`regexp_replace(${plain}, ${YMD}, '\\1-\\2-\\3 ')`)} END`;
}

function yearLast(plain: Sql, long: Sql, short: Sql): Sql {
  return sql`CASE WHEN regexp_matches(${plain}, ${YEAR_LAST}) THEN ${castTime(sql`regexp_replace(${plain}, ${YEAR_LAST}, ${long})`)}
    WHEN regexp_matches(${plain}, ${SHORT_YEAR_LAST}) THEN ${castTime(sql`regexp_replace(${plain}, ${SHORT_YEAR_LAST}, ${short})`)}
    WHEN regexp_matches(${plain}, ${YMD}) THEN ${yearFirst(plain)} END`;
}

function castTime(text: Sql): Sql {
  return sql`try_cast(trim(regexp_replace(${text}, ${OFFSET}, '\\1')) AS TIMESTAMP)`;
}

function epoch(plain: Sql, unitMs: number, zoneOffsetMinutes: number): Sql {
  return sql`CASE WHEN regexp_full_match(${plain}, '[0-9]{8,15}(\\.[0-9]+)?')
    THEN epoch_ms(CAST(floor(CAST(${plain} AS DOUBLE) * ${integerConstant(unitMs)}) AS BIGINT) + ${integerConstant(zoneOffsetMinutes * 60_000)}) END`;
}

/** True for a folded text that says yes or no. */
export function isBoolean(folded: Sql): Sql {
  return sql`${folded} IN ('true', 'false', 'yes', 'no', 'y', 'n', 't', 'f', '0', '1', '是', '否', '对', '错', '有', '无')`;
}
