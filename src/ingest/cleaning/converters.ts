import { dayOf } from '../../core/dates';
import type { NumberFormat, TimeFormat } from '../file-preview';
import { GAP, READ } from '../values/cell';
import { NumberReader } from '../values/numbers';
import { TimeReader } from '../values/times';
import type { Cell } from './plan-scope';

const encoder = new TextEncoder();

/** What becomes of a text that cannot be read. */
type Unreadable = 'keep' | 'empty';

/** Reads numbers as the import does (currencies, brackets, full-width digits) and writes them plainly: -1234.5. */
export function numberConverter(format: NumberFormat, unreadable: Unreadable): (text: string) => Cell {
  const reader = new NumberReader(format);
  return (text) => {
    const bytes = encoder.encode(text);
    const state = reader.read(bytes, 0, bytes.length);
    if (state === READ) return decimalText(BigInt(reader.mantissa), reader.scale);
    return state === GAP || unreadable === 'empty' ? null : text;
  };
}

/**
 * Reads times as the import does and writes YYYY-MM-DD, with HH:MM:SS[.fff] where the text has a time of
 * day. A time with an offset, and an epoch, becomes the wall clock of the zone.
 */
export function timeConverter(
  format: TimeFormat,
  zoneOffsetMinutes: number,
  unreadable: Unreadable,
): (text: string) => Cell {
  const reader = new TimeReader(format, zoneOffsetMinutes);
  return (text) => {
    const bytes = encoder.encode(text);
    const state = reader.read(bytes, 0, bytes.length);
    if (state === READ) return timeText(reader.wallMs, reader.hasTimeOfDay);
    return state === GAP || unreadable === 'empty' ? null : text;
  };
}

function timeText(wallMs: number, hasTimeOfDay: boolean): string {
  if (!hasTimeOfDay) return dayOf(wallMs);
  const written = new Date(wallMs).toISOString();
  const fraction = written.slice(19, 23);
  return `${written.slice(0, 10)} ${written.slice(11, 19)}${fraction === '.000' ? '' : fraction}`;
}

const PLAIN = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/;

/**
 * Multiplies numbers exactly, those with one of the units behind them by the unit's factor and those
 * without by `factor`: 1.2万 by 10000 is 12000. A text that is no such number stays as it is.
 */
export function scaleConverter(
  factor: string,
  units: readonly { readonly unit: string; readonly factor: string }[],
): (text: string) => Cell {
  // The longest unit first, so that kg is not taken for g.
  const longestFirst = units.toSorted((a, b) => b.unit.length - a.unit.length);
  return (text) => {
    const trimmed = text.trim();
    const unit = longestFirst.find((candidate) => trimmed.endsWith(candidate.unit));
    const number = unit === undefined ? trimmed : trimmed.slice(0, -unit.unit.length).trimEnd();
    return multiplied(number, unit?.factor ?? factor) ?? text;
  };
}

function multiplied(number: string, factor: string): string | null {
  const a = exact(number);
  const b = exact(factor);
  return a === null || b === null ? null : decimalText(a.digits * b.digits, a.scale + b.scale);
}

function exact(text: string): { readonly digits: bigint; readonly scale: number } | null {
  const [, sign, whole = '', decimals = ''] = PLAIN.exec(text) ?? [];
  if (sign === undefined) return null;
  const digits = BigInt(whole.replaceAll(',', '') + decimals);
  return { digits: sign === '-' ? -digits : digits, scale: decimals.length };
}

/** digits / 10^scale as the shortest decimal text. */
function decimalText(digits: bigint, scale: number): string {
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const decimals = text.slice(text.length - scale).replace(/0+$/, '');
  return sign + whole + (decimals === '' ? '' : `.${decimals}`);
}
