import type { CallOptions, Db } from '../../db/db';
import type { CellFormat } from './cell-values.sql';
import { isCodeMeaning, isPersonalMeaning, meaningOf, type ColumnMeaning } from './column-meanings';
import type { CellType, ColumnQuality, QualityColumn, QualityTable, Spellings, ValueCount } from './column-quality';
import { warningsOf } from './column-warnings';
import { measureFacts } from './measure-facts';
import * as profileSql from './profile.sql';
import { suspiciousStandIns } from './stand-ins';
import { formsOf } from './value-forms';

const TOP_VALUES = 10;
const EXAMPLES = 5;
/** Forms and shapes are told by this many different values: enough for shares of a per cent, quick enough not to stall a page. */
const FORMED_VALUES = 4000;
const PROBED_VALUES = 2000;
const TYPED_SHARE = 0.8;
const MOST_BOOLEANS = 4;
/** From this share of digits with a leading zero or past 15 places on, a column of digits is one of codes. */
const CODE_SHARE = 0.05;
const PERSONAL_SHARE = 0.3;

/**
 * The profile of one column of a table that has `rows` rows. Cost: one pass over the column, the rest over
 * its different values, which lie in a table of the engine meanwhile. Throws the engine's errors and `cancelled`.
 *
 * Numbers and times are read in SQL, by cell-values.sql.ts, which says where that is narrower than the import.
 */
export async function profileColumn(
  db: Db,
  { table, zoneOffsetMinutes }: QualityTable,
  column: QualityColumn,
  rows: number,
  options: CallOptions = {},
): Promise<ColumnQuality> {
  await db.exec(profileSql.createValues(table, column.index), options);
  const [found] = await db.query(profileSql.summary(), profileSql.SUMMARY_SHAPE, options);
  if (found === undefined) throw new RangeError('invalid summary: no row');
  const top = await valuesOf(db, profileSql.topValues(TOP_VALUES), options);
  const sampled = await valuesOf(db, profileSql.sampledValues(FORMED_VALUES), options);
  const formed = formsOf(sampled);
  const meaning = meaningOf(column) ?? meaningByForm(formed.forms[0]);
  const { type, format } = await typeOf(db, column, found, meaning, zoneOffsetMinutes, options);
  const measured = type === 'number' || type === 'time';
  if (measured) await db.exec(profileSql.createMeasures(type, format), options);
  const measure = measured ? await measureFacts(db, type, options) : null;
  const oddCells = measured ? found.cells - (measure?.cells ?? 0) : 0;
  const standIns = await db.query(profileSql.standIns(), profileSql.STAND_IN_SHAPE, options);
  const personalShare = formed.forms.reduce((sum, { form, share }) => sum + (STRONG_FORMS.has(form) ? share : 0), 0);
  const facts: Omit<ColumnQuality, 'warnings'> = {
    index: column.index,
    name: column.name,
    meaning,
    type,
    numberFormat: format.numberFormat,
    timeFormat: format.timeFormat,
    rows,
    gaps: rows - found.cells,
    distinct: found.distinct_values,
    parsedShare: found.cells === 0 || !measured ? 1 : 1 - oddCells / found.cells,
    top,
    lengths:
      found.least_length === null || found.most_length === null
        ? null
        : { least: found.least_length, most: found.most_length, mean: found.length_sum / found.cells },
    measure,
    ...formed,
    isFormSampled: found.distinct_values > sampled.length,
    odd: {
      cells: oddCells,
      values: oddCells === 0 ? [] : await valuesOf(db, profileSql.oddValues(EXAMPLES), options),
    },
    standIns: suspiciousStandIns(
      standIns.map(({ folded, n }) => ({ value: folded, cells: n })),
      type,
      measure,
    ),
    spellings: await spellingsOf(db, found.distinct_values - found.folded_values, options),
    blankEdged: found.blank_edged,
    fullWidth: found.full_width,
    isPersonal: isPersonalMeaning(meaning) || personalShare >= PERSONAL_SHARE,
  };
  return { ...facts, warnings: warningsOf(facts) };
}

