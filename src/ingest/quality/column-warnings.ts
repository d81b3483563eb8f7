import type { ColumnQuality, ColumnWarning } from './column-quality';

const MANY_GAPS = 0.2;
const NEAR_UNIQUE = 0.95;
const LEAST_ROWS_TO_JUDGE = 20;
/** Where more cells than this are outliers, the column is spread out and they are none. */
const MOST_OUTLIERS = 0.005;

/** What is worth a second look in a column, the gravest first. */
export function warningsOf(column: Omit<ColumnQuality, 'warnings'>): readonly ColumnWarning[] {
  const { rows, gaps, distinct, measure, spellings, type } = column;
  const cells = rows - gaps;
  if (cells === 0) return rows === 0 ? [] : ['empty'];
  const outliers = measure?.outliers ?? null;
  const judged = cells >= LEAST_ROWS_TO_JUDGE;
  const isOutlying = outliers !== null && outliers.extreme > 0 && outliers.extreme <= MOST_OUTLIERS * cells;
  const uniqueButForSome = type !== 'number' && type !== 'time' && distinct < cells && distinct >= NEAR_UNIQUE * cells;
  const checks: readonly (readonly [ColumnWarning, boolean])[] = [
    ['mixed-types', column.odd.cells > 0],
    ['bad-checksum', column.badChecksums > 0],
    ['stand-ins', column.standIns.length > 0],
    ['spellings', spellings.surplus > 0],
    ['constant', judged && distinct === 1],
    ['near-unique', judged && uniqueButForSome],
    ['gaps', gaps >= MANY_GAPS * rows],
    ['blanks', column.blankEdged > 0],
    ['full-width', column.fullWidth > 0],
    ['outliers', judged && isOutlying],
    ['skewed', judged && measure !== null && measure.logBins !== null],
    ['personal', column.isPersonal],
  ];
  return checks.filter(([, holds]) => holds).map(([warning]) => warning);
}

/** True when a warning asks for something to be done, and is not only a trait of the column. */
export function isProblem(warning: ColumnWarning): boolean {
  return warning !== 'personal' && warning !== 'skewed';
}
