import { timeText } from '../../../exports/cells';
import type { Format } from '../../../i18n/format';
import type { ColumnQuality } from '../../../ingest/quality/column-quality';

const MOST_DECIMALS = 4;

/** How the measures of a column are printed: numbers in the reader's form, times to the minute, days where there are no hours. */
export function measurePrinter({ type, measure }: ColumnQuality, f: Format): (value: number) => string {
  if (type !== 'time') return (value) => printNumber(value, f);
  const isDaily =
    measure !== null && isMidnight(measure.least) && isMidnight(measure.most) && isMidnight(measure.median);
  return (value) => (isDaily ? f.day(value) : timeText(Math.round(value)).slice(0, 16));
}

function isMidnight(wallMs: number): boolean {
  return wallMs % 86_400_000 === 0;
}

function printNumber(value: number, f: Format): string {
  if (!Number.isFinite(value)) return f.integer(value);
  if (Number.isInteger(value)) return f.integer(value);
  const size = Math.max(0, Math.ceil(-Math.log10(Math.abs(value))));
  return f.decimal(value, Math.min(MOST_DECIMALS, size + 2));
}