/** Forms that are of a person wherever they stand. */
const STRONG_FORMS: ReadonlySet<string> = new Set([
  'email',
  'id-card',
  'hong-kong-id',
  'taiwan-id',
  'passport',
  'bank-card',
  'mobile',
  'phone',
  'address',
  'plate',
  'wechat',
  'device',
]);

function meaningByForm(most: { readonly form: string; readonly share: number } | undefined): ColumnMeaning | null {
  if (most === undefined || most.share < TYPED_SHARE) return null;
  if (most.form === 'mobile' || most.form === 'phone') return 'phone';
  if (most.form === 'id-card') return 'idCard';
  return most.form === 'email' ? 'email' : most.form === 'address' ? 'address' : null;
}

interface Found {
  readonly cells: number;
  readonly distinct_values: number;
  readonly booleans: number;
  readonly codes: number;
}

interface Typed {
  readonly type: CellType;
  readonly format: CellFormat;
}

async function typeOf(
  db: Db,
  column: QualityColumn,
  found: Found,
  meaning: ColumnMeaning | null,
  zoneOffsetMinutes: number,
  options: CallOptions,
): Promise<Typed> {
  const format: CellFormat = {
    numberFormat: column.numberFormat ?? 'point',
    timeFormat: column.timeFormat ?? 'ymd',
    zoneOffsetMinutes,
  };
  if (found.cells === 0) return { type: 'empty', format };
  const isMeasure = meaning === 'amount' || meaning === 'quantity' || meaning === 'unitPrice';
  if (!isMeasure && found.distinct_values <= MOST_BOOLEANS && found.booleans === found.cells) {
    return { type: 'boolean', format };
  }
  if (column.type === 'time') return { type: 'time', format };
  if (isCodeMeaning(meaning) || found.codes > CODE_SHARE * found.cells) return { type: 'text', format };
  if (column.type !== null) return { type: column.type === 'number' ? 'number' : 'text', format };
  const [read] = await db.query(profileSql.candidates(PROBED_VALUES, format), profileSql.CANDIDATE_SHAPE, options);
  if (read === undefined) return { type: 'text', format };
  const least = TYPED_SHARE * read.cells;
  if (column.timeFormat !== null && read.hinted >= least) return { type: 'time', format };
  const times = (['ymd', 'dmy', 'mdy'] as const).toSorted((a, b) => read[b] - read[a]);
  const [timeFormat = 'ymd'] = times;
  if (read[timeFormat] >= least) return { type: 'time', format: { ...format, timeFormat } };
  const numberFormat = read.comma > read.point ? 'comma' : 'point';
  return { type: read[numberFormat] >= least ? 'number' : 'text', format: { ...format, numberFormat } };
}

async function valuesOf(
  db: Db,
  statement: ReturnType<typeof profileSql.topValues>,
  options: CallOptions,
): Promise<readonly ValueCount[]> {
  const rows = await db.query(statement, profileSql.VALUE_SHAPE, options);
  return rows.map(({ value, n }) => ({ value, cells: n }));
}

async function spellingsOf(db: Db, surplus: number, options: CallOptions): Promise<Spellings> {
  if (surplus === 0) return { values: 0, surplus: 0, cells: 0, groups: [] };
  const [counts] = await db.query(profileSql.spellingCounts(), profileSql.SPELLED_SHAPE, options);
  const rows = await db.query(profileSql.spellingGroups(EXAMPLES), profileSql.SPELLING_SHAPE, options);
  const groups = new Map<string, ValueCount[]>();
  for (const { folded, value, n } of rows) groups.set(folded, [...(groups.get(folded) ?? []), { value, cells: n }]);
  return { values: counts?.distinct_values ?? 0, surplus, cells: counts?.cells ?? 0, groups: [...groups.values()] };
}
