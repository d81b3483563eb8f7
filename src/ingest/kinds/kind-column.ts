import { personalKindOf, type PersonalKind } from '../../core/masking';
import type { ColumnPreview } from '../file-preview';
import { normaliseName } from '../column-names';
import { EVENT_WORDS, FEEDBACK_WORDS } from './value-words';
import { readPeriod } from './periods';

/** A column as a preview describes it; what recognising a kind needs of it. */
export type PreviewedColumn = Pick<
  ColumnPreview,
  'index' | 'name' | 'type' | 'parsedShare' | 'gaps' | 'distinct' | 'examples' | 'timeFormat' | 'numberFormat'
>;

/** A column with what its first rows tell. Shares are of the filled cells among those rows, 0..1. */
export interface KindColumn extends PreviewedColumn {
  /** The header normalised; '' where the file has none. */
  readonly plainName: string;
  /** Filled cells among all sampled rows, and how many different values each of them has on average. */
  readonly filled: number;
  readonly uniqueShare: number;
  readonly periodShare: number;
  readonly fractionShare: number;
  /** What most cells are by their pattern. */
  readonly personal: PersonalKind | null;
  /** Share of the cells that are known names of events, and of those that name a purchase. */
  readonly eventShare: number;
  readonly purchaseShare: number;
  readonly feedbackTypeShare: number;
  /** The least and the greatest number; NaN where there is none. */
  readonly least: number;
  readonly greatest: number;
  readonly meanLength: number;
}

const FRACTION = /^[^\d]*[\d,]*\.\d*[1-9]/;
const PERSONAL_SHARE = 0.6;

/**
 * Looks at the cells of the previewed rows.
 *
 * @param sampledRows rows that the preview's counts (gaps, distinct) are of
 */
export function describeKindColumns(
  columns: readonly PreviewedColumn[],
  rows: readonly (readonly string[])[],
  sampledRows: number,
  hasHeader: boolean,
): readonly KindColumn[] {
  return columns.map((column) => {
    const cells = rows.map((row) => row[column.index]?.trim() ?? '').filter((cell) => cell !== '');
    const values = cells.length > 0 ? cells : column.examples;
    const share = (test: (value: string) => boolean): number =>
      values.length === 0 ? 0 : values.filter(test).length / values.length;
    const numbers = column.type === 'number' ? values.map(Number).filter(Number.isFinite) : [];
    const filled = Math.max(0, sampledRows - column.gaps);
    return {
      ...column,
      plainName: hasHeader ? normaliseName(column.name) : '',
      filled,
      uniqueShare: filled === 0 ? 0 : column.distinct / filled,
      periodShare: share((value) => readPeriod(value) !== null),
      fractionShare: share((value) => FRACTION.test(value)),
      personal: personalOf(values),
      eventShare: share((value) => EVENT_WORDS.has(normaliseName(value))),
      purchaseShare: share((value) => EVENT_WORDS.get(normaliseName(value)) === 'purchase'),
      feedbackTypeShare: share((value) => FEEDBACK_WORDS.has(normaliseName(value))),
      least: numbers.length === 0 ? Number.NaN : Math.min(...numbers),
      greatest: numbers.length === 0 ? Number.NaN : Math.max(...numbers),
      meanLength: values.length === 0 ? 0 : values.reduce((sum, value) => sum + value.length, 0) / values.length,
    };
  });
}

/** The kind of personal value that most cells are of; null when they are of none. */
function personalOf(values: readonly string[]): PersonalKind | null {
  const counts = new Map<PersonalKind, number>();
  for (const value of values) {
    const kind = personalKindOf(value);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  for (const [kind, count] of counts) if (count >= PERSONAL_SHARE * values.length) return kind;
  return null;
}
