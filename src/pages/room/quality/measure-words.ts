import { DAY_MS } from '../../../core/dates';
import { timeText } from '../../../exports/cells';
import type { Format } from '../../../i18n/format';
import type { ColumnQuality } from '../../../ingest/quality/column-quality';

const MOST_DECIMALS = 4;

/** Over more days than this the hour of a time tells nothing. */
const TELLING_DAYS = 60;

/** How the measures of a column are printed: numbers in the reader's form, times to the minute or, over months, to the day. */
export function measurePrinter({ type, measure }: ColumnQuality, f: Format): (value: number) => string {
  if (type !== 'time') return (value) => printNumber(value, f);
  const days = measure === null ? 0 : (measure.most - measure.least) / DAY_MS;
  const isDaily =
    days > TELLING_DAYS || (measure !== null && measure.least % DAY_MS === 0 && measure.most % DAY_MS === 0);
  return (value) => (isDaily ? f.day(value) : timeText(Math.round(value)).slice(0, 16));
}

function printNumber(value: number, f: Format): string {
  if (!Number.isFinite(value)) return f.integer(value);
  if (Number.isInteger(value)) return f.integer(value);
  const size = Math.max(0, Math.ceil(-Math.log10(Math.abs(value))));
  return f.decimal(value, Math.min(MOST_DECIMALS, size + 2));
}
