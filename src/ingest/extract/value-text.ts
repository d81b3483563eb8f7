const DAYS_FROM_0000_03_01_TO_1970 = 719_468;
const DAYS_IN_400_YEARS = 146_097;
const SECONDS_A_DAY = 86_400;
/** 1e400 is past every number that a person keeps; digits beyond would be a way to fill the memory. */
const MAX_EXPONENT = 400;

const NUMBER_WITH_EXPONENT = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/;

/** Decimals of a second: 0, 3, 6 or 9 for seconds, milliseconds, microseconds, nanoseconds. */
export type SecondDecimals = 0 | 3 | 6 | 9;

/** The shortest decimal that reads back as the same double, without an exponent; null for NaN and infinities. */
export function doubleText(value: number): string | null {
  return Number.isFinite(value) ? withoutExponent(String(value)) : null;
}

/** The same for a number stored in 32 bits, whose double has up to nine digits too many. */
export function floatText(value: number): string | null {
  if (!Number.isFinite(value)) return null;
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return withoutExponent(String(rounded));
  }
  return withoutExponent(String(Number(value.toPrecision(9))));
}

/** A number stored in 16 bits, as its double is written; null for NaN and infinities. */
export function halfText(bits: number): string | null {
  const fraction = bits & 0x3ff;
  const exponent = (bits >> 10) & 0x1f;
  if (exponent === 0x1f) return null;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
  return doubleText(bits & 0x8000 ? -size : size);
}

/** A number written with an exponent as the same number without one, digit by digit; others as they are. */
export function withoutExponent(text: string): string {
  const match = NUMBER_WITH_EXPONENT.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > MAX_EXPONENT) return text;
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded = point <= 0 ? digits.padStart(digits.length - point + 1, '0') : digits.padEnd(point, '0');
  const at = Math.max(1, point);
  const wholePart = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const fractionPart = padded.slice(at).replace(/0+$/, '');
  return sign + (fractionPart === '' ? wholePart : `${wholePart}.${fractionPart}`);
}

/** mantissa / 10^scale, exact, without zeros at the end of the fraction. A negative scale adds zeros. */
export function decimalText(mantissa: bigint | number, scale: number): string {
  const digits = String(mantissa);
  if (scale <= 0) return BigInt(mantissa) === 0n ? '0' : digits + '0'.repeat(-scale);
  const isNegative = digits.startsWith('-');
  const padded = (isNegative ? digits.slice(1) : digits).padStart(scale + 1, '0');
  let end = padded.length;
  const point = end - scale;
  while (end > point && padded.charCodeAt(end - 1) === 0x30) end--;
  const text = end === point ? padded.slice(0, point) : `${padded.slice(0, point)}.${padded.slice(point, end)}`;
  return isNegative ? `-${text}` : text;
}

/**
 * `YYYY-MM-DD` of a day counted from 1970-01-01, in the Gregorian calendar before 1582 as well. Years
 * past 9999 have more digits, years before 0 a minus.
 *
 * @source Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, civil_from_days
 */
export function dayText(days: number): string {
  const shifted = days + DAYS_FROM_0000_03_01_TO_1970;
  const era = Math.floor(shifted / DAYS_IN_400_YEARS);
  const dayOfEra = shifted - era * DAYS_IN_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const yearText = year < 0 ? `-${String(-year).padStart(4, '0')}` : String(year).padStart(4, '0');
  return `${yearText}-${TWO_DIGITS[month] as string}-${TWO_DIGITS[day] as string}`;
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
const THREE_DIGITS = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));

/**
 * Writes times as `YYYY-MM-DD HH:MM:SS`, with three, six or nine decimals when the value has any. The
 * day written last is kept, because rows of a file mostly follow each other in time.
 */
export class TimeText {
  readonly #unitsASecond: number;
  readonly #decimals: SecondDecimals;
  readonly #suffix: string;
  #days = Number.NaN;
  #dayText = '';

  /** @param isUtc times are instants: written with a Z, so that the declared zone applies to them */
  constructor(decimals: SecondDecimals, isUtc: boolean) {
    this.#decimals = decimals;
    this.#unitsASecond = 10 ** decimals;
    this.#suffix = isUtc ? 'Z' : '';
  }

  /** @param value since 1970-01-01 00:00:00, in the unit that the decimals say */
  text(value: bigint): string {
    const units = this.#unitsASecond;
    const asNumber = Number(value);
    if (Number.isSafeInteger(asNumber)) {
      const seconds = Math.floor(asNumber / units);
      return this.#written(seconds, asNumber - seconds * units);
    }
    const remainder = value % BigInt(units);
    const fraction = remainder < 0n ? remainder + BigInt(units) : remainder;
    return this.#written(Number((value - fraction) / BigInt(units)), Number(fraction));
  }

  #written(seconds: number, fraction: number): string {
    const days = Math.floor(seconds / SECONDS_A_DAY);
    if (days !== this.#days) {
      this.#days = days;
      this.#dayText = dayText(days);
    }
    return `${this.#dayText} ${clockText(seconds - days * SECONDS_A_DAY)}${fractionText(fraction, this.#decimals)}${this.#suffix}`;
  }
}

/** `HH:MM:SS`, with decimals when there are any, of a time of day in the unit that the decimals say. */
export function timeOfDayText(value: bigint | number, decimals: SecondDecimals): string {
  const units = 10 ** decimals;
  const total = Number(value);
  const seconds = Math.floor(total / units);
  return clockText(seconds) + fractionText(total - seconds * units, decimals);
}

function clockText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return `${TWO_DIGITS[hours] ?? hours}:${TWO_DIGITS[minutes - hours * 60] as string}:${TWO_DIGITS[seconds - minutes * 60] as string}`;
}

/** Three, six or nine decimals: as few as say it all. */
function fractionText(fraction: number, decimals: SecondDecimals): string {
  if (fraction === 0) return '';
  let rest = fraction;
  let groups = '';
  for (let left = decimals; left > 0; left -= 3) {
    const group = rest % 1000;
    if (group > 0 || groups !== '') groups = (THREE_DIGITS[group] as string) + groups;
    rest = (rest - group) / 1000;
  }
  return `.${groups}`;
}

/** A signed integer from its bytes in two's complement, most significant first; any length. */
export function bigEndianInteger(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(8 * bytes.length, value);
}
