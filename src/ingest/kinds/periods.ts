const MONTH = /^(\d{4})\s*[-/.年]\s*(0?[1-9]|1[0-2])\s*月?$/;
const COMPACT_MONTH = /^(\d{4})(0[1-9]|1[0-2])$/;
const QUARTER = /^(\d{4})\s*[-/.年]?\s*(?:[Qq]([1-4])|第?([1-4一二三四])季度?)$/;
const YEAR = /^(\d{4})\s*年?$/;
const CHINESE_DIGITS = '一二三四';
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/**
 * The first moment of a month, quarter or year, as wall-clock epoch milliseconds; null when the text is
 * none. Reads 2024-01, 2024/1, 2024年1月, 202401, 2024Q1, 2024-Q1, 2024年第一季度, 2024, 2024年.
 */
export function readPeriod(text: string): number | null {
  const month = MONTH.exec(text) ?? COMPACT_MONTH.exec(text);
  if (month !== null) return start(Number(month[1]), Number(month[2]) - 1);
  const quarter = QUARTER.exec(text);
  if (quarter !== null) return start(Number(quarter[1]), 3 * (quarterOf(quarter[2] ?? quarter[3] ?? '1') - 1));
  const year = YEAR.exec(text);
  return year === null ? null : start(Number(year[1]), 0);
}

function quarterOf(digit: string): number {
  const place = CHINESE_DIGITS.indexOf(digit);
  return place < 0 ? Number(digit) : place + 1;
}

function start(year: number, month: number): number | null {
  return year < FIRST_YEAR || year > LAST_YEAR ? null : Date.UTC(year, month, 1);
}
